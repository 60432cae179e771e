from __future__ import annotations

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from stek.patience import deadline, patience, statement_limit

A_LOOK = 2  # seconds: whether a kept connection still lives shows in a millisecond or not at all
IDLE = 60  # seconds that a transaction may do nothing, and hold its locks, before the server ends it
SHORTEST_CONNECT = 2  # seconds; libpq takes less for no limit at all


class PatientConnection(psycopg.Connection):
    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server as long as this process may; a connection that did not answer by then is closed."""
        try:
            return super().wait(gen, interval, timeout or deadline())
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            raise psycopg.OperationalError("The database did not answer in time.") from None


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if limit := statement_limit():
            own = f"-c statement_timeout={limit}s -c idle_in_transaction_session_timeout={IDLE}s"
            params["options"] = f"{own} {params.get('options', '')}".strip()
        if end := deadline():
            params["connect_timeout"] = min(int(params["connect_timeout"]), max(SHORTEST_CONNECT, int(end)))
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # Django asks psycopg itself for a connection and has no setting for its class.
        connection.__class__ = PatientConnection
        return connection

    def is_usable(self) -> bool:
        with patience(A_LOOK):
            return super().is_usable()
