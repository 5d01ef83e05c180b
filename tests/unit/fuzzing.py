"""Valid files spoilt at random, the same way for the same seed: what hands, editors, merges and malice do to YAML."""

import re
from collections.abc import Callable
from random import Random

HOSTILE_VALUES = (
    *("", "null", "~", "true", "no", "-1", "0", "1.5", "-0.0", "1e400", "0x10", ".inf", "2023-06-19", "12:30"),
    *("9" * 18, "9" * 19, "9" * 5_000, "[]", "{}", "[[]]", "[1, 2]", "[5, 1]", "[-1, 5]", "[0.0, 1]"),
    *("[0, 2147483647]", "[0, 2147483648]", "{a: 1}", "{claim: c000000000000}", "- x", "'", '"', "|-", "|", ">", "|9"),
    *('"\\0"', '"\\ud800"', '"\\x1b[31m"', ">-\n      folded", "&a x", "*a", "!!binary x", "!x", "<<", "? x", "@x"),
    *("`x`", "%x", "x: y", "../../etc/passwd", "/etc/passwd", "a\\b", "CON", "..", "links", "variorum/0", "variorum/2"),
    *("variorum/1000000000", "c000000000000", "x000000000000", "C7K3M9Q2X4W8T", "ben/c000000000000", "\u202eevil"),
    *("a\u200bb", "é" * 300, "🎈", "x" * 10_000, "[" * 3_000, "[" * 7 + "]" * 7, "{a: " * 9 + "1" + "}" * 9),
    *("#", "# x", "---", "..."),
)
PIECES = (
    *("<<<<<<< HEAD\n", "=======\n", ">>>>>>> theirs\n", "||||||| base\n", "---\n", "...\n", "%YAML 1.1\n"),
    *("# comment\n", "&a ", "*a", "!!str ", "<<: *a\n", "? ", ": ", "- ", "\t", "\x00", "\x07", "\x1b[31m", "\x85"),
    *("\u2028", "\ufeff", "\ufffe", "\r", "\r\n", "\n", "\n\n", " ", "      ", '"', "'", "{", "}", "[", "]", ",", "|"),
    *("\\", "🎈", "e\u0301", "\U0010ffff", "format: variorum/2\n", "article: other\n", "claims: {}\n"),
    *("duplicates: []\n", "mood: calm\n", "  c000000000000:\n", "    memo: x\n", "    conflicts: [1]\n"),
    *("    span: [0, 1]\n", "    tags: [fact, fact]\n", "tags: []\n", "folders: {}\n"),
)

SWELLING = (
    *PIECES,
    *(
        "\u0315\u0300",
        "\u0301",
        "%TAG !{n}! x\n",
        "a",
        " - ",
        "- - ",
        "a: ",
        "k{n}: x\n",
        "{k{n}: ",
        "[k{n}, ",
        "'",
        "''",
    ),
    *(
        "  c{n}: {}\n",
        "    tags: x\n",
        "      - x{n}\n",
        "      x\n",
        "\\u0041",
        "> \n",
        "|\n\n",
        "#",
        "<<<<<<< {n}\n",
        "é",
    ),
)
"""What is repeated without end; `{n}` is another number each time."""

Mutation = Callable[[Random, bytes], bytes]


def spoilt(random: Random, data: bytes) -> bytes:
    """The file with one to three things done to it."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(MUTATIONS)(random, data)
    return data


def swollen(random: Random, data: bytes) -> bytes:
    """The file with one piece in it 50 000 to 500 000 times, at the begin of a line, of a value or anywhere."""
    piece, times = random.choice(SWELLING), random.randint(50_000, 500_000)
    many = "".join(piece.replace("{n}", f"{n:x}") for n in range(times)) if "{n}" in piece else piece * times
    text = data.decode()
    places = [match.end() for match in re.finditer(random.choice(("^", ": ", "^ *", "")), text, re.MULTILINE)]
    at = random.choice(places)
    return (text[:at] + many + text[at:]).encode()


def _slice(random: Random, data: bytes) -> slice:
    start = random.randint(0, len(data))
    return slice(start, start + random.choice((1, 2, 8, 40, 400)))


def _flip(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data)) if data else 0
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _cut(random: Random, data: bytes) -> bytes:
    return data[: random.randint(0, len(data))]


def _take_out(random: Random, data: bytes) -> bytes:
    piece = _slice(random, data)
    return data[: piece.start] + data[piece.stop :]


def _repeat(random: Random, data: bytes) -> bytes:
    piece = _slice(random, data)
    return data[: piece.start] + data[piece] * random.choice((2, 2, 50)) + data[piece.stop :]


def _insert(random: Random, data: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(PIECES).encode() + data[at:]


def _break_a_character(random: Random, data: bytes) -> bytes:
    halves = [at for at, byte in enumerate(data) if byte >= 0xC0]
    if not halves:
        return data + b"\xc3"
    at = random.choice(halves) + 1
    return data[:at] + data[at + 1 :]


def _encode(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    encodings = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "utf-7")
    return text.encode(random.choice(encodings), "replace")


def _line_ends(random: Random, data: bytes) -> bytes:
    return data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b" \n", b"\xc2\x85")))


def _with_lines(change: Callable[[Random, list[bytes]], None]) -> Mutation:
    def mutate(random: Random, data: bytes) -> bytes:
        lines = data.split(b"\n")
        change(random, lines)
        return b"\n".join(lines)

    return mutate


def _line(random: Random, lines: list[bytes]) -> int:
    return random.randrange(len(lines))


def _delete_line(random: Random, lines: list[bytes]) -> None:
    del lines[_line(random, lines)]


def _double_line(random: Random, lines: list[bytes]) -> None:
    lines.insert(_line(random, lines), lines[_line(random, lines)])


def _move_line(random: Random, lines: list[bytes]) -> None:
    lines.insert(_line(random, lines), lines.pop(_line(random, lines)) if len(lines) > 1 else b"")


def _move_block(random: Random, lines: list[bytes]) -> None:
    start = _line(random, lines)
    block = lines[start : start + random.randint(2, 12)]
    if random.random() < 0.5:
        del lines[start : start + len(block)]
    at = random.randint(0, len(lines))
    lines[at:at] = block


def _indent(random: Random, lines: list[bytes]) -> None:
    at = _line(random, lines)
    lines[at] = random.choice((b" ", b"  ", b"\t", b"      ")) + lines[at]


def _dedent(random: Random, lines: list[bytes]) -> None:
    at = _line(random, lines)
    lines[at] = lines[at].removeprefix(b" " * random.randint(1, 6))


def _other_value(random: Random, lines: list[bytes]) -> None:
    at = _line(random, lines)
    lead, mark, _ = lines[at].partition(b": ") if b": " in lines[at] else lines[at].partition(b"- ")
    lines[at] = lead + (mark or b": ") + random.choice(HOSTILE_VALUES).encode()


def _swap_values(random: Random, lines: list[bytes]) -> None:
    one, other = _line(random, lines), _line(random, lines)
    (lead, mark, value), (second, sign, found) = lines[one].partition(b": "), lines[other].partition(b": ")
    lines[one], lines[other] = lead + mark + found, second + sign + value


def _other_key(random: Random, lines: list[bytes]) -> None:
    at = _line(random, lines)
    key = random.choice(HOSTILE_VALUES).encode()
    blank = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at] = blank + key + b":" + lines[at].partition(b":")[2]


MUTATIONS: tuple[Mutation, ...] = (
    *(_flip, _cut, _take_out, _repeat, _insert, _insert, _break_a_character, _encode, _line_ends),
    *map(_with_lines, (_delete_line, _double_line, _move_line, _move_block, _indent, _dedent)),
    *map(_with_lines, (_other_value, _other_value, _other_value, _swap_values, _other_key)),
)
