"""Input that is the same in every run: real sentences of the five articles, put together anew with a fixed seed."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random

from tui.model.article import Article, Detail, Statement, StatementKind
from tui.model.records import CONTEXT, Claim
from tui.model.span import Span

ROOT = Path(__file__).parent.parent
LENGTH = 1_000_000
"""Code points of the long article."""
CLAIMS = 5_000
"""Claims in the long article; they overlap."""
TITLE = "Sample of one million characters"
"""Its first line; no other has these words, so that they tell when it is on the screen."""
FIRST_WORD = "million"
ANNOTATOR = "ada"

_SENTENCE_END = re.compile(r"(?<=[a-z]{2}[.!?][”\"]) +|(?<=[a-z]{2}[.!?]) +(?=[A-Z“\"])")
_SHORTEST = 40
"""Code points; what is shorter in a line of the articles is a headline, a date or what a scrape left behind."""


@cache
def sentences() -> tuple[str, ...]:
    found = []
    for file in sorted((ROOT / "seeds").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            found += [piece.strip() for piece in _SENTENCE_END.split(line) if len(piece.strip()) >= _SHORTEST]
    return tuple(found)


@cache
def long_article() -> tuple[Article, tuple[Statement, ...]]:
    """The long article with its statements, which are known without segmenting it."""
    random = Random(20230620)
    statements = [Statement(Span(0, len(TITLE)), StatementKind.HEADLINE)]
    parts, length = [TITLE], len(TITLE)
    while length < LENGTH:
        for position in range(random.randint(1, 4)):
            lead = " " if position else "\n\n"
            sentence = random.choice(sentences())[: max(1, LENGTH - length - len(lead))].rstrip()
            if length + len(lead) >= LENGTH:
                length = LENGTH
                break
            start = length + len(lead)
            length = start + len(sentence)
            parts += [lead, sentence]
            statements.append(Statement(Span(start, length), StatementKind.SENTENCE))
    text = "".join(parts)
    digest = sha256(text.encode()).hexdigest()
    article = Article(id="sample", file="seeds/sample.txt", text=text, sha256=digest, title=Detail(TITLE))
    return article, tuple(statements)


@cache
def claims(count: int = CLAIMS) -> tuple[Claim, ...]:
    """Claims of all lengths anywhere in the long article but in its title."""
    article, _ = long_article()
    random = Random(20230619)
    made = []
    for number in range(count):
        start = random.randrange(len(TITLE) + 2, len(article.text) - 400)
        end = start + random.randint(20, 400)
        # Words begin and end it, as they would for a reader.
        start = article.text.rindex(" ", 0, start) + 1
        end = max(article.text.rindex(" ", 0, end), start + 1)
        made.append(
            Claim(
                id="c" + _digits(number),
                annotator=ANNOTATOR,
                article=article.id,
                text_sha256=article.sha256,
                span=Span(start, end),
                exact=article.text[start:end],
                prefix=article.text[max(0, start - CONTEXT) : start],
                suffix=article.text[end : end + CONTEXT],
                tags=(random.choice(("fact", "fact/figure", "opinion", "prediction")),),
                gist=f"Claim {number} in one’s own words: the talks were held",
                said_by=("Antony Blinken", "Reuters") if number % 3 else None,
                created="2026-11-21T20:00:00Z",
            )
        )
    return tuple(made)


def _digits(number: int) -> str:
    return f"{number:012d}"
