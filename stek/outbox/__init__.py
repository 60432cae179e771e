"""The one way out for mail. A leaf: it knows addresses, languages and letters, and no room."""

from .letters import send, send_at_once

__all__ = ["send", "send_at_once"]
