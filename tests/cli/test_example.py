"""The worked example that a newcomer sees first: careful, complete, and as the program itself would write it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.exchange.files import AnnotatorFolder
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.model.filing import article_of
from tui.model.records import GIST_LIMIT, Claim, Contradiction, DuplicateGroup, Record
from tui.session.opening import open_session
from tui.workspace import open_workspace

PROJECT = Path(__file__).parents[2]
FOLDER = AnnotatorFolder(PROJECT / "annotations", "example")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    found: list[Record] = []
    for path in FOLDER.paths():
        data = FOLDER.read(path)
        assert data is not None
        found += read_annotations(data, FOLDER.place(path), "example", article_of(path)).records
    return found


def test_check_accepts_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "check", "--strict", "--format", "json", "-C", str(PROJECT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["findings"] == []


def test_it_reads_all_five_articles_claim_by_claim(records: list[Record]) -> None:
    claims = [record for record in records if isinstance(record, Claim)]
    assert len(claims) >= 40
    assert len({claim.article for claim in claims}) == 5
    assert all(claim.gist and len(claim.gist) <= GIST_LIMIT and claim.said_by is not None for claim in claims)


def test_most_claims_are_a_part_of_a_statement(records: list[Record]) -> None:
    session = open_session(open_workspace(PROJECT, os.environ), "nobody", reading=True)
    claims = [record for record in records if isinstance(record, Claim)]
    whole = [claim for claim in claims if any(one.span == claim.span for one in session.statements(claim.article))]
    session.close()
    assert len(whole) < len(claims) / 3


def test_it_links_duplicates_and_explains_contradictions(records: list[Record]) -> None:
    article = {record.id: record.article for record in records if isinstance(record, Claim)}
    groups = [record for record in records if isinstance(record, DuplicateGroup)]
    contradictions = [record for record in records if isinstance(record, Contradiction)]
    assert len(groups) >= 12
    assert len(contradictions) >= 8
    spread = [len({article[claim] for claim in one.claims}) for one in contradictions]
    assert 3 in spread
    assert 1 in spread
    assert all(one.memo and len(one.memo) > 200 and one.kinds for one in contradictions)


def test_it_is_written_as_the_program_writes_it(records: list[Record]) -> None:
    claims = {record.id: record for record in records if isinstance(record, Claim)}
    for path in FOLDER.paths():
        data = FOLDER.read(path)
        assert data is not None
        file = read_annotations(data, FOLDER.place(path), "example", article_of(path))
        assert write_annotations(file, claims.get) == data
