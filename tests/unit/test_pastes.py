"""What was pasted is told apart from what was typed, however it comes in pieces."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.pastes import BEGIN, END, Pastes

PIECES = st.lists(st.sampled_from([BEGIN, END, "\x1b", "[", "20", "0~", "1~", "Q", "text\n", "\x1b[31m"]), max_size=30)


def told(pieces: list[str]) -> tuple[str, list[str]]:
    """What was typed, as one, and each paste."""
    pastes = Pastes()
    found = [each for piece in pieces for each in pastes.feed(piece)]
    assert all(piece for piece, is_pasted in found if not is_pasted)
    return "".join(piece for piece, is_pasted in found if not is_pasted), [piece for piece, it in found if it]


@given(PIECES, st.data())
def test_a_paste_is_whole_however_it_comes(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    chunks = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    whole = re.findall(f"{re.escape(BEGIN)}(.*?){re.escape(END)}", text, re.DOTALL)
    typed = re.sub(f"({re.escape(BEGIN)}).*?(?:({re.escape(END)})|\\Z)", r"\1\2", text, flags=re.DOTALL)
    assert told(chunks) == told([text]) == (typed, whole)
