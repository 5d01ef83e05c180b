"""Files spoilt at random are read or named, never a traceback, never a hang; and the good files beside them are there.

What happens to each: `check`, the reader, the opening of a session that takes them in, an export, and that read again.
"""

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from time import process_time
from types import FrameType

import pytest
from deciding_samples import MET_SAW, SHOT_DOWNED
from fuzzing import spoilt, swollen
from session_samples import DOWNED, MET, SAW, SHOT, end, make_workspace, opened, record_some, tag

from tui.articles.loading import load_library
from tui.config import config_text, load_config
from tui.errors import ConfigErrors, FileError, Place, VariorumError
from tui.exchange.annotation_files import AnnotationErrors
from tui.exchange.checking import Severity, check_workspace, config_findings
from tui.exchange.pairs import brought
from tui.exchange.reader import read_annotations, read_with_lines
from tui.model.filing import article_of
from tui.model.records import Claim, Decision, Link, Record
from tui.session import deciding, gestures
from tui.session.session import Session
from tui.session.sync import export
from tui.store.fit import key_of
from tui.workspace import Workspace, open_workspace

SECONDS = 20
"""No file of this size takes a hundredth of that; only what hangs takes longer."""
CASES, MANY, CHUNK = 300, 10_000, 50
FEW_SECONDS = 20
"""The slowest take two: PyYAML's events of half a million values."""
SWOLLEN, MANY_SWOLLEN = 12, 600
CONFIG, OWN, THEIRS = "config.yaml", "annotations/ada/", "annotations/ben/"


@dataclass(frozen=True)
class Files:
    """A workspace with records of two readers, and all its YAML files as they were."""

    root: Path
    valid: dict[str, bytes]

    def restore(self) -> None:
        """Put everything back, with nothing known of what was read before."""
        for name in (".variorum", "annotations"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        for path, data in self.valid.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(data)

    def records(self, *, without: str = "", of: str) -> dict[str, Record]:
        """What the valid files of one folder hold, but for one of them."""
        found: dict[str, Record] = {}
        for path, data in self.valid.items():
            if path.startswith(of) and path != without:
                found |= {key_of(record): record for record in read(path, data)}
        return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    root = tmp_path_factory.mktemp("fuzzing") / "w"
    make_workspace(root)
    (root / CONFIG).write_text(config_text("Spoilt") + 'articles:\n  one:\n    title: "Ünö"\n', encoding="utf-8")
    record_some(root)
    with opened(root, "ben") as session:
        tag(session, SAW, DOWNED)
        for words in (SAW, SHOT):
            session.do(gestures.set_said_by(session.desk, end(words), ("Antony Blinken", "Größe, „Zeit“ 漢字")))
        session.do(gestures.contradiction(session.desk, end(SAW), end(MET)))
        session.do(deciding.reject(session.desk, SHOT_DOWNED))
        session.do(deciding.accept(session.desk, MET_SAW))
        session.do(gestures.set_article_memo(session.desk, "two", "Two lines,\n\nand “quotes” 🎈."))
        assert not export(session).problems
    yaml = [path for path in root.rglob("*.yaml") if ".variorum" not in path.parts]
    assert len(yaml) > 5
    return Files(root, {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(yaml)})


def read(path: str, data: bytes) -> tuple[Record, ...]:
    _, annotator, inner = path.split("/", 2)
    return read_annotations(data, path, annotator, article_of(inner)).records


@pytest.mark.parametrize("start", range(0, CASES, CHUNK))
def test_a_spoilt_file_is_a_finding_or_read_and_hides_no_other(files: Files, start: int) -> None:
    for seed in range(start, start + CHUNK):
        _one_case(files, seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(CASES, CASES + MANY, 20 * CHUNK))
def test_ten_thousand_spoilt_files_are_findings_or_read(files: Files, start: int) -> None:
    for seed in range(start, start + 20 * CHUNK):
        _one_case(files, seed)


@pytest.mark.parametrize("start", range(0, SWOLLEN, 6))
def test_a_piece_repeated_without_end_is_answered_in_a_few_seconds(files: Files, start: int) -> None:
    for seed in range(start, start + 6):
        _one_swollen(files, seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(SWOLLEN, SWOLLEN + MANY_SWOLLEN, 50))
def test_hundreds_of_pieces_repeated_without_end_are_answered_in_a_few_seconds(files: Files, start: int) -> None:
    for seed in range(start, start + 50):
        _one_swollen(files, seed)


def _one_swollen(files: Files, seed: int) -> None:
    random = Random(f"swollen {seed}")
    path = random.choice(list(files.valid))
    data = swollen(random, files.valid[path])
    began = process_time()
    try:
        if path == CONFIG:
            files.restore()
            (files.root / path).write_bytes(data)
            with suppress(VariorumError):
                load_config(files.root / path)
        else:
            with suppress(AnnotationErrors):
                read(path, data)
        assert process_time() - began < FEW_SECONDS
    except BaseException as error:
        error.add_note(f"seed {seed}: {path} was {data[:3000]!r}")
        raise


def _one_case(files: Files, seed: int) -> None:
    random = Random(seed)
    path = random.choice(list(files.valid))
    data = spoilt(random, files.valid[path])
    files.restore()
    (files.root / path).write_bytes(data)
    try:
        with time_limit():
            _held(files, path, data)
    except BaseException as error:
        error.add_note(f"seed {seed}: {path} was {data[:3000]!r}")
        raise


def _held(files: Files, path: str, data: bytes) -> None:
    try:
        workspace = open_workspace(files.root, {})
    except VariorumError as error:
        _names_what_is_wrong_in_the_config(path, error)
        return
    records = None if path == CONFIG else _read_alike(path, data)
    _checked(workspace, path, is_refused=path != CONFIG and records is None)
    with opened(workspace) as session:
        if workspace.annotations != files.root / "annotations":  # what a config may well say
            return
        _beside(files, path, session)
        if path.startswith(OWN):
            _own_file(files, path, data, records, session)
        elif path.startswith(THEIRS) and records is not None:
            index = session.colleagues["ben"]
            assert all(_is_seen(index.get(record.id), record) for record in records if record.id != "two")


def _is_seen(seen: Record | None, record: Record) -> bool:
    """Whether a record is shown: as it is, or, where its words are not in the article, where they stand now."""
    if isinstance(seen, Claim) and isinstance(record, Claim):
        place = {name: getattr(seen, name) for name in ("span", "exact", "prefix", "suffix", "text_sha256")}
        return seen == replace(record, **place)
    if isinstance(seen, Decision) and isinstance(record, Decision):  # its words tell which article is meant
        return brought(seen, lambda _: "") == brought(record, lambda _: "")
    return seen == record


def _names_what_is_wrong_in_the_config(path: str, error: VariorumError) -> None:
    assert path == CONFIG, error
    assert isinstance(error, ConfigErrors | FileError)
    for finding in config_findings(error):
        _is_clear(finding.place, finding.sentence)
        assert finding.place.file == CONFIG


def _read_alike(path: str, data: bytes) -> tuple[Record, ...] | None:
    """The file's records, as both ways of reading have them; None where it is refused, with clear errors."""
    _, annotator, inner = path.split("/", 2)
    try:
        strict = read_with_lines(data, path, annotator, article_of(inner))[0]
    except AnnotationErrors as error:
        _refuses_alike(path, data, error)
        return None
    assert read(path, data) == strict.records
    return strict.records


def _refuses_alike(path: str, data: bytes, error: AnnotationErrors) -> None:
    assert error.errors
    for each in error.errors:
        _is_clear(each.place, each.sentence)
        assert each.place.file == path
    with pytest.raises(AnnotationErrors) as again:
        read(path, data)
    assert str(again.value) == str(error)


def _checked(workspace: Workspace, path: str, *, is_refused: bool) -> None:
    config = workspace.config
    findings = check_workspace(workspace, load_library(workspace.root, workspace.articles, config.corrections))
    for finding in findings:
        _is_clear(finding.place, finding.sentence)
    named = [each for each in findings if each.place.file == path and each.kind == "malformed"]
    assert bool(named) == is_refused
    assert all(each.severity is Severity.ERROR and each.place.line for each in named)


def _beside(files: Files, path: str, session: Session) -> None:
    """The good files are all there: one's own but for what the bad one takes along, and a colleague's."""
    if not path.startswith(OWN):
        mine = {key_of(record): record for record in session.records.records()}
        assert mine == files.records(of=OWN)
    theirs = session.colleagues["ben"]
    for record in files.records(without=path, of=THEIRS).values():
        if not path.startswith(THEIRS):
            assert theirs.get(record.id) == record or theirs.note(record.id) == record


def _own_file(files: Files, path: str, data: bytes, records: tuple[Record, ...] | None, session: Session) -> None:
    mine = {key_of(record): record for record in session.records.records()}
    others = files.records(without=path, of=OWN)
    if records is None:
        assert any(notice.startswith(f"{path}:") for notice in session.notices), session.notices
        assert mine == others
    report = export(session)
    after = {key_of(record): record for record in session.records.records()}
    if records is None:
        assert report.problems
        assert (files.root / path).read_bytes() == data  # never written over
    if report.problems:
        return
    written: dict[str, Record] = {}
    for file in (files.root / OWN).rglob("*.yaml"):
        name = file.relative_to(files.root).as_posix()
        written |= {key_of(record): record for record in read(name, file.read_bytes())}
    assert _without_order(written) == _without_order(after)


def _without_order(records: dict[str, Record]) -> dict[str, Record]:
    """Export puts the ends of a link in the order of the text; that is no difference."""
    return {
        key: replace(record, claims=tuple(sorted(record.claims))) if isinstance(record, Link) else record
        for key, record in records.items()
    }


def _is_clear(place: Place, sentence: str) -> None:
    assert place.file
    assert place.line >= 0
    assert sentence.strip()
    assert "\n" not in sentence
    assert len(sentence) < 1000


@contextmanager
def time_limit() -> Iterator[None]:
    """Raise where the work hangs."""

    def too_long(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"not done after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
