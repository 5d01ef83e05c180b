"""Files of annotations → records. A file is taken whole or not at all, and all that is wrong in it is named at once."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeAlias

from tui.characters import clipped
from tui.collector import uncollected
from tui.config.reader import nearest
from tui.errors import FileError, Place, RecordError, UnfinishedMergeError, YamlError
from tui.exchange.annotation_files import (
    ARTICLE_HEADER,
    ARTICLE_SECTIONS,
    DECISIONS_SECTIONS,
    FORMAT,
    LINKS_SECTIONS,
    AnnotationErrors,
    AnnotationFile,
    ArticleFile,
    DecisionsFile,
    LinksFile,
)
from tui.exchange.canonical import read_canonical
from tui.model.filing import DECIDED
from tui.model.ids import is_id
from tui.model.plain import DEFINITIONS, KNOWN_KEYS, LETTERS, from_plain
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Plain, Record, Remark
from tui.strict_yaml import Node, parse

_FORMAT = re.compile(r"variorum/([1-9][0-9]{0,8})")

_LineOf: TypeAlias = Callable[[tuple[str | int, ...]], int]
"""The line on which the value at the end of a path stands."""


def read_annotations(data: bytes, source: str, annotator: str, article: str | None) -> AnnotationFile:
    """The records in one file of `annotator`; `article` is the id its name tells, None for links.yaml, `DECIDED`
    for decisions.yaml.

    `source` is the file's name in errors.

    Raises:
        AnnotationErrors: with everything that is wrong in it, in the order of its lines.
    """
    with uncollected(), suppress(_Wrong):
        if (plain := read_canonical(data, article)) is not None:
            return _Reader(plain, _no_line, source, annotator, article).file()
    return read_with_lines(data, source, annotator, article)[0]


def read_with_lines(data: bytes, source: str, annotator: str, article: str | None) -> tuple[AnnotationFile, Node]:
    """As `read_annotations`, with the tree of the file beside it, which tells the line of every value."""
    root = _open(data, source, ", or run `variorum resolve`")
    plain = root.plain()
    assert isinstance(plain, dict), "the file was opened as a mapping"
    return _Reader(plain, root.line_of, source, annotator, article).file(), root


class _Wrong(Exception):
    """Something is wrong in a file that was read without its lines."""


def _no_line(_: tuple[str | int, ...]) -> int:
    raise _Wrong


def read_any(data: bytes, source: str) -> AnnotationFile:
    """A file whose name says nothing: of an article if it names one, of decisions if it has any, else of links.

    Its records have no annotator.

    Raises:
        AnnotationErrors: with everything that is wrong in it, in the order of its lines.
    """
    with uncollected(), suppress(_Wrong):
        begin = f"format: {FORMAT}\n".encode()
        guess = "" if data.startswith(b"article: ", len(begin)) else None
        if data.startswith(f"{DECISIONS_SECTIONS[0]}:\n".encode(), len(begin)):
            guess = DECIDED
        if (canonical := read_canonical(data, guess)) is not None:
            return _Reader(canonical, _no_line, source, "", _about(canonical)).file()
    root = _open(data, source)
    plain = root.plain()
    assert isinstance(plain, dict), "the file was opened as a mapping"
    named = _about(plain)
    if named is None and any(section in plain for section in ARTICLE_SECTIONS):
        raise AnnotationErrors((FileError(Place(source), "“article” is missing: which article this is about"),))
    return _Reader(plain, root.line_of, source, "", named).file()


def _about(plain: dict[str, Plain]) -> str | None:
    """What `article_of` would say of a file by what it holds."""
    if any(section in plain for section in DECISIONS_SECTIONS):
        return DECIDED
    article = plain.get("article")
    return article if isinstance(article, str) and article else None


def _open(data: bytes, source: str, of_markers: str = "") -> Node:
    """The mapping that the file is, once its format is known to be readable; `of_markers` is said where git left its
    markers."""
    try:
        root = parse(data, source)
    except UnfinishedMergeError as error:
        raise AnnotationErrors((FileError(error.place, error.sentence + of_markers),)) from None
    except YamlError as error:
        raise AnnotationErrors((error,)) from None
    sentence = None
    line = root.line
    if not isinstance(root.value, dict):
        sentence = f"this is no file of annotations: it must begin with “format: {FORMAT}”"
    elif "format" not in root.value:
        sentence = f"“format” is missing: a file of annotations begins with “format: {FORMAT}”"
    elif (value := root.value["format"].value) != FORMAT:
        line = root.key_line("format")
        version = _FORMAT.fullmatch(value) if isinstance(value, str) else None
        if version is not None:
            sentence = f"this file was written by a newer version of Variorum (format {version[1]}): update to read it"
        else:
            sentence = f"this format is not known; “{FORMAT}” is"
    if sentence is not None:
        raise AnnotationErrors((FileError(Place(source, line), sentence),))
    return root


class _Reader:
    """Reads one file, and gathers what is wrong on the way."""

    def __init__(
        self, plain: dict[str, Plain], line_of: _LineOf, source: str, annotator: str, article: str | None
    ) -> None:
        self._plain = plain
        self._line_of = line_of
        self._source = source
        self._annotator = annotator
        self._article = article
        self._errors: list[FileError] = []

    def file(self) -> AnnotationFile:
        if self._article is None:
            file: AnnotationFile = self._links_file()
        else:
            file = self._decisions_file() if self._article == DECIDED else self._article_file(self._article)
        if self._errors:
            raise AnnotationErrors(tuple(sorted(self._errors, key=lambda error: error.place.line)))
        return file

    def _links_file(self) -> LinksFile:
        self._refuse_keys((*ARTICLE_SECTIONS, "article", "text_sha256"), "belongs in the file of an article")
        self._refuse_keys(DECISIONS_SECTIONS, "belongs in decisions.yaml")
        self._refuse_misnamed(LINKS_SECTIONS)
        return LinksFile(
            annotator=self._annotator,
            contradictions=tuple(link for link in self._section("contradictions") if isinstance(link, Contradiction)),
            duplicates=tuple(link for link in self._section("duplicates") if isinstance(link, DuplicateGroup)),
            remarks=tuple(remark for remark in self._section("remarks") if isinstance(remark, Remark)),
            extra=self._extra(LINKS_SECTIONS),
        )

    def _decisions_file(self) -> DecisionsFile:
        self._refuse_keys((*ARTICLE_SECTIONS, "article", "text_sha256"), "belongs in the file of an article")
        self._refuse_keys(LINKS_SECTIONS, "belongs in links.yaml")
        self._refuse_misnamed(DECISIONS_SECTIONS)
        return DecisionsFile(
            annotator=self._annotator,
            decisions=tuple(one for one in self._section("decisions") if isinstance(one, Decision)),
            extra=self._extra(DECISIONS_SECTIONS),
        )

    def _article_file(self, article: str) -> ArticleFile:
        self._refuse_keys(LINKS_SECTIONS, "belongs in links.yaml")
        self._refuse_keys(DECISIONS_SECTIONS, "belongs in decisions.yaml")
        self._refuse_misnamed(ARTICLE_SECTIONS)
        header = self._header()
        if (named := header.get("article", article)) != article:
            sentence = f"the file's name says that its article is “{article}”, but here stands “{clipped(named, 80)}”"
            self._wrong(("article",), f"{sentence}: correct one of the two")
        sha256 = header.get("text_sha256", "")
        claims = tuple(claim for claim in self._section("claims", article, sha256) if isinstance(claim, Claim))
        if not all(claim.text_sha256 for claim in claims):
            self._wrong((), "“text_sha256” is missing: the SHA-256 of the text that the claims are made on")
        said = {field.name: header[field.name] for field in DEFINITIONS["notes"].fields if field.name in header}
        note = ArticleNote(annotator=self._annotator, article=article, **said)
        return ArticleFile(
            annotator=self._annotator,
            article=article,
            text_sha256=sha256,
            note=note if note.finished or note.memo or note.conflicts else None,
            claims=claims,
            extra=self._extra((*(field.key for field in ARTICLE_HEADER), *ARTICLE_SECTIONS)),
        )

    def _header(self) -> dict[str, Any]:
        """What stands before the claims and is set."""
        values: dict[str, Any] = {}
        for field in ARTICLE_HEADER:
            value = self._value(field.key)
            try:
                found = None if value is None else field.shape.read(field.key, value)
            except RecordError as error:
                self._wrong(error.path, error.sentence)
                if field.key == "text_sha256":  # so that no claim seems to lack it
                    values[field.name] = field.shape.sample
                continue
            if found is not None:
                values[field.name] = found
            elif field.is_needed:
                self._wrong((), f"“{field.key}” is missing: {field.description}")
        return values

    def _section(self, kind: str, article: str = "", sha256: str = "") -> Iterator[Record]:
        section = self._value(kind)
        if section is None:
            return
        if not isinstance(section, dict):
            self._wrong((kind,), "a mapping of ids and records is expected")
            return
        for id, plain in section.items():
            try:
                record = from_plain(kind, id, plain, self._annotator, article=article, text_sha256=sha256)
            except RecordError:
                self._explain(kind, id, plain)
                continue
            if isinstance(record, Claim) and not self._at_home(record, article):
                continue
            yield record

    def _at_home(self, claim: Claim, article: str) -> bool:
        if claim.article != article:
            self._wrong(("claims", claim.id, "article"), "this claim names another article: it belongs in that file")
            return False
        return True

    def _explain(self, kind: str, id: str, plain: Plain) -> None:
        """Name all that is wrong in a record which was refused for the first of it."""
        if not isinstance(plain, dict):
            self._refused(kind, id, id, plain)
            return
        # With a value of the right shape for what is wrong or missing, the rest can be checked too.
        needed = DEFINITIONS[kind].needed()
        # With nothing but what is needed, only the id can be wrong.
        fitting = id if self._refused(kind, id, id, dict(needed)) is None else LETTERS[kind] + "0" * 12
        fields = dict(plain)
        for key, value in needed.items():
            if fields.get(key) in (None, ""):
                near = next((each for each in plain if each not in KNOWN_KEYS[kind] and nearest(each, [key])), None)
                hint = "" if near is None else f"; “{clipped(near, 40)}” stands here: did you mean “{key}”?"
                self._wrong((kind, id, *([] if near is None else [near])), f"“{key}” is missing{hint}")
                fields[key] = value
        for _ in range(len(fields)):  # each can be refused once
            problem = self._refused(kind, id, fitting, fields)
            if problem is None or not problem.path:
                return
            key = str(problem.path[0])
            del fields[key]
            if key in needed:
                fields[key] = needed[key]

    def _refused(self, kind: str, named: str, id: str, plain: Plain) -> RecordError | None:
        """What `from_plain` says against a record, which its file calls `named`."""
        try:
            from_plain(kind, id, plain, self._annotator)
        except RecordError as error:
            self._wrong((kind, named, *error.path), error.sentence)
            return error
        return None

    def _refuse_misnamed(self, sections: tuple[str, ...]) -> None:
        """Refuse records under a key that is no section's: they would count as deleted."""
        for key, value in self._plain.items():
            if key in sections or not isinstance(value, dict) or not value:
                continue
            for section in sections:
                if all(is_id(id, LETTERS[section]) for id in value):
                    sentence = f"there are records below “{clipped(key, 40)}”, which is not known here"
                    self._wrong((key,), f"{sentence}: did you mean “{section}”?")

    def _refuse_keys(self, keys: tuple[str, ...], sentence: str) -> None:
        for key in keys:
            if self._value(key) is not None:
                self._wrong((key,), f"“{key}” {sentence}, not here")

    def _extra(self, known: tuple[str, ...]) -> dict[str, Plain]:
        return {key: value for key, value in self._plain.items() if key not in ("format", *known)}

    def _value(self, key: str) -> Plain:
        return self._plain.get(key)

    def _wrong(self, path: tuple[str | int, ...], sentence: str) -> None:
        self._errors.append(FileError(Place(self._source, self._line_of(path)), sentence))
