"""What the page about a week in a team says is what happens."""

from pathlib import Path

from week import PAGE, walk


def test_every_command_of_the_page_is_answered_as_the_page_says(tmp_path: Path) -> None:
    ran = 0
    for command in walk(PAGE.read_text(encoding="utf-8"), tmp_path):
        ran += 1
        assert command.is_as_the_page_says, (command.who, command.words, command.expected, command.found)
    assert ran > 60


def test_a_page_that_says_otherwise_is_found_out(tmp_path: Path) -> None:
    page = "    ada$ echo one; echo two 0123456; echo three\n"
    for number, (said, is_so) in enumerate(
        {
            "    one\n    two 89abcde\n    three\n": True,
            "    one\n    …\n": True,
            "    one\n    t… 0123456\n    three\n": True,
            "    …\n    two 0123456\n": False,
            "    one\n    three\n": False,
            "": False,
        }.items()
    ):
        (tmp_path / str(number)).mkdir()
        (command,) = walk(page + said, tmp_path / str(number))
        assert command.is_as_the_page_says is is_so, said
