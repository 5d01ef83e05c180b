"""From records to what the Reader shows of them: marks and signs for a pane, rows for the strip."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tui.model.records import GIST_LIMIT, Certainty, Claim, Contradiction, DuplicateGroup, Link, Remark, Stance
from tui.model.span import Span
from tui.session.session import Session
from tui.text.cells import cells, fit, plain_line, whole_graphemes
from tui.text.numbers import agreeing, counted
from tui.text.quotations import quoted
from tui.ui.dispute_words import strip_lines
from tui.ui.open_claims import sight_of, what_happened, word_lines
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece
from tui.ui.widgets.page import Mark, Sign

HEAD = 7
"""Cells before the words of a link's ends: the pointer, the link's sign."""
QUOTED = 48
"""Cells of a claim's quote that matter more than what is recorded of most claims."""
SHARE = 24
"""Cells that an end needs at least for its words to tell anything."""


class Colleagues(StrEnum):
    """How colleagues' records are shown."""

    SHOWN = "shown"
    DIMMED = "dimmed"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Ref:
    """A record on the screen: whose, which, and for a link the claim it is looked at from."""

    annotator: str
    id: str
    at: str | None = None


def ref_to(record: Claim | Link, at: Claim | None = None) -> Ref:
    return Ref(record.annotator, record.id, at.id if at is not None else None)


class ClaimMarkings:
    """The claims of an article, as they stand when asked: tints in the text and signs in the gutter."""

    def __init__(self, session: Session, article: str, colleagues: Colleagues, *, has_suggestions: bool = True) -> None:
        """`has_suggestions`: whether statements have a sign that something is proposed of."""
        self._has_suggestions = has_suggestions
        self._session = session
        self._article = article
        self._colleagues = colleagues
        self._text = session.articles[article].text

    def _claims(self, start: int, end: int) -> tuple[Claim, ...]:
        shown = self._colleagues is not Colleagues.HIDDEN
        return self._session.claims_at(self._article, Span(start, end), colleagues=shown)

    def marks(self, start: int, end: int) -> list[Mark]:
        marks: list[Mark] = []
        for claim in self._claims(start, end):
            colour = colour_of(self._session, claim)
            if claim.annotator != self._session.annotator:
                colour = f"~{colour}" if self._colleagues is Colleagues.SHOWN else "~tag-grey"
            # A claim made elsewhere may begin or end inside what is one character on the screen.
            marks.append(Mark(*whole_graphemes(self._text, claim.span.start, claim.span.end), colour, claim.id))
        return marks

    def signs(self, start: int, end: int) -> list[Sign]:
        signs = [sign for sign in self._open_signs if start <= sign.offset < end]
        for claim in self._claims(start, end):
            if claim.span.start < start:
                continue
            own = claim.annotator == self._session.annotator
            bright = own or self._colleagues is Colleagues.SHOWN
            weight = " bold" if own else ""
            is_new = bool(self._session.new.at((claim,)))
            if own and _has_conflicts(self._session, claim):
                signs.append(Sign(claim.span.start, SIGNS.unsettled, "warning bold", SIGNS.unsettled))
            if own and is_new and self._colleagues is not Colleagues.HIDDEN:
                signs.append(Sign(claim.span.start, SIGNS.new, "accent bold", SIGNS.new))
            for text, style in _signs_of(self._session, claim, self._colleagues):
                short = text[:-1] if text.startswith(SIGNS.duplicate) and len(text) > 1 else text
                style = style + weight if bright else "faint"
                signs.append(Sign(claim.span.start, text, style, short, own, is_new and not own))
        if self._has_suggestions:
            marked = self._session.suggestions.marked(self._article, Span(start, end))
            for at in {side.start for side in marked}:
                signs.append(Sign(at, SIGNS.suggestion, "faint", SIGNS.suggestion, is_quiet=True))
        return signs

    @cached_property
    def _open_signs(self) -> list[Sign]:
        """What has to be settled: before any other sign, so that it is seen in a narrow gutter too."""
        signs = []
        shown = self._colleagues is not Colleagues.HIDDEN
        for placed in self._session.views.open_in(self._article, colleagues=shown):
            own = placed.claim.annotator == self._session.annotator
            style = "warning bold" if own else "warning" if self._colleagues is Colleagues.SHOWN else "faint"
            at = sight_of(self._session, placed).start
            signs.append(Sign(at, SIGNS.unsettled, style, SIGNS.unsettled, own))
        return signs


def _has_conflicts(session: Session, claim: Claim) -> bool:
    """Whether a merge left something open in one's own claim or a link of it, and that is not said by a sign yet."""
    placed = session.desk.view.placed(claim.id)
    if not session.disputes or (placed is not None and placed.is_open):
        return False
    return any(record.conflicts for record in (claim, *session.links_of(claim)))


def _signs_of(session: Session, claim: Claim, colleagues: Colleagues) -> list[tuple[str, str]]:
    signs = [(tag_letter(session, name), tag_colour(session, name)) for name in claim.tags]
    links = session.links_of(claim)
    if not signs and not links:
        signs.append(("-", "quiet"))
    for link in links:
        if isinstance(link, DuplicateGroup):
            signs.append((SIGNS.duplicate + session.letter_of(link.id), "primary"))
    if any(isinstance(link, Contradiction) for link in links):
        signs.append((SIGNS.contradiction, "error"))
    remarks = [one for record in (claim, *links) for one in remarks_on(session, record, colleagues)]
    if remarks:
        is_disputed = any(remark.stance is Stance.DISAGREE for remark in remarks)
        signs.append((SIGNS.remark, "warning" if is_disputed else "accent"))
    return signs


def remarks_on(session: Session, record: Claim | Link, colleagues: Colleagues) -> list[Remark]:
    """The remarks on a record that are shown, one's own first."""
    remarks = session.remarks_on(record)
    is_hidden = colleagues is Colleagues.HIDDEN
    return [remark for remark in remarks if not is_hidden or remark.annotator == session.annotator]


def sign_of(session: Session, link: Link) -> Piece:
    """A link's sign, a group's with its letter."""
    if isinstance(link, Contradiction):
        return SIGNS.contradiction, "error"
    return SIGNS.duplicate + session.letter_of(link.id), "primary"


def tag_colour(session: Session, name: str) -> str:
    tag = session.config.tag(name)
    return f"tag-{tag.colour}" if tag is not None else "quiet"


def tag_letter(session: Session, name: str) -> str:
    tag = session.config.tag(name)
    if tag is not None:
        return tag.key
    letter = plain_line(name)[:1]
    return letter if cells(letter) == 1 else "*"


def colour_of(session: Session, claim: Claim) -> str:
    return tag_colour(session, claim.tags[0]) if claim.tags else "quiet"


@dataclass(frozen=True, slots=True)
class StripRow:
    """A row of the strip, and the record a click on it goes to."""

    line: Line
    ref: Ref | None
    """None: it goes nowhere."""
    is_offer: bool = False
    """Whether it says what a key would show here."""


@dataclass(frozen=True, slots=True)
class StripWords:
    """What is known at the cursor, to be shown in so many rows."""

    session: Session
    numbers: dict[str, int]
    """Article id → the number of its pane."""
    width: int
    """Cells in a row."""
    colleagues: Colleagues = Colleagues.SHOWN

    def rows(self, claims: tuple[Claim, ...], current: Ref | None, height: int) -> list[StripRow]:
        """Rows for these claims, the current record first; what has no room is counted at the end of the last row, a
        claim as one: of thousands at one place no more are looked at than are shown."""
        rows: list[StripRow] = []
        hidden = len(claims)
        for claim in sorted(claims, key=lambda claim: current is None or claim.id not in (current.id, current.at)):
            if len(rows) >= height:
                break
            hidden -= 1
            links = sorted(self.session.links_of(claim), key=lambda link: current is None or link.id != current.id)
            rows += self._rows_of(claim, links[:height], current, height)
            hidden += len(links[height:])
        hidden += max(0, len(rows) - height)
        if hidden:
            last = rows[height - 1]
            rows = [*rows[: height - 1], StripRow(Line(last.line.left, [(f"{hidden} more ", "faint")]), last.ref)]
        return rows

    def _rows_of(self, claim: Claim, links: list[Link], current: Ref | None, height: int) -> Iterator[StripRow]:
        crowd = next((link for link in links[:1] if current is not None and current.id == link.id), None)
        others = self._others(crowd, claim) if crowd is not None and current and current.at == claim.id else []
        if crowd is not None and len(others) > 1:
            # What is current comes first: where there are two rows, both are for its ends.
            if height > 2:
                yield StripRow(self._claim_line(claim, False), ref_to(claim))
            lines = list(self._crowd_lines(crowd, others, height - (height > 2)))
            if crowd.gist or crowd.memo:
                lines.append(_gist_line(crowd))
            lines += self._remark_lines(crowd)
            if crowd.conflicts and crowd.annotator == self.session.annotator:
                lines = [*strip_lines(self.session, crowd, self.width), *lines]
            yield from (StripRow(line, ref_to(crowd, claim)) for line in lines[: height - (height > 2)])
            links = links[1:]
        else:
            yield StripRow(self._claim_line(claim, current is not None and current.id == claim.id), ref_to(claim))
        placed = self.session.views.placed(claim)
        if placed is not None and placed.is_open:
            own = claim.annotator == self.session.annotator
            for line in word_lines(placed, own=own, rows=height - 1):
                yield StripRow(line, ref_to(claim))
        yield from self._open_rows(claim, ref_to(claim))
        if claim.memo and len(others) < 2 and (height > 2 or not links):
            yield StripRow(Line([("    ", ""), (claim.memo, "quiet italic")]), ref_to(claim))
        if height > 2 or not links:
            yield from (StripRow(line, ref_to(claim)) for line in self._remark_lines(claim))
        for link in links:
            is_current = current is not None and current.id == link.id and current.at in (claim.id, None)
            yield StripRow(self._link_line(link, claim, is_current), ref_to(link, claim))
            yield from self._open_rows(link, ref_to(link, claim))
            if is_current and (link.gist or link.memo):
                yield StripRow(_gist_line(link), ref_to(link, claim))
            if height > 2 or is_current:
                yield from (StripRow(line, ref_to(link, claim)) for line in self._remark_lines(link))

    def _open_rows(self, record: Claim | Link, ref: Ref) -> Iterator[StripRow]:
        """What a merge left open in one's own record."""
        if record.conflicts and record.annotator == self.session.annotator:
            yield from (StripRow(line, ref) for line in strip_lines(self.session, record, self.width))

    def _remark_lines(self, record: Claim | Link) -> Iterator[Line]:
        """What was remarked on a record, a row each."""
        for remark in remarks_on(self.session, record, self.colleagues):
            who, does = self.remarked(remark)
            left: list[Piece] = [(f"     {SIGNS.remark} ", "faint"), (who, "accent")]
            left += [(f" {does}  ", "warning" if remark.stance is Stance.DISAGREE else "quiet")]
            new: list[Piece] = [("  new ", "accent bold")] if self.session.new.is_new(remark) else []
            yield Line([*left, (remark.memo or "", "quiet italic")], new)

    def remarked(self, remark: Remark) -> tuple[str, str]:
        """Who remarks, and what they do: comment, or disagree."""
        own = remark.annotator == self.session.annotator
        does = "disagree" if remark.stance is Stance.DISAGREE else "comment"
        return ("you", does) if own else (remark.annotator, f"{does}s")

    def _others(self, link: Link, claim: Claim) -> list[Claim]:
        return [end for end in self.session.ends_of(link) if end.id != claim.id]

    def _crowd_lines(self, link: Link, others: list[Claim], rows: int) -> Iterator[Line]:
        """Every other end of a link with its words: a row each; where there are fewer rows, several share one."""
        each = -(-len(others) // max(1, rows))
        each = min(each, max(1, (self.width - HEAD) // SHARE))
        shown = others[: each * rows]
        sign, style = sign_of(self.session, link)
        room = (self.width - HEAD) // each - 2
        for start in range(0, len(shown), each):
            left: list[Piece] = [
                _pointer(start == 0),
                (f"{sign:<{HEAD - 3}}" if start == 0 else " " * (HEAD - 3), style),
            ]
            for end in shown[start : start + each]:
                name = self.name_of(end.article)
                name = name if each == 1 else fit(name, room // 3)
                words = plain_line(end.exact[: 4 * self.width])
                words = words if each == 1 else fit(words, room - cells(name) - 1)
                air = 0 if each == 1 else max(0, room - cells(name) - cells(words) + 1)
                left += [(name, "accent"), (f" {words}{' ' * air}", "foreground")]
            is_last = start + each >= len(shown)
            more = len(others) - len(shown)
            right = [f"and {more} more"] if is_last and more else []
            if is_last and self.session.missing_ends(link):
                right.append(missing_sentence(self.session, link))
            if start == 0 and each == 1:
                right += self._said_of(link)
            yield Line(left, [(f"  {', '.join(right)} ", "quiet")] if right else [])

    def _said_of(self, link: Link) -> list[str]:
        remarks = remarks_on(self.session, link, self.colleagues)
        said = [f"{SIGNS.remark}{len(remarks)}"] if remarks else []
        if isinstance(link, Contradiction):
            return [*said, *(link.kinds or ("of what kind?",)), link.status]
        if self.session.inconsistent(link):
            said.append("inconsistent: it holds both ends of a contradiction")
        return said

    def _claim_line(self, claim: Claim, is_current: bool) -> Line:
        left: list[Piece] = [_pointer(is_current)]
        own = claim.annotator == self.session.annotator
        for name in claim.tags:
            left += [(name, f"{tag_colour(self.session, name)} bold"), (" · ", "faint")]
        if not claim.tags:
            left += [("claim", "quiet"), (" · ", "faint")]
        placed = self.session.views.placed(claim)
        if placed is not None and placed.is_open and not claim.gist:
            words: Piece = (what_happened(placed), "warning")
        elif claim.gist:
            words = (claim.gist, "foreground" if not is_current else "foreground bold")
        else:
            words = (quoted(claim.exact), "quiet")
        who = "you" if own else claim.annotator
        new: list[Piece] = [("  new", "accent bold")] if self.session.new.is_new(claim) else []
        if remarks := remarks_on(self.session, claim, self.colleagues):
            new.insert(0, (f"  {SIGNS.remark}{len(remarks)}", "accent"))
        right = [*new, (f"  {who}", "quiet" if own else "accent"), (f" {claim.id[:5]} ", "faint")]
        details = self._details(claim)
        room = self.width - 2 - sum(cells(piece) for piece, _ in (*left, *details, *right))
        # What goes without saying gives way to the gist, or to a good part of the quote.
        if room < cells(words[0][: GIST_LIMIT if claim.gist else QUOTED]):
            details = self._details(claim, in_short=True)
        return Line([*left, *details, words], right)

    def _details(self, claim: Claim, *, in_short: bool = False) -> list[Piece]:
        """Who says it, how, and when; `in_short` without what is so as a rule."""
        details: list[Piece] = []
        if claim.said_by or (claim.said_by is not None and not in_short):
            said = f" {SIGNS.pointer} ".join(claim.said_by) or "the article itself"
            details += [(said, "foreground"), (" · ", "faint")]
        if claim.certainty and not (in_short and claim.certainty is Certainty.STATED):
            details += [(claim.certainty, "quiet"), (" · ", "faint")]
        if claim.when:
            details += [(claim.when, "quiet"), (" · ", "faint")]
        return details

    def _link_line(self, link: Link, claim: Claim, is_current: bool) -> Line:
        left: list[Piece] = [_pointer(is_current)]
        others = self._others(link, claim)
        if isinstance(link, Contradiction):
            left.append((f"{SIGNS.contradiction} {', '.join(link.kinds) or 'of what kind?'}", "error"))
            right = link.status.value
        else:
            left.append((f"{SIGNS.duplicate} {self.session.letter_of(link.id)}", "primary"))
            right = "inconsistent: it holds both ends of a contradiction" if self.session.inconsistent(link) else ""
        if others:
            left += [("   ", ""), (self.name_of(others[0].article), "accent"), ("  ", "")]
            left.append((others[0].exact, "foreground"))
        elif self.session.missing_ends(link):
            left.append((f"   {missing_sentence(self.session, link)}", "warning"))
            left.append((f"  {link.gist or ''}", "foreground"))
        elif link.gist:
            left.append((f"   {link.gist}", "foreground"))
        if others and self.session.missing_ends(link):
            right = f"{missing_sentence(self.session, link)}{', ' if right else ''}{right}"
        if len(others) > 1:
            right = f"and {len(others) - 1} more{', ' if right else ''}{right}"
        new: list[Piece] = [("  new", "accent bold")] if self.session.new.is_new(link) else []
        if remarks := remarks_on(self.session, link, self.colleagues):
            new.insert(0, (f"  {SIGNS.remark}{len(remarks)}", "accent"))
        return Line(left, [*new, (f"  {right} ", "quiet")])

    def name_of(self, article: str) -> str:
        """The number of the pane an article is in, else its outlet or the beginning of its title."""
        if article in self.numbers:
            return str(self.numbers[article])
        known = self.session.articles.get(article)
        if known is None:
            return f"({article})"
        return f"({fit(plain_line((known.outlet or known.title).value), 26)})"


def missing_sentence(session: Session, link: Link) -> str:
    """Of a link of which not every claim is there."""
    missing = len(session.missing_ends(link))
    if missing == len(link.claims) - 1:
        return "its other end is missing" if missing == 1 else "its other ends are missing"
    return f"{counted(missing, 'end')} {agreeing(missing, 'is', 'are')} missing"


def _gist_line(link: Link) -> Line:
    words: list[Piece] = [("    ", ""), (link.gist or "", "foreground bold"), ("  ", "")]
    return Line([*words, (link.memo or "", "quiet italic")])


def _pointer(is_current: bool) -> Piece:
    return (f" {SIGNS.pointer} ", "accent") if is_current else ("   ", "")
