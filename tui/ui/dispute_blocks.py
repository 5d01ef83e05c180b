"""What the screen shows on which conflicts are settled: the record, and each version with its key and what differs."""

from collections.abc import Iterable

from tui.exchange.anchoring_words import differing
from tui.exchange.conflicts import RECORD, as_json
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Record, Remark
from tui.session.conflicting import NAMES, Dispute, Side, claim_for, spoken_of
from tui.session.session import Session
from tui.suggest.comparison import Kind, Weight
from tui.suggest.comparison import Piece as Part
from tui.text.cells import plain_line
from tui.ui.actions import key_for
from tui.ui.dispute_words import MOST, NOT_SET, version_words
from tui.ui.reading import sign_of
from tui.ui.widgets.comparison_view import Block
from tui.ui.widgets.lines import Line, Piece

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
    of: list[Piece] = [] if dispute.field == RECORD else [(f" of a {NAMES[type(record)]}", "quiet")]
    heads = [Line([(dispute.words, "warning bold"), *of, *_details(session, record)], [(place, "faint")])]
    if isinstance(record, Claim | Contradiction | DuplicateGroup):
        return _excerpt(session, record, heads)
    if isinstance(record, Remark):
        there = spoken_of(session, record)
        on = f"on {record.on}" if there is not None else f"on {record.on}, which is not there"
        heads.append(Line([(on, "quiet")]))
        return Block(tuple(heads), (record.exact or "")[:MOST])
    article = session.articles.get(session.desk.view.home_of_note(record))
    return Block(tuple(heads), article.title.value if article is not None else record.article)


def loose(remark: Remark) -> tuple[Block, tuple[Block, ...]]:
    """A remark of which the record is gone: what it spoke of, and what it says."""
    heads = (
        Line([("remark", "warning bold"), (f" on {remark.on}, which is not there", "quiet")]),
        Line([("it was deleted, or the files it stood in are not at hand", "faint")]),
    )
    words = (remark.memo or NOT_SET)[:MOST]
    marked = (Part(0, len(words), Kind.WORDS, Weight.ONLY),)
    said = Line(
        [(f"you {'disagree' if remark.stance == 'disagree' else 'comment'}", "foreground bold")], [(remark.id, "faint")]
    )
    return Block(heads, (remark.exact or "")[:MOST]), (Block((said,), words, 0, marked),)


def _details(session: Session, record: Record) -> list[Piece]:
    """What else tells which record it is."""
    if isinstance(record, ArticleNote):
        return []
    pieces: list[Piece] = []
    if isinstance(record, Contradiction | DuplicateGroup):
        pieces = [("  ", ""), sign_of(session, record)]
    if not isinstance(record, Remark) and record.gist:
        pieces.append((f"  {record.gist}", "foreground"))
    return [*pieces, (f"  {record.id[:5]}", "faint")]


def _excerpt(session: Session, record: Claim | Contradiction | DuplicateGroup, heads: list[Line]) -> Block:
    claim = claim_for(session, record)
    if claim is None:
        lost = "its article is not there" if isinstance(record, Claim) else "none of its claims can be shown"
        heads.append(Line([(lost, "warning")]))
        return Block(tuple(heads), record.exact[:MOST] if isinstance(record, Claim) else "")
    article = session.articles[claim.article]
    heads.append(Line([("in ", "faint"), (plain_line((article.outlet or article.title).value), "quiet")]))
    if not claim.stands_in(article.text):
        return Block(tuple(heads), claim.exact[:MOST])
    span = claim.span
    text = session.articles[claim.article].text
    start, end = max(0, span.start - len(claim.prefix)), min(len(text), span.end + len(claim.suffix))
    shown = text[start:end][:MOST]
    return Block(tuple(heads), shown, span.start - start, (Part(0, len(span), Kind.WORDS, Weight.ONLY),))


def sides_shown(dispute: Dispute) -> tuple[Side, ...]:
    """What stands one under the other: also what can't be taken from here."""
    if dispute.is_kept_elsewhere and dispute.entry is not None:
        return (Side.OURS, Side.THEIRS, Side.BASE, Side.STANDING)
    return dispute.sides


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
        found[side] = tuple(_parts(whole if other is None else differing(text, other)[0]))
    return found


def _parts(pieces: Iterable[tuple[str, bool]]) -> Iterable[Part]:
    at = 0
    for words, differs in pieces:
        weight = Weight.DIFFERS if differs else Weight.ONLY
        yield Part(at, at + len(words), Kind.WORDS, weight)
        at += len(words)
