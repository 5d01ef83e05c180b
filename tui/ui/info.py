"""Everything about a record, or of the article where nothing is recorded, in rows as wide as the strip."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tui.model.article import Article
from tui.model.records import ArticleNote, Claim, Contradiction, Link, Stance
from tui.session.conflicting import Side, disputes_of
from tui.session.session import Session
from tui.store.history import Entry
from tui.text.cells import plain_line
from tui.text.layout import Layout
from tui.text.numbers import counted
from tui.text.quotations import quoted
from tui.ui.actions import key_for
from tui.ui.dispute_words import version_words
from tui.ui.open_claims import what_happened
from tui.ui.reading import Ref, StripRow, StripWords, ref_to, remarks_on, tag_colour
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece

LABEL = 12
"""Cells of the names of fields."""
WIDEST = 100
"""Cells of a row at most: longer ones are hard to read."""
MOST = 10_000
"""Characters of a text that are shown at most."""
MOST_LISTED = 40
"""Links of a claim, ends of a link, and steps of a history that are listed at most."""
MOST_BESIDE = 10
"""Ends listed of each of a claim's links: all that is shown is worked out at a key."""


@dataclass(frozen=True, slots=True)
class InfoWords:
    """What can be said of one place, in rows."""

    strip: StripWords
    width: int
    """Of the strip, in cells."""

    @property
    def session(self) -> Session:
        return self.strip.session

    # --- records ---

    def of_record(self, record: Claim | Link, ref: Ref, history: Sequence[Entry] | str) -> list[StripRow]:
        """All about a record that goes by this ref; `history` is what was done with it, or why there is none to
        show."""
        rows = self._of_claim(record) if isinstance(record, Claim) else self._of_link(record, ref)
        return [*rows, *self._history(history)]

    def _of_claim(self, claim: Claim) -> Iterator[StripRow]:
        ref = ref_to(claim)
        article = self.session.articles.get(claim.article)
        title = article.title.value if article is not None else claim.article
        yield from self._field("claim", quoted(claim.exact), "foreground bold", ref)
        yield from self._field("in", f"{self.strip.name_of(claim.article)}  {title}", "foreground", ref)
        placed = self.session.views.placed(claim)
        if placed is not None and placed.is_open:
            yield from self._field("to settle", what_happened(placed), "warning", ref)
            yield from self._field("made on", quoted(placed.claim.exact), "quiet", ref)
        for name in claim.tags:
            tag = self.session.config.tag(name)
            said = tag.description if tag is not None else "not in the codebook"
            yield from self._field("tag", f"{name}: {said}", tag_colour(self.session, name), ref)
        yield from self._field("gist", claim.gist, "foreground", ref)
        if claim.said_by is not None:
            said = f" {SIGNS.pointer} ".join(claim.said_by) or "the article itself"
            yield from self._field("said by", said, "foreground", ref)
        yield from self._field("certainty", claim.certainty, "foreground", ref)
        yield from self._field("when", claim.when, "foreground", ref)
        yield from self._memo(claim.memo)
        yield from self._remarks(claim)
        yield from self._made(claim, claim.from_)
        links = self.session.links_of(claim)
        for link in links[:MOST_LISTED]:
            yield StripRow(Line(), None)
            yield from self._link(link, ref_to(link, claim), claim)
        if len(links) > MOST_LISTED:
            yield from self._field("", f"and {len(links) - MOST_LISTED} more links", "quiet", None)

    def _of_link(self, link: Link, ref: Ref) -> Iterator[StripRow]:
        yield from self._link(link, ref, None)
        yield from self._made(link, None)

    def _link(self, link: Link, ref: Ref, seen_from: Claim | None) -> Iterator[StripRow]:
        """A link with its ends; without the one it is looked at from where that stands above."""
        if isinstance(link, Contradiction):
            kinds = ", ".join(link.kinds) or "of what kind?"
            yield from self._field(SIGNS.contradiction, f"contradiction: {kinds}, {link.status}", "error", ref)
        else:
            letter = self.session.letter_of(link.id)
            yield from self._field(SIGNS.duplicate, f"duplicate group {letter}", "primary", ref)
            if self.session.inconsistent(link):
                words = "inconsistent: it holds both ends of a contradiction"
                yield from self._field("", words, "warning", ref)
        yield from self._field("gist", link.gist, "foreground", ref)
        if seen_from is not None:
            yield from self._memo(link.memo)
        ends = [end for end in self.session.ends_of(link) if seen_from is None or end.id != seen_from.id]
        most = MOST_LISTED if seen_from is None else MOST_BESIDE
        for end in ends[:most]:
            words = f"{self.strip.name_of(end.article)}  {quoted(end.exact)}"
            yield from self._field("end", words, "foreground", ref_to(end))
        if len(ends) > most:
            yield from self._field("", f"and {len(ends) - most} more ends", "quiet", ref)
        if seen_from is None:
            yield from self._memo(link.memo)
        yield from self._remarks(link)

    def _remarks(self, record: Claim | Link) -> Iterator[StripRow]:
        """What everybody remarked on it."""
        remarks = remarks_on(self.session, record, self.strip.colleagues)
        for remark in remarks[:MOST_LISTED]:
            who, does = self.strip.remarked(remark)
            new = ", new" if self.session.new.is_new(remark) else ""
            style = "warning" if remark.stance is Stance.DISAGREE else "foreground"
            words = f"{who} {does}, {_time(remark.created)}{new}: {remark.memo or ''}"
            yield from self._field(f"{SIGNS.remark} remark", words, style, ref_to(record))
        if len(remarks) > MOST_LISTED:
            yield from self._field("", f"and {len(remarks) - MOST_LISTED} more remarks", "quiet", ref_to(record))

    def _made(self, record: Claim | Link, from_: str | None) -> Iterator[StripRow]:
        own = record.annotator == self.session.annotator
        who = f"you, {record.annotator}" if own else record.annotator
        origin = f", taken from {from_}" if from_ else ""
        new = ", new" if self.session.new.is_new(record) else ""
        yield from self._field("made by", f"{who}, {_time(record.created)}{origin}{new}", "quiet", ref_to(record))
        yield from self._field("id", record.id, "quiet", ref_to(record))
        yield from self._open(record, ref_to(record))

    def _open(self, record: Claim | Link | ArticleNote, ref: Ref | None) -> Iterator[StripRow]:
        """What a merge left open in it, each version in words."""
        if not record.conflicts:
            return
        own = record.annotator == self.session.annotator
        who = f"{key_for('reader.settle')} settles" if own else f"{record.annotator} settles"
        them = "it" if len(record.conflicts) == 1 else "them"
        words = f"a merge left {counted(len(record.conflicts), 'conflict')}: {who} {them}"
        yield from self._field("to settle", words, "warning", ref)
        for dispute in islice(disputes_of(record), MOST_BESIDE):
            if dispute.entry is None:
                yield from self._field("", json.dumps(dispute.plain, ensure_ascii=False), "warning", ref)
                continue
            yield from self._field("", dispute.words, "warning", ref)
            for side in (Side.OURS, Side.THEIRS, Side.BASE):
                said, is_set = version_words(self.session, dispute, dispute.version(side))
                yield from self._field(f"  {side}", said, "foreground" if is_set else "faint", ref)

    def _history(self, history: Sequence[Entry] | str) -> Iterator[StripRow]:
        yield StripRow(Line(), None)
        if isinstance(history, str):
            yield from self._field("history", history, "quiet", None)
            return
        label = "history"
        if not history:
            yield from self._field(label, "the journal does not reach back so far", "quiet", None)
        elif len(history) >= MOST_LISTED:
            yield from self._field(label, f"the last {MOST_LISTED} steps:", "quiet", None)
            label = ""
        for entry in history:
            yield from self._field(label, f"{_time(entry.at)}  {entry.label}", "quiet", None)
            label = ""

    # --- articles ---

    def of_article(self, article: Article) -> list[StripRow]:
        """All that is known of an article."""
        details = {
            "title": article.title,
            "outlet": article.outlet,
            "agency": article.agency,
            "author": article.author,
            "date": article.date,
            "url": article.url,
            "language": article.language,
        }
        rows: list[StripRow] = []
        for name, detail in details.items():
            words = "unknown" if detail is None else f"{detail.value}{' (guessed)' if detail.guessed else ''}"
            style = "faint" if detail is None else "foreground"
            rows += self._field(name, words, style, None)
        words = counted(self.session.words_in(article.id), "word")
        rows += self._field("length", words, "foreground", None)
        rows += self._field("file", article.file, "quiet", None)
        rows += self._field("text", f"sha256 {article.sha256}", "quiet", None)
        note = self.session.seen.note(article.id)
        if note is not None:
            rows += self._field("finished", "yes" if note.finished else None, "foreground", None)
            rows += self._memo(note.memo)
            rows += self._open(note, None)
        return rows

    # --- rows ---

    def _memo(self, memo: str | None) -> Iterator[StripRow]:
        yield from self._field("memo", memo, "foreground italic", None)

    def _field(self, name: str, words: str | None, style: str, ref: Ref | None) -> Iterator[StripRow]:
        """A field in as many rows as its words need; nothing where there are none."""
        if not words:
            return
        cut = f" {SIGNS.cut} {len(words) - MOST} characters more" if len(words) > MOST else ""
        text = f"{words[:MOST]}{cut}"
        layout = Layout(text, max(10, min(WIDEST, self.width) - LABEL - 4), gap=False)
        for row in range(len(layout)):
            label: Piece = (f"   {plain_line(name) if row == 0 else '':<{LABEL}.{LABEL}} ", "quiet")
            yield StripRow(Line([label, (text[slice(*layout.row(row))], style)]), ref)


def _time(at: str) -> str:
    """`2026-11-21T20:00:00Z` as people read it."""
    return f"{at[:10]} {at[11:16]} UTC" if at[10:11] == "T" else at
