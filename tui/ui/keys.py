"""Keys → actions, with sequences like `g g`: a small state machine in front of the actions. Knows no Textual."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.ui.actions import Action


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

    def feed(self, key: str) -> Action | None:
        """The action this key completes; None if it begins or continues a sequence, or means nothing."""
        keys = (*self.pending, key)
        self.pending = ()
        if keys in self.bindings:
            return self.bindings[keys]
        if keys in self._beginnings:
            self.pending = keys
        return None
