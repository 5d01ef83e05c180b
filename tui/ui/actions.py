"""Every action of the application, once: from this table come the keys, the hint line, the help and the palette.

An action's id is also the name of the method that does it, `do_<id>`, on the screen it belongs to. Keys are written
as `tui.ui.keys.key_of` gives them; the keys of a sequence are set apart by a space. Keys that terminals don't pass
reliably (ctrl+m, ctrl+i, ctrl+h, ctrl+[, ctrl+j) are never used.

`ACTIONS` has the usual keys. The reader may have others (`tui.ui.keymap`): whatever is shown or pressed goes by the
table in force, through `actions_of`, `reachable` and `key_for`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache


class Where(StrEnum):
    """The places where keys mean different things."""

    LIBRARY = "Library"
    READER = "Reader"
    SELECTING = "Reader, while selecting"
    CONCORDANCE = "Concordance"
    COMPARISON = "Comparison"
    SUGGESTIONS = "Suggestions"
    SPAN = "Suggestions, while selecting"
    BESIDE = "Reader, with suggestions beside the text"
    SETTLING = "Settling"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    id: str
    keys: tuple[str, ...]
    what: str
    where: Where
    group: str
    hint: str = ""
    """One or two words for the last line of the screen; empty: not shown there."""

    @property
    def key(self) -> str:
        """The first of its keys, as a person reads it; empty where it has none."""
        return as_read(self.keys[0]) if self.keys else ""

    @property
    def name(self) -> str:
        """What it is called in a keymap: `reader.next`; what works everywhere by its id alone."""
        return self.id if self.where is Where.EVERYWHERE else f"{self.where.name.lower()}.{self.id}"


def as_read(key: str) -> str:
    """A key or sequence as a person reads it: `gg`; names stay apart, as in `g enter`."""
    keys = key.split()
    return "".join(keys) if all(len(each) == 1 for each in keys) else key


def _table(where: Where, group: str, *rows: tuple[str, str, str, str]) -> Iterator[Action]:
    """Rows of id, keys (alternatives set apart by a comma and a space), what it does, hint."""
    for id, keys, what, hint in rows:
        yield Action(id, tuple(keys.split(", ")), what, where, group, hint)


ACTIONS: tuple[Action, ...] = (
    *_table(
        Where.LIBRARY,
        "Library",
        ("open", "enter, l", "read the selected articles, or this one", "read"),
        ("toggle", "space, x", "select this article, to read several side by side", "select"),
        ("filter", "/", "show only the articles whose title, outlet or id hold these words", "filter"),
        ("sort", "s", "sort by id, title, outlet, date, claims", "sort"),
        ("next", "j, down", "next article", ""),
        ("previous", "k, up", "previous article", ""),
        ("page_down", "pagedown, ctrl+d", "a page down", ""),
        ("page_up", "pageup, ctrl+u", "a page up", ""),
        ("first", "g g, home", "first article; with a count the one of that number", ""),
        ("last", "G, end", "last article; with a count the one of that number", ""),
        ("settle", "!", "settle: go to the first that a merge or a changed article left open", "settle"),
        ("finished", "A", "this article is finished, or not", "finished"),
        ("article_memo", "g m", "memo on this article", "memo"),
        ("edit_article", "g e", "open this article's file in your editor", "file in editor"),
        ("reread", "g r", "read this article's file anew, after it changed on disk", "read anew"),
    ),
    *_table(
        Where.READER,
        "Move",
        ("next", "j, down", "next statement", ""),
        ("previous", "k, up", "previous statement", ""),
        ("next_paragraph", "}, ctrl+down", "next paragraph", ""),
        ("previous_paragraph", "{, ctrl+up", "previous paragraph", ""),
        ("page_down", "space, pagedown", "a page down", ""),
        ("page_up", "pageup", "a page up", ""),
        ("half_down", "ctrl+d", "half a page down", ""),
        ("half_up", "ctrl+u", "half a page up", ""),
        ("first", "g g, home", "beginning of the article; with a count the paragraph of that number", ""),
        ("last", "G, end", "end of the article; with a count the paragraph of that number", ""),
        ("left", "h, left", "pane to the left", ""),
        ("right", "l, right", "pane to the right", ""),
        ("other_pane", "tab", "next pane, from the last to the first; with a count the pane of that number", "pane"),
        ("jump", "f", "jump to any statement on the screen by its letter", "jump"),
        ("search", "/", "search in this article", "search"),
        ("next_match", "n", "next match of the search", ""),
        ("previous_match", "N", "previous match of the search", ""),
        ("next_record", "J, ]", "next record", "record"),
        ("previous_record", "K, [", "previous record", ""),
        ("next_suggestion", ")", "next statement with a suggestion", "next suggested"),
        ("previous_suggestion", "(", "previous statement with a suggestion", ""),
        ("follow", "enter", "follow a link to its other end", "follow"),
    ),
    *_table(
        Where.READER,
        "Mark",
        ("select", "v", "select a part of the text", "select"),
        ("tag", "t", "tag the selection, claim or statement", "tag"),
        ("repeat_tag", ".", "tag with the last tag again", ""),
        ("contradiction", "c", "contradiction: mark one end, go to the other, mark it", "contradiction"),
        ("duplicate", "d", "duplicate: mark one end, go to the other, mark it", "duplicate"),
        ("add_contradiction", "C", "add this to the current, else the last contradiction", ""),
        ("add_duplicate", "D", "add this to the current, else the last duplicate group", ""),
        ("said_by", "w", "who says it", "said by"),
        ("memo", "m", "memo on the current record", "memo"),
        ("article_memo", "g m", "memo on the article", "memo on the article"),
        ("memo_in_editor", "g M, ctrl+g", "memo on the current record in your editor", "memo in editor"),
        ("edit_article", "g e", "open the article's file in your editor, at this statement", "file in editor"),
        ("reread", "g r", "read the files of the open articles anew, after they changed on disk", "read anew"),
        ("edit", "e", "edit the current record: gist, kinds, status, certainty, when", "edit"),
        ("respan", "r", "the current claim takes the selection", "re-span"),
        ("delete", "x", "delete the current record; in a group, take this claim out", "delete"),
        ("adopt", "Y", "adopt a colleague's record: a copy of your own that says where it is from", "adopt"),
        ("remark", "R", "remark on a colleague's record: comment or disagree; edit or delete your remark", "remark"),
        ("settle", "!", "settle what a merge or a changed article left open here; else go to the next", "settle"),
        ("finished", "A", "this article is finished, or not", ""),
    ),
    *_table(
        Where.READER,
        "See",
        ("compare", "=", "this as each article tells it, one under the other", "compare"),
        ("align", "a", "align: the other panes go to what stands beside this", "align"),
        ("keep_aligned", "g a", "keep the other panes aligned while reading, and no more", ""),
        ("info", "i", "everything about the current record, else about the article; and back", "info"),
        ("info_down", "ctrl+e", "what is shown of a record: a row further", ""),
        ("info_up", "ctrl+y", "what is shown of a record: a row back", ""),
        ("beside", "s", "what is suggested of this statement, beside the text", "suggested"),
        ("focus_mode", "Z", "focus mode: only the text, the current statement bright; and back", ""),
        ("wider", "g +", "wider measure: more cells in a row of text", ""),
        ("narrower", "g -", "narrower measure: fewer cells in a row of text", ""),
        ("alone", "z", "this pane alone, and back", ""),
        ("more_panes", "+", "one pane more", ""),
        ("fewer_panes", "-", "one pane fewer", ""),
        ("stack", "|", "panes one above the other, and back", ""),
        ("other_article", "o", "another article in this pane", ""),
        ("colleagues", "O", "colleagues' records: shown, dimmed, hidden", ""),
        ("copy", "y", "copy the quote with its citation", ""),
    ),
    *_table(
        Where.SELECTING,
        "Select",
        ("word_right", "w", "the end a word further", "word"),
        ("word_left", "b", "the end a word back", "back"),
        ("character_right", "l, right", "the end a character further", ""),
        ("character_left", "h, left", "the end a character back", ""),
        ("statement_down", "j, down", "the end a statement further", ""),
        ("statement_up", "k, up", "the end a statement back", ""),
        ("swap_ends", "o", "move the other end", "other end"),
        ("quotation", '"', "the quotation around it", "quotation"),
        ("words", "f", "words by letter: first the start, then the end", "by letter"),
        ("select", "v", "end the selection", ""),
    ),
    *_table(
        Where.CONCORDANCE,
        "Concordance",
        ("open", "enter, l", "go to this match in its article", "go there"),
        ("mark", "space, x", "mark this match, or not, to tag several at once", "mark"),
        ("mark_all", "*", "mark all matches that are shown, or none", "all"),
        ("tag", "t", "tag what is marked, else this match: its claim, else its whole statement", "tag"),
        ("sort", "s", "sort by article, what follows, what precedes", "sort"),
        ("filter", "/", "show only the lines that hold these words", "filter"),
        ("next", "j, down", "next match", ""),
        ("previous", "k, up", "previous match", ""),
        ("page_down", "pagedown, ctrl+d", "a page down", ""),
        ("page_up", "pageup, ctrl+u", "a page up", ""),
        ("first", "g g, home", "first match; with a count the one of that number", ""),
        ("last", "G, end", "last match; with a count the one of that number", ""),
    ),
    *_table(
        Where.COMPARISON,
        "Comparison",
        ("next", "j, down", "next article", ""),
        ("previous", "k, up", "previous article", ""),
        ("page_down", "space, pagedown", "a page down", ""),
        ("page_up", "pageup", "a page up", ""),
        ("first", "g g, home", "first article; with a count the one of that number", ""),
        ("last", "G, end", "last article; with a count the one of that number", ""),
        ("go", "enter, l", "go there, in the Reader", "go there"),
        ("duplicate", "d", "duplicate: this says the same as the reference", "duplicate"),
        ("contradiction", "c", "contradiction: this and the reference can't both stand", "contradiction"),
        ("next_candidate", "n, ]", "what else in this article is like it", "another"),
        ("previous_candidate", "N, [", "back to what is more like it", ""),
        ("refer", "r", "compare with this: it becomes the reference", "reference"),
        ("silent", "tab", "articles with nothing like it: shown or hidden", ""),
        ("leave", "=, q", "back to where one was", "back"),
    ),
    *_table(
        Where.SUGGESTIONS,
        "Suggestions",
        ("accept", "y", "yes: record it as what it is shown as, and go on", "yes"),
        ("reject", "n", "no: it is never proposed again as this, and on", "no"),
        ("later", "space", "later: to the end of the queue, and on", "later"),
        ("other_kind", "tab", "duplicate, or contradiction instead; and back", "other kind"),
        ("select", "v", "select other words for a side", "words"),
        ("respan", "r", "the whole statements again, on both sides", ""),
        ("go", "enter, o", "read both, in the Reader", "read both"),
        ("next", "j, down", "next pair, undecided", ""),
        ("previous", "k, up", "previous pair, undecided", ""),
        ("first", "g g, home", "first pair; with a count the one of that number", ""),
        ("last", "G, end", "last pair; with a count the one of that number", ""),
        ("scroll_down", "pagedown, ctrl+d", "what stands after it in both articles", ""),
        ("scroll_up", "pageup, ctrl+u", "what stands before it in both articles", ""),
        ("filter", "f, /", "only pairs of one kind, one reason, one article", "filter"),
        ("all_pairs", "a", "all pairs again, without a filter", "all pairs"),
        ("more_conflicts", "+", "all possible conflicts, not only the best", "more conflicts"),
        ("reread", "g r", "read the files of both articles anew, after they changed on disk", "read anew"),
    ),
    *_table(
        Where.SPAN,
        "Words of a side",
        ("respan", "r, enter", "the side takes the selection", "take"),
        ("other_side", "tab", "take the selection, and select on the other side", "other side"),
        ("accept", "y", "take the selection, and record the pair", "yes"),
    ),
    *_table(
        Where.BESIDE,
        "Suggestions beside the text",
        ("accept", "y", "yes: record what is shown", "yes"),
        ("reject", "n", "no: it is never proposed again as this", "no"),
        ("beside", "s", "what else is suggested of this statement; after the last one, the strip again", "next"),
        ("go", "enter", "go to the other statement", "go there"),
    ),
    *_table(
        Where.SETTLING,
        "Settling",
        ("take_ours", "o", "take ours: what was here when the other version came", "ours"),
        ("take_theirs", "t", "take theirs: what the other side made of it", "theirs"),
        ("take_base", "b", "take the base: what it was before both", "base"),
        ("take_standing", "s", "leave it as it stands now", "as it stands"),
        ("edit", "e", "write it by hand, beginning with one version; of a memo also with both", "edit"),
        ("delete", "x", "delete the remark of which the record is gone", "delete"),
        ("next_dispute", "n, ], tab", "the next one; this is left for later", "later"),
        ("previous_dispute", "N, [", "the one before", ""),
        ("next", "j, down", "next version", ""),
        ("previous", "k, up", "previous version", ""),
        ("page_down", "space, pagedown", "a page down", ""),
        ("page_up", "pageup", "a page up", ""),
        ("row_down", "ctrl+e", "a row further", ""),
        ("row_up", "ctrl+y", "a row back", ""),
        ("go", "enter, l", "go there, in the Reader", "go there"),
        ("leave", "!, q", "leave the rest for later: back to where one was", "back"),
    ),
    *_table(
        Where.EVERYWHERE,
        "Everywhere",
        ("help", "?", "the keys of this place", "keys"),
        ("palette", "ctrl+p, :", "command palette: every action by name", ""),
        ("undo", "u", "undo; with a count so many steps", "undo"),
        ("redo", "ctrl+r", "redo; with a count so many steps", ""),
        ("export", "E, ctrl+s", "export YAML now (also done on leaving)", "export"),
        (
            "unsettled",
            "g !, !",
            "what is open, in all articles: what is to be settled, remarks on what is gone",
            "to settle",
        ),
        ("concordance", "F, ctrl+f", "search in all articles and records, as a concordance", "search all"),
        ("back_place", "<, ctrl+o", "back to the place one jumped from", ""),
        ("forward_place", ">, ctrl+n", "forward again", ""),
        ("next_unread", "g u", "on to what was not read yet, here, else in the next article", ""),
        ("next_question", "g o", "next open question: a contradiction that is open, something to settle", ""),
        ("next_new", "g n", "next of colleagues' records that came since you looked last", "new"),
        ("all_seen", "g N", "colleagues' new records all count as seen", ""),
        ("library", "L", "Library", ""),
        ("suggestions", "S", "Suggestions: pairs of statements that may say the same, or conflict", "suggestions"),
        ("back", "q", "back one screen, from the Library quit", "back"),
        ("quit", "Q", "quit from anywhere; nothing is lost by quitting", ""),
        ("stop", "ctrl+z", "back to the shell for a while; its command fg comes back here", ""),
        (
            "cancel",
            "escape",
            "end one thing: picker, selection, waiting end; else back, up to the Reader",
            "end",
        ),
        ("theme", "ctrl+t", "dark or light", ""),
        ("themes", "g t", "choose a theme; the arrows try them on", ""),
    ),
)


HINTS: dict[Where, tuple[str, ...]] = {
    Where.LIBRARY: (
        *("open", "toggle", "filter", "sort", "concordance", "suggestions", "finished", "article_memo", "undo"),
        *("export", "back"),
    ),
    Where.READER: (
        *("tag", "contradiction", "duplicate", "follow", "next_record", "jump", "search", "compare"),
        *("other_pane", "select", "memo", "said_by", "align", "edit", "info", "delete", "undo", "back"),
    ),
    Where.CONCORDANCE: ("open", "mark", "mark_all", "tag", "sort", "filter", "concordance", "undo", "back"),
    Where.SELECTING: (
        *("tag", "contradiction", "duplicate", "respan", "word_right", "word_left", "swap_ends", "quotation", "words"),
        *("cancel",),
    ),
    Where.COMPARISON: ("duplicate", "contradiction", "next_candidate", "refer", "go", "undo", "leave"),
    Where.SUGGESTIONS: ("accept", "reject", "later", "other_kind", "select", "go", "filter", "undo", "back"),
    Where.SPAN: ("respan", "other_side", "accept", "cancel", "word_right", "word_left", "swap_ends", "quotation"),
    Where.BESIDE: ("accept", "reject", "beside", "go", "next_suggestion", "cancel"),
    Where.SETTLING: ("take_ours", "take_theirs", "take_base", "edit", "next_dispute", "go", "undo", "leave"),
}
"""What the last line of the screen names in each place, what matters most first: as many as there is room for."""


RECORDING = frozenset(
    {
        *("tag", "repeat_tag", "contradiction", "duplicate", "add_contradiction", "add_duplicate", "respan", "delete"),
        *("said_by", "memo", "article_memo", "memo_in_editor", "edit", "finished", "undo", "redo", "adopt", "remark"),
        *("accept", "reject"),
        *("take_ours", "take_theirs", "take_base", "take_standing"),
    }
)
"""The actions that make no sense where nothing can be recorded: they are refused before anything is asked."""


COUNTED = frozenset(
    {
        *("next", "previous", "page_down", "page_up", "half_down", "half_up", "first", "last", "left", "right"),
        *("next_paragraph", "previous_paragraph", "next_record", "previous_record", "other_pane"),
        *("word_right", "word_left", "character_right", "character_left", "statement_down", "statement_up"),
        *("back_place", "forward_place", "next_match", "previous_match", "next_suggestion", "previous_suggestion"),
        *("undo", "redo"),
    }
)
"""The actions that a count before their key means something to; all others are done once, whatever the count."""


_in_force: tuple[Action, ...] = ACTIONS


def put_in_force(actions: tuple[Action, ...]) -> None:
    """Let keys mean what this table says, which has the actions of `ACTIONS`: before any screen is made."""
    global _in_force
    _in_force = actions
    reachable.cache_clear()


def key_for(name: str) -> str:
    """The key in force of an action, for a sentence: `reader.tag`, or `reader.undo` for what works everywhere and is
    spoken of there. Where it has none, how the palette finds it.

    Raises:
        KeyError: there is no such action.
    """
    place, _, id = name.rpartition(".")
    where = Where[place.upper()] if place else Where.EVERYWHERE
    for action in reachable(where):
        if action.id == id:
            return action.key
    if id not in {action.id for action in actions_of(where)}:
        raise KeyError(name)
    return f"{key_for('palette')} {id}"


def actions_of(where: Where, table: tuple[Action, ...] | None = None) -> tuple[Action, ...]:
    """What can be done in a place, the place's own actions first: they win where two have the same key. The table is
    that in force, if none is given."""
    places = {
        Where.LIBRARY: (Where.LIBRARY, Where.EVERYWHERE),
        Where.READER: (Where.READER, Where.EVERYWHERE),
        Where.SELECTING: (Where.SELECTING, Where.READER, Where.EVERYWHERE),
        Where.CONCORDANCE: (Where.CONCORDANCE, Where.EVERYWHERE),
        Where.COMPARISON: (Where.COMPARISON, Where.EVERYWHERE),
        Where.SUGGESTIONS: (Where.SUGGESTIONS, Where.EVERYWHERE),
        Where.SPAN: (Where.SPAN, Where.SELECTING, Where.EVERYWHERE),
        Where.BESIDE: (Where.BESIDE, Where.READER, Where.EVERYWHERE),
        Where.SETTLING: (Where.SETTLING, Where.EVERYWHERE),
        Where.EVERYWHERE: (Where.EVERYWHERE,),
    }[where]
    return tuple(action for place in places for action in table or _in_force if action.where is place)


@cache
def reachable(where: Where, table: tuple[Action, ...] | None = None) -> tuple[Action, ...]:
    """What keys do in a place: its actions, each with only the keys that reach it there; without any it is left out."""
    taken: set[str] = set()
    found = []
    for action in actions_of(where, table):
        if keys := tuple(key for key in action.keys if key not in taken):
            found.append(replace(action, keys=keys))
            taken.update(keys)
    return tuple(found)
