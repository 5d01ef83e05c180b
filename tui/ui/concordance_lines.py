"""From what a search found to rows: a line of the concordance, and what stands around its match."""

from dataclasses import dataclass

from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Remark
from tui.model.span import Span
from tui.session.concordance import Found, claim_of
from tui.session.session import Session
from tui.text.cells import cells, fit, plain_line, whole_graphemes
from tui.text.kwic import in_context
from tui.text.layout import Layout
from tui.text.quotations import quoted
from tui.ui.reading import tag_colour, tag_letter
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece

AROUND = 1_500
"""Code points of a paragraph that are shown on either side of a match at most."""


@dataclass(frozen=True, slots=True)
class LineWords:
    """What rows are made of."""

    session: Session

    def row(self, line: Found, width: int, *, at_cursor: bool, is_marked: bool) -> Line:
        """The match in the middle; at its left whose words they are."""
        name_width = 14 if width < 100 else 20 if width < 150 else 28
        room = max(2, width - name_width - 9)
        left = room * 9 // 20
        before, match, after = in_context(line.text, line.start, line.end, left, room - left)
        name = fit(self.short_name(line), name_width)
        own_words = line.record is None
        pieces: list[Piece] = [
            (SIGNS.bar if at_cursor else " ", "accent"),
            (f"{SIGNS.check if is_marked else ' '} ", "success bold"),
            *self._sign(line),
            (name + " " * (name_width - cells(name)), "quiet" if own_words else "accent"),
            ("  ", ""),
            (before, "foreground" if own_words else "quiet"),
            (match, "accent bold"),
            (after, "foreground" if own_words else "quiet"),
        ]
        return Line(pieces)

    def _sign(self, line: Found) -> list[Piece]:
        """Beside an article's words the letter of one's own claim there; beside a record's a pointer and its sign."""
        record, session = line.record, self.session
        if record is None:
            span = Span(line.start, line.end)
            claim = next((claim for claim in session.claims_at(line.article, span) if claim.tags), None)
            sign, style = _tag(session, claim)
            return [(f" {sign}".ljust(4), style)]
        match record:
            case Contradiction():
                sign, style = SIGNS.contradiction, "error"
            case DuplicateGroup():
                sign, style = SIGNS.duplicate, "primary"
            case Claim():
                sign, style = _tag(session, record)
            case Remark():
                sign, style = SIGNS.remark, "accent"
            case _:
                sign, style = "", ""
        return [(SIGNS.pointer, "accent"), (sign.ljust(3), style)]

    def short_name(self, line: Found) -> str:
        """Of an article its outlet, else its title; of a record whose it is and which of its words these are."""
        if line.record is not None:
            own = line.record.annotator == self.session.annotator
            return plain_line(f"{'you' if own else line.record.annotator} {line.words}")
        article = self.session.articles.get(line.article)
        return plain_line((article.outlet or article.title).value) if article is not None else line.article

    def name(self, line: Found) -> str:
        """All that a line can be filtered by beside its own words."""
        article = self.session.articles.get(line.article)
        outlet = article.outlet.value if article is not None and article.outlet is not None else ""
        title = article.title.value if article is not None else ""
        who = "" if line.record is None else f"{self.short_name(line)} {line.record.annotator}"
        return f"{line.article} {title} {outlet} {who}"

    def preview(self, line: Found, width: int, height: int) -> list[Line]:
        """A rule, where the match stands, and its paragraph, as much of it as there is room for."""
        left = max(2, (width - 76) // 2)
        pad: Piece = (" " * left, "")
        rows = [Line([(SIGNS.rule * width, "line")]), Line([pad, *self._where(line)])]
        text, start, end = _paragraph(line)
        layout = Layout(text, max(10, min(72, width - left - 2)))
        first, room = layout.row_of(start), max(0, height - len(rows))
        top = max(0, min(first - (room - 1) // 2, len(layout) - room))
        for row in range(top, min(top + room, len(layout))):
            a, b = layout.row(row)
            inner = [min(max(cut, a), b) for cut in (a, start, end, b)]
            styles = ("quiet", "accent bold", "quiet")
            rows.append(
                Line([pad, *((text[x:y], style) for x, y, style in zip(inner, inner[1:], styles, strict=False))])
            )
        return rows

    def _where(self, line: Found) -> list[Piece]:
        session, record = self.session, line.record
        article = session.articles.get(line.article)
        title = article.title.value if article is not None else line.article
        details = [one.value for one in (article.outlet, article.date) if one] if article is not None else []
        where: list[Piece] = [(title, "foreground bold"), ("".join(f" · {detail}" for detail in details), "quiet")]
        if record is None:
            return where
        kind = {
            Claim: "claim",
            Contradiction: "contradiction",
            DuplicateGroup: "duplicate group",
            Remark: "remark",
            ArticleNote: "article",
        }[type(record)]
        who = "your" if record.annotator == session.annotator else f"{record.annotator}’s"
        said: list[Piece] = [(f"{who} {kind}, {line.words}", "accent"), (" · ", "faint")]
        claim = claim_of(session, record)
        return [*said, (quoted(claim.exact), "quiet")] if claim is not None else [*said, *where]


def _tag(session: Session, claim: Claim | None) -> tuple[str, str]:
    if claim is None or not claim.tags:
        return "", ""
    return tag_letter(session, claim.tags[0]), f"{tag_colour(session, claim.tags[0])} bold"


def _paragraph(line: Found) -> tuple[str, int, int]:
    """The paragraph a match begins in, or what of it is near, and where the match stands in it."""
    text = line.text
    begin = text.rfind("\n", max(0, line.start - AROUND), line.start) + 1 or max(0, line.start - AROUND)
    stop = text.find("\n", line.end, line.end + AROUND)
    stop = stop if stop >= 0 else min(len(text), line.end + AROUND)
    start, end = whole_graphemes(text, line.start, min(line.end, line.start + AROUND))
    return text[begin:stop], start - begin, end - begin
