"""Changes to the network, each in one transaction, by someone, leaving a trace. One module for each subject."""

from .address import rename_address
from .log import log_change, schedule_changed

__all__ = ["log_change", "rename_address", "schedule_changed"]
