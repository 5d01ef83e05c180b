"""What the terminal's driver tells the application, apart from keys."""

import signal

from textual.message import Message


class Ended(Message):
    """The program is to end: the terminal is gone, or somebody asked for it."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__()
        self.number = number


class Stopped(Message):
    """The program is to stop until the shell continues it."""
