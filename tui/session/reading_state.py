"""Where a reader is: what is open, where in it, what was read. Kept on this machine from one start to the next.

It is a help, no record: what can't be read is passed over, and nothing that was recorded depends on it.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from tui.errors import ReadingStateError
from tui.session.read_so_far import DIGITS, Position, ReadSoFar

FORMAT = 1
LIMIT = 32 * 2**20
"""Bytes that are read or written at most: about three million statements."""
PARTS = 500_000
"""Lists and mappings in it at most. Each costs much more memory than it takes bytes."""
LONGEST = 4_096
"""Characters of an id or a name."""
HIGHEST = 2**31
MOST = 20_000
"""Articles at most of which a position is kept; those left longest ago go first."""

Setting: TypeAlias = bool | int | str
"""How the screen is arranged, by name: whatever a screen wants to find again."""

_DIGESTS = re.compile(rf"(?:[0-9a-f]{{{DIGITS}}})*")
_TEXT = re.compile(rf"[0-9a-f]{{{2 * DIGITS}}}")

T = TypeVar("T")


@dataclass(slots=True)
class ReadingState:
    """All of it."""

    is_reading: bool = False
    """Whether the Reader was on the screen; else the Library."""
    panes: list[str] = field(default_factory=list)
    """The articles that were open, from left to right."""
    active: int = 0
    """Which of them keys acted on."""
    settings: dict[str, Setting] = field(default_factory=dict)
    library: str = ""
    """The article that the Library's cursor was on."""
    positions: dict[str, Position] = field(default_factory=dict)
    """Where the reader was in each article, the one left last at the end."""
    places: list[tuple[str, int, str]] = field(default_factory=list)
    """The places the reader jumped from: article, offset, the beginning of the article's sha256."""
    place: int = 0
    """At which of them they were."""
    read: dict[str, ReadSoFar] = field(default_factory=dict)
    seen: Mapping[str, frozenset[str] | None] | None = None
    """Of each colleague, what stands for the records that the reader has been at; None: all of them. As a whole None:
    that was never kept."""

    def left(self, article: str, position: Position) -> None:
        """The reader was here in an article last."""
        self.positions.pop(article, None)
        self.positions[article] = position
        if len(self.positions) > MOST:
            del self.positions[next(iter(self.positions))]


def encode(state: ReadingState) -> bytes:
    """What is kept of it.

    Raises:
        ReadingStateError: it is too much.
    """
    data = json.dumps(
        {
            "format": FORMAT,
            "reading": state.is_reading,
            "panes": state.panes,
            "active": state.active,
            "settings": state.settings,
            "library": state.library,
            "positions": {article: _listed(position) for article, position in state.positions.items()},
            "places": [list(place) for place in state.places],
            "place": state.place,
            "read": {article: [so_far.read, so_far.of, so_far.words] for article, so_far in state.read.items()},
            "seen": None if state.seen is None else {name: _joined(each) for name, each in state.seen.items()},
        },
        separators=(",", ":"),
    ).encode("ascii")
    if len(data) > LIMIT:
        raise ReadingStateError("too much was read here to remember all of it")
    return data


def decode(data: bytes) -> ReadingState:
    """What was kept. Everything in it is checked: the file may be anyone's.

    Raises:
        ReadingStateError: it is not what `encode` writes.
    """
    if len(data) > LIMIT or data.count(b"[") + data.count(b"{") > PARTS:
        raise ReadingStateError("it is too large")
    try:
        raw = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):  # not JSON, no text, a number of too many digits, or nested too deeply
        raise ReadingStateError("it is no JSON") from None
    if not isinstance(raw, dict):
        raise ReadingStateError("it is no JSON of this kind")
    number = raw.get("format")
    if isinstance(number, int) and number > FORMAT:
        raise ReadingStateError("a newer version of Variorum wrote it", is_newer=True)
    try:
        return _state(raw)
    except (TypeError, ValueError, KeyError) as error:
        raise ReadingStateError(f"something in it is not as it should be: {error}") from None


def _state(raw: Mapping[str, Any]) -> ReadingState:
    if _number(raw["format"]) != FORMAT:
        raise ValueError("format")
    return ReadingState(
        is_reading=_of(raw, "reading", bool, False),
        panes=[_text(one) for one in _of(raw, "panes", list, [])[:16]],
        active=_number(raw.get("active", 0)),
        settings=_mapping(raw, "settings", _setting),
        library=_text(raw.get("library", "")),
        positions=_mapping(raw, "positions", _position),
        places=[_place(one) for one in _of(raw, "places", list, [])],
        place=_number(raw.get("place", 0)),
        read=_mapping(raw, "read", _read),
        seen=_mapping(raw, "seen", _seen) if raw.get("seen") is not None else None,
    )


def _listed(position: Position) -> list[int | str]:
    return [position.offset, position.text, position.words, position.top]


def _position(raw: object) -> Position:
    match raw:
        case [offset, str(text), str(words), top] if _TEXT.fullmatch(text) and len(words) == DIGITS:
            return Position(_number(offset), text, _digests(words), _number(top))
    raise ValueError("a position")


def _place(raw: object) -> tuple[str, int, str]:
    match raw:
        case [article, offset, str(text)] if _TEXT.fullmatch(text):
            return _text(article), _number(offset), text
    raise ValueError("a place")


def _read(raw: object) -> ReadSoFar:
    match raw:
        case [read, of, words] if _number(read) <= _number(of):
            return ReadSoFar(_number(read), _number(of), _digests(words))
    raise ValueError("what was read")


def _joined(digests: frozenset[str] | None) -> str | None:
    return None if digests is None else "".join(sorted(digests))


def _seen(raw: object) -> frozenset[str] | None:
    if raw is None:
        return None
    digests = _digests(raw)
    return frozenset(digests[start : start + DIGITS] for start in range(0, len(digests), DIGITS))


def _setting(raw: object) -> Setting:
    return raw if isinstance(raw, bool) else _number(raw) if isinstance(raw, int) else _text(raw)


def _digests(raw: object) -> str:
    if isinstance(raw, str) and _DIGESTS.fullmatch(raw):
        return raw
    raise ValueError("digests")


def _text(raw: object) -> str:
    if isinstance(raw, str) and len(raw) <= LONGEST:
        return raw
    raise ValueError("a text")


def _number(raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= HIGHEST:
        return raw
    raise ValueError("a number")


def _of(raw: Mapping[str, Any], key: str, kind: type[T], default: T) -> T:
    value = raw.get(key, default)
    if isinstance(value, kind):
        return value
    raise ValueError(key)


def _mapping(raw: Mapping[str, Any], key: str, read: Callable[[object], T]) -> dict[str, T]:
    return {_text(name): read(value) for name, value in _of(raw, key, dict, {}).items()}


def _refuse(_constant: str) -> None:
    raise ValueError
