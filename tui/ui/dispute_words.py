"""What a merge left open, in words: the records, the fields and their versions, for the strip, lists and the screen
where it is settled."""

from collections.abc import Iterable

from tui.exchange.conflicts import RECORD, as_json
from tui.exchange.merging_fields import PLACE
from tui.model.plain import KNOWN_KEYS
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Plain, Record, Remark
from tui.session.conflicting import NAMES, Dispute, Side, disputes_of, field_words
from tui.session.disputes import claim_for
from tui.session.session import Session
from tui.text.cells import cells, fit, plain_line
from tui.text.numbers import counted
from tui.text.quotations import quoted
from tui.ui.actions import key_for
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece
from tui.ui.widgets.picker import Choice

MOST = 20_000
"""Characters of a version that are shown at most."""
MOST_ENDS = 40
"""Ends of a link that are shown with their words."""
LISTED = 56
"""Cells of a record in a list."""
NOT_SET = "not set"
_UNTOLD = ("article", "prefix", "suffix", "text_sha256", "span", "created")
"""Of a whole record, what nobody decides by."""


# --- the record ---


def named_record(session: Session, record: Record) -> str:
    """One's own record, as a line names it: what it is, and its gist or words."""
    seen = session.seen.get(record.id) if not isinstance(record, ArticleNote) else None
    what = NAMES[type(record)]
    match record:
        case ArticleNote():
            article = session.articles.get(session.desk.view.home_of_note(record))
            return f"{what} {quoted(plain_line(article.title.value if article is not None else record.article))}"
        case Remark():
            return f"remark on {record.on.partition('/')[0]}’s record {quoted(plain_line(record.exact or record.on))}"
        case Decision():
            return f"{what} on {quoted(plain_line(record.a.exact[:MOST]))}"
        case Claim():
            words = record.gist or (seen.exact if isinstance(seen, Claim) else record.exact)
            return f"{what} {quoted(plain_line(words[:MOST]))}"
        case Contradiction() | DuplicateGroup():
            first = claim_for(session, record)
            words = record.gist or (first.exact if first is not None else record.id)
            return f"{what} {quoted(plain_line(words[:MOST]))}"


# --- versions ---


def version_words(session: Session, dispute: Dispute, version: Plain) -> tuple[str, bool]:
    """A version as a person reads it, and whether anything is set there at all."""
    if version is None or version == "":
        return ("deleted" if dispute.field == RECORD else NOT_SET), False
    words = _words(session, dispute, version)
    return (words[:MOST], True) if words else (NOT_SET, False)


def _words(session: Session, dispute: Dispute, version: Plain) -> str:
    field = dispute.field
    if isinstance(version, dict) and field == RECORD:
        known = [key for key in KNOWN_KEYS[dispute.kind] if key in version and key not in _UNTOLD]
        rest = [key for key in version if key not in KNOWN_KEYS[dispute.kind]]
        return "\n".join(f"{field_words(key)}: {_value(session, key, version[key])}" for key in (*known, *rest))
    if isinstance(version, dict) and field == PLACE:
        return _place(version)
    return _value(session, field, version)


def _place(version: dict[str, Plain]) -> str:
    span = version.get("span")
    where = f"characters {span[0]} to {span[1]}" if isinstance(span, list) and len(span) == 2 else ""
    return "\n".join(filter(None, (str(version.get("exact", "")), where)))


def _value(session: Session, field: str, value: Plain) -> str:
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case [] if field == "said_by":
            return "the article itself"
        case list() if field in ("between", "claims"):
            return "\n".join(_end(session, end) for end in value[:MOST_ENDS])
        case list() if all(isinstance(each, str) for each in value):
            between = f" {SIGNS.pointer} " if field == "said_by" else ", "
            return between.join(map(str, value))
    return as_json(value)


def _end(session: Session, end: Plain) -> str:
    id = end.get("claim") if isinstance(end, dict) else None
    claim = session.seen.claim(id) if isinstance(id, str) else None
    if claim is None:
        return f"{id if isinstance(id, str) else as_json(end)}: not there"
    return f"{quoted(plain_line(claim.exact))}  {claim.id[:5]}"


# --- in the Reader and in lists ---


def _short(session: Session, dispute: Dispute, version: Plain) -> str:
    """A version in a few words; a whole record goes by its gist, its words or its memo, as it does elsewhere."""
    if dispute.field == RECORD and isinstance(version, dict):
        said = (version.get(key) for key in ("gist", "exact", "memo"))
        if first := next((words for words in said if isinstance(words, str) and words), None):
            return quoted(first)
    return version_words(session, dispute, version)[0]


def strip_lines(session: Session, record: Record, width: int) -> Iterable[Line]:
    """What is open in a record, a row each."""
    for dispute in disputes_of(record):
        left: list[Piece] = [(f"   {SIGNS.unsettled} ", "warning bold"), (f"{dispute.words}  ", "warning")]
        sides = (Side.OURS, Side.THEIRS) if dispute.entry is not None else ()
        keys: list[Piece] = [(f"  {key_for('reader.settle')} ", "accent"), ("settles it ", "quiet")]
        room = width - sum(cells(words) for words, _ in (*left, *keys)) - 2
        for side in sides:
            words = fit(plain_line(_short(session, dispute, dispute.version(side))[:width]), max(8, room // 2 - 9))
            left += [(f"{side} ", "quiet"), (f"{words}  ", "foreground")]
        yield Line(left, keys)


def dispute_choice(session: Session, dispute: Dispute, value: str) -> Choice:
    """One conflict in a list of all that is open."""
    named = named_record(session, dispute.record)
    label = f"conflict · the whole {named}" if dispute.field == RECORD else f"conflict · {dispute.words} · {named}"
    place = session.disputes.place_of(dispute)
    article = session.articles.get(place[0]) if place is not None else None
    return Choice(value, fit(label, LISTED), detail=article.title.value if article is not None else "")


def record_choice(session: Session, record: Record, value: str) -> Choice:
    """One record with conflicts in a list of those at one place."""
    return Choice(
        value, fit(named_record(session, record), LISTED + 16), detail=counted(len(record.conflicts), "conflict")
    )


def loose_choice(remark: Remark, value: str) -> Choice:
    """A remark of which the record is gone, in a list of all that is open."""
    return Choice(
        value, fit(f"remark on what is gone · {quoted(plain_line(remark.memo or ''))}", LISTED), detail=remark.on
    )
