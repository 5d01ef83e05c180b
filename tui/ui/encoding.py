"""What is written where the terminal's encoding lacks a character: as many cells, so that nothing is displaced."""

import codecs
import locale
from io import TextIOWrapper
from typing import TextIO

from tui.text.cells import graphemes

HANDLER = "variorum.stand_in"
_STAND_INS = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−─", "-"),
    **dict.fromkeys("·•●∙", "."),
    "…": "~",
    "│": "|",
    "\u00a0": " ",
    "\u202f": " ",
}


def take_all(stream: TextIO | None) -> None:
    """Let a stream take any text, whatever its encoding. Where the locale is UTF-8 the terminal is taken to be too,
    whatever Python was told of its streams."""
    is_utf8 = locale.getencoding().lower().replace("-", "") == "utf8"
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8" if is_utf8 else stream.encoding, errors=HANDLER)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    pieces = ((lacking[start:end], width) for start, end, width in graphemes(lacking, 0, len(lacking)))
    return "".join(_STAND_INS.get(piece, "?" * width) for piece, width in pieces), error.end


codecs.register_error(HANDLER, _stand_in)
