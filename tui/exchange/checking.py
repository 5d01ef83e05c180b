"""Checking a workspace: all that is wrong in its files, each with its place, whoever wrote them.

Two sorts of things are found. An error is something that a person has to mend: a file that can't be read, a link
whose end is not there, words that do not stand where a claim says. A warning is something to look at: an article
that was corrected since, a gist that is too long. Nothing is written, and the work grows with the files' size only.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tui.annotator import annotator_folders
from tui.articles.loading import Library
from tui.characters import clipped
from tui.config.mentions import places_of_articles
from tui.config.reader import nearest
from tui.errors import ConfigErrors, FileError, Place, VariorumError
from tui.exchange.anchoring import Anchoring
from tui.exchange.anchoring_words import renamed_sentence
from tui.exchange.annotation_files import (
    ARTICLE_HEADER,
    ARTICLE_SECTIONS,
    DECISIONS_SECTIONS,
    LINKS_SECTIONS,
    AnnotationErrors,
    AnnotationFile,
    ArticleFile,
    DecisionsFile,
    LinksFile,
)
from tui.exchange.checking_decisions import decision_findings
from tui.exchange.checking_links import link_findings
from tui.exchange.checking_overlaps import overlaps
from tui.exchange.checking_places import place_warnings, quote_error
from tui.exchange.checking_strays import strays
from tui.exchange.ends import END_KEYS
from tui.exchange.files import AnnotatorFolder, FolderError
from tui.exchange.reader import read_with_lines
from tui.model.edtf import is_edtf
from tui.model.filing import DECIDED, article_of
from tui.model.plain import KINDS, KNOWN_KEYS
from tui.model.records import GIST_LIMIT, ArticleNote, Claim, Link, Plain, Record, Remark
from tui.model.shapes import SIDE_KEYS
from tui.store.texts import Texts
from tui.strict_yaml import Node
from tui.workspace import CONFIG_FILE, Workspace

_ARTICLE_KEYS = (*(field.key for field in ARTICLE_HEADER), *ARTICLE_SECTIONS)


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    """Nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    place: Place
    severity: Severity
    kind: str
    """A word for programs: config, folder, malformed, stray, conflict, unknown key, quote, stale, article, tag, kind,
    changed, orphaned, gist, when, id, dangling, copy, overlap, groups, inconsistent, remark, pair, unmerged,
    untracked."""
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def check_workspace(
    workspace: Workspace, library: Library, environ: Mapping[str, str] = os.environ, *, reader: str | None = None
) -> list[Finding]:
    """All that is wrong in the files of the workspace, by place; `library` is what its articles folder holds.

    `reader` is whoever asks: what only the writer of a file can do is recommended to them for their own files.
    """
    check = _Check(workspace, library, environ, reader)
    check.run()
    return by_place(check.findings)


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.place.file, finding.place.line, finding.kind))


def config_findings(error: VariorumError) -> list[Finding]:
    """What is wrong in the config.yaml that could not be read; nothing else can be checked without it."""
    problems: Iterable[FileError] = ()
    if isinstance(error, ConfigErrors):
        problems = error.problems
    elif isinstance(error, FileError):
        problems = (error,)
    findings = [Finding(problem.place, Severity.ERROR, "config", problem.sentence) for problem in problems]
    return findings or [Finding(Place(CONFIG_FILE), Severity.ERROR, "config", str(error))]


@dataclass(slots=True)
class _Reading:
    """What was read of one annotator, for checks that need more than one file."""

    annotator: str
    claims: dict[str, tuple[Claim, Place]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    """Of all records."""
    unread: set[str | None] = field(default_factory=set)
    """The articles whose file could not be read; None stands for the links."""
    is_partial: bool = False
    """Whether there may be files that were not found."""
    _by_words: dict[tuple[str, str], str] = field(default_factory=dict)
    """The ids of the claims, by article and words, once they are asked for."""

    def meant(self, end: Mapping[str, Plain]) -> str:
        """Which claim an end that leads nowhere was probably to name: the one with the words that stand at it."""
        if not self._by_words:
            self._by_words = {(claim.article, claim.exact): id for id, (claim, _) in self.claims.items()}
        article, exact = end.get("article"), end.get("exact")
        id = self._by_words.get((article, exact)) if isinstance(article, str) and isinstance(exact, str) else None
        return f"; the words beside it are those of {id}: did you mean that?" if id is not None else ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that was read, and where its values stand."""

    name: str
    root: Node

    def place(self, *path: str | int) -> Place:
        return Place(self.name, self.root.line_of(path))


class _Check:
    """One run over a workspace."""

    def __init__(self, workspace: Workspace, library: Library, environ: Mapping[str, str], reader: str | None) -> None:
        self._reader = reader
        self.findings: list[Finding] = []
        self._workspace = workspace
        self._library = library
        self._articles = {article.id: article for article in library.articles}
        texts = Texts(workspace.store_folder, size_limit=workspace.config.size_limit)
        self._anchoring = Anchoring(workspace, library, texts, environ)
        self._tags = dict.fromkeys(tag.name for tag in workspace.config.tags)
        self._kinds = dict.fromkeys(kind.name for kind in workspace.config.kinds)
        corrections = workspace.config.corrections
        self._mentions = places_of_articles(workspace.root / CONFIG_FILE, CONFIG_FILE) if corrections else {}
        self._renamed: dict[str, str] = {}
        """Of all readers: articles that are gone, with the ids they have now."""
        self._readings: dict[str, _Reading] = {}
        self._remarks: list[tuple[Place, Remark]] = []

    def run(self) -> None:
        for bad in self._library.bad:
            self._warning(Place(bad.file), "article", bad.problem)
        names, problems = annotator_folders(self._workspace.annotations)
        for problem in problems:
            name, _, sentence = problem.partition(": ")
            self._error(Place(self._named(self._workspace.annotations.parent / name)), "folder", sentence)
        for path, sentence in strays(self._workspace.annotations, names):
            self._warning(Place(self._named(path)), "stray", sentence)
        for name in names:
            self._annotator(name)
        for place, remark in self._remarks:
            self._remark(place, remark)
        self._corrections()

    def _error(self, place: Place, kind: str, sentence: str) -> None:
        self.findings.append(Finding(place, Severity.ERROR, kind, sentence))

    def _warning(self, place: Place, kind: str, sentence: str) -> None:
        self.findings.append(Finding(place, Severity.WARNING, kind, sentence))

    def _found(self, findings: Iterable[tuple[tuple[str | int, ...], bool, str, str]], source: _Source) -> None:
        """What was found of a file: where in it, whether it is an error, the kind of finding, a sentence."""
        for path, is_error, kind, sentence in findings:
            (self._error if is_error else self._warning)(source.place(*path), kind, sentence)

    def _named(self, path: Path) -> str:
        return path.relative_to(self._workspace.root).as_posix()

    # --- config ---

    def _corrections(self) -> None:
        """Name the articles that config.yaml speaks of and that are not there."""
        for id in self._workspace.config.corrections:
            # Those that can't be read have a finding of their own.
            if not self._anchoring.is_gone(id):
                continue
            sentence = f"there is no article “{clipped(id)}”: "
            if id in self._renamed:
                sentence += f"it was renamed to {clipped(self._renamed[id])}, write that here"
            else:
                sentence += f"its id is its path below “{self._workspace.config.articles_folder}”, "
                sentence += f"without .txt or .md{nearest(id, self._articles)}"
            self._warning(self._mentions.get(id, Place(CONFIG_FILE)), "article", sentence)

    # --- files ---

    def _annotator(self, name: str) -> None:
        folder = AnnotatorFolder(self._workspace.annotations, name)
        reading = self._readings[name] = _Reading(name)
        files: list[tuple[ArticleFile, _Source]] = []
        links: tuple[LinksFile, _Source] | None = None
        decisions: tuple[DecisionsFile, _Source] | None = None
        for path in self._paths(folder, reading):
            source = self._named(folder.folder / path)
            try:
                read = self._read(folder, path, source)
            except (AnnotationErrors, FileError) as error:
                if (about := article_of(path)) != DECIDED:  # no other file speaks of decisions
                    reading.unread.add(about)
                for each in error.errors if isinstance(error, AnnotationErrors) else (error,):
                    place = Place(source, each.place.line, each.place.column)
                    self._error(place, "malformed", each.sentence)
            else:
                if read is None:
                    continue
                file, root = read
                if isinstance(file, LinksFile):
                    links = file, _Source(source, root)
                elif isinstance(file, DecisionsFile):
                    decisions = file, _Source(source, root)
                else:
                    files.append((file, _Source(source, root)))
        renamed = self._anchoring.renamed_among(claim for file, _ in files for claim in file.claims)
        self._renamed |= renamed
        for article_file, where in files:
            self._article_file(article_file, where, reading, renamed)
        # Last, because its ends are claims of the other files.
        if links is not None:
            self._links_file(*links, reading)
        if decisions is not None:
            self._decisions_file(*decisions, reading, renamed)

    def _paths(self, folder: AnnotatorFolder, reading: _Reading) -> Iterator[str]:
        unlisted: list[FolderError] = []
        try:
            yield from folder.paths(unlisted)
        except FolderError as error:
            unlisted.append(error)
        reading.is_partial = bool(unlisted)
        for problem in unlisted:
            self._error(problem.place, "folder", problem.sentence)

    def _read(self, folder: AnnotatorFolder, path: str, source: str) -> tuple[AnnotationFile, Node] | None:
        data = folder.read(path)
        if data is None:
            return None
        return read_with_lines(data, source, folder.folder.name, article_of(path))

    def _extra(self, source: _Source, extra: Iterable[str], known: Collection[str], *path: str | int) -> None:
        for key in extra:
            sentence = f"the key “{clipped(key)}” is not known to this version; it is kept as it stands"
            self._warning(source.place(*path, key), "unknown key", sentence + nearest(key, known))

    # --- any record ---

    def _record(self, record: Record, source: _Source, reading: _Reading) -> None:
        if isinstance(record, ArticleNote):
            return
        section = KINDS[type(record)]
        if record.id in reading.ids:
            self._error(source.place(section, record.id), "id", f"{record.id} stands in another file already")
        reading.ids.add(record.id)
        self._conflicts(record.conflicts, source.place(section, record.id, "conflicts"), self._settled_by(reading))
        gist = getattr(record, "gist", None)
        if gist is not None and len(gist) > GIST_LIMIT:
            sentence = f"this gist has {len(gist)} characters: more than {GIST_LIMIT} don't fit a list"
            self._warning(source.place(section, record.id, "gist"), "gist", sentence)
        self._extra(source, record.extra, KNOWN_KEYS[section], section, record.id)

    def _settled_by(self, reading: _Reading) -> str:
        """How what a merge left open in somebody's record is settled."""
        mine = reading.annotator == self._reader
        return "settle it in the Reader" if mine else f"it is {reading.annotator}'s to settle, in the Reader"

    def _conflicts(self, conflicts: tuple[Plain, ...], place: Place, how: str) -> None:
        if conflicts:
            fields = [str(each.get("field", "")) for each in conflicts if isinstance(each, dict)]
            where = f" ({clipped(', '.join(filter(None, fields)))})" if any(fields) else ""
            self._error(place, "conflict", f"a conflict{where} that is still open: {how}")

    # --- claims ---

    def _article_file(self, file: ArticleFile, source: _Source, reading: _Reading, renamed: Mapping[str, str]) -> None:
        self._extra(source, file.extra, _ARTICLE_KEYS)
        article = self._articles.get(renamed.get(file.article, file.article))
        whose = None if reading.annotator == self._reader else reading.annotator
        if article is not None and article.id != file.article:
            sentence = renamed_sentence(file.article, article.id, whose, self._mentions.get(file.article))
            self._warning(source.place("article"), "article", sentence)
        if article is None:
            sentence = f"there is no article “{clipped(file.article)}” that can be read: was its file renamed, taken "
            sentence += "away or damaged?"
            # Without its text no claim in it says anything; a memo still does.
            say = self._error if file.claims else self._warning
            say(source.place("article"), "article", sentence)
        else:
            for path, kind, sentence in place_warnings(file, article.sha256, self._anchoring, renamed, whose):
                self._warning(source.place(*path), kind, sentence)
        if file.note is not None:
            self._conflicts(file.note.conflicts, source.place("conflicts"), self._settled_by(reading))
        for claim in file.claims:
            self._record(claim, source, reading)
            reading.claims.setdefault(claim.id, (claim, source.place("claims", claim.id)))
            if article is not None and (wrong := quote_error(claim, article)) is not None:
                self._error(source.place("claims", claim.id, wrong[0]), "quote", wrong[1])
            for number, tag in enumerate(claim.tags):
                if tag not in self._tags:
                    sentence = f"there is no tag “{clipped(tag)}” in the codebook{nearest(tag, self._tags)}"
                    self._error(source.place("claims", claim.id, "tags", number), "tag", sentence)
            if claim.when is not None and not is_edtf(claim.when):
                sentence = f"“{clipped(claim.when)}” is no date: write it as 2023-06-19, 2023-06 or 2021/.."
                self._warning(source.place("claims", claim.id, "when"), "when", sentence)

    # --- links ---

    def _head(self, file: LinksFile | DecisionsFile, source: _Source, known: Collection[str]) -> None:
        self._extra(source, (key for key in file.extra if key != "conflicts"), known)
        # What a merge could not decide of keys in the head that this version does not know.
        noted = file.extra.get("conflicts")
        how = "put what is right under its key, and take the entry out"
        self._conflicts(tuple(noted) if isinstance(noted, list) else (), source.place("conflicts"), how)

    def _links_file(self, file: LinksFile, source: _Source, reading: _Reading) -> None:
        self._head(file, source, LINKS_SECTIONS)
        for contradiction in file.contradictions:
            self._record(contradiction, source, reading)
            self._ends(contradiction, "between", source, reading)
        for group in file.duplicates:
            self._record(group, source, reading)
            self._ends(group, "claims", source, reading)
        self._found(link_findings(file, self._kinds), source)
        for remark in file.remarks:
            self._record(remark, source, reading)
            self._remarks.append((source.place("remarks", remark.id, "on"), remark))

    def _ends(self, link: Link, key: str, source: _Source, reading: _Reading) -> None:
        section = KINDS[type(link)]
        ends = source.root.at((section, link.id, key)).plain()
        for number, (id, end) in enumerate(zip(link.claims, ends if isinstance(ends, list) else (), strict=True)):
            copy = end if isinstance(end, dict) else {}
            path = (section, link.id, key, number)
            place = source.place(*path)
            self._extra(source, (each for each in copy if each not in END_KEYS), END_KEYS, *path)
            if id not in reading.claims:
                # An end in a file that can't be read may well be there: that file has its own finding.
                if reading.is_partial:
                    continue
                if not reading.unread or copy.get("article", None) not in (None, *reading.unread):
                    sentence = f"{id} is no claim of {reading.annotator}: this end leads nowhere"
                    self._error(place, "dangling", f"{sentence}, and is kept as it stands{reading.meant(copy)}")
                continue
            claim, there = reading.claims[id]
            for name, value in (("article", claim.article), ("exact", claim.exact)):
                if name in copy and copy[name] != value:
                    sentence = f"“{name}” is not that of {id} ({there}); the id decides, and export writes it anew"
                    self._warning(source.place(*path, name), "copy", sentence)
        for id, other in overlaps(reading.claims[id][0] for id in link.claims if id in reading.claims):
            sentence = f"{id} holds words that {other} in this link holds too: an article is linked to itself"
            self._warning(source.place(section, link.id, key, link.claims.index(id)), "overlap", sentence)

    # --- decisions ---

    def _decisions_file(
        self, file: DecisionsFile, source: _Source, reading: _Reading, renamed: Mapping[str, str]
    ) -> None:
        self._head(file, source, DECISIONS_SECTIONS)
        for decision in file.decisions:
            self._record(decision, source, reading)
            for key, side in (("a", decision.a), ("b", decision.b)):
                further = json.loads(side.further) if side.further else {}
                self._extra(source, further, SIDE_KEYS, "decisions", decision.id, key)
        whose = None if reading.annotator == self._reader else reading.annotator
        self._found(decision_findings(file.decisions, self._anchoring, renamed, whose), source)

    def _remark(self, place: Place, remark: Remark) -> None:
        annotator, _, id = remark.on.partition("/")
        reading = self._readings.get(annotator)
        if reading is None or (id not in reading.ids and not reading.unread and not reading.is_partial):
            mine = ": the Reader lists it with what is open" if remark.annotator == self._reader else ""
            sentence = f"the record it speaks of, {clipped(remark.on)}, is not there any more{mine}"
            self._warning(place, "remark", sentence)
