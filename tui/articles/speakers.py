"""Who seems to say a stretch of an article, by the words around it. Unknown is better than wrong."""

from bisect import bisect_right
from dataclasses import dataclass, field

from tui.articles.attributions import MASK, Attribution, attributions, opening_subject
from tui.articles.speaker_names import PRONOUNS, full_name, is_person
from tui.model.article import Statement, StatementKind
from tui.model.span import Span

_REACH = 2
"""Statements looked at before and after the one the span lies in."""
_LONGEST = 1500
"""Characters of a statement looked at on either side of its nearer end, or of the span."""
_MOSTLY = 0.6
"""The share of a statement that is quotation, above which it takes its speaker from its neighbours."""
_SILENT = (StatementKind.DEBRIS, StatementKind.DATE_LINE)


@dataclass(frozen=True, slots=True)
class _View:
    """A statement, or what is looked at of it, with its quotations masked."""

    start: int
    shown: str
    attributions: list[Attribution]
    opens: bool
    """Whether its last quotation isn't closed in it."""
    first_of_line: bool

    @property
    def quoted(self) -> float:
        return self.shown.count(MASK) / len(self.shown)


def guess_speaker(text: str, statements: tuple[Statement, ...], span: Span) -> str | None:
    """Who seems to say `span` of the article `text`, whose statements are `statements`.

    A person's name is given in full where the article has it, without titles; None where the words don't tell.
    """
    index = bisect_right(statements, span.start, key=lambda statement: statement.span.start) - 1
    if index < 0 or statements[index].kind in _SILENT:
        return None
    first = max(0, index - _REACH)
    views: list[_View] = []
    for place in range(first, min(len(statements), index + _REACH + 1)):
        views.append(_view(text, statements[place], span, views[-1] if views else None))
    return _Neighbourhood(text, views).speaker(index - first, span)


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    text: str
    views: list[_View]
    full_names: dict[str, str] = field(default_factory=dict)
    """Those looked up so far: a long line may name one speaker a hundred times."""

    def speaker(self, place: int, span: Span) -> str | None:
        view = self.views[place]
        if view.attributions:
            return self._nearest(place, span.start - view.start, min(span.end - view.start, len(view.shown)))
        if view.quoted < _MOSTLY:
            return None
        return self._of_neighbour(place)

    def _nearest(self, place: int, start: int, end: int) -> str | None:
        """The speaker of the stretch of a statement, where only one can be: else who is named nearest to it."""
        named = [(each, self._name(place, each)) for each in self.views[place].attributions]
        if len({name for each, name in named if start <= each.at < end}) > 1:
            return None
        # What is attributed after “but” may begin there, so at least half of the stretch must lie behind it.
        reaching = [pair for pair in named if 2 * (end - max(start, pair[0].reach)) >= end - start]
        if not reaching:
            return None
        return min(reaching, key=lambda pair: max(start - pair[0].at, pair[0].at - end))[1]

    def _of_neighbour(self, place: int) -> str | None:
        """The speaker of a quotation that the statement itself doesn't tell of."""
        before, after = self._before(place), self._after(place)
        return (after or before) if self.views[place].opens else (before or after)

    def _before(self, place: int) -> str | None:
        new_line = self.views[place].first_of_line
        for other in range(place - 1, -1, -1):
            view = self.views[other]
            if view.attributions:
                # A paragraph that is but a quotation goes on with the quotation before it, and only with such.
                return self._name(other, view.attributions[-1]) if not new_line or view.quoted else None
            if view.quoted < _MOSTLY:
                return None
            new_line = new_line or view.first_of_line
        return None

    def _after(self, place: int) -> str | None:
        for other in range(place + 1, len(self.views)):
            view = self.views[other]
            if view.first_of_line or not view.shown.startswith(MASK):
                return None
            if view.attributions:
                return self._name(other, view.attributions[0])
        return None

    def _name(self, place: int, attribution: Attribution) -> str | None:
        name = attribution.name
        if name in PRONOUNS:
            return self._meant(place, attribution)
        return self._full(name, self.views[place].start)

    def _full(self, name: str, offset: int) -> str:
        if name not in self.full_names:
            self.full_names[name] = full_name(name, self.text, offset)
        return self.full_names[name]

    def _meant(self, place: int, pronoun: Attribution) -> str | None:
        """The last person before a pronoun who is said to speak, or else the subject of the statement before it."""
        for other in range(place, -1, -1):
            view = self.views[other]
            for each in reversed(view.attributions):
                if (other < place or each.at < pronoun.at) and each.name not in PRONOUNS and is_person(each.name):
                    return self._name(other, each)
            if other < place and (subject := opening_subject(view.shown)) is not None:
                return self._full(subject, view.start) if is_person(subject) else None
        return None


def _view(text: str, statement: Statement, span: Span, before: _View | None) -> _View:
    start = max(statement.span.start, min(span.start, statement.span.end) - _LONGEST)
    end = max(start + 1, min(statement.span.end, max(span.start, start) + _LONGEST))
    line_start = text.rfind("\n", max(0, start - 2 * _LONGEST), start)
    first_of_line = not text[max(line_start, start - 2 * _LONGEST, 0) : start].strip()
    if first_of_line:
        inside = False
    elif before is not None:
        inside = before.opens
    else:
        inside = _is_open(text[max(line_start + 1, start - 2 * _LONGEST, 0) : start])
    shown, opens = _mask(text[start:end], inside)
    headline = statement.kind is StatementKind.HEADLINE
    return _View(start, shown, attributions(shown, headline=headline), opens, first_of_line)


def _mask(text: str, inside: bool) -> tuple[str, bool]:
    """`text` with its quotations masked, and whether the last goes on after it; `inside`: one went on before it."""
    shown = list(text)
    opened = 0 if inside else None
    seen = False
    for at, mark in enumerate(text):
        if mark not in '“”"«»‘’':
            continue
        if _opens(text, at):
            if opened is None and (mark != "‘" or _closes_single(text, at)):
                opened = at
        elif mark in '“”"»' or (mark == "’" and opened is not None and text[opened] == "‘" and _ends_single(text, at)):
            if opened is None and not seen:
                opened = 0  # it began before
            if opened is not None:
                shown[opened : at + 1] = MASK * (at + 1 - opened)
            opened = None
        seen = True
    if opened is not None:
        shown[opened:] = MASK * (len(text) - opened)
    return "".join(shown), opened is not None


def _is_open(text: str) -> bool:
    for at in range(len(text) - 1, -1, -1):
        if text[at] in '“”"«»':
            return _opens(text, at)
    return False


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark in '"‘':
        return (at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-“") and not text[at + 1 : at + 2].isspace()
    return mark in "“«" and text[at + 1 : at + 2] not in tuple(" .,;")  # “ is at times typed for ”


def _ends_single(text: str, at: int) -> bool:
    return not text[at + 1 : at + 2].isalnum() and (text[at - 1] in ",.?!" or text[at + 1 : at + 2] in ("", ",", "."))


def _closes_single(text: str, at: int) -> bool:
    return any(text[place] == "’" and _ends_single(text, place) for place in range(at + 1, len(text)))
