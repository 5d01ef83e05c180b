"""What the screen shows on which conflicts are settled: the record, and each version with its key and what differs."""

from collections.abc import Iterable

from tui.exchange.anchoring_words import changed_part, differing
from tui.exchange.conflicts import RECORD, as_json
from tui.model.article import Article
from tui.model.records import (
    CONTEXT,
    ArticleNote,
    Claim,
    Contradiction,
    Decision,
    DuplicateGroup,
    Link,
    Record,
    Remark,
    Stance,
)
from tui.session.conflicting import NAMES, Dispute, Side
from tui.session.disputes import claim_for, spoken_of
from tui.session.session import Session
from tui.suggest.comparison import Kind, Weight
from tui.suggest.comparison import Piece as Part
from tui.text.cells import fit, plain_line
from tui.text.numbers import counted
from tui.text.quotations import quoted
from tui.ui.actions import key_for
from tui.ui.dispute_words import MOST, NOT_SET, version_words
from tui.ui.reading import sign_of
from tui.ui.signs import SIGNS
from tui.ui.widgets.comparison_view import Block
from tui.ui.widgets.lines import Line, Piece

MOST_ENDS = 3
"""Ends of a link that are shown above its versions."""
SOURCE = 20
"""Cells of an article's outlet or title beside an end."""
LONG = 240
"""Characters from which on it is said above two versions where they begin to differ."""
DIFFERING = 40
"""Cells of what differs, on each side."""
ACTIONS = {
    Side.OURS: "settling.take_ours",
    Side.THEIRS: "settling.take_theirs",
    Side.BASE: "settling.take_base",
    Side.STANDING: "settling.take_standing",
}
_WHOSE = {
    Side.OURS: ("ours", "what was here"),
    Side.THEIRS: ("theirs", "what came from the other side"),
    Side.BASE: ("base", "what it was before both"),
    Side.STANDING: ("as it stands", "what is recorded now"),
}


def matter(session: Session, dispute: Dispute, place: str) -> Block:
    """The field and the record it is of, with the record's words in their article; `place`: which of how many."""
    record = dispute.record
    what = "on an article" if isinstance(record, ArticleNote) else f"of a {NAMES[type(record)]}"
    of: list[Piece] = [] if dispute.field == RECORD else [(f" {what}", "quiet")]
    heads = [Line([(dispute.words, "warning bold"), *of, *_details(session, record)], [(place, "faint")])]
    if (differs := _differing_line(session, dispute)) is not None:
        heads.append(differs)
    if isinstance(record, Claim):
        return _excerpt(session, record, heads)
    if isinstance(record, Contradiction | DuplicateGroup):
        return Block((*heads, *_ends(session, record)))
    if isinstance(record, Remark):
        there = spoken_of(session, record)
        on = f"on {record.on}" if there is not None else f"on {record.on}, which is not there"
        heads.append(Line([(on, "quiet")]))
        return Block(tuple(heads), (record.exact or "")[:MOST])
    if isinstance(record, Decision):
        heads.append(Line([(f"whether they are a {record.kind}:", "quiet")]))
        sides = (_end(session, side.article, side.exact) for side in (record.a, record.b))
        return Block((*heads, *sides))
    article = session.articles.get(session.desk.view.home_of_note(record))
    return Block(tuple(heads), article.title.value if article is not None else record.article)


def _differing_line(session: Session, dispute: Dispute) -> Line | None:
    """Of long versions, the words in which ours and theirs differ: they may begin on no row that is seen at first."""
    sides = (Side.OURS, Side.THEIRS)
    (ours, has_ours), (theirs, has_theirs) = (version_words(session, dispute, dispute.version(one)) for one in sides)
    if not (has_ours and has_theirs) or max(len(ours), len(theirs)) < LONG:
        return None
    _, old, new, _ = _apart(ours, theirs)
    old, new = (fit(plain_line(words), DIFFERING) or "nothing" for words in changed_part(old, new))
    differs = "warning bold underline"
    return Line([("ours ", "quiet"), (old, differs), ("  theirs ", "quiet"), (new, differs)])


def loose(remark: Remark) -> tuple[Block, tuple[Block, ...]]:
    """A remark of which the record is gone: what it spoke of, and what it says."""
    heads = (
        Line([("remark", "warning bold"), (f" on {remark.on}, which is not there", "quiet")]),
        Line([("it was deleted, or the files it stood in are not at hand", "faint")]),
    )
    words = (remark.memo or NOT_SET)[:MOST]
    marked = (Part(0, len(words), Kind.WORDS, Weight.ONLY),)
    stance = "you disagree" if remark.stance is Stance.DISAGREE else "you comment"
    said = Line([(stance, "foreground bold")], [(remark.id[:5], "faint")])
    return Block(heads, (remark.exact or "")[:MOST]), (Block((said,), words, 0, marked),)


def _details(session: Session, record: Record) -> list[Piece]:
    """What else tells which record it is."""
    if isinstance(record, ArticleNote):
        return []
    pieces: list[Piece] = []
    if isinstance(record, Contradiction | DuplicateGroup):
        pieces = [("  ", ""), sign_of(session, record)]
    if not isinstance(record, Remark | Decision) and record.gist:
        pieces.append((f"  {record.gist}", "foreground"))
    return [*pieces, (f"  {record.id[:5]}", "faint")]


def _excerpt(session: Session, claim: Claim, heads: list[Line]) -> Block:
    """A claim with the words around it, where it stands now."""
    seen = claim_for(session, claim)
    if seen is None:
        return Block((*heads, Line([("its article is not there", "warning")])), claim.exact[:MOST])
    article = session.articles[seen.article]
    heads = [*heads, Line([("in ", "faint"), (_source(article), "quiet")])]
    if not seen.stands_in(article.text):
        return Block(tuple(heads), seen.exact[:MOST])
    span = seen.span
    before = article.text[max(0, span.start - CONTEXT) : span.start]
    after = article.text[span.end : span.end + CONTEXT]
    if span.start > CONTEXT:
        before = f"{SIGNS.cut} {before.partition(' ')[2]}"
    if span.end + CONTEXT < len(article.text):
        after = f"{after.rpartition(' ')[0]} {SIGNS.cut}"
    marked = (Part(0, len(span), Kind.WORDS, Weight.ONLY),)
    return Block(tuple(heads), f"{before}{seen.exact[:MOST]}{after}", len(before), marked)


def _ends(session: Session, link: Link) -> list[Line]:
    """A link's ends, as many as there is room for."""
    ends = session.ends_of(link)
    lines = [_end(session, end.article, end.exact) for end in ends[:MOST_ENDS]]
    more = len(link.claims) - len(lines)
    return [*lines, *([Line([(f"and {counted(more, 'end')} more", "faint")])] if more else [])]


def _end(session: Session, id: str, words: str) -> Line:
    article = session.articles.get(id)
    where = fit(_source(article), SOURCE) if article is not None else id
    return Line([(f"{where}  ", "quiet"), (quoted(plain_line(words[:MOST])), "foreground")])


def _source(article: Article) -> str:
    return plain_line((article.outlet or article.title).value)


def sides_shown(dispute: Dispute) -> tuple[Side, ...]:
    """What stands one under the other: also what can't be taken from here."""
    if dispute.entry is None:
        return dispute.sides
    standing = (Side.STANDING,) if Side.STANDING in dispute.sides else ()
    return (Side.OURS, Side.THEIRS, Side.BASE, *standing)


def version_blocks(session: Session, dispute: Dispute) -> tuple[Block, ...]:
    """Each version, with its key and with what differs in it."""
    said = {side: version_words(session, dispute, dispute.version(side)) for side in sides_shown(dispute)}
    if dispute.is_kept_elsewhere:
        said[Side.STANDING] = (_standing_elsewhere(dispute), False)
    marked = _marked(said)
    standing = None if dispute.is_kept_elsewhere else as_json(dispute.standing)
    blocks = []
    for side, (words, is_set) in said.items():
        is_standing = as_json(dispute.version(side)) == standing and side is not Side.STANDING
        head = _head(side, can_be_taken=side in dispute.sides, is_standing=is_standing)
        blocks.append(Block((head,), words, 0, marked.get(side, ()) if is_set else ()))
    return tuple(blocks)


def _standing_elsewhere(dispute: Dispute) -> str:
    key = key_for(ACTIONS[Side.STANDING])
    words = f"{key} keeps what stands in the file and takes the entry out; another version is to be written there"
    return words if dispute.entry is not None else f"{as_json(dispute.plain)[:MOST]}\n{words}"


def _head(side: Side, *, can_be_taken: bool, is_standing: bool) -> Line:
    name, whose = _WHOSE[side]
    key: list[Piece] = [(f"{key_for(ACTIONS[side])}  ", "accent bold")] if can_be_taken else []
    return Line(
        [*key, (name, "foreground bold"), (f"  {whose}", "faint")],
        [("stands in the record", "faint")] if is_standing else [],
    )


def _marked(said: dict[Side, tuple[str, bool]]) -> dict[Side, tuple[Part, ...]]:
    """In each version what another one has differently: ours and theirs beside each other, the rest beside ours."""
    words = {side: text for side, (text, is_set) in said.items() if is_set}
    found: dict[Side, tuple[Part, ...]] = {}
    for side, text in words.items():
        order = (Side.THEIRS, Side.BASE) if side is Side.OURS else (Side.OURS, Side.THEIRS, Side.BASE)
        other = next((words[one] for one in order if one in words and one is not side), None)
        whole = ((text, False),)
        found[side] = tuple(_parts(whole if other is None else _differing(text, other)))
    return found


def _differing(text: str, other: str) -> Iterable[tuple[str, bool]]:
    """A text in pieces, each with whether the other one differs there, however long they are."""
    before, here, there, after = _apart(text, other)
    return ((before, False), *differing(here, there)[0], (after, False))


def _apart(text: str, other: str) -> tuple[str, str, str, str]:
    """What two texts begin with alike, what follows of each, and what they end with alike, in whole words."""
    most = min(len(text), len(other))
    start = next((at for at in range(most) if text[at] != other[at]), most)
    start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    most -= start
    back = next((at for at in range(most) if text[-1 - at] != other[-1 - at]), most)
    end = len(text) - back
    while end < len(text) and not text[end].isspace():
        end += 1
    back = len(text) - end
    return text[:start], text[start:end], other[start : len(other) - back], text[end:]


def _parts(pieces: Iterable[tuple[str, bool]]) -> Iterable[Part]:
    at = 0
    for words, differs in pieces:
        if not words:
            continue
        weight = Weight.DIFFERS if differs else Weight.ONLY
        yield Part(at, at + len(words), Kind.WORDS, weight)
        at += len(words)
