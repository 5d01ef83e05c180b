"""Slips of the hand in YAML that can be read all the same: named with what was probably meant, and kept."""

from pathlib import Path

import pytest
from session_samples import (
    BROKE,
    LITTLE,
    MET,
    annotations,
    claim_of,
    edit,
    end,
    exported,
    findings,
    make_workspace,
    opened,
    record_some,
    tag,
)

from tui.session import gestures
from tui.session.sync import export


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    record_some(tmp_path)
    return tmp_path


def found(root: Path) -> list[str]:
    return [str(each) for each in findings(root)]


def at(root: Path, path: str, words: str) -> str:
    """The place of the first line with these words, as messages name it."""
    lines = (root / "annotations/ada" / path).read_text().splitlines()
    number = next(number for number, line in enumerate(lines, 1) if words in line)
    return f"annotations/ada/{path}:{number}"


@pytest.mark.parametrize(
    ("path", "old", "new", "typed", "meant"),
    [
        ("two.yaml", "    created:", "    said-by:\n      - Wang Yi\n    created:", "said-by", "said_by"),
        ("two.yaml", "    created:", "    gists: balloon\n    created:", "gists", "gist"),
        ("one.yaml", "    tags:\n", "    tag:\n", "tag", "tags"),
        ("one.yaml", "finished: true", "finishd: true", "finishd", "finished"),
        ("links.yaml", "    created:", "    memos: why\n    created:", "memos", "memo"),
        ("links.yaml", "        article: two\n", "        articel: two\n", "articel", "article"),
    ],
)
def test_a_misspelled_key_is_named_with_the_one_that_was_meant_and_kept(
    root: Path, path: str, old: str, new: str, typed: str, meant: str
) -> None:
    edit(root, path, old, new)
    place = at(root, path, f"{typed}:")
    sentence = f"the key “{typed}” is not known to this version; it is kept as it stands; did you mean “{meant}”?"
    assert f"{place}: {sentence}" in found(root)
    with opened(root) as session:
        tag(session, LITTLE)
        session.do(gestures.contradiction(session.desk, end(LITTLE), end(BROKE)))
        exported(session)
    assert f"{typed}:" in annotations(root)[path].decode()
    assert any(f"“{typed}”" in each and f"“{meant}”" in each for each in found(root))


def test_a_key_like_no_other_is_named_without_a_guess(root: Path) -> None:
    edit(root, "two.yaml", "    created:", "    weight: 3\n    created:")
    (sentence,) = found(root)
    assert sentence.endswith("the key “weight” is not known to this version; it is kept as it stands")
    with opened(root) as session:
        assert session.notices == []


def test_a_misspelled_key_of_a_record_is_said_on_opening_too(root: Path) -> None:
    edit(root, "two.yaml", "    created:", "    said-by:\n      - Wang Yi\n    created:")
    with opened(root) as session:
        assert session.notices == [
            "your YAML has keys that seem misspelled (said-by), which say nothing and are kept: variorum check names "
            "the lines"
        ]


@pytest.mark.parametrize(("path", "key"), [("one.yaml", "claims"), ("links.yaml", "contradictions")])
def test_records_below_a_misspelled_section_do_not_count_as_deleted(root: Path, path: str, key: str) -> None:
    edit(root, path, f"{key}:\n", f"{key[:-1]}:\n")
    place = at(root, path, f"{key[:-1]}:")
    sentence = f"there are records below “{key[:-1]}”, which is not known here: did you mean “{key}”?"
    assert found(root)[0] == f"{place}: {sentence}"
    before = annotations(root)
    with opened(root) as session:
        assert session.notices == [f"{place}: {sentence}"]
        export(session)
        assert claim_of(session, MET)
        assert len(session.records.contradictions()) == 1
    assert annotations(root) == before


def test_a_needed_key_that_is_misspelled_is_named_on_its_line(root: Path) -> None:
    edit(root, "two.yaml", "    exact:", "    exakt:")
    place = at(root, "two.yaml", "exakt")
    assert f"{place}: “exact” is missing; “exakt” stands here: did you mean “exact”?" in found(root)


def test_a_tag_that_the_codebook_lacks_is_kept_and_said_on_opening_and_by_check(root: Path) -> None:
    edit(root, "one.yaml", "- fact", "- fcat")
    place = at(root, "one.yaml", "fcat")
    assert f"{place}: there is no tag “fcat” in the codebook; did you mean “fact”?" in found(root)
    with opened(root) as session:
        assert session.notices == [
            "2 claims of yours have a tag that the codebook doesn't have (fcat), kept as it stands: variorum check "
            "names the lines"
        ]
        session.do(gestures.set_memo(claim_of(session, MET), "seen"))
        exported(session)
        assert claim_of(session, MET).tags == ("fcat",)
    assert annotations(root)["one.yaml"].count(b"- fcat") == 2


def test_a_kind_that_config_yaml_lacks_is_kept_and_said(root: Path) -> None:
    edit(root, "links.yaml", "    status: open", "    kinds:\n      - nubmer\n    status: open")
    with opened(root) as session:
        assert session.notices == [
            "1 contradiction of yours has a kind that config.yaml doesn't have (nubmer), kept as it stands: variorum "
            "check names the lines"
        ]
        tag(session, LITTLE)
        session.do(gestures.contradiction(session.desk, end(LITTLE), end(BROKE)))
        exported(session)
    assert b"- nubmer" in annotations(root)["links.yaml"]
    place = at(root, "links.yaml", "nubmer")
    assert f"{place}: there is no kind of contradiction “nubmer”; did you mean “number”?" in found(root)


def test_an_end_that_leads_nowhere_is_compared_with_claims_of_the_same_words(root: Path) -> None:
    with opened(root, take_in=False) as session:
        id = claim_of(session, MET).id
    edit(root, "links.yaml", id, "c000000000000")
    place = at(root, "links.yaml", "c000000000000")
    assert found(root) == [
        f"{place}: c000000000000 is no claim of ada: this end leads nowhere, and is kept as it "
        f"stands; the words beside it are those of {id}: did you mean that?"
    ]


def test_an_end_whose_id_can_be_none_says_what_an_id_is(root: Path) -> None:
    with opened(root, take_in=False) as session:
        id = claim_of(session, MET).id
    edit(root, "links.yaml", id, id[:-1])
    place = at(root, "links.yaml", id[:-1])
    assert found(root) == [f"{place}: “{id[:-1]}” is no id of a claim: c and 12 digits or small letters but i, l, o, u"]
