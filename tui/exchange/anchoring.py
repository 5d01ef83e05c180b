"""Claims whose article changed since: the text each was made on is found, and with it where the claim stands now.

Nothing is written here. A text is sought among the articles as they are, in the local folder, and in git's history.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tui import git
from tui.anchors import Anchor, Outcome, anchor_claims
from tui.articles.decoding import decode
from tui.articles.front_matter import split_front_matter
from tui.errors import ArticleError
from tui.model.article import SUFFIXES, Article
from tui.model.records import Claim, quote_of
from tui.model.span import Span
from tui.store.texts import Texts
from tui.workspace import Workspace

SEEK_SECONDS = 10.0
"""How long git's history is searched at most, for all articles together."""

_Key = tuple[str, str, Span, str, str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim that was made on another text than its article holds now."""

    claim: Claim
    """As it is recorded."""
    outcome: Outcome
    now: Claim
    """As it stands in the article; for an orphan, which stands nowhere, as it is recorded."""
    at: int
    """The offset where it stands in the article, or, an orphan, would stand; where that isn't known, the beginning."""

    @property
    def is_open(self) -> bool:
        """Whether a person has to settle it."""
        return self.outcome in (Outcome.CHANGED, Outcome.ORPHANED)

    @property
    def is_orphan(self) -> bool:
        """Whether it stands nowhere."""
        return self.outcome is Outcome.ORPHANED


class Anchoring:
    """Where claims stand in the articles of a workspace as they are now.

    What was worked out once for a text is kept, so that asking again costs nothing.
    """

    def __init__(
        self, workspace: Workspace, articles: Mapping[str, Article], texts: Texts, environ: Mapping[str, str]
    ) -> None:
        self._workspace = workspace
        self._articles = articles
        self._texts = texts
        self._environ = environ
        self._anchors: dict[_Key, Anchor] = {}
        self._by_text: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles.values():
            self._by_text[article.sha256].append(article)
        self._seconds = SEEK_SECONDS
        self.found: dict[str, str] = {}
        """Texts by hash that only git's history had."""

    def renamed(self, claims: Iterable[Claim]) -> dict[str, str]:
        """The articles of one annotator's claims that are not there, each with the id it has now: that of the only
        article which holds a text they were made on. One of which that can't be told is left out."""
        made_on: defaultdict[str, set[str]] = defaultdict(set)
        for claim in claims:
            if claim.article not in self._articles:
                made_on[claim.article].add(claim.text_sha256)
        found = {
            old: {article.id for text in texts for article in self._by_text.get(text, ())}
            for old, texts in made_on.items()
        }
        return {old: next(iter(ids)) for old, ids in found.items() if len(ids) == 1}

    def is_off(self, claim: Claim, renamed: Mapping[str, str]) -> bool:
        """Whether it has to be worked out where the claim stands."""
        article = self._articles.get(renamed.get(claim.article, claim.article))
        return article is not None and not (claim.text_sha256 == article.sha256 and claim.stands_in(article.text))

    def place(self, claims: Iterable[Claim], renamed: Mapping[str, str]) -> list[Placed]:
        """Where those of the claims stand now that are off; the others are left out."""
        claims = [claim for claim in claims if self.is_off(claim, renamed)]
        self._prepare(claims, renamed)
        return [self._placed(claim, self._articles[renamed.get(claim.article, claim.article)]) for claim in claims]

    def _prepare(self, claims: Iterable[Claim], renamed: Mapping[str, str]) -> None:
        """Work out the anchors that are not known yet, together for each text they were made on."""
        made_on: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            home = renamed.get(claim.article, claim.article)
            if _key(claim, home) not in self._anchors:
                made_on[home, claim.text_sha256].append(claim)
        old_texts = self._seek(made_on)
        for (id, text), some in made_on.items():
            article = self._articles[id]
            # Where the very text is there and the words are not, somebody wrote the claim by hand.
            old = old_texts.get((id, text)) if text != article.sha256 else None
            for claim, anchor in zip(some, anchor_claims(some, old, article.text), strict=True):
                self._anchors[_key(claim, id)] = anchor

    def _placed(self, claim: Claim, article: Article) -> Placed:
        anchor = self._anchors[_key(claim, article.id)]
        if anchor.span is None:
            at = min(anchor.near or 0, len(article.text) - 1)
            return Placed(claim, Outcome.ORPHANED, replace(claim, article=article.id), at)
        return Placed(claim, anchor.outcome, standing(claim, article, anchor.span), anchor.span.start)

    # --- older texts ---

    def _seek(self, made_on: Mapping[tuple[str, str], list[Claim]]) -> dict[tuple[str, str], str]:
        """The older texts that can be found, by article and hash."""
        found: dict[tuple[str, str], str] = {}
        missing: defaultdict[str, set[str]] = defaultdict(set)
        for (id, sha), some in made_on.items():
            if sha == self._articles[id].sha256:
                continue
            text = self._by_text[sha][0].text if sha in self._by_text else self.found.get(sha) or self._texts.get(sha)
            if text is not None:
                found[id, sha] = text
                continue
            missing[self._articles[id].file].add(sha)
            for old in {claim.article for claim in some} - {id}:
                for suffix in SUFFIXES:
                    missing[f"{self._workspace.config.articles_folder}/{old}{suffix}"].add(sha)
        for file, wanted in missing.items():
            self._search_history(file, wanted)
        for key in made_on:
            if key[1] in self.found:
                found[key] = self.found[key[1]]
        return found

    def _search_history(self, file: str, wanted: set[str]) -> None:
        wanted = wanted - self.found.keys()
        started = time.monotonic()
        path = self._workspace.root / Path(file)
        size_limit = self._workspace.config.size_limit
        for data in git.older_contents(
            path, self._environ, size_limit=size_limit, seconds=min(git.TIME_OUT, self._seconds)
        ):
            if not wanted:
                break
            try:
                text = split_front_matter(decode(data))[1]
            except ArticleError:
                continue
            sha = sha256(text.encode("utf-8")).hexdigest()
            if sha in wanted:
                wanted.discard(sha)
                self.found[sha] = text
        self._seconds -= time.monotonic() - started


def standing(claim: Claim, article: Article, span: Span) -> Claim:
    """The claim as one of this stretch of the article as it is now."""
    exact, prefix, suffix = quote_of(article.text, span)
    return replace(
        claim,
        article=article.id,
        text_sha256=article.sha256,
        span=span,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
    )


def _key(claim: Claim, article: str) -> _Key:
    """What decides where a claim stands, and so stays the same when a tag is given or a memo written."""
    return (article, claim.text_sha256, claim.span, claim.exact, claim.prefix, claim.suffix)
