"""One's own YAML: read back what changed in it, and write what changed here.

Reading is a three-way merge by record: what the file held when it was last read or written, what is recorded here,
what the file holds now. A record that changed on both sides is left as it is on both; its file is not written until
that is settled. Files are written before the store is told of them: whatever comes between, the next reading finds
that both say the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import mode

from tui.errors import FileError, Place, ReadOnlyError, VariorumError
from tui.exchange.annotation_files import AnnotationFile, ArticleFile, LinksFile
from tui.exchange.files import DECISIONS, AnnotatorFolder, article_of, digest, path_of
from tui.exchange.merging import Clash, merge
from tui.exchange.reader import read_annotations
from tui.exchange.writer import ClaimOf, write_annotations
from tui.model.changes import Change, Transaction
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Plain, Record, Remark
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
        """A sentence for each file that was not written as a record changed on both sides."""
        return [
            f"{path}: {_count(len(clashes), 'record')} changed both here and in the file, both versions are kept and "
            "the file was left as it is: variorum export --ours writes yours, variorum import --theirs takes the file's"
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

    Raises:
        StoreError: what was done here before is not on disk.
    """
    with session.syncing:
        return _take_in(session, prefer, persist)


def export(session: Session, *, prefer: Prefer = Prefer.NEITHER) -> Report:
    """Read back what changed, then write every file whose records are not as it has them.

    Raises:
        ReadOnlyError: nothing can be recorded here.
        StoreError: what was done here before is not on disk.
    """
    if (reason := session.read_only) is not None:
        raise ReadOnlyError(reason)
    with session.syncing:
        with session.lock:
            report = _take_in(session, prefer, persist=True)
            known = _known(session)
            # As they are now: gestures go on while files are written.
            records = _by_file(session.records.records())
        _Writing(session, known, report).write(records)
    return report


# --- reading ---


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one file that changed brings."""

    changes: tuple[Change, ...]
    synced: SyncedFile | None
    """None: the file is gone."""


def _take_in(session: Session, prefer: Prefer, persist: bool) -> Report:
    report = Report()
    folder = _folder(session)
    with session.lock:
        persist = persist and session.read_only is None
        session.refresh()
        known = _known(session)
        ours = _by_file(session.store.records())
        readings: dict[str, _Reading] = {}
        for path in sorted({path for path in folder.paths() if path != DECISIONS} | known.keys()):
            try:
                reading = _read_one(folder, path, known.get(path), ours.get(path, {}), prefer, report)
            except VariorumError as error:
                report.problems.append(str(error))
                report.unread.add(folder.place(path))
            else:
                if reading is not None:
                    readings[path] = reading
        _refuse_copies(folder, readings, ours, report)
        # What one file lost may be in another now.
        changes = sorted(
            (change for reading in readings.values() for change in reading.changes),
            key=lambda change: change.after is not None,
        )
        report.read += map(folder.place, readings)
        if persist:
            try:
                _remember(session, Transaction("read YAML", tuple(changes)), readings)
            except VariorumError as error:
                report.problems.append(str(error))
                report.unread.update(report.read)
                report.read.clear()
                return report
        if changes or not persist:
            after = {key: record for records in ours.values() for key, record in records.items()}
            for change in changes:
                after.pop(key_of(change.record), None)
                if change.after is not None:
                    after[key_of(change.after)] = change.after
            session.renew(after.values())
    return report


def _read_one(
    folder: AnnotatorFolder,
    path: str,
    known: SyncedFile | None,
    ours: Mapping[str, Record],
    prefer: Prefer,
    report: Report,
) -> _Reading | None:
    """What the file brings; None if it is as it was."""
    data = folder.read(path)
    sha256 = None if data is None else digest(data)
    if sha256 == (None if known is None else known.sha256):
        return None
    place = folder.place(path)
    there = None if data is None else read_annotations(data, place, folder.annotator, article_of(path))
    theirs = {} if there is None else _keyed(there.records)
    merged = merge({} if known is None else known.records, ours, theirs)
    changes = merged.changes
    agreed = theirs
    if merged.clashes and prefer is Prefer.THEIRS:
        changes += tuple(Change(clash.ours, clash.theirs) for clash in merged.clashes)
    elif merged.clashes and prefer is Prefer.NEITHER:
        report.clashes[place] = merged.clashes
        # They keep their base, and no file has this digest: they clash again until that is settled.
        sha256 = ""
        bases = {clash.id: clash.base for clash in merged.clashes}
        agreed = {key: record for key, record in (theirs | bases).items() if record is not None}
    if sha256 is None:
        return _Reading(changes, None)
    return _Reading(changes, SyncedFile(_full(folder, path), sha256, agreed, {} if there is None else there.extra))


def _refuse_copies(
    folder: AnnotatorFolder, readings: dict[str, _Reading], ours: Mapping[str, Mapping[str, Record]], report: Report
) -> None:
    """Leave out files with a record that another file has too: which one is meant can't be known."""
    leaving = {key_of(change.record) for one in readings.values() for change in one.changes if change.after is None}
    homes = {key: path for path, records in ours.items() for key in records if key not in leaving}
    for path, reading in list(readings.items()):
        for change in reading.changes:
            key = key_of(change.record)
            home = homes.setdefault(key, path) if change.before is None else path
            if home != path:
                sentence = f"{change.record.id} is recorded in {folder.place(home)} too: take it out of one of the two"
                report.problems.append(str(FileError(Place(folder.place(path)), sentence)))
                report.unread.add(folder.place(path))
                del readings[path]
                break


def _remember(session: Session, transaction: Transaction, readings: Mapping[str, _Reading]) -> None:
    folder = _folder(session)
    synced = dict(session.unrecorded)
    forgotten = []
    for path, reading in readings.items():
        if reading.synced is not None:
            synced[path] = reading.synced
        else:
            synced.pop(path, None)
            forgotten.append(_full(folder, path))
    known = session.store.synced_files()
    news = [file for file in synced.values() if known.get(file.path) != file]
    session.store.commit(transaction, synced=news, forgotten=forgotten)
    session.unrecorded.clear()


# --- writing ---


class _Writing:
    """One export: the files it writes and removes, and what the store is then told."""

    def __init__(self, session: Session, known: Mapping[str, SyncedFile], report: Report) -> None:
        self._session = session
        self._folder = _folder(session)
        self._known = known
        self._report = report
        self._synced: dict[str, SyncedFile] = {}
        self._forgotten: list[str] = []

    def write(self, records: Mapping[str, Mapping[str, Record]]) -> None:
        """Write all these records, by file, where their files are not as they have them."""
        report = self._report
        claims = {
            record.id: record for some in records.values() for record in some.values() if isinstance(record, Claim)
        }
        for path in sorted(records.keys() | self._known.keys()):
            place = self._folder.place(path)
            if place in report.clashes or place in report.unread:
                continue
            try:
                self._write_one(path, records.get(path, {}), claims.get)
            except VariorumError as error:
                report.problems.append(str(error))
        try:
            self._session.store.commit(None, synced=self._synced.values(), forgotten=self._forgotten)
        except VariorumError as error:
            self._session.unrecorded.update(self._synced)
            report.problems.append(str(error))

    def _write_one(self, path: str, records: Mapping[str, Record], claim_of: ClaimOf) -> None:
        known = self._known.get(path)
        extra = {} if known is None else known.extra
        if not records and not extra:
            # A file that held no record when it was last seen is none of ours to remove.
            if known is not None and known.records:
                self._folder.remove(path, expected=known.sha256)
                self._report.removed.append(self._folder.place(path))
                self._forgotten.append(known.path)
            return
        article = article_of(path)
        is_gone = article is not None and article not in self._session.articles
        if is_gone and known is not None and known.records == records:
            return
        data = write_annotations(_file(self._session, article, tuple(records.values()), extra), claim_of)
        sha256 = digest(data)
        if known is None or known.sha256 != sha256:
            self._folder.write(path, data, expected=None if known is None else known.sha256)
            self._report.written.append(self._folder.place(path))
        synced = SyncedFile(_full(self._folder, path), sha256, records, extra)
        if synced != known:
            self._synced[path] = synced


def _file(
    session: Session, article: str | None, records: tuple[Record, ...], extra: Mapping[str, Plain]
) -> AnnotationFile:
    if article is None:
        return LinksFile(
            annotator=session.annotator,
            contradictions=tuple(record for record in records if isinstance(record, Contradiction)),
            duplicates=tuple(record for record in records if isinstance(record, DuplicateGroup)),
            remarks=tuple(record for record in records if isinstance(record, Remark)),
            extra=extra,
        )
    claims = tuple(record for record in records if isinstance(record, Claim))
    there = session.articles.get(article)
    # Of an article that is not there any more, what most of its claims were made on.
    texts = [there.sha256] if there is not None else sorted(claim.text_sha256 for claim in claims)
    return ArticleFile(
        annotator=session.annotator,
        article=article,
        text_sha256=mode(texts) if claims else "",
        note=next((record for record in records if isinstance(record, ArticleNote)), None),
        claims=claims,
        extra=extra,
    )


# --- which records belong in which file ---


def _folder(session: Session) -> AnnotatorFolder:
    return AnnotatorFolder(session.workspace.annotations, session.annotator)


def _full(folder: AnnotatorFolder, path: str) -> str:
    """What the store calls a file: its path below the annotations folder."""
    return f"{folder.annotator}/{path}"


def _known(session: Session) -> dict[str, SyncedFile]:
    """The files as they were last read or written, by path below the annotator's folder."""
    synced = session.store.synced_files().values()
    return {file.path.removeprefix(f"{session.annotator}/"): file for file in synced} | session.unrecorded


def _keyed(records: Iterable[Record]) -> dict[str, Record]:
    return {key_of(record): record for record in records}


def _by_file(records: Iterable[Record]) -> dict[str, dict[str, Record]]:
    """The path of each file that these records need, with its records by key."""
    files: dict[str, dict[str, Record]] = {}
    for record in records:
        article = record.article if isinstance(record, Claim | ArticleNote) else None
        files.setdefault(path_of(article), {})[key_of(record)] = record
    return files
