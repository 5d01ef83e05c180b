"""What a links.yaml says of the ends of its links that nobody else knows.

A link names its ends by the ids of claims; their article and words stand beside them for the reader of a diff, and are
written anew from the claims. Of a claim that is not there (its id was mistyped, its lines were cut) they are all that
is left, and keys that this version does not know stand nowhere else either. So an export takes them from the file that
it writes over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from tui.errors import YamlError
from tui.exchange.canonical import read_canonical
from tui.model.records import Plain
from tui.strict_yaml import parse

COPIED = ("article", "exact")
"""What is copied from an end's claim, in the order of the file."""
END_KEYS = ("claim", *COPIED)

SaidOfEnds: TypeAlias = Mapping[str, Mapping[str, Plain]]
"""What stands at each end of a link, by the claim's id, besides that id."""

_END = b"\n      - claim: c"
_UNKNOWN_KEY = re.compile(rb"\n {8}(?!article: |exact: )[^ \n]")
_SECTIONS = (("contradictions", "between"), ("duplicates", "claims"))


def said_of_ends(data: bytes) -> dict[str, SaidOfEnds]:
    """All that a links.yaml says of its links' ends, by the link's id; nothing where it can't be read."""
    plain = read_canonical(data, None)
    if plain is None:
        try:
            root = parse(data, "").plain()
        except YamlError:
            return {}
        plain = root if isinstance(root, dict) else {}
    said: dict[str, dict[str, dict[str, Plain]]] = {}
    for link, claim, end in _ends(plain):
        said.setdefault(link, {})[claim] = {key: value for key, value in end.items() if key != "claim"}
    return dict(said)


def says_more(data: bytes, ends: int) -> bool:
    """Whether a links.yaml with so many ends may have keys at them that this version does not know. This is quick, and
    never denied wrongly: where each end stands as our writer puts it, its keys begin in one column."""
    return data.count(_END) != ends or _UNKNOWN_KEY.search(data) is not None


def _ends(plain: dict[str, Plain]) -> Iterator[tuple[str, str, dict[str, Plain]]]:
    for section, key in _SECTIONS:
        links = plain.get(section)
        for id, link in links.items() if isinstance(links, dict) else ():
            ends = link.get(key) if isinstance(link, dict) else None
            for end in ends if isinstance(ends, list) else ():
                if isinstance(end, dict) and isinstance(claim := end.get("claim"), str):
                    yield id, claim, end
