"""What `check` says of claims whose article changed since: where they would be seen, and what there is to settle."""

from collections import Counter
from collections.abc import Iterator, Mapping

from tui.exchange.anchoring import Anchoring, Placed
from tui.exchange.anchoring_words import elsewhere_sentence, moved_sentence, one_line
from tui.exchange.annotation_files import ArticleFile

Path = tuple[str | int, ...]


def place_warnings(
    file: ArticleFile, sha256: str, anchoring: Anchoring, renamed: Mapping[str, str]
) -> Iterator[tuple[Path, str, str]]:
    """Where in the file, a word for programs, and a sentence; of the claims that were made on another text than the
    article's, which has the hash `sha256`. All that need nobody's help are one warning."""
    claims = [claim for claim in file.claims if claim.text_sha256 != sha256]
    anchoring.work_out(claims, renamed)
    placed = anchoring.place(claims, renamed)
    moved = moved_sentence(Counter(one.outcome for one in placed))
    if moved is not None:
        yield ("text_sha256",), "stale", moved
    others = Counter(tuple(anchoring.elsewhere(one.claim, one.now.article)) for one in placed)
    for ids, number in others.items():
        if ids:
            yield ("text_sha256",), "stale", elsewhere_sentence(number, ids)
    for one in placed:
        if one.is_open:
            yield ("claims", one.claim.id, "exact"), one.outcome.value, open_claim_sentence(one)


def open_claim_sentence(placed: Placed) -> str:
    """What became of a claim that a person has to settle, with its old and new words."""
    was, now = one_line(placed.claim.exact), one_line(placed.now.exact)
    if placed.is_orphan:
        return f"orphaned: “{was}” stands nowhere in the article any more; settle it in the Reader"
    where = f"at {placed.now.span.start} to {placed.now.span.end}"
    if was == now:
        return f"changed: “{was}” may be what stands {where} now; settle it in the Reader"
    return f"changed: “{was}” is “{now}” now, {where}; settle it in the Reader"
