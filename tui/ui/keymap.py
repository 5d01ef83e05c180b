"""The reader's own keys: the action table with what they set, or everything that is wrong with it. Knows no Textual."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from tui.characters import clipped
from tui.config import KeySetting
from tui.config.reader import nearest
from tui.errors import ConfigError, ConfigErrors
from tui.ui.actions import ACTIONS, Action, Where, actions_of, as_read, reachable
from tui.ui.keys import Keys

NO_KEY = "none"
LONGEST = 3
"""Keys in a sequence at most."""
NEEDED = ("help", "palette", "cancel", "quit")
"""The ways out, and to what has no key: they always have one."""
_PLAIN = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_KEYS = (
    *("enter", "tab", "space", "escape", "backspace", "shift+tab", *_PLAIN),
    *(f"{held}+{key}" for held in ("shift", "ctrl", "ctrl+shift") for key in _PLAIN),
    *(f"ctrl+{letter}" for letter in "abcdefgklnoprstuvwxyz"),
    *("ctrl+@", "ctrl+backslash", "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+underscore"),
    *(f"f{number}" for number in range(1, 25)),
)
_SENT_AS = {
    "ctrl+m": "enter",
    "ctrl+j": "enter",
    "ctrl+i": "tab",
    "ctrl+h": "backspace",
    "ctrl+[": "escape",
    "ctrl+left_square_bracket": "escape",
}
"""What no program can tell from another key, since terminals send the same for both."""


def keymap(settings: Sequence[KeySetting]) -> tuple[Action, ...]:
    """The action table with these keys in place of the usual ones of the actions they name.

    Raises:
        ConfigErrors: some of them can't be; all of these are named.
    """
    checking = _Checking(settings)
    checking.check_clashes()
    checking.check_sequences()
    checking.check_reach()
    checking.finish()
    return checking.table


def is_changed(action: Action) -> bool:
    """Whether the reader gave this action of a keymap other keys than it has by default."""
    usual = next(each for each in ACTIONS if (each.where, each.id) == (action.where, action.id))
    return usual.keys != action.keys


class _Checking:
    """The table that some settings make, and what is wrong with them."""

    def __init__(self, settings: Sequence[KeySetting]) -> None:
        self.problems: list[ConfigError] = []
        self.by_action: dict[Action, list[KeySetting]] = {}
        """The settings of each action that is changed, by the action as it is by default."""
        for setting in settings:
            self._take(setting)
        self.table = tuple(self._changed(action) for action in ACTIONS)
        self.usual = dict(zip(self.table, ACTIONS, strict=True))

    def wrong(self, setting: KeySetting, sentence: str) -> None:
        self.problems.append(ConfigError(setting.place, f"{clipped(setting.action)}: {sentence}"))

    def finish(self) -> None:
        """Raise `ConfigErrors` if anything was wrong."""
        if self.problems:
            problems = sorted(self.problems, key=lambda problem: problem.place.line)
            raise ConfigErrors(problems[: ConfigErrors.MOST])

    # --- each setting by itself ---

    def _take(self, setting: KeySetting) -> None:
        action = self._named(setting)
        if action is None:
            return
        there = self.by_action.setdefault(action, [])
        if there and there[0].action != setting.action:
            self.wrong(setting, f"this is {clipped(there[0].action)}, whose keys are in line {there[0].place.line}")
            return
        problem = _key_problem(setting.key)
        if problem is None and there and NO_KEY in (setting.key, there[0].key):
            problem = "“none” takes all keys away: it can't stand beside a key"
        if problem is None and setting.key == NO_KEY and action.where is Where.EVERYWHERE and action.id in NEEDED:
            problem = "without a key for this there may be no way out: name another key"
        if problem is not None:
            self.wrong(setting, problem)
        there.append(setting)

    def _named(self, setting: KeySetting) -> Action | None:
        """The action a setting means."""
        found = [action for action in ACTIONS if setting.action in (action.name, action.id)]
        exact = [action for action in found if action.name == setting.action]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if found:
            self.wrong(setting, f"there are {' and '.join(action.name for action in found)}: name the one you mean")
        else:
            names = list(dict.fromkeys(chain.from_iterable((action.name, action.id) for action in ACTIONS)))
            self.wrong(setting, f"there is no such action{nearest(setting.action, names) or _SEE}")
        return None

    def _changed(self, action: Action) -> Action:
        if action not in self.by_action:
            return action
        keys = dict.fromkeys(" ".join(setting.key.split()) for setting in self.by_action[action])
        return replace(action, keys=tuple(key for key in keys if key != NO_KEY and _key_problem(key) is None))

    # --- all of them together ---

    def _setting(self, action: Action, key: str) -> KeySetting | None:
        """The line that gives an action of the table this key; None where it has it by default."""
        settings = self.by_action.get(self.usual[action], [])
        return next((setting for setting in settings if " ".join(setting.key.split()) == key), None)

    def _last(self, *pairs: tuple[Action, str]) -> KeySetting | None:
        """Of the lines that give these actions these keys the last one: what came first may stay."""
        found = [setting for pair in pairs if (setting := self._setting(*pair)) is not None]
        return max(found, key=lambda setting: setting.place.line, default=None)

    def check_clashes(self) -> None:
        """In a place a key means one thing."""
        for where in Where:
            owners: dict[str, Action] = {}
            for action in (each for each in self.table if each.where is where):
                for key in action.keys:
                    other = owners.setdefault(key, action)
                    setting = self._last((action, key), (other, key)) if other is not action else None
                    if setting is not None:
                        taken = other if setting is self._setting(action, key) else action
                        self.wrong(setting, f"“{as_read(key)}” is the key of {taken.name} already{_GIVE}")

    def check_sequences(self) -> None:
        """No key is the beginning of a sequence: it could not be told whether more is to come."""
        begun: dict[tuple[KeySetting, Action, str], dict[str, str]] = {}
        for where in Where:
            bindings = Keys.of(actions_of(where, self.table)).bindings
            for keys, action in bindings.items():
                for length in range(1, len(keys)):
                    short = bindings.get(keys[:length])
                    key, sequence = " ".join(keys[:length]), " ".join(keys)
                    setting = self._last((short, key), (action, sequence)) if short is not None else None
                    if short is not None and setting is not None:
                        begun.setdefault((setting, short, key), {})[action.name] = as_read(sequence)
        for (setting, short, key), longer in begun.items():
            named = [f"“{sequence}” ({name})" for name, sequence in longer.items()]
            what = ", ".join([*named[:2], *([f"{len(named) - 2} more"] if len(named) > 2 else [])])
            self.wrong(setting, f"“{as_read(key)}” ({short.name}) can't begin {what} too{_GIVE}")

    def check_reach(self) -> None:
        """Keys of a place may cover those that work everywhere, but not the last one of what is done by them."""
        said: set[Action] = set()
        for where in Where:
            usual = {action.name for action in reachable(where, ACTIONS)}
            now = {action.name for action in reachable(where, self.table)}
            owners = Keys.of(actions_of(where, self.table)).bindings
            for action in actions_of(where, self.table):
                covers = [(owners[tuple(key.split())], key) for key in action.keys]
                is_clash = any(cover.where is action.where for cover, _ in covers)  # named already
                if action.name not in usual - now or not covers or is_clash or action in said:
                    continue
                setting = self._last(*covers, *((action, key) for key in action.keys))
                if setting is not None:
                    said.add(action)
                    taken = ", ".join(f"“{as_read(key)}” is {cover.name}" for cover, key in covers)
                    self.wrong(setting, f"{action.name} has no key left in the place “{where}”: {taken}{_GIVE}")


_SEE = ": `variorum keys` names them all"
_GIVE = ": choose another key for one of them"


def _key_problem(key: str) -> str | None:
    """Why this can't be pressed, as a sentence; None where it can."""
    if key == NO_KEY:
        return None
    words = key.split()
    if len(words) > LONGEST:
        return f"a sequence has at most {LONGEST} keys, not {len(words)}"
    if len(words) > 1 and "escape" in words:
        return "escape ends a begun sequence: it can be no part of one"
    if words[0] in "123456789":
        return "the digits from 1 to 9 are counts, as in 5j: no key may begin with one"
    return next((problem for word in words if (problem := _word_problem(word)) is not None), None)


def _word_problem(word: str) -> str | None:
    if word in _SENT_AS:
        return f"terminals send the same for {word} as for {_SENT_AS[word]}: choose another key"
    if word == "ctrl+q":
        return "ctrl+q always leaves: choose another key"
    if (len(word) == 1 and word.isprintable()) or word in _KEYS:
        return None
    held, _, rest = word.rpartition("+")
    if held == "shift" and len(rest) == 1:
        return f"“{clipped(word)}” is written as it is typed: “{rest.upper()}”" if rest.isalpha() else _UNKNOWN
    if held == "alt":
        return f"alt can't be told from escape and the key after it: choose another key than “{clipped(word)}”"
    if len(word) <= LONGEST and word.isprintable() and not nearest(word, _KEYS):
        return f"“{clipped(word)}” is no key; a sequence is written with blanks: “{' '.join(word)}”"
    return f"“{clipped(word)}” is no key{nearest(word, _KEYS) or _NAMES}"


_NAMES = ": a sign, or a name as in enter, space, pagedown, ctrl+x, f5"
_UNKNOWN = f"this is no key{_NAMES}"
