"""Three versions of records and of files of annotations, for tests of merging: such as people make of one base."""

from dataclasses import fields, replace
from typing import Any, TypeVar

from decisions_samples import decisions
from exchange_samples import claims, contradictions, groups, notes, remarks
from hypothesis import strategies as st

from tui.exchange.annotation_files import AnnotationFile, ArticleFile, DecisionsFile, LinksFile
from tui.exchange.writer import write_annotations
from tui.model.records import (
    ArticleNote,
    Claim,
    Contradiction,
    Decision,
    DuplicateGroup,
    Passage,
    Record,
    Remark,
    SuggestionKind,
    Verdict,
)
from tui.model.span import Span

ENDS = ("c00000000000a", "c00000000000b", "c00000000000c", "c00000000000d")
SHAS = ("1" * 64, "2" * 64)

_R = TypeVar("_R", bound=Record)

# Few values, so that both sides often change the same field, and sometimes to the same.
_few = st.sampled_from(["one", "two\nlines", "three"])
_words = st.lists(_few, max_size=3, unique=True).map(tuple)
_ends = st.lists(st.sampled_from(ENDS), min_size=2, max_size=3, unique=True).map(lambda ends: tuple(sorted(ends)))
_sides = st.builds(
    Passage, st.just("001_a"), st.sampled_from([Span(3, 9), Span(4, 10)]), st.sampled_from(["words", "other words"])
)
_more: dict[str, st.SearchStrategy[Any]] = {
    "gist": st.none() | _few,
    "memo": st.none() | _few,
    "extra": st.dictionaries(st.sampled_from(["colour", "mood"]), _few | st.lists(_few, max_size=1), max_size=2),
}
_FEW: dict[type[Record], dict[str, st.SearchStrategy[Any]]] = {
    Claim: {"tags": _words, "said_by": st.none() | _words, "text_sha256": st.sampled_from(SHAS), **_more},
    Contradiction: {"claims": _ends, "kinds": _words, **_more},
    DuplicateGroup: {"claims": _ends, **_more},
    Remark: {"memo": _more["memo"], "extra": _more["extra"]},
    ArticleNote: {"memo": _more["memo"]},
    Decision: {
        "verdict": st.sampled_from(Verdict),
        "kind": st.sampled_from(SuggestionKind),
        "a": _sides,
        "b": _sides,
        "created": st.sampled_from(["2026-11-21T20:00:00Z", "2026-11-22T08:00:00Z"]),
        "extra": _more["extra"],
    },
}
_KEPT = {"id", "annotator", "article", "conflicts"}

Trio = tuple[Any, Any, Any]
"""A record, or a file, as it was and on two sides; None where it is not there."""


@st.composite
def _edited(draw: st.DrawFn, record: Any, other: Any) -> Any:
    """What a person made of a record: nothing, one or two fields of `other`, one or two of few values, or an end."""
    how = draw(st.sampled_from(["nothing", "deleted", "any", "few", "few", "few"]))
    if record is None or how in ("nothing", "deleted"):
        return record if how == "nothing" else None
    few = _FEW[type(record)]
    names = sorted(few) if how == "few" else [each.name for each in fields(record) if each.name not in _KEPT]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    return replace(record, **{name: draw(few[name]) if how == "few" else getattr(other, name) for name in chosen})


@st.composite
def trios(draw: st.DrawFn, kind: st.SearchStrategy[Any]) -> Trio:
    """One record on three sides. Where it is not in the base, both sides may have made it, with one id."""
    begun = replace(draw(kind), conflicts=())
    other = draw(kind)
    base = begun if draw(st.integers(0, 5)) else None
    return _there(base), _there(draw(_edited(begun, other))), _there(draw(_edited(begun, other)))


def _there(record: Any) -> Any:
    """A note that says nothing is none."""
    return None if record == ArticleNote(annotator="ada", article="001_a") else record


kinds: list[st.SearchStrategy[Any]] = [claims, contradictions, groups, remarks, notes, decisions]
record_trios = st.sampled_from(kinds).flatmap(trios)


@st.composite
def file_trios(draw: st.DrawFn) -> tuple[AnnotationFile | None, AnnotationFile | None, AnnotationFile | None]:
    """One file on three sides, with records that are in some of them only."""
    which = draw(st.sampled_from(["article", "links", "decisions"]))
    is_article = which == "article"
    in_file: dict[str, list[st.SearchStrategy[Any]]] = {
        "article": [claims],
        "links": [contradictions, groups, remarks],
        "decisions": [decisions],
    }
    some = draw(
        st.lists(st.sampled_from(in_file[which]).flatmap(trios), max_size=4, unique_by=lambda trio: _id_of(trio))
    )
    note = draw(trios(notes)) if is_article else (None, None, None)
    heads = [draw(st.dictionaries(st.sampled_from(["a", "b"]), _few, max_size=1)) for _ in range(3)]
    files: list[AnnotationFile | None] = []
    for side in range(3):
        records = [trio[side] for trio in some if trio[side] is not None]
        if side == 0 and not records and draw(st.booleans()):
            files.append(None)
        elif is_article:
            sha = draw(st.sampled_from(SHAS))
            files.append(ArticleFile("", "001_a", sha, note[side], tuple(_mine(records)), heads[side]))
        elif which == "decisions":
            files.append(DecisionsFile("", tuple(_mine(records)), heads[side]))
        else:
            mine = list(_mine(records))
            files.append(
                LinksFile(
                    "",
                    tuple(each for each in mine if isinstance(each, Contradiction)),
                    tuple(each for each in mine if isinstance(each, DuplicateGroup)),
                    tuple(each for each in mine if isinstance(each, Remark)),
                    heads[side],
                )
            )
    return files[0], files[1], files[2]


def written(file: AnnotationFile | None) -> bytes | None:
    return None if file is None else write_annotations(file, lambda _: None)


def _id_of(trio: Trio) -> str:
    return next((str(record.id) for record in trio if record is not None), "")


def _mine(records: list[Any]) -> list[Any]:
    return [replace(record, annotator="") for record in records]
