"""What the terminal sends, as Textual's events: its own parser, kept from what it takes for keys and is none."""

import re
from collections.abc import Iterator

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.ui.pastes import Pastes

_SEQUENCE = r"\x1b\[\[[A-E]|\x1b\[M[^\x1b]{3}|\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[!-~]"
_PIECE = re.compile(rf"{_SEQUENCE}|\x1b[^\x1b]|.", re.DOTALL)
_RXVT = {f"\x1bO{small}": f"\x1b[1;5{small.upper()}" for small in "abcd"}
"""Arrows with ctrl, which Textual does not know from this terminal."""
_OTHER_KEY = re.compile(r"\x1b\[27;(\d+);(\d+)~")
"""As xterm sends keys that have no bytes of their own, if so asked; Textual takes it for something else."""


class TerminalInput:
    """Differs from Textual's parser where that makes keys of what are none: what follows an escape within a paste, the
    characters of a sequence it does not know (`x` would delete), and a key typed soon after escape, of which it makes
    one with alt."""

    def __init__(self, *, debug: bool) -> None:
        self._parser = XTermParser(debug)
        self._pastes = Pastes()
        self._is_escape = False
        """Whether an escape came last and may be the beginning of a sequence."""

    def feed(self, text: str) -> Iterator[Message]:
        if self._is_escape and text[0] not in "[O":
            yield from self._settle()
        for piece, is_pasted in self._pastes.feed(text):
            if is_pasted:
                yield events.Paste(piece.replace("\0", ""))
            else:
                yield from self._typed(piece)
        self._is_escape = text.endswith("\x1b")

    def tick(self) -> Iterator[Message]:
        """To be called now and then: what waits for the rest of a sequence waits no longer than Textual lets it."""
        yield from self._parser.tick()

    def _typed(self, text: str) -> Iterator[Message]:
        for piece in _PIECE.findall(text):
            if len(piece) == 2 and piece[1].isprintable() and piece not in ANSI_SEQUENCES_KEYS and piece[1] not in "[O":
                yield from self._parsed(piece[0])
                yield from self._settle()
                yield from self._parsed(piece[1])
                continue
            yield from self._parsed(_OTHER_KEY.sub("\x1b[\\2;\\1u", _RXVT.get(piece, piece)))
            if len(piece) > 2 and self._parser._awaiting.timeout is not None:  # a whole sequence, and not known
                for _ in self._settle():
                    pass

    def _parsed(self, piece: str) -> Iterator[Message]:
        for event in self._parser.feed(piece):
            if not isinstance(event, events.Paste):  # an empty one: it was given only the marks
                yield event

    def _settle(self) -> Iterator[Message]:
        """What was to be the beginning of a sequence is taken as it stands."""
        if self._parser._timeout_time is not None:
            self._parser._timeout_time = 0.0
        yield from self._parser.tick()
