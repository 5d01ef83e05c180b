"""Keys → actions, with counts like `5 j` and sequences like `g g`: a small state machine in front of the actions.
Knows no Textual."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.ui.actions import Action

MOST = 999_999
"""The highest count: further than any article or list reaches. A digit too many is left out."""


def key_of(key: str, character: str | None) -> str:
    """How a key is written in the action table: the character where it prints, else the terminal's name for it."""
    if character is not None and len(character) == 1 and character.isprintable() and character != " ":
        return character
    return key


@dataclass(slots=True)
class Keys:
    """What the keys mean in one place; `pending` is the beginning of a sequence that waits for its next key."""

    bindings: dict[tuple[str, ...], Action]
    pending: tuple[str, ...] = ()
    digits: str = ""
    """A count that waits for what it counts."""
    count: int | None = None
    """The count that was typed before the last action."""
    _beginnings: frozenset[tuple[str, ...]] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        self._beginnings = frozenset(keys[:length] for keys in self.bindings for length in range(1, len(keys)))

    @classmethod
    def of(cls, actions: Iterable[Action]) -> "Keys":
        """The keys of these actions; where two have the same key, the first one has it."""
        bindings: dict[tuple[str, ...], Action] = {}
        for action in actions:
            for keys in action.keys:
                bindings.setdefault(tuple(keys.split()), action)
        return cls(bindings)

    @property
    def typed(self) -> str:
        """What waits for its next key, as a person reads it; empty where nothing waits."""
        return " ".join(filter(None, (self.digits, *self.pending)))

    def feed(self, key: str) -> Action | None:
        """The action this key completes, counted by `count`; None if it begins or continues a count or a sequence,
        ends one, or means nothing."""
        if not self.pending and self._is_digit(key):
            if int(self.digits + key) <= MOST:
                self.digits += key
            return None
        if self.typed and key in ("escape", "backspace"):
            self.pending, self.digits = (), "" if self.pending or key == "escape" else self.digits[:-1]
            return None
        keys = (*self.pending, key)
        self.pending = ()
        if keys in self._beginnings and keys not in self.bindings:
            self.pending = keys
            return None
        self.count = int(self.digits) if self.digits else None
        self.digits = ""
        return self.bindings.get(keys)

    def _is_digit(self, key: str) -> bool:
        """Whether this key is part of a count. None begins with 0, and a digit that is bound is a key like others."""
        return len(key) == 1 and key in ("0123456789" if self.digits else "123456789") and (key,) not in self.bindings
