"""Taking a key for oneself."""

from textual import events


def consume(event: events.Key) -> None:
    """Let nobody else have the key."""
    event.stop()
    event.prevent_default()
