"""What `check` says of the places of claims: quotes that don't stand where they say, and, where the article changed
since, where they would be seen and what there is to settle."""

from collections import Counter
from collections.abc import Iterator, Mapping

from tui.exchange.anchoring import Anchoring, Placed
from tui.exchange.anchoring_words import apart, elsewhere_sentence, moved_sentence
from tui.exchange.annotation_files import ArticleFile
from tui.model.article import Article
from tui.model.records import Claim

Path = tuple[str | int, ...]

_BEYOND = 200
"""Characters of an article looked at beyond the length of a quote, to say what stands there."""


def quote_error(claim: Claim, article: Article) -> tuple[str, str] | None:
    """What is wrong with a claim that was made on this very text: the key that says it, and a sentence."""
    if claim.stands_in(article.text) or claim.text_sha256 != article.sha256:
        return None
    start, end = claim.span.start, claim.span.end
    if end > len(article.text):
        return "span", f"{start} to {end} lies outside the article, which has {len(article.text)} characters"
    # As much of the article as can be compared: a span may be longer than its quote, and there may be many.
    quote, found = apart(claim.exact, article.text[start : min(end, start + len(claim.exact) + _BEYOND)])
    but = f", and not “{quote}”" if quote != found else ", with other blanks or line breaks"
    return "exact", f"the quote is not what the article says at {start} to {end}: “{found}” stands there{but}"


def place_warnings(
    file: ArticleFile, sha256: str, anchoring: Anchoring, renamed: Mapping[str, str], whose: str | None
) -> Iterator[tuple[Path, str, str]]:
    """Where in the file, a word for programs, and a sentence; of the claims that were made on another text than the
    article's, which has the hash `sha256`. All that need nobody's help are one warning. `whose` file it is, where it
    is a colleague's."""
    claims = [claim for claim in file.claims if claim.text_sha256 != sha256]
    anchoring.work_out(claims, renamed)
    placed = anchoring.place(claims, renamed)
    moved = moved_sentence(Counter(one.outcome for one in placed), whose)
    if moved is not None:
        yield ("text_sha256",), "stale", moved
    others = Counter(tuple(anchoring.elsewhere(one.claim, one.now.article)) for one in placed)
    for ids, number in others.items():
        if ids:
            yield ("text_sha256",), "stale", elsewhere_sentence(number, ids)
    for one in placed:
        if one.is_open:
            yield ("claims", one.claim.id, "exact"), one.outcome.value, open_claim_sentence(one, whose)


def open_claim_sentence(placed: Placed, whose: str | None = None) -> str:
    """What became of a claim that a person has to settle, with its old and new words; a colleague settles their own."""
    settles = "settle it in the Reader" if whose is None else f"it is {whose}'s to settle"
    was, now = apart(placed.claim.exact, placed.now.exact)
    if placed.is_orphan:
        return f"orphaned: “{was}” stands nowhere in the article any more; {settles}"
    where = f"at {placed.now.span.start} to {placed.now.span.end}"
    if was == now:
        return f"changed: “{was}” may be what stands {where} now; {settles}"
    return f"changed: “{was}” is “{now}” now, {where}; {settles}"
