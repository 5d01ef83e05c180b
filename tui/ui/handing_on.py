"""Keys taken by who is not who they are meant for, and handed on: a quick typist's come before that is there."""

from textual import events


def consume(event: events.Key) -> None:
    """Let nobody else have the key."""
    event.stop()
    event.prevent_default()


def repeated(event: events.Key) -> events.Key:
    """The same key anew, to be handed to whom it is meant for."""
    again = events.Key(event.key, event.character)
    again._set_forwarded()
    return again
