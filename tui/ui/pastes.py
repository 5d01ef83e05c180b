"""What was pasted, told apart from what was typed. Knows no Textual.

Textual's parser takes what follows an escape character within a paste for keys. A paste is no keys, whatever it holds.
"""

from collections.abc import Iterator

BEGIN, END = "\x1b[200~", "\x1b[201~"
_SPLIT = len(BEGIN) - 1
"""Characters of a mark that may have come before what comes now."""


class Pastes:
    """The terminal's input, in the pieces it comes in."""

    def __init__(self) -> None:
        self._before = ""
        self._pasted: list[str] | None = None

    def feed(self, text: str) -> Iterator[tuple[str, bool]]:
        """Pieces, and whether each was pasted as a whole. The marks themselves are among what was not."""
        while text:
            seen = self._before + text
            at = seen.find(BEGIN if self._pasted is None else END)
            if self._pasted is None:
                cut = len(text) if at < 0 else at + len(BEGIN) - len(self._before)
                yield text[:cut], False
                self._before = seen[-_SPLIT:] if at < 0 else ""
                if at >= 0:
                    self._pasted = []
                text = text[cut:]
            elif at < 0:
                self._pasted.append(seen[:-_SPLIT])
                self._before = seen[-_SPLIT:]
                return
            else:
                yield "".join([*self._pasted, seen[:at]]), True
                yield END, False
                self._pasted, self._before = None, ""
                text = seen[at + len(END) :]
