"""Files of annotations for tests: a few by hand, and strategies for any records at all."""

from dataclasses import replace

from hypothesis import strategies as st

from tui.exchange.annotation_files import ArticleFile, LinksFile
from tui.model.ids import ALPHABET
from tui.model.plain import KINDS, KNOWN_KEYS
from tui.model.records import (
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    DuplicateGroup,
    Plain,
    Remark,
    Stance,
    Status,
)
from tui.model.span import Span

SHA = "b1e2ad9d" * 8
TIME = "2026-11-21T20:00:00Z"

CLAIM = Claim(
    id="c7k3m9q2x4w8t",
    annotator="ada",
    article="001_1a53b3287ac06780",
    text_sha256=SHA,
    span=Span(1158, 1185),
    exact='"chapter should be closed."',
    prefix="ken commented that the balloon incident ",
    suffix=" At the meeting, Blinken stated his opin",
    tags=("fact",),
    gist="The balloon affair should be closed",
    said_by=("Antony Blinken",),
    certainty=Certainty.STATED,
    created=TIME,
)
OTHER = replace(
    CLAIM, id="c9k3m9q2x4w8t", article="003_6a5a4283ad4edc93", span=Span(3, 9), exact="Lines were cut\n\nin May"
)
CLAIMS = {claim.id: claim for claim in (CLAIM, OTHER)}


def nothing_known(_: str) -> None:
    return None


def article_file(*claims: Claim, note: ArticleNote | None = None, **extra: Plain) -> ArticleFile:
    return ArticleFile("ada", "001_1a53b3287ac06780", SHA, note, claims, extra)


# Any records at all. Lone surrogates are no Unicode text: no file can hold them.
texts = st.text(min_size=1, max_size=30) | st.text(alphabet="ab \n\t:#-'\"\\\r\x85\u2028\u200b\ufeff🎈é0", min_size=1)
scalars: st.SearchStrategy[Plain] = (
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
)
leaves: st.SearchStrategy[Plain] = (
    scalars | st.text(max_size=20) | st.sampled_from(["no", "12:30", "2023-06-19", "0123", "<<", "1e5", "=", "~"])
)
nested: st.SearchStrategy[Plain] = (
    leaves | st.lists(leaves, max_size=3) | st.dictionaries(st.text(max_size=8), leaves, max_size=3)
)
plains: st.SearchStrategy[Plain] = nested | st.lists(nested, max_size=3) | st.dictionaries(texts, nested, max_size=3)


def ids(letter: str) -> st.SearchStrategy[str]:
    return st.text(alphabet=ALPHABET, min_size=12, max_size=12).map(lambda text: letter + text)


def extras(kind: str) -> st.SearchStrategy[dict[str, Plain]]:
    return st.dictionaries(texts.filter(lambda key: key not in KNOWN_KEYS[kind]), plains, max_size=2)


def common(kind: str) -> dict[str, st.SearchStrategy[object]]:
    return {
        "annotator": st.just("ada"),
        "memo": st.none() | texts,
        "created": texts,
        "conflicts": st.lists(plains, max_size=2).map(tuple),
        "extra": extras(kind),
    }


words = st.lists(texts, max_size=3, unique=True).map(tuple)
spans = st.tuples(st.integers(0, 10**6), st.integers(1, 10**4)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
claims = st.builds(
    Claim,
    id=ids("c"),
    article=st.just("001_a"),
    text_sha256=st.sampled_from([SHA, SHA[::-1], "1" * 64, "1e" + "5" * 62]),
    span=spans,
    exact=texts,
    prefix=st.text(max_size=40),
    suffix=st.text(max_size=40),
    tags=words,
    gist=st.none() | texts,
    said_by=st.none() | words,
    certainty=st.none() | st.sampled_from(Certainty),
    when=st.none() | texts,
    from_=st.none() | texts,
    **common("claims"),
)
ends = st.lists(ids("c"), min_size=2, max_size=4, unique=True).map(lambda found: tuple(sorted(found)))
contradictions = st.builds(
    Contradiction,
    id=ids("x"),
    claims=ends,
    gist=st.none() | texts,
    kinds=words,
    status=st.sampled_from(Status),
    **common("contradictions"),
)
groups = st.builds(
    DuplicateGroup,
    id=ids("d"),
    claims=ends,
    gist=st.none() | texts,
    **common("duplicates"),
)
remarks = st.builds(
    Remark,
    id=ids("r"),
    on=texts,
    exact=st.none() | texts,
    stance=st.sampled_from(Stance),
    **common("remarks"),
)
notes = st.builds(
    ArticleNote,
    annotator=st.just("ada"),
    article=st.just("001_a"),
    memo=texts,
    finished=st.booleans(),
    conflicts=st.just(()) | st.lists(plains, max_size=2).map(tuple),
)
_HEAD = {"format", "article", "text_sha256", *KNOWN_KEYS["notes"], *KINDS.values()}
header_extras = st.dictionaries(
    texts.filter(lambda key: key not in _HEAD),
    plains,
    max_size=2,
)
article_files = st.builds(
    ArticleFile,
    annotator=st.just("ada"),
    article=st.just("001_a"),
    text_sha256=st.sampled_from([SHA, "2" * 64]),
    note=st.none() | notes,
    claims=st.lists(claims, max_size=2, unique_by=lambda claim: claim.id).map(tuple),
    extra=header_extras,
)
links_files = st.builds(
    LinksFile,
    annotator=st.just("ada"),
    contradictions=st.lists(contradictions, max_size=1).map(tuple),
    duplicates=st.lists(groups, max_size=1).map(tuple),
    remarks=st.lists(remarks, max_size=1).map(tuple),
    extra=header_extras,
)
