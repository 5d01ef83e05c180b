"""One's own YAML: read back what changed in it, and write what changed here.

Reading is a three-way merge by record: what the file held when it was last read or written, what the session holds,
what the file holds now. A record that changed on both sides is left as it is on both; its file is not written until
that is settled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tui.errors import VariorumError
from tui.exchange.annotation_files import AnnotationFile, ArticleFile, LinksFile
from tui.exchange.files import DECISIONS, LINKS, AnnotatorFolder, article_of, digest, path_of
from tui.exchange.merging import Clash, merge
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.model.changes import Change, Transaction
from tui.model.records import Claim, Contradiction, DuplicateGroup, Record, Remark
from tui.session.session import Session
from tui.store.fit import key_of
from tui.store.store import SyncedFile


class Prefer(StrEnum):
    """Whose version is taken of a record that changed on both sides."""

    NEITHER = "neither"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(slots=True)
class Report:
    """What reading or writing YAML did, file by file (paths as a person knows them)."""

    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    clashes: dict[str, tuple[Clash, ...]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    """Sentences: files that could not be read or written."""
    unread: set[str] = field(default_factory=set)
    """The files that could not be read: they are not written over."""

    @property
    def blocked(self) -> list[str]:
        """A sentence for each file that was not written because a record changed on both sides."""
        return [
            f"{path}: {_count(len(clashes), 'record')} changed both here and in the file, both versions are kept and "
            "the file was not written: variorum export --ours writes yours, variorum import --theirs takes the file's"
            for path, clashes in self.clashes.items()
        ]

    def __str__(self) -> str:
        parts = []
        if self.read:
            parts.append(f"{_count(len(self.read), 'file')} read")
        if self.written:
            parts.append(f"{_count(len(self.written), 'file')} written")
        if self.removed:
            parts.append(f"{_count(len(self.removed), 'file')} removed")
        parts += [*self.problems, *self.blocked]
        return "; ".join(parts) or "YAML is up to date"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def read_back(session: Session, *, prefer: Prefer = Prefer.NEITHER, persist: bool = True) -> Report:
    """Take in what changed in one's own YAML since it was last read or written.

    Without `persist`, or where nothing can be recorded, it is taken in for this session only.
    """
    report = Report()
    folder = AnnotatorFolder(session.workspace.annotations, session.annotator)
    with session.lock:
        persist = persist and session.read_only is None
        session.flush()
        known = session.store.synced_files()
        paths = {path for path in folder.paths() if path != DECISIONS} | {_below(session, path) for path in known}
        for path in sorted(paths):
            try:
                _read_one(session, folder, path, known.get(_full(session, path)), prefer, persist, report)
            except VariorumError as error:
                report.problems.append(str(error))
                report.unread.add(folder.place(path))
    return report


def _full(session: Session, path: str) -> str:
    return f"{session.annotator}/{path}"


def _below(session: Session, path: str) -> str:
    return path.removeprefix(f"{session.annotator}/")


def _read_one(
    session: Session,
    folder: AnnotatorFolder,
    path: str,
    known: SyncedFile | None,
    prefer: Prefer,
    persist: bool,
    report: Report,
) -> None:
    data = folder.read(path)
    if known is not None and data is not None and digest(data) == known.sha256:
        return
    place = folder.place(path)
    article = article_of(path)
    there: AnnotationFile | None = None
    if data is not None:
        there = read_annotations(data, place, session.annotator, article)
    base = dict(known.records) if known is not None else {}
    ours = _keyed(_records_for(session, article))
    theirs = _keyed(there.records) if there is not None else {}
    merged = merge(base, ours, theirs)
    changes = list(merged.changes)
    if merged.clashes and prefer is Prefer.THEIRS:
        changes += [Change(clash.ours, clash.theirs) for clash in merged.clashes]
    elif merged.clashes and prefer is Prefer.NEITHER:
        report.clashes[place] = merged.clashes
    synced = []
    if place not in report.clashes and data is not None and there is not None:
        synced = [SyncedFile(_full(session, path), digest(data), theirs, there.extra)]
    forgotten = [known.path] if known is not None and data is None and place not in report.clashes else []
    transaction = Transaction(f"read {place}", tuple(changes)) if changes else None
    if persist:
        session.store.commit(transaction, synced=synced, forgotten=forgotten)
    session.records.apply(changes)
    report.read.append(place)
    session.announce(changes)


def _keyed(records: Iterable[Record]) -> dict[str, Record]:
    return {key_of(record): record for record in records}


def _records_for(session: Session, article: str | None) -> tuple[Record, ...]:
    """One's own records that belong in the file of an article, or among the links."""
    records = session.records
    if article is None:
        return (*records.contradictions(), *records.groups(), *records.remarks())
    note = records.note(article)
    return (*records.claims_in(article), *((note,) if note is not None else ()))


def export(session: Session, *, prefer: Prefer = Prefer.NEITHER) -> Report:
    """Read back what changed, then write every file whose records are not as it has them."""
    with session.lock:
        report = read_back(session, prefer=prefer)
        folder = AnnotatorFolder(session.workspace.annotations, session.annotator)
        known = session.store.synced_files()
        articles = {claim.article for claim in _claims(session)} | {note.article for note in session.records.notes()}
        paths = {path_of(article) for article in articles} | {_below(session, path) for path in known} | {LINKS}
        for path in sorted(paths):
            place = folder.place(path)
            if place in report.clashes or place in report.unread:
                continue
            try:
                _write_one(session, folder, path, known.get(_full(session, path)), report)
            except VariorumError as error:
                report.problems.append(str(error))
    return report


def _claims(session: Session) -> Iterable[Claim]:
    return (record for record in session.records.records() if isinstance(record, Claim))


def _write_one(session: Session, folder: AnnotatorFolder, path: str, known: SyncedFile | None, report: Report) -> None:
    records = _records_for(session, article_of(path))
    extra = known.extra if known is not None else {}
    on_disk = folder.read(path)
    if not records and not extra:
        if on_disk is not None:
            folder.remove(path, expected=on_disk)
            report.removed.append(folder.place(path))
        if known is not None:
            session.store.commit(None, forgotten=[known.path])
        return
    data = write_annotations(_file(session, article_of(path), records, extra), session.records.claim)
    if data != on_disk:
        folder.write(path, data, expected=on_disk)
        report.written.append(folder.place(path))
    synced = SyncedFile(_full(session, path), digest(data), _keyed(records), extra)
    if synced != known:
        session.store.commit(None, synced=[synced])


def _file(
    session: Session, article: str | None, records: tuple[Record, ...], extra: Mapping[str, object]
) -> AnnotationFile:
    if article is None:
        return LinksFile(
            annotator=session.annotator,
            contradictions=tuple(record for record in records if isinstance(record, Contradiction)),
            duplicates=tuple(record for record in records if isinstance(record, DuplicateGroup)),
            remarks=tuple(record for record in records if isinstance(record, Remark)),
            extra=extra,  # type: ignore[arg-type]
        )
    claims = tuple(record for record in records if isinstance(record, Claim))
    known = session.articles.get(article)
    return ArticleFile(
        annotator=session.annotator,
        article=article,
        # Of an article that is not there any more, what its claims were made on.
        text_sha256=known.sha256 if known is not None else next((claim.text_sha256 for claim in claims), ""),
        note=session.records.note(article),
        claims=claims,
        extra=extra,  # type: ignore[arg-type]
    )
