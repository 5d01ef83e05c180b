"""One's own YAML: read back what changed in it, and write what changed here.

Reading is a three-way merge by record and field: what the file held when it was last read or written, what is recorded
here, what the file holds now. Where a field changed on both sides, both versions stand in the record then. A record
that was changed on one side and deleted on the other is left as it is on both; its file is not written until that is
settled. What vanished with its file is taken out here, and that is said; but where every file is gone, as
after a mistaken `rm` or on another branch, nothing is read or written until a person says what is meant. Files are
written before the store is told of them: whatever comes between, the next reading finds that both say the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from statistics import mode

from tui.errors import FileError, Place, ReadOnlyError, VariorumError
from tui.exchange.annotation_files import AnnotationFile, ArticleFile, DecisionsFile, LinksFile
from tui.exchange.ends import SaidOfEnds, said_of_ends, says_more
from tui.exchange.files import AnnotatorFolder, FolderError, digest
from tui.exchange.merging import Clash, held_with, merge
from tui.exchange.merging_fields import Prefer
from tui.exchange.reader import read_annotations
from tui.exchange.writer import ClaimOf, write_annotations
from tui.model.changes import Change, Kind, Transaction
from tui.model.filing import DECIDED, LINKS, article_of, file_of, path_of
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Plain, Record, Remark
from tui.progress import Progress, unsaid
from tui.session.doubts import doubts_about
from tui.session.report import Report, counted_by_kind
from tui.session.session import Session
from tui.store.fit import key_of
from tui.store.store import UNSETTLED, Store, SyncedFile
from tui.text.numbers import counted

__all__ = ["Prefer", "Report", "export", "read_back"]


def read_back(
    session: Session, *, prefer: Prefer = Prefer.NEITHER, persist: bool = True, progress: Progress = unsaid
) -> Report:
    """Take in what changed in one's own YAML since it was last read or written.

    Without `persist`, or where nothing can be recorded, it is taken in for this session only.

    Raises:
        StoreError: what was done here before is not on disk.
    """
    with session.syncing:
        return _take_in(session, prefer, persist, progress)


def export(session: Session, *, prefer: Prefer = Prefer.NEITHER) -> Report:
    """Read back what changed, then write every file whose records are not as it has them.

    Raises:
        ReadOnlyError: nothing can be recorded here.
        StoreError: what was done here before is not on disk.
    """
    if (reason := session.read_only) is not None:
        raise ReadOnlyError(reason)
    with session.syncing:
        report = _take_in(session, prefer, persist=True)
        if not report.stopped:
            # As they are on disk now: gestures go on while files are written.
            records, _ = session.store.state()
            _Writing(session, _known(session), report).write(_by_file(records))
    return report


def unexported(store: Store, annotator: str) -> tuple[str, ...]:
    """The files, below the annotator's folder, whose records are not yet as the store has them."""
    known = {file.path.removeprefix(f"{annotator}/"): file.records for file in store.synced_files().values()}
    ours = _by_file(store.records())
    return tuple(sorted(path for path in ours.keys() | known.keys() if ours.get(path, {}) != known.get(path, {})))


# --- reading ---


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one file that changed brings."""

    changes: tuple[Change, ...]
    synced: SyncedFile | None
    """What the store is to know of the file; None: nothing any more."""
    is_gone: bool
    clashes: tuple[Clash, ...] = ()


def _take_in(session: Session, prefer: Prefer, persist: bool, progress: Progress = unsaid) -> Report:
    """Read what changed, and have the store know of it.

    All of it is worked out on what is on disk, and the session takes it in as news, as it does what another process
    records: no key press waits meanwhile. A step on the same record that comes between is refused by the store.
    """
    report = Report()
    folder = _folder(session)
    persist = persist and session.read_only is None
    session.refresh()
    records, _ = session.store.state()
    known, ours = _known(session), _by_file(records)
    unlisted: list[FolderError] = []
    try:
        paths = set(folder.paths(unlisted))
        if prefer is Prefer.NEITHER and not paths and not unlisted:
            _refuse_loss(folder, known, ours)
    except FolderError as error:
        report.problems.append(str(error))
        report.stopped = True
        return report
    if unlisted:  # the files there are can be read, but what is not known must not be written over
        report.problems += map(str, unlisted)
        report.stopped = True
    readings: dict[str, _Reading] = {}
    # The links come last: what is to be decided of them hangs on what is to be decided of claims.
    every = sorted(paths | known.keys(), key=lambda path: (path == LINKS, path))
    for number, path in enumerate(every):
        progress("files of yours", number, len(every))
        try:
            clashes = [clash for reading in readings.values() for clash in reading.clashes] if path == LINKS else []
            reading = _read_one(folder, path, known.get(path), ours.get(path, {}), clashes, prefer, report)
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
    after = _changed({key: record for records in ours.values() for key, record in records.items()}, changes)
    if persist:
        try:
            _remember(session, Transaction("read YAML", tuple(changes), Kind.IMPORT), readings)
        except VariorumError as error:
            report.problems.append(str(error))
            report.unread.update(map(folder.place, readings))
            return report
    if any(change.after is not None and change.after.conflicts for one in readings.values() for change in one.changes):
        report.conflicts = sum(len(record.conflicts) for record in after.values())
    if readings:
        report.doubts += doubts_about(after.values(), session.config)
    report.read += (folder.place(path) for path, reading in readings.items() if not reading.is_gone)
    report.taken_out += _taken_out(folder, readings, after)
    if not persist:
        session.renew(after.values())
    elif changes:
        session.on_news()
    return report


def _refuse_loss(
    folder: AnnotatorFolder, known: Mapping[str, SyncedFile], ours: Mapping[str, Mapping[str, Record]]
) -> None:
    """There are no files: refuse to take out what they held, if they held anything."""
    held = sum(len(file.records.keys() & ours.get(path, {}).keys()) for path, file in known.items())
    if held:
        raise FolderError(
            folder.name,
            f"all your YAML is gone; what it held ({counted(held, 'record')}) is kept here, and nothing is written "
            "until you choose: variorum export --ours writes it anew, variorum import --theirs takes it out here too",
        )


def _read_one(
    folder: AnnotatorFolder,
    path: str,
    known: SyncedFile | None,
    ours: Mapping[str, Record],
    clashes: Iterable[Clash],
    prefer: Prefer,
    report: Report,
) -> _Reading | None:
    """What the file brings; None if it is as it was. `clashes` are those of the claims that its links may name."""
    data = folder.read(path)
    sha256 = None if data is None else digest(data)
    is_as_it_was = sha256 == (None if known is None else known.sha256)
    if is_as_it_was and not clashes:
        return None
    if data is None and prefer is Prefer.OURS:
        # Its records stay, and are written anew.
        kept = tuple(Clash(key, known.records.get(key), our, None) for key, our in ours.items()) if known else ()
        return _Reading((), None, True, kept)
    place = folder.place(path)
    there = None if data is None else read_annotations(data, place, folder.annotator, article_of(path))
    theirs = {} if there is None else _keyed(there.records)
    base = {} if known is None else known.records
    merged = held_with(clashes, merge(base, ours, theirs, prefer), base, ours, theirs)
    if is_as_it_was and not merged.clashes:
        return None
    if merged.disagreeing:
        report.disagreeing[place] = merged.disagreeing
    changes = merged.changes
    agreed = theirs
    if merged.clashes and prefer is Prefer.THEIRS:
        changes += tuple(Change(clash.ours, clash.theirs) for clash in merged.clashes)
    elif merged.clashes and prefer is Prefer.NEITHER:
        report.clashes[place] = merged.clashes
        sha256 = UNSETTLED
        bases = {clash.id: clash.base for clash in merged.clashes}
        agreed = {key: record for key, record in (theirs | bases).items() if record is not None}
    synced = None
    if sha256 is not None:
        synced = SyncedFile(_full(folder, path), sha256, agreed, {} if there is None else there.extra)
    return _Reading(changes, synced, data is None, merged.clashes)


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


def _changed(records: Mapping[str, Record], changes: Iterable[Change]) -> dict[str, Record]:
    """The records, by key, after these changes."""
    after = dict(records)
    for change in changes:
        after.pop(key_of(change.record), None)
        if change.after is not None:
            after[key_of(change.after)] = change.after
    return after


def _taken_out(folder: AnnotatorFolder, readings: Mapping[str, _Reading], after: Mapping[str, Record]) -> list[str]:
    """What is to be said of records that went with their files."""
    sentences = []
    for path, reading in readings.items():
        # A record that is in another file now went nowhere.
        gone = [change.record for change in reading.changes if key_of(change.record) not in after]
        if reading.is_gone and gone:
            sentences.append(f"{folder.place(path)} is gone, and with it {counted_by_kind(gone)}")
    return sentences


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
    session.keep_texts(transaction.changes)
    known = session.store.synced_files()
    news = [file for file in synced.values() if known.get(file.path) != file]
    session.store.commit(transaction, synced=news, forgotten=forgotten, as_news=True)
    session.unrecorded.clear()


# --- writing ---


class _Writing:
    """One export: the files it writes and removes, and what the store is then told."""

    def __init__(self, session: Session, known: Mapping[str, SyncedFile], report: Report) -> None:
        self._session = session
        self._folder = _folder(session)
        self._known = known
        self._report = report
        self._extra = {path: file.extra for path, file in known.items()}
        """The keys of each file's head that this version does not know."""
        self._synced: dict[str, SyncedFile] = {}
        self._forgotten: list[str] = []

    def write(self, records: Mapping[str, Mapping[str, Record]]) -> None:
        """Write all these records, by file, where their files are not as they have them."""
        report = self._report
        claims = {
            record.id: record for some in records.values() for record in some.values() if isinstance(record, Claim)
        }
        for old, new in self._session.desk.view.renamed.items():
            # What was reanchored takes along what else its file held.
            if not records.get(path_of(old)) and records.get(path_of(new)):
                self._extra[path_of(new)] = {**self._extra.pop(path_of(old), {}), **self._extra.get(path_of(new), {})}
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
        extra = self._extra.get(path, {})
        if not records and not extra:
            # A file that held no record when it was last seen is none of ours to remove.
            if known is not None and known.records:
                self._folder.remove(path, expected=known.sha256)
                self._report.removed.append(self._folder.place(path))
                self._forgotten.append(known.path)
            return
        article = article_of(path)
        is_gone = article not in (None, DECIDED) and article not in self._session.articles
        if is_gone and known is not None and known.records == records:
            return
        file = _file(self._session, article, tuple(records.values()), extra)
        data = write_annotations(file, claim_of)
        if article is None and known is not None and known.sha256 != digest(data):
            said = self._said_of_ends(path, known, records, claim_of)
            data = write_annotations(file, claim_of, said) if said else data
        sha256 = digest(data)
        if known is None or known.sha256 != sha256:
            self._folder.write(path, data, expected=None if known is None else known.sha256)
            self._report.written.append(self._folder.place(path))
        synced = SyncedFile(_full(self._folder, path), sha256, records, extra)
        if synced != known:
            self._synced[path] = synced

    def _said_of_ends(
        self, path: str, known: SyncedFile, records: Mapping[str, Record], claim_of: ClaimOf
    ) -> Mapping[str, SaidOfEnds]:
        """What only the file itself says of the ends of its links, where there is anything of that kind."""
        there = self._folder.read(path) or b""
        is_loose = any(claim_of(id) is None for id in chain.from_iterable(map(_ends, records.values())))
        number = sum(len(_ends(record)) for record in known.records.values())
        return said_of_ends(there) if is_loose or says_more(there, number) else {}


def _ends(record: Record) -> tuple[str, ...]:
    return record.claims if isinstance(record, Contradiction | DuplicateGroup) else ()


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
    if article == DECIDED:
        decisions = tuple(record for record in records if isinstance(record, Decision))
        return DecisionsFile(session.annotator, decisions, extra)
    claims = tuple(record for record in records if isinstance(record, Claim))
    # What most of its claims were made on: a file does not change because its article did.
    texts = sorted(claim.text_sha256 for claim in claims)
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
        files.setdefault(file_of(record), {})[key_of(record)] = record
    return files
