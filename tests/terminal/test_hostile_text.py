"""Whatever an article, a file's header or a record holds: none of it reaches the terminal as a command."""

import base64
import re
import unicodedata
from pathlib import Path

import pytest
from terminal import Terminal, library

ESCAPES = "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]52;c;aGV5\x07\x1bP+q\x1b\\\x1b_apc\x1b\\\x1b[6n\x1b[?1049l\x1bc"
C1 = "\x9b31m\x9d0;t\x9c\x90q\x85"
CONTROLS = "".join(map(chr, range(1, 32)))
BIDI = "\u202eturned\u202c\u2066in\u2069\u200f\u061c"
ZERO = "zero\u200b\u200c\u2060\ufeff\u00adwidth"
STACK = "e" + "\u0301" * 10_000 + " stack"
ALL = [ESCAPES, C1, CONTROLS, BIDI, ZERO, STACK]

OURS = re.compile(
    rb"\x1b\[[\d;]*[mH]|\x1b\[\?\d+(?:[hl]|\$p)|\x1b\[(?:>\d+|<)u|\x1b\]22;default\x07|\x1b\]52;c;([\w+/=]*)\x07"
)
"""All that the application itself says to a terminal."""
JOINERS = "\u200c\u200d"
"""Persian and emoji are not whole without them, and they can do no more than that."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "w"
    (root / "seeds").mkdir(parents=True)

    def quoted(text: str) -> str:
        return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'

    (root / "config.yaml").write_text("format: variorum/1\n", encoding="utf-8")
    head = f"---\ntitle: {quoted('Title ' + ESCAPES + C1 + BIDI + ZERO)}\noutlet: {quoted(ESCAPES + BIDI)}\n---\n"
    body = "\n\n".join(f"Statement {number} says {text} here." for number, text in enumerate(ALL))
    (root / "seeds" / "a.txt").write_bytes((head + body).encode())
    (root / "seeds" / "b.txt").write_bytes(body.encode())
    return root


def commands_in(text: str) -> list[str]:
    unseen = {character for character in text if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    return sorted(f"U+{ord(character):04X}" for character in unseen.difference("\r\n", JOINERS))


def assert_harmless(written: bytes) -> None:
    left = OURS.sub(b"", written).decode()
    copied = "".join(base64.b64decode(match[1]).decode() for match in OURS.finditer(written) if match[1])
    assert commands_in(left) == []
    assert commands_in(copied) == [], "pasted, it would be as dangerous"
    longest = max((len(match.group()) for match in re.finditer("\u0301+", left)), default=0)
    assert longest <= 16, f"{longest} marks on one letter"


def test_nothing_of_a_hostile_article_reaches_the_terminal(workspace: Path) -> None:
    with library(workspace) as terminal:
        terminal.type("jk")
        terminal.type(" j \r")
        terminal.wait_for("contradiction", "Statement 0")
        for keys in (
            "jtf",
            "jc",
            "jjc",
            "o",
            "\x1b",
            "m",
            "\x1b",
            "K",
            "?",
            "q",
            "vw",
            "\x1b",
            " ",
            "jtq",
            "y",
            "w",
            "\r",
        ):
            terminal.type(keys)
            terminal.quiet(0.15)
        assert_harmless(terminal.written)
        terminal.type("Q")
        assert terminal.wait_for_end() == 0
        assert_shell_is_unharmed(terminal)


def assert_shell_is_unharmed(terminal: Terminal) -> None:
    assert 1049 not in terminal.modes
    assert terminal.termios() == terminal.settings
