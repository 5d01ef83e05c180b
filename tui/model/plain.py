"""The one place where records become plain data (what YAML and JSON hold) and come back.

The same shape serves the store and the YAML files. Keys stand in the order of the files, and what is not set is not
written. Reading checks every type and range and refuses with a `RecordError` that names the way to the wrong value;
keys this version does not know are kept in `extra`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tui.errors import RecordError
from tui.model.ids import is_id
from tui.model.records import (
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    DuplicateGroup,
    Plain,
    Record,
    Remark,
    Stance,
    Status,
)
from tui.model.span import Span

KINDS: dict[type[Record], str] = {
    Claim: "claims",
    Contradiction: "contradictions",
    DuplicateGroup: "duplicates",
    Remark: "remarks",
    ArticleNote: "notes",
}
"""The plural each kind of record is filed under, in the store and in YAML."""

LETTERS = {"claims": "c", "contradictions": "x", "duplicates": "d", "remarks": "r"}
"""The first letter of each kind's ids."""

KNOWN_KEYS = {
    "claims": (
        "article",
        "span",
        "exact",
        "prefix",
        "suffix",
        "tags",
        "gist",
        "said_by",
        "certainty",
        "when",
        "memo",
        "from",
        "text_sha256",
        "created",
        "conflicts",
    ),
    "contradictions": ("gist", "between", "kinds", "status", "memo", "created", "conflicts"),
    "duplicates": ("gist", "claims", "memo", "created", "conflicts"),
    "remarks": ("on", "exact", "stance", "memo", "created", "conflicts"),
    "notes": ("finished", "memo"),
}

MAX_OFFSET = 2**31 - 1
MAX_ITEMS = 1000
"""Tags, kinds, speakers, ends or conflicts of one record."""

E = TypeVar("E", bound=StrEnum)


def to_plain(record: Record) -> dict[str, Plain]:
    """The record without its id and annotator, which its place in the file tells.

    A claim names its article and text; a file of claims whose header says so leaves them out.
    """
    match record:
        case Claim():
            plain: dict[str, Plain] = {
                "article": record.article,
                "span": [record.span.start, record.span.end],
                "exact": record.exact,
                "prefix": record.prefix,
                "suffix": record.suffix,
                "tags": list(record.tags) or None,
                "gist": record.gist,
                "said_by": None if record.said_by is None else list(record.said_by),
                "certainty": _value(record.certainty),
                "when": record.when,
                "memo": record.memo,
                "from": record.from_,
                "text_sha256": record.text_sha256,
            }
        case Contradiction():
            plain = {
                "gist": record.gist,
                "between": _ends(record.claims),
                "kinds": list(record.kinds) or None,
                "status": record.status.value,
                "memo": record.memo,
            }
        case DuplicateGroup():
            plain = {"gist": record.gist, "claims": _ends(record.claims), "memo": record.memo}
        case Remark():
            plain = {"on": record.on, "exact": record.exact, "stance": record.stance.value, "memo": record.memo}
        case ArticleNote():
            return {key: value for key, value in (("finished", record.finished), ("memo", record.memo)) if value}
    plain["created"] = record.created
    plain["conflicts"] = list(record.conflicts) or None
    plain = {key: value for key, value in plain.items() if value is not None}
    plain.update(record.extra)
    return plain


def from_plain(kind: str, id: str, plain: Plain, annotator: str, *, article: str = "", text_sha256: str = "") -> Record:
    """The record of `kind` (a plural of `KINDS`) that `plain` describes.

    `article` and `text_sha256` are what the file's header says, for claims that don't say it themselves; for notes,
    `id` is the article.

    Raises:
        RecordError: the id does not fit its kind, a value has a wrong type or range, or one that is needed is missing.
    """
    fields = _Fields(plain)
    if kind == "notes":
        return ArticleNote(annotator=annotator, article=id, finished=fields.flag("finished"), memo=fields.text("memo"))
    if not is_id(id, LETTERS[kind]):
        raise RecordError((), f"“{id[:40]}” is no id of this kind: {LETTERS[kind]} and 12 characters are expected")
    created = fields.needed("created")
    conflicts = tuple(fields.items("conflicts"))
    extra = {key: value for key, value in fields.plain.items() if key not in KNOWN_KEYS[kind]}
    memo = fields.text("memo")
    if kind == "claims":
        said_by = fields.texts("said_by") if "said_by" in fields.plain else None
        return Claim(
            id=id,
            annotator=annotator,
            article=fields.text("article") or article,
            text_sha256=fields.text("text_sha256") or text_sha256,
            span=fields.span("span"),
            exact=fields.needed("exact"),
            prefix=fields.text("prefix") or "",
            suffix=fields.text("suffix") or "",
            tags=_unique("tags", fields.texts("tags")),
            gist=fields.text("gist"),
            said_by=said_by,
            certainty=fields.choice("certainty", Certainty),
            when=fields.text("when"),
            memo=memo,
            from_=fields.text("from"),
            created=created,
            conflicts=conflicts,
            extra=extra,
        )
    if kind == "contradictions":
        return Contradiction(
            id=id,
            annotator=annotator,
            claims=fields.ends("between"),
            gist=fields.text("gist"),
            kinds=_unique("kinds", fields.texts("kinds")),
            status=fields.choice("status", Status) or Status.OPEN,
            memo=memo,
            created=created,
            conflicts=conflicts,
            extra=extra,
        )
    if kind == "duplicates":
        return DuplicateGroup(
            id=id,
            annotator=annotator,
            claims=fields.ends("claims"),
            gist=fields.text("gist"),
            memo=memo,
            created=created,
            conflicts=conflicts,
            extra=extra,
        )
    return Remark(
        id=id,
        annotator=annotator,
        on=fields.needed("on"),
        exact=fields.text("exact"),
        stance=fields.choice("stance", Stance) or Stance.COMMENT,
        memo=memo,
        created=created,
        conflicts=conflicts,
        extra=extra,
    )


def _value(choice: StrEnum | None) -> str | None:
    return None if choice is None else choice.value


def _ends(claims: tuple[str, ...]) -> list[Plain]:
    return [{"claim": claim} for claim in claims]


def _unique(key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    seen: set[str] = set()
    for position, text in enumerate(texts):
        if text in seen:
            raise RecordError((key, position), f"“{text[:40]}” stands here twice")
        seen.add(text)
    return texts


@dataclass(frozen=True, slots=True)
class _Fields:
    """Typed access to one record's plain mapping."""

    plain: Mapping[str, Plain]

    def __init__(self, plain: Plain) -> None:
        if not isinstance(plain, dict):
            raise RecordError((), "a mapping is expected here")
        object.__setattr__(self, "plain", plain)

    def text(self, key: str) -> str | None:
        value = self.plain.get(key)
        if value is None or isinstance(value, str):
            return value or None
        if isinstance(value, (bool, int, float)):
            raise RecordError((key,), f"a text is expected, not {value!r}; put it in quotes")
        raise RecordError((key,), "a text is expected")

    def needed(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise RecordError((), f"“{key}” is missing")
        return value

    def flag(self, key: str) -> bool:
        value = self.plain.get(key, False)
        if not isinstance(value, bool):
            raise RecordError((key,), "true or false is expected")
        return value

    def items(self, key: str) -> list[Plain]:
        value = self.plain.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise RecordError((key,), "a list is expected")
        if len(value) > MAX_ITEMS:
            raise RecordError((key,), f"at most {MAX_ITEMS} are read here, not {len(value)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        texts = []
        for position, value in enumerate(self.items(key)):
            if not isinstance(value, str) or not value:
                raise RecordError((key, position), "a text is expected")
            texts.append(value)
        return tuple(texts)

    def choice(self, key: str, choices: type[E]) -> E | None:
        value = self.text(key)
        if value is None:
            return None
        try:
            return choices(value)
        except ValueError:
            known = ", ".join(choices)
            raise RecordError((key,), f"“{value[:40]}” is not one of {known}") from None

    def span(self, key: str) -> Span:
        if key not in self.plain:
            raise RecordError((), f"“{key}” is missing")
        match self.plain[key]:
            case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
                if 0 <= start < end <= MAX_OFFSET:
                    return Span(start, end)
        raise RecordError((key,), "two whole numbers are expected, [start, end], with 0 <= start < end")

    def ends(self, key: str) -> tuple[str, ...]:
        ends: dict[str, None] = {}
        for position, value in enumerate(self.items(key)):
            claim = value.get("claim") if isinstance(value, dict) else None
            if not isinstance(claim, str) or not is_id(claim, "c"):
                raise RecordError((key, position), "a mapping with the id of a claim under “claim” is expected")
            if claim in ends:
                raise RecordError((key, position), f"{claim} stands here twice")
            ends[claim] = None
        if len(ends) < 2:
            raise RecordError((key,) if key in self.plain else (), f"“{key}” needs two claims or more")
        return tuple(ends)
