"""A team at work in real repositories: four annotators, one of them on two machines, five articles, many rounds.

In a round everybody records and commits, one corrects an article, and nobody knows of the others; then one after the
other pulls, by merge or by rebase, and pushes. It is kept in mind what anybody ever made and deleted, so that it can be
told what is missing.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from tui import git as asking
from tui.errors import RefusedError
from tui.exchange.annotation_files import AnnotationErrors
from tui.exchange.conflicts import RECORD, Conflict, read_conflict
from tui.exchange.git_setup import attributes_line, settings_for
from tui.exchange.merging_files import Names, merge_files
from tui.exchange.reader import read_annotations
from tui.exchange.resolving import resolve
from tui.model.changes import Change
from tui.model.filing import DECIDED, LINKS, article_of
from tui.model.records import Claim, Contradiction, Decision, Passage, Plain, Record, SuggestionKind, Verdict
from tui.model.span import Span
from tui.session import deciding, gestures
from tui.session.gestures import End, Gesture
from tui.session.opening import open_session
from tui.session.reanchoring import reanchor
from tui.session.session import Session
from tui.session.sync import Prefer, export
from tui.store.fit import key_of
from tui.suggest.suggestion import Reason, ReasonType, Suggestion
from tui.workspace import open_workspace

READERS = ("ada", "ben", "cyd", "dee")
MACHINES = (*((name, name) for name in READERS), ("ada", "ada-at-home"))
"""Who works, and in which clone."""
ARTICLES = ("one", "two", "three", "four", "five")
_PEOPLE = ("Blinken", "Xi", "Qin", "Wang", "Biden")
_ACTS = ("met", "called", "blamed", "thanked", "heard")
_DAYS = ("on Monday", "in February", "on Sunday", "in June")
_KINDS = tuple(SuggestionKind)
TAGS = ("fact", "quote", "opinion", "figure")
# Nothing of git's own housekeeping: most of its time here would go into that.
_SETTINGS = {"gc.auto": "0", "maintenance.auto": "false", "core.fsync": "none", "advice.detachedHead": "false"}
ENVIRON = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
    **{f"GIT_CONFIG_KEY_{number}": name for number, name in enumerate(_SETTINGS)},
    **{f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(_SETTINGS.values())},
    "GIT_EDITOR": "true",
    **{
        f"GIT_{who}_{what}": f"t{'@example.org' if what == 'EMAIL' else ''}"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
}


@dataclass
class Seen:
    """What came to pass."""

    merges: int = 0
    stops: list[tuple[str, list[str]]] = field(default_factory=list)
    """Where git stopped: how, and at which files."""
    mended: int = 0
    """Files that git, without the driver, had merged into what can't be read, as with a record in it twice."""
    disagreements: int = 0
    """Fields that two machines set differently, of which both versions were found."""
    kept_against_deletion: int = 0
    """Records that one machine deleted and the other changed."""
    verdicts_apart: int = 0
    """Pairs that one machine accepted and the other rejected, of which both verdicts were found."""


class Team:
    """The clones, and what has been made in them."""

    def __init__(self, folder: Path, seed: int, *, has_driver: bool) -> None:
        self._folder = folder
        self._random = Random(seed)
        self._has_driver = has_driver
        self._made: dict[str, set[str]] = {name: set() for name in READERS}
        self._deleted: dict[str, set[str]] = {name: set() for name in READERS}
        self.seen = Seen()
        self._round = 0
        self._is_deleted_at_home = False
        self._pair: tuple[Passage, Passage] | None = None
        """What Ada decides on at both of her machines, each time otherwise."""
        self._decided_at: set[str] = set()
        self._found()

    # --- the repositories ---

    def _found(self) -> None:
        first = self._folder / "first"
        for number, article in enumerate(ARTICLES):
            file = first / "seeds" / f"{article}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            sentences = [
                f"{_PEOPLE[(number + at) % 5]} {_ACTS[at % 5]} {_PEOPLE[(number + at * 2 + 1) % 5]} "
                f"{_DAYS[at % 4]}, as paper {number} says in line {at}."
                for at in range(14)
            ]
            file.write_text("\n\n".join(" ".join(sentences[at : at + 2]) for at in range(0, 14, 2)) + "\n")
        workspace = open_workspace(first, {})
        if self._has_driver:
            (first / ".gitattributes").write_text(f"{attributes_line(workspace)}\n")
        self._git(first, "init", "-q", "-b", "main")
        self._commit(first)
        self._git(self._folder, "clone", "-q", "--bare", "first", "origin.git")
        program = (sys.executable, "-E", "-P", str(Path(sys.executable).parent / "variorum"))
        settings = settings_for(program) if self._has_driver else {}
        set_up = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        for _, clone in MACHINES:
            self._git(self._folder, "clone", "-q", *set_up, "origin.git", clone)

    def _git(self, at: Path, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        ran = subprocess.run(
            ["git", *arguments],
            cwd=at,
            env={**ENVIRON, "HOME": str(self._folder)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert code is None or ran.returncode == code, (arguments, ran.stdout, ran.stderr)
        return ran

    def _commit(self, root: Path) -> None:
        self._git(root, "add", "-A")
        ran = self._git(root, "commit", "-q", "-m", "read", code=None)
        assert ran.returncode == 0 or "nothing to commit" in ran.stdout, ran

    # --- a round ---

    def work(self) -> None:
        """One round."""
        self._round += 1
        corrector = self._random.choice(MACHINES)[1]
        disputed = self._to_be_disputed()
        self._is_deleted_at_home = self._random.random() < 0.3
        self._pair, self._decided_at = None, set()
        for reader, clone in MACHINES:
            root = self._folder / clone
            if clone == corrector:
                # Whoever corrects an article has it as it is now; two who correct one sentence settle that in git.
                self._pull(root)
                self._correct(root)
                self._commit(root)
            commits = self._random.randint(1, 2)
            for number in range(commits):
                self._record(reader, root, disputed if reader == "ada" and number == commits - 1 else None)
                self._commit(root)
        self._merges_twice_as_once()
        order = list(MACHINES)
        self._random.shuffle(order)
        for _, clone in order:
            self._pull(self._folder / clone)
            self._git(self._folder / clone, "push", "-q", "origin", "main")
        if disputed is not None:
            self._settle(disputed)

    def end(self) -> None:
        """Everybody writes what they have and hears of all, until nobody has anything new."""
        heads: list[str] = []
        for _ in range(4):
            before = heads
            for reader, clone in MACHINES:
                with self._session(reader, clone) as session:
                    self._export(session)
                self._commit(self._folder / clone)
                self._pull(self._folder / clone)
                self._git(self._folder / clone, "push", "-q", "origin", "main")
            heads = [self._git(self._folder / clone, "rev-parse", "HEAD").stdout for _, clone in MACHINES]
            if heads == before:
                break
        assert len(set(heads)) == 1

    def missing(self) -> dict[str, set[str]]:
        """What anybody made, nobody deleted, and is not there, in the files and in each clone's store."""
        missing: dict[str, set[str]] = {}
        for reader, clone in MACHINES:
            wanted = self._made[reader] - self._deleted[reader]
            there = {key_of(record) for record in self._records(self._folder / clone, reader)}
            with self._session(reader, clone) as session:
                stored = {key_of(record) for record in session.records.records()}
            if lost := wanted - (there & stored):
                missing[clone] = lost
        return missing

    # --- what a reader does ---

    def _record(self, reader: str, root: Path, disputed: str | None) -> None:
        with self._session(reader, root.name) as session:
            before = set(_state(session))
            for _ in range(self._random.randint(2, 6)):
                self._gesture(session)
            if disputed is not None and isinstance(claim := session.records.get(disputed), Claim):
                is_deleted = self._is_deleted_at_home and root.name == "ada-at-home"
                gist = f"as {root.name} has it in round {self._round}"
                session.do(gestures.delete(session.desk, claim) if is_deleted else gestures.set_gist(claim, gist))
            if disputed is not None:
                self._decide(session, root.name)
            after = set(_state(session))
            self._made[reader] |= after - before
            self._deleted[reader] |= before - after
            # What is only recorded, and not in the files yet, meets what comes by git in the store.
            if disputed is not None or self._random.random() < 0.75:
                self._export(session)

    def _gesture(self, session: Session) -> None:
        desk, random = session.desk, self._random
        article = random.choice(ARTICLES)
        claims = [claim for claim in session.records.records() if isinstance(claim, Claim)]
        links = [link for link in session.records.records() if isinstance(link, Contradiction)]
        claim = random.choice(claims) if claims else None
        here, there = self._end(session, article), self._end(session, random.choice(ARTICLES))
        word = f"{session.annotator} {random.randint(0, 999)}"
        doings: list[Callable[[], Gesture | None]] = [
            lambda: gestures.tag(desk, here, random.choice(TAGS), add=random.random() < 0.5),
            lambda: gestures.tag(desk, here, random.choice(TAGS)),
            lambda: gestures.contradiction(desk, here, there),
            lambda: gestures.duplicate(desk, here, there),
            lambda: deciding.accept(desk, self._suggested(session, article, random.choice(ARTICLES))),
            lambda: deciding.reject(desk, self._suggested(session, article, random.choice(ARTICLES))),
            lambda: gestures.set_article_memo(desk, article, word),
            lambda: gestures.set_finished(desk, article, random.random() < 0.5),
            lambda: gestures.set_gist(claim, word) if claim else None,
            lambda: gestures.set_memo(claim, f"{word}\nand more") if claim else None,
            lambda: gestures.set_said_by(desk, here, (random.choice(_PEOPLE),)),
            lambda: gestures.set_kind(random.choice(links), "date", add=True) if links else None,
            lambda: gestures.delete(desk, claim) if claim and random.random() < 0.4 else None,
            lambda: gestures.delete(desk, random.choice(links)) if links and random.random() < 0.4 else None,
        ]
        try:
            if random.random() < 0.05:
                reanchor(session)
            elif (gesture := random.choice(doings)()) is not None:
                session.do(gesture)
        except RefusedError:
            pass  # it makes no sense here

    def _decide(self, session: Session, clone: str) -> None:
        """Decide on the pair of this round: here so, and at home the other way."""
        if self._pair is None:
            self._pair = self._passage(session, "one"), self._passage(session, "two")
        here = _placed(session, self._pair)
        if here is not None:
            is_home = clone == "ada-at-home"
            decide = deciding.accept if is_home == bool(self._round % 2) else deciding.reject
            try:
                session.do(decide(session.desk, here))
                self._decided_at.add(clone)
            except RefusedError:
                pass  # its ends are one claim

    def _suggested(self, session: Session, article: str, other: str) -> Suggestion:
        return _suggestion(self._passage(session, article), self._passage(session, other), self._random.choice(_KINDS))

    def _passage(self, session: Session, article: str) -> Passage:
        span = self._random.choice(session.statements(article)).span
        return Passage(article, span, span.of(session.articles[article].text))

    def _end(self, session: Session, article: str) -> End:
        return session.end_of(article, self._random.choice(session.statements(article)).span)

    def _correct(self, root: Path) -> None:
        file = root / "seeds" / f"{self._random.choice(ARTICLES)}.txt"
        sentences = file.read_text().split(". ")
        at = self._random.randrange(len(sentences))
        changed = sentences[at].replace("as paper", "as the paper of record, corrected,")
        sentences[at] = changed if changed != sentences[at] else f"A note was added. {sentences[at]}"
        file.write_text(". ".join(sentences))

    def _export(self, session: Session) -> None:
        report = export(session)
        assert not report.problems, report.problems
        if report.clashes:
            # One side deleted what the other changed: somebody decides, and so it is.
            prefer = self._random.choice((Prefer.OURS, Prefer.THEIRS))
            known = {key_of(clash.record) for clashes in report.clashes.values() for clash in clashes}
            report = export(session, prefer=prefer)
            assert not report.blocked
            self._deleted[session.annotator] |= known - set(_state(session))

    # --- git ---

    def _pull(self, root: Path) -> None:
        self.seen.merges += 1
        is_rebase = self._random.random() < 0.5
        before = "" if self._has_driver else self._git(root, "rev-parse", "HEAD").stdout.strip()
        ran = self._git(root, "pull", "-q", "--rebase" if is_rebase else "--no-rebase", "--no-edit", code=None)
        for _ in range(20):
            if ran.returncode == 0:
                break
            unmerged = asking.unmerged_versions(root, ENVIRON)
            assert unmerged, (ran.stdout, ran.stderr)
            # Only what one reader did on two machines can meet.
            assert all(path.startswith("annotations/ada/") for path in unmerged), ran.stdout
            self.seen.stops.append((ran.stdout + ran.stderr, list(unmerged)))
            resolved = resolve(open_workspace(root, {}), ENVIRON)
            assert not resolved.refused, resolved.refused
            assert not resolved.others
            if is_rebase:
                ran = self._git(root, "rebase", "--continue", code=None)
            else:
                ran = self._git(root, "commit", "-q", "--no-edit", code=None)
        assert ran.returncode == 0, (ran.stdout, ran.stderr)
        if not self._has_driver:
            self._mend(root, before)
        for reader in READERS:
            self._records(root, reader)  # every file can be read

    def _mend(self, root: Path, ours: str) -> None:
        """Merge anew, as a person does with `variorum merge`, what git merged line by line into what can't be read."""
        broken = [file for file in (root / "annotations/ada").glob("*.yaml") if not _can_be_read(file)]
        if not broken:
            return
        theirs = self._git(root, "rev-parse", "origin/main").stdout.strip()
        base = self._git(root, "merge-base", ours, theirs).stdout.strip()
        for file in broken:
            path = file.relative_to(root).as_posix()
            versions = self._blobs(root, *(f"{ref}:{path}" for ref in (base, ours, theirs)))
            merged = merge_files(versions[0], versions[1], versions[2], Names("base", "ours", "theirs"))
            assert merged.data is not None
            file.write_bytes(merged.data)
            self.seen.mended += 1
        self._commit(root)

    def _records(self, root: Path, reader: str) -> list[Record]:
        records: list[Record] = []
        folder = root / "annotations" / reader
        for file in sorted(folder.rglob("*.yaml")):
            path = file.relative_to(folder).as_posix()
            records += read_annotations(file.read_bytes(), str(file), reader, article_of(path)).records
        return records

    def _merges_twice_as_once(self) -> None:
        """Of the two machines of one reader: a merge of what was merged changes nothing."""
        here, there = (self._folder / clone for clone in ("ada", "ada-at-home"))
        self._git(here, "fetch", "-q", str(there), "main")
        base = self._git(here, "merge-base", "HEAD", "FETCH_HEAD").stdout.strip()
        paths = [f"annotations/ada/{article}.yaml" for article in (*ARTICLES, LINKS.removesuffix(".yaml"), DECIDED)]
        blobs = iter(self._blobs(here, *(f"{ref}:{path}" for path in paths for ref in (base, "HEAD", "FETCH_HEAD"))))
        for old, ours, theirs in zip(blobs, blobs, blobs, strict=True):
            names = Names("base", "ours", "theirs")
            merged = merge_files(old, ours, theirs, names)
            assert merge_files(old, merged.data, theirs, names) == merged
            assert merge_files(old, ours, merged.data, names) == merged

    def _blobs(self, root: Path, *names: str) -> list[bytes | None]:
        """What git has under each of these names, `commit:path`; None where it has nothing."""
        asked = "".join(f"{name}\n" for name in names).encode()
        answer = subprocess.run(
            ["git", "cat-file", "--batch"], cwd=root, env=ENVIRON, input=asked, capture_output=True, check=True
        ).stdout
        blobs: list[bytes | None] = []
        while answer:
            head, _, answer = answer.partition(b"\n")
            if head.endswith(b" missing"):
                blobs.append(None)
                continue
            size = int(head.split(b" ")[2])
            blobs.append(answer[:size])
            answer = answer[size + 1 :]
        return blobs

    # --- disagreements ---

    def _to_be_disputed(self) -> str | None:
        """A claim that both of Ada's machines know."""
        known = [
            {claim.id for claim in self._records(self._folder / clone, "ada") if isinstance(claim, Claim)}
            for clone in ("ada", "ada-at-home")
        ]
        both = sorted(known[0] & known[1])
        return self._random.choice(both) if both else None

    def _settle(self, disputed: str) -> None:
        """Both versions are there to choose from, wherever both machines had set one; one is chosen."""
        key = f"claims/{disputed}"
        clone = self._random.choice(("ada", "ada-at-home"))
        self._pull(self._folder / clone)
        with self._session("ada", clone) as session:
            self._settle_verdict(session)
            claim = session.records.get(disputed)
            said = {f"as {one} has it in round {self._round}" for one in ("ada", "ada-at-home")}
            if claim is None or not said & _gists(claim):
                assert key in self._deleted["ada"]  # by another step, before it could be disputed
                return  # what was decided is exported later
            assert isinstance(claim, Claim)
            if any(entry.field == RECORD for entry in _entries(claim)):
                self._deleted["ada"].discard(key)  # it is kept now
                self.seen.kept_against_deletion += 1
            elif key not in self._deleted["ada"]:
                assert said <= _gists(claim)
                self.seen.disagreements += 1
            session.do(Gesture("settled", (Change(claim, replace(claim, gist="settled", conflicts=())),)))
            self._export(session)
        self._commit(self._folder / clone)

    def _settle_verdict(self, session: Session) -> None:
        """Both verdicts are there, wherever both machines had decided; the pair is decided on once more."""
        if self._pair is None or len(self._decided_at) < 2:
            return
        decision = session.records.get(deciding.decision_id(SuggestionKind.DUPLICATE, *self._pair))
        assert isinstance(decision, Decision)
        entries = [entry for each in decision.conflicts if (entry := read_conflict(each)) is not None]
        assert {entry.field for entry in entries} == {"verdict"}
        found = {str(decision.verdict), *(str(one) for entry in entries for one in (entry.ours, entry.theirs))}
        assert found == set(Verdict)
        self.seen.verdicts_apart += 1
        here = _placed(session, self._pair)
        if here is None:  # the article was corrected there
            session.do(Gesture("settled", (Change(decision, replace(decision, conflicts=())),)))
            return
        session.do(deciding.reject(session.desk, here))
        settled = session.records.get(decision.id)
        assert isinstance(settled, Decision)
        assert (settled.verdict, settled.conflicts) == (Verdict.REJECTED, ())

    @contextmanager
    def _session(self, reader: str, clone: str) -> Iterator[Session]:
        session = open_session(open_workspace(self._folder / clone, {}), reader)
        try:
            yield session
        finally:
            session.close()


def _can_be_read(file: Path) -> bool:
    try:
        read_annotations(file.read_bytes(), file.name, "ada", article_of(file.name))
    except AnnotationErrors:
        return False
    return True


def _placed(session: Session, pair: tuple[Passage, Passage]) -> Suggestion | None:
    """The pair as it stands in the articles of this session; None where its words do not."""
    sides = []
    for side in pair:
        at = session.articles[side.article].text.find(side.exact)
        if at < 0:
            return None
        sides.append(replace(side, span=Span(at, at + len(side.exact))))
    return _suggestion(sides[0], sides[1], SuggestionKind.DUPLICATE)


def _suggestion(a: Passage, b: Passage, kind: SuggestionKind) -> Suggestion:
    return Suggestion(kind, 0.5, (Reason(ReasonType.LIKENESS, "both say so"),), a, b)


def _state(session: Session) -> dict[str, Record]:
    return {key_of(record): record for record in session.records.records()}


def _entries(claim: Claim) -> list[Conflict]:
    return [entry for each in claim.conflicts if (entry := read_conflict(each)) is not None]


def _gists(claim: Record) -> set[Plain]:
    """The versions of its gist that a claim has to choose from."""
    assert isinstance(claim, Claim)
    entries = [entry for entry in _entries(claim) if entry.field == "gist"]
    return {claim.gist, *(entry.ours for entry in entries), *(entry.theirs for entry in entries)}
