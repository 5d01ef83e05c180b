"""The few signs on the screen, with plain ones for terminals and fonts that lack them."""

import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    contradiction: str = "≠"
    clash: str = "≠"
    """A contradiction where there is one cell only."""
    duplicate: str = "≡"
    bar: str = "▌"
    aligned: str = "»"
    """Beside what stands beside the statement that another pane is at."""
    rule: str = "─"
    between: str = "│"
    dot: str = "●"
    ring: str = "○"
    check: str = "✓"
    pointer: str = "›"
    none: str = "·"
    """In place of a number that is 0, and before the signs of colleagues."""
    new: str = "•"
    """The same where one of them came since the reader looked last; before one's own that a new remark is on."""
    remark: str = "†"
    """Beside what somebody remarked on."""
    unsettled: str = "!"
    """Beside what a person has to settle."""
    suggestion: str = "?"
    """Beside a statement that something is proposed of."""
    caret: str = "▏"
    cut: str = "…"
    """Where words were cut off."""


ASCII = Signs(
    contradiction="!=",
    clash="x",
    duplicate="=",
    bar="|",
    aligned=">",
    rule="-",
    between="|",
    dot="*",
    ring="o",
    check="*",
    pointer=">",
    none=".",
    new="*",
    remark="^",
    caret="_",
    cut="~",
)


def signs_for(environ: Mapping[str, str]) -> Signs:
    """Plain signs where `VARIORUM_ASCII` is set or the locale is not UTF-8."""
    if environ.get("VARIORUM_ASCII"):
        return ASCII
    return Signs() if locale.getencoding().lower().replace("-", "") == "utf8" else ASCII


SIGNS = signs_for(os.environ)

_PLAIN = str.maketrans(
    dict.fromkeys("·•—–−", "-")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‘’‚", "'")
    | {"…": "~", "‹": "<", "›": ">", "\u00a0": " ", "\u202f": " "}
)
"""Signs of print, each with one of ASCII: the same number of cells."""


def typed(words: str) -> str:
    """A row of our own words as this terminal can show them: with plain signs, quotation marks and dashes as they are
    typed. What an article says is shown as it stands in its own pane only."""
    return words.translate(_PLAIN) if SIGNS is ASCII else words
