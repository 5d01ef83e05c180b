"""What an article's text and file name show of where it comes from. Unknown is better than wrong."""

import re
from collections.abc import Callable, Sequence

from tui.articles.credits import agency_of, author_of, url_of
from tui.articles.dates import first_date, is_date_line
from tui.articles.lines import Line, read_lines, title_line
from tui.articles.scrape import owner_of_notice

_HEAD = 6000
_HEAD_LINES = 15
_TAIL = 1500
"""Characters, and lines, in which an article says where it comes from: no more are looked at."""

_FILE_DATE = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)(?!\d)")

_STOP_WORDS = {
    "en": "the of and to in that is was for with his said has on by from as it were which",
    "de": "der die das und ist nicht mit den von zu ein eine auf für im dem sich auch wurde als",
    "fr": "le la les des et est dans une du que pour qui sur au avec pas par ce sont il",
    "es": "el la los las de que y en una por con para es se del al su como más pero",
    "it": "il la di che e un una per con del della non sono gli le nel alla anche come più",
    "pt": "o a os as de que e em um uma para com não por do da no na se mais",
    "nl": "de het een en van is dat op te in zijn niet met voor aan er maar ook door naar",
}
_SPOKEN_WITH: dict[str, list[str]] = {}
"""The languages that a common word is one of."""
for _language_code, _words in _STOP_WORDS.items():
    for _word in _words.split():
        _SPOKEN_WITH.setdefault(_word, []).append(_language_code)
_SAMPLE = 2000
"""Characters looked at to tell the language."""


def guess(text: str, name: str) -> dict[str, str]:
    """What can be told of the article with this `text` from the file `name` (without suffix), by name of the detail.

    The keys are among title, outlet, agency, author, date, url, language; what can't be told with some confidence
    is left out. The date is ISO 8601, the language its ISO 639 code.
    """
    head = read_lines(text[:_HEAD])[:_HEAD_LINES]
    title = title_line(head)
    tail = read_lines(text[-_TAIL:]) if len(text) > _HEAD else head
    guesses = {
        "title": title and _plain(title.text),
        "outlet": _first(owner_of_notice, tail),
        "agency": _first(agency_of, head),
        "author": _first(author_of, head),
        "date": _first(_date_of, head) or _date_in_name(name),
        "url": _first(url_of, head) or _first(url_of, tail),
        "language": _language(text),
    }
    return {key: value for key, value in guesses.items() if value}


def _first(read: Callable[[str], str | None], lines: Sequence[Line]) -> str | None:
    return next((found for line in lines if (found := read(line.text))), None)


def _plain(title: str) -> str:
    """The title on one line and without the marks of a Markdown heading."""
    return " ".join(title.strip("#*").split())


def _date_of(line: str) -> str | None:
    return first_date(line) if is_date_line(line) else None


def _date_in_name(name: str) -> str | None:
    found = _FILE_DATE.search(name)
    return first_date("-".join(found.group(1, 3, 4))) if found else None


def _language(text: str) -> str | None:
    """The language whose commonest words stand out clearly."""
    words = text[:_SAMPLE].lower().split()
    counts = dict.fromkeys(_STOP_WORDS, 0)
    for word in words:
        for language in _SPOKEN_WITH.get(word, ()):
            counts[language] += 1
    (best, most), (_, next_most) = sorted(counts.items(), key=lambda count: -count[1])[:2]
    return best if most >= 6 and most * 8 >= len(words) and most * 2 >= next_most * 3 else None
