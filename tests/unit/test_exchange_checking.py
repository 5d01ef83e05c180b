"""What `check` finds in a workspace, and where."""

from hashlib import sha256
from pathlib import Path
from time import perf_counter

import pytest
from changed_samples import NEW, OLD, THREE, TWO, WITNESS, corrected
from session_samples import opened

from tui.articles.loading import load_library
from tui.config import load_config
from tui.errors import Place, VariorumError
from tui.exchange.checking import Finding, Severity, check_workspace, config_findings
from tui.store.texts import Texts
from tui.workspace import open_workspace

TEXT = "Talks began on Monday. Talks began on Tuesday. Nobody was there.\n"
SHA = sha256(TEXT.encode()).hexdigest()
MONDAY, TUESDAY, NOBODY, FOURTH = (f"c{letter * 12}" for letter in "1234")
ERROR, WARNING = Severity.ERROR, Severity.WARNING
HEADER = f"format: variorum/1\narticle: talks\ntext_sha256: {SHA}\nclaims:\n"


def claim(id: str, span: tuple[int, int], exact: str | None = None, *more: str) -> str:
    words = TEXT[span[0] : span[1]] if exact is None else exact
    lines = [f"span: [{span[0]}, {span[1]}]", f'exact: "{words}"', 'created: "2026-01-01T00:00:00Z"', *more]
    return f"  {id}:\n" + "".join(f"    {line}\n" for line in lines)


def link(id: str, key: str, *ends: str, more: str = "") -> str:
    lines = "".join(f"      - claim: {end}\n" for end in ends)
    return f'  {id}:\n    {key}:\n{lines}    created: "2026-01-01T00:00:00Z"\n{more}'


CLAIMS = HEADER + claim(MONDAY, (0, 22)) + claim(TUESDAY, (23, 46)) + claim(NOBODY, (47, 64))
LINKS = "format: variorum/1\n"


class Folder:
    """A workspace to put files into."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.put("config.yaml", "format: variorum/1\n")
        self.put("seeds/talks.txt", TEXT)

    def put(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def keep(self, text: str) -> None:
        """The text as an earlier session kept it."""
        texts = Texts(self.root / ".variorum", size_limit=10_000)
        texts.keep({sha256(text.encode()).hexdigest(): text})

    def findings(self, reader: str | None = "ada") -> list[Finding]:
        workspace = open_workspace(self.root, {})
        library = load_library(self.root, workspace.articles, workspace.config.corrections)
        return check_workspace(workspace, library, reader=reader)

    def found(self) -> list[tuple[str, Severity, str]]:
        return [(str(each.place), each.severity, each.kind) for each in self.findings()]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_sound_workspace_has_no_findings(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    ends = link("x" + "1" * 12, "between", MONDAY, TUESDAY)
    folder.put("annotations/ada/links.yaml", f"{LINKS}contradictions:\n{ends}")
    assert folder.findings() == []


def test_a_finding_is_a_line_with_file_line_and_sentence(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (0, 22), None, "tags: [fcat]"))
    (finding,) = folder.findings()
    sentence = "there is no tag “fcat” in the codebook; did you mean “fact”?"
    assert str(finding) == f"annotations/ada/talks.yaml:9: {sentence}"
    assert (finding.severity, finding.kind) == (ERROR, "tag")


def test_all_errors_of_a_malformed_file_are_named_each_with_its_line(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", HEADER + "  c1:\n    span: [5, 2]\n  nonsense: 3\n")
    found = folder.found()
    assert len(found) >= 3
    assert {severity for _, severity, _ in found} == {ERROR}
    assert {kind for *_, kind in found} == {"malformed"}
    assert "annotations/ada/talks.yaml:6" in {place for place, *_ in found}


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("talks.yaml", "format: variorum/2\n", "newer"),
        ("talks.yaml", "<<<<<<< HEAD\nformat: variorum/1\n=======\n>>>>>>> x\n", "unfinished git merge"),
        ("decisions.yaml", "decisions: [\n", "this is not YAML"),
        ("decisions.yaml", "format: variorum/9\n", "newer"),
        ("links.yaml", "", "no file of annotations"),
    ],
)
def test_a_file_that_can_not_be_read_is_an_error(folder: Folder, file: str, text: str, word: str) -> None:
    folder.put(f"annotations/ada/{file}", text)
    (finding,) = folder.findings()
    assert (finding.place.file, finding.severity, finding.kind) == (f"annotations/ada/{file}", ERROR, "malformed")
    assert finding.place.line > 0
    assert word in finding.sentence


def test_a_quote_that_does_not_stand_where_it_says_is_an_error(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (0, 22), "Talks began on Sunday."))
    (finding,) = folder.findings()
    assert (str(finding.place), finding.severity, finding.kind) == ("annotations/ada/talks.yaml:7", ERROR, "quote")
    assert "“Talks began on Monday.”" in finding.sentence


def test_a_claim_outside_the_text_is_an_error(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (60, 900), "x" * 840))
    (finding,) = folder.findings()
    assert (str(finding.place), finding.severity, finding.kind) == ("annotations/ada/talks.yaml:6", ERROR, "quote")


def test_an_article_that_was_corrected_since_only_warns_and_says_which_quotes_moved(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    folder.put("seeds/talks.txt", TEXT.replace("began on Tuesday", "ended on Tuesday"))
    folder.keep(TEXT)
    first, second = folder.findings()
    assert (str(first.place), first.severity, first.kind) == ("annotations/ada/talks.yaml:3", WARNING, "stale")
    assert first.sentence == "2 claims stand where they stood: variorum reanchor"
    assert (str(second.place), second.severity, second.kind) == ("annotations/ada/talks.yaml:11", WARNING, "changed")
    assert second.sentence == (
        "changed: “Talks began on Tuesday.” is “Talks ended on Tuesday.” now, at 23 to 46; settle it in the Reader"
    )


def test_claims_that_moved_are_one_warning_a_file_and_those_to_settle_are_named(tmp_path: Path) -> None:
    folder = Folder(corrected(tmp_path))
    (folder.root / "seeds/talks.txt").unlink()
    moved, changed, orphaned = folder.findings()
    file = "annotations/ada/news.yaml"
    lines = (folder.root / file).read_text().splitlines()
    assert (str(moved.place), moved.severity, moved.kind) == (f"{file}:3", WARNING, "stale")
    assert moved.sentence == "2 claims stand elsewhere now, 1 claim stands where it stood: variorum reanchor"
    assert (changed.severity, changed.kind) == (WARNING, "changed")
    assert changed.sentence == (
        f"changed: “{THREE}” is “{TWO}” now, at {NEW.index(TWO)} to {NEW.index(TWO) + len(TWO)}; "
        "settle it in the Reader"
    )
    assert lines[changed.place.line].strip() == THREE
    assert (orphaned.severity, orphaned.kind) == (WARNING, "orphaned")
    assert lines[orphaned.place.line].strip() == WITNESS
    assert f"“{WITNESS}” stands nowhere in the article any more" in orphaned.sentence


def test_what_is_a_colleague_s_to_write_is_recommended_to_nobody_else(tmp_path: Path) -> None:
    folder = Folder(corrected(tmp_path))
    (folder.root / "seeds/talks.txt").unlink()
    for reader in ("ben", None):
        moved, changed, orphaned = folder.findings(reader)
        assert moved.sentence.endswith("1 claim stands where it stood; that is ada's to write down")
        assert changed.sentence.endswith("; it is ada's to settle")
        assert orphaned.sentence.endswith("; it is ada's to settle")
    (folder.root / "seeds/news.txt").write_text(OLD)
    (folder.root / "seeds/news.txt").rename(folder.root / "seeds/wire.txt")
    (finding,) = folder.findings("ben")
    assert finding.sentence == "the article news was renamed to wire; that is ada's to write down"


@pytest.mark.parametrize("old", ["Tuesday", "Tuesday, a day in May,"])
def test_a_long_quote_is_cut_around_what_changed_in_it(folder: Folder, old: str) -> None:
    start, rest = "It was said again and again. " * 20, " and so on" * 40
    text = f"{start}Talks began on {old}{rest}.\n"
    sha = sha256(text.encode()).hexdigest()
    header = f"format: variorum/1\narticle: long\ntext_sha256: {sha}\nclaims:\n"
    quote = text.strip()
    folder.put("annotations/ada/long.yaml", header + claim(MONDAY, (0, len(quote)), quote))
    new = text.replace(old, "Sunday")
    folder.put("seeds/long.txt", new)
    folder.keep(text)
    (finding,) = folder.findings()
    assert f" Talks began on {old} and so on" in finding.sentence
    assert " Talks began on Sunday and so on" in finding.sentence
    assert len(finding.sentence) < 500
    # The same where a hand wrote other words than stand there.
    header = header.replace(sha, sha256(new.encode()).hexdigest())
    folder.put("annotations/ada/long.yaml", header + claim(MONDAY, (0, len(new) - 1), quote))
    (finding,) = folder.findings()
    assert finding.kind == "quote"
    assert f"Talks began on {old} and so on" in finding.sentence
    assert "Talks began on Sunday and so on" in finding.sentence


def test_a_quote_with_other_blanks_than_the_article_is_told_as_that(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (0, 22), "Talks began  on Monday."))
    (finding,) = folder.findings()
    assert finding.sentence == (
        "the quote is not what the article says at 0 to 22: “Talks began on Monday.” stands there, with other blanks "
        "or line breaks"
    )


def test_a_renamed_article_that_config_yaml_names_is_told_with_the_line(folder: Folder) -> None:
    folder.put("config.yaml", "format: variorum/1\ntitle: T\narticles:\n  talks:\n    outlet: CNBC\n")
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    (folder.root / "seeds/talks.txt").rename(folder.root / "seeds/meetings.txt")
    renamed, named = folder.findings()
    assert renamed.sentence == (
        "the article talks was renamed to meetings: variorum reanchor; config.yaml:4 names it too: write meetings there"
    )
    assert str(named.place) == "config.yaml:4"
    assert named.sentence == "there is no article “talks”: it was renamed to meetings, write that here"
    with opened(folder.root) as session:
        assert renamed.sentence in session.notices
    folder.put("config.yaml", "format: variorum/1\ntitle: T\narticles:\n  meetings:\n    outlet: CNBC\n")
    assert [each.sentence for each in folder.findings()] == [
        "the article talks was renamed to meetings: variorum reanchor"
    ]


def test_without_the_text_that_claims_were_made_on_they_are_to_be_confirmed(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    folder.put("seeds/talks.txt", "It was cold.\n\n" + TEXT)
    assert {kind for *_, kind in folder.found()} <= {"changed", "orphaned"}
    assert {severity for _, severity, _ in folder.found()} == {WARNING}


def test_an_article_with_another_name_is_named(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    (folder.root / "seeds/talks.txt").rename(folder.root / "seeds/meetings.txt")
    (finding,) = folder.findings()
    assert (str(finding.place), finding.severity, finding.kind) == ("annotations/ada/talks.yaml:2", WARNING, "article")
    assert finding.sentence == "the article talks was renamed to meetings: variorum reanchor"


def test_claims_in_an_article_that_is_gone_are_an_error_and_a_memo_on_it_only_warns(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    folder.put("annotations/ben/talks.yaml", "format: variorum/1\narticle: talks\nmemo: Read it twice.\n")
    (folder.root / "seeds" / "talks.txt").unlink()
    assert folder.found() == [
        ("annotations/ada/talks.yaml:2", ERROR, "article"),
        ("annotations/ben/talks.yaml:2", WARNING, "article"),
    ]


def test_claims_in_an_article_that_can_not_be_read_are_an_error_beside_its_own_warning(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    (folder.root / "seeds" / "talks.txt").write_bytes(b"caf\xe9")
    assert folder.found() == [
        ("annotations/ada/talks.yaml:2", ERROR, "article"),
        ("seeds/talks.txt", WARNING, "article"),
    ]


def test_a_correction_of_an_article_that_is_not_there_warns_with_its_line(folder: Folder) -> None:
    folder.put(
        "config.yaml",
        "format: variorum/1\narticles:\n  talks:\n    outlet: A\n  talsk:\n    outlet: B\n  broken:\n    outlet: C\n",
    )
    folder.put("seeds/broken.txt", "")
    first, second = folder.findings()
    assert (str(first.place), first.severity, first.kind) == ("config.yaml:5", WARNING, "article")
    assert first.sentence.endswith("did you mean “talks”?")
    assert str(second.place) == "seeds/broken.txt"


def test_a_link_that_leads_nowhere_is_an_error_also_when_its_end_is_a_colleagues_claim(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (0, 22)))
    folder.put("annotations/ben/talks.yaml", HEADER + claim(TUESDAY, (23, 46)))
    ends = link("x" + "1" * 12, "between", MONDAY, TUESDAY)
    folder.put("annotations/ada/links.yaml", f"{LINKS}contradictions:\n{ends}")
    assert folder.found() == [("annotations/ada/links.yaml:6", ERROR, "dangling")]


def test_links_into_a_file_that_can_not_be_read_are_not_reported_on_top_of_it(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", "format: variorum/1\n\tbroken")
    ends = link("x" + "1" * 12, "between", MONDAY, TUESDAY)
    folder.put("annotations/ada/links.yaml", f"{LINKS}contradictions:\n{ends}")
    assert [kind for *_, kind in folder.found()] == ["malformed"]


def test_the_copy_of_a_quote_in_a_link_that_no_longer_matches_only_warns(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    ends = f"      - claim: {MONDAY}\n        article: talks\n        exact: Talks ended.\n      - claim: {TUESDAY}\n"
    folder.put(
        "annotations/ada/links.yaml",
        f'{LINKS}duplicates:\n  d{"1" * 12}:\n    claims:\n{ends}    created: "2026-01-01T00:00:00Z"\n',
    )
    assert folder.found() == [("annotations/ada/links.yaml:7", WARNING, "copy")]


def test_a_claim_in_two_groups_is_an_error(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    groups = link("d" + "1" * 12, "claims", MONDAY, TUESDAY) + link("d" + "2" * 12, "claims", TUESDAY, NOBODY)
    folder.put("annotations/ada/links.yaml", f"{LINKS}duplicates:\n{groups}")
    assert folder.found() == [("annotations/ada/links.yaml:10", ERROR, "groups")]


def test_two_ends_of_a_contradiction_in_one_group_are_an_inconsistency(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    contradiction = link("x" + "1" * 12, "between", MONDAY, TUESDAY)
    group = link("d" + "1" * 12, "claims", MONDAY, TUESDAY, NOBODY)
    folder.put("annotations/ada/links.yaml", f"{LINKS}contradictions:\n{contradiction}duplicates:\n{group}")
    assert folder.found() == [("annotations/ada/links.yaml:6", WARNING, "inconsistent")]


def test_a_link_of_ends_that_hold_the_same_words_is_warned_of(folder: Folder) -> None:
    claims = claim(MONDAY, (0, 46)) + claim(TUESDAY, (6, 11)) + claim(NOBODY, (23, 64)) + claim(FOURTH, (46, 64))
    folder.put("annotations/ada/talks.yaml", HEADER + claims)
    contradiction = link("x" + "1" * 12, "between", MONDAY, FOURTH)
    group = link("d" + "1" * 12, "claims", NOBODY, TUESDAY, MONDAY)
    folder.put("annotations/ada/links.yaml", f"{LINKS}contradictions:\n{contradiction}duplicates:\n{group}")
    file = "annotations/ada/links.yaml"
    assert folder.found() == [(f"{file}:11", WARNING, "overlap"), (f"{file}:12", WARNING, "overlap")]
    assert f"{TUESDAY} holds words that {MONDAY} in this link holds too" in folder.findings()[1].sentence


def test_a_kind_of_contradiction_that_is_not_known_is_an_error_with_the_nearest_one(folder: Folder) -> None:
    folder.put("annotations/ada/talks.yaml", CLAIMS)
    ends = link("x" + "1" * 12, "between", MONDAY, TUESDAY, more="    kinds:\n      - numbre\n")
    folder.put("annotations/ada/links.yaml", f"{LINKS}contradictions:\n{ends}")
    (finding,) = folder.findings()
    assert (str(finding.place), finding.severity) == ("annotations/ada/links.yaml:9", ERROR)
    assert "did you mean “number”?" in finding.sentence


def test_an_open_conflict_is_an_error_that_names_the_fields(folder: Folder) -> None:
    conflict = "conflicts: [{field: gist, ours: A, theirs: B}]"
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (0, 22), None, conflict))
    (finding,) = folder.findings()
    assert (str(finding.place), finding.severity, finding.kind) == ("annotations/ada/talks.yaml:9", ERROR, "conflict")
    assert "(gist)" in finding.sentence


@pytest.mark.parametrize(
    ("line", "kind"),
    [(f"gist: {'long ' * 20}", "gist"), ("when: last summer", "when"), ("mood: sombre", "unknown key")],
)
def test_what_is_only_odd_about_a_claim_warns(folder: Folder, line: str, kind: str) -> None:
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (0, 22), None, line))
    assert folder.found() == [("annotations/ada/talks.yaml:9", WARNING, kind)]


def test_an_unknown_key_in_a_header_is_mentioned(folder: Folder) -> None:
    folder.put("annotations/ada/links.yaml", f"{LINKS}mood: sombre\n")
    assert folder.found() == [("annotations/ada/links.yaml:2", WARNING, "unknown key")]


def test_one_id_in_two_files_is_an_error(folder: Folder) -> None:
    folder.put("seeds/copy.txt", TEXT)
    folder.put("annotations/ada/copy.yaml", HEADER.replace("talks", "copy") + claim(MONDAY, (0, 22)))
    folder.put("annotations/ada/talks.yaml", HEADER + claim(MONDAY, (0, 22)))
    assert folder.found() == [("annotations/ada/talks.yaml:5", ERROR, "id")]


def test_a_remark_on_a_record_that_is_gone_warns_and_one_on_a_record_that_is_there_does_not(folder: Folder) -> None:
    folder.put("annotations/ben/talks.yaml", HEADER + claim(MONDAY, (0, 22)))
    remarks = "".join(
        f'  r{number * 12}:\n    on: {on}\n    created: "2026-01-01T00:00:00Z"\n'
        for number, on in (("1", f"ben/{MONDAY}"), ("2", f"ben/{TUESDAY}"), ("3", f"eve/{MONDAY}"))
    )
    folder.put("annotations/ada/links.yaml", f"{LINKS}remarks:\n{remarks}")
    assert folder.found() == [
        ("annotations/ada/links.yaml:7", WARNING, "remark"),
        ("annotations/ada/links.yaml:10", WARNING, "remark"),
    ]


def test_files_that_are_not_read_are_mentioned_wherever_they_lie(folder: Folder) -> None:
    folder.put("annotations/ada/notes.yml", "a: b")
    folder.put("annotations/ada/.hidden", "")
    folder.put("annotations/readme.txt", "hello")
    (folder.root / "annotations" / "ada" / "elsewhere").symlink_to("/")
    assert folder.found() == [
        ("annotations/ada/elsewhere", WARNING, "stray"),
        ("annotations/ada/notes.yml", WARNING, "stray"),
        ("annotations/readme.txt", WARNING, "stray"),
    ]


def test_a_folder_that_is_no_readers_is_an_error(folder: Folder) -> None:
    folder.put("annotations/Ada B/links.yaml", LINKS)
    (finding,) = folder.findings()
    assert (str(finding.place), finding.severity, finding.kind) == ("annotations/Ada B", ERROR, "folder")
    assert "ada-b" in finding.sentence


def test_a_link_in_place_of_a_file_is_not_followed(folder: Folder) -> None:
    folder.put("secret.yaml", CLAIMS)
    (folder.root / "annotations" / "ada").mkdir(parents=True)
    (folder.root / "annotations" / "ada" / "talks.yaml").symlink_to(folder.root / "secret.yaml")
    assert folder.found() == [("annotations/ada/talks.yaml", ERROR, "malformed")]


def test_annotations_may_lie_deeper_and_are_named_from_the_workspace_on(folder: Folder) -> None:
    folder.put("config.yaml", "format: variorum/1\nfolders:\n  annotations: team/notes\n")
    folder.put("team/notes/ada/links.yaml", "format: variorum/3\n")
    folder.put("team/notes/Ben/links.yaml", LINKS)
    assert [place for place, *_ in folder.found()] == ["team/notes/Ben", "team/notes/ada/links.yaml:1"]


def test_a_file_that_is_no_article_warns(folder: Folder) -> None:
    folder.put("seeds/empty.txt", "")
    assert folder.found() == [("seeds/empty.txt", WARNING, "article")]


def test_everything_wrong_in_config_yaml_is_a_finding_with_its_line(folder: Folder) -> None:
    folder.put("config.yaml", "format: variorum/1\ntitel: X\nsize_limit: 3 parsecs\n")
    with pytest.raises(VariorumError) as caught:
        load_config(folder.root / "config.yaml")
    findings = config_findings(caught.value)
    assert [(each.place, each.severity) for each in findings] == [
        (Place("config.yaml", 2), ERROR),
        (Place("config.yaml", 3), ERROR),
    ]


def test_spans_over_a_whole_article_do_not_cost_its_length_each(folder: Folder) -> None:
    text = "word " * 400_000
    folder.put("seeds/talks.txt", text)
    sha = sha256(text.encode()).hexdigest()
    ids = [f"c{number:012d}" for number in range(3_000)]
    claims = "".join(claim(id, (0, len(text) - 1), "w") for id in ids)
    folder.put("annotations/ada/talks.yaml", HEADER.replace(SHA, sha) + claims)
    start = perf_counter()
    assert len(folder.findings()) == 3_000
    assert perf_counter() - start < 5


def test_an_open_conflict_in_the_head_of_a_file_is_an_error_too(folder: Folder) -> None:
    conflict = "conflicts: [{field: memo, base: null, ours: A, theirs: B}]\n"
    folder.put(
        "annotations/ada/talks.yaml", HEADER.replace("claims:", f"{conflict}claims:") + claim(MONDAY, (0, 22), None)
    )
    folder.put("annotations/ada/links.yaml", f"format: variorum/1\n{conflict}")
    assert [(place.split("/")[-1], severity, kind) for place, severity, kind in folder.found()] == [
        ("links.yaml:2", ERROR, "conflict"),
        ("talks.yaml:4", ERROR, "conflict"),
    ]
