"""Claims whose article changed since: the text each was made on is found, and with it where the claim stands now.

Nothing is written here. A text is sought among the articles as they are, in the local folder, and in git's history.
What takes time (git, comparing texts) is done by `work_out` only; `place` says what is known.
"""

import math
import os
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock

from tui import git
from tui.anchors import Anchor, Anchorer, Outcome
from tui.articles.decoding import decode
from tui.articles.front_matter import split_front_matter
from tui.articles.loading import Library
from tui.errors import ArticleError
from tui.exchange.pairs import renamed_by_words
from tui.model.article import SUFFIXES, Article
from tui.model.records import Claim, Decision, quote_of
from tui.model.span import Span
from tui.store.texts import Texts
from tui.workspace import Workspace

SEEK_SECONDS = 10.0
"""How long git's history is searched at most, for all articles together."""
QUICK_SECONDS = 0.2
"""How long a gesture may work out where claims stand."""
_QUICK = 100_000
"""Characters of two texts that a gesture may compare: some ten milliseconds."""
_KEPT = 8_000_000
"""Characters of texts whose differences are kept."""

_Key = tuple[str, str, Span, str, str, str]
ClaimsIn = Callable[[str], Iterable[Claim]]
"""One annotator's claims that are recorded under the id of an article."""


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
        return self.outcome in (Outcome.CHANGED, Outcome.ORPHANED, Outcome.UNSOUGHT)

    @property
    def is_orphan(self) -> bool:
        """Whether it stands nowhere, as far as is known."""
        return self.outcome in (Outcome.ORPHANED, Outcome.UNSOUGHT)


class Anchoring:
    """Where claims stand in the articles of a workspace as they are now.

    What was worked out once for a text is kept, so that asking again costs nothing. Every method may be called from
    any thread.
    """

    def __init__(
        self,
        workspace: Workspace,
        library: Library,
        texts: Texts,
        environ: Mapping[str, str],
        *,
        seconds: float = math.inf,
    ) -> None:
        """`seconds`: how long claims are sought whose text nobody has, together, unless `thorough` is asked for."""
        self._workspace = workspace
        self._articles = {article.id: article for article in library.articles}
        self._unread = {
            article_of_file(bad.file.removeprefix(f"{workspace.config.articles_folder}/")) for bad in library.bad
        }
        self._texts = texts
        self._environ = environ
        self._by_text: defaultdict[str, list[Article]] = defaultdict(list)
        for article in library.articles:
            self._by_text[article.sha256].append(article)
        self._working = Lock()
        """Held while something is worked out."""
        self._anchors: dict[_Key, Anchor] = {}
        self._anchorers: dict[tuple[str, str], Anchorer] = {}
        """By article and hash of the old text, the last used last."""
        self._proposing = seconds
        self._seeking = SEEK_SECONDS
        self._asked: set[tuple[str, str]] = set()
        """Files and hashes that git was asked for."""
        self.found: dict[str, str] = {}
        """Texts by hash that only git's history had."""
        self.cut_short: set[str] = set()
        """Files whose history git had not told in time."""

    def renewed(self, library: Library) -> "Anchoring":
        """The same for articles of which some have another text now; what is known of the others is kept."""
        other = Anchoring(self._workspace, library, self._texts, self._environ)
        with self._working:
            other.found = self.found | {
                article.sha256: article.text
                for article in self._articles.values()
                if article.id in other._articles and other._articles[article.id].sha256 != article.sha256
            }
            same = {id for id, article in other._articles.items() if article == self._articles.get(id)}
            other._anchors = {key: anchor for key, anchor in self._anchors.items() if key[0] in same}
            other._anchorers = {key: anchorer for key, anchorer in self._anchorers.items() if key[0] in same}
            other._asked, other._seeking, other._proposing = set(self._asked), self._seeking, self._proposing
            other.cut_short = set(self.cut_short)
        return other

    # --- which article is meant ---

    def is_unread(self, article: str) -> bool:
        """Whether there is a file of this article that can't be read, or a folder that can't be looked into."""
        parts = article.split("/")
        return any("/".join(parts[:end]) in self._unread for end in range(1, len(parts) + 1))

    def article(self, id: str) -> Article | None:
        """The article with this id, if it can be read."""
        return self._articles.get(id)

    def is_gone(self, article: str) -> bool:
        """Whether there is no file of this article, readable or not."""
        return article not in self._articles and not self.is_unread(article)

    def renamed(self, gone: Iterable[str], claims_in: ClaimsIn) -> dict[str, str]:
        """Those of one annotator's articles that are gone, each with the id it has now: that of the only article which
        holds a text that claims were made on.

        One of which that can't be told is left out, and so is one with a claim of the very words that another claim of
        this annotator has in the other article: nobody marks the same words of one article twice, so that one is a
        copy which was there all along.
        """
        found: dict[str, str] = {}
        marked: dict[str, set[tuple[str, Span]]] = {}
        for old in sorted(gone):
            claims = tuple(claims_in(old))
            homes = {article.id for claim in claims for article in self._by_text.get(claim.text_sha256, ())}
            if len(homes) != 1:
                continue
            (new,) = homes
            taken = marked.setdefault(new, {(claim.text_sha256, claim.span) for claim in claims_in(new)})
            mine = {(claim.text_sha256, claim.span) for claim in claims}
            if taken.isdisjoint(mine):
                found[old] = new
                taken |= mine
        return found

    def renamed_by_words(self, old: str, decisions: Iterable[Decision]) -> str | None:
        """The same of one article that no claim tells of, by what was decided on in it."""
        return renamed_by_words(old, decisions, self._articles)

    def renamed_among(self, claims: Iterable[Claim]) -> dict[str, str]:
        """The same, of all the claims of one annotator."""
        by_article: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_article[claim.article].append(claim)
        return self.renamed(filter(self.is_gone, by_article), lambda id: by_article.get(id, ()))

    def is_off(self, claim: Claim, renamed: Mapping[str, str]) -> bool:
        """Whether it has to be worked out where the claim stands."""
        article = self._articles.get(renamed.get(claim.article, claim.article))
        return article is not None and not (claim.text_sha256 == article.sha256 and claim.stands_in(article.text))

    def elsewhere(self, claim: Claim, article: str) -> list[str]:
        """The other articles that hold the very text the claim was made on, where this one does not any more: two
        files may have changed places, and which of them the claim is about can't be known."""
        ids = [other.id for other in self._by_text.get(claim.text_sha256, ())]
        return [] if article in ids else ids

    # --- where claims stand ---

    def place(self, claims: Iterable[Claim], renamed: Mapping[str, str]) -> list[Placed]:
        """Where those of the claims stand now that are off, as far as it was worked out; the others are left out."""
        return [
            self._placed(claim, self._articles[renamed.get(claim.article, claim.article)])
            for claim in claims
            if self.is_off(claim, renamed)
        ]

    def work_out(self, claims: Iterable[Claim], renamed: Mapping[str, str], *, thorough: bool = False) -> None:
        """Find out where these claims stand, if it is not known yet. This may take long."""
        with self._working:
            made_on = self._unknown(claims, renamed)
            for file, wanted in self._missing(made_on).items():
                self._search_history(file, wanted)
            for (id, sha), some in made_on.items():
                anchorer = self._anchorer(self._articles[id], sha)
                for claim in some:
                    if thorough or anchorer.bears_out(claim):
                        self._anchors[_key(claim, id)] = anchorer.anchor(claim)
                    elif self._proposing > 0:
                        started = time.monotonic()
                        self._anchors[_key(claim, id)] = anchorer.anchor(claim)
                        self._proposing -= time.monotonic() - started

    def work_out_quickly(self, claims: Iterable[Claim], renamed: Mapping[str, str]) -> None:
        """The same as far as nobody notices: without git, without comparing long texts, and not while another thread
        is at it."""
        until = time.monotonic() + QUICK_SECONDS
        if not self._working.acquire(blocking=False):
            return
        try:
            made_on = self._unknown(claims, renamed)
            missing = set().union(*self._missing(made_on).values())
            for (id, sha), some in made_on.items():
                if sha in missing:
                    continue
                anchorer = self._anchorer(self._articles[id], sha)
                if not anchorer.is_worked_out and anchorer.size > _QUICK:
                    continue
                for claim in some:
                    if time.monotonic() > until:
                        return
                    self._anchors[_key(claim, id)] = anchorer.anchor(claim)
        finally:
            self._working.release()

    def _unknown(self, claims: Iterable[Claim], renamed: Mapping[str, str]) -> dict[tuple[str, str], list[Claim]]:
        """The claims whose place is not known, by the article they are in and the text they were made on."""
        made_on: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            home = renamed.get(claim.article, claim.article)
            if self.is_off(claim, renamed) and _key(claim, home) not in self._anchors:
                made_on[home, claim.text_sha256].append(claim)
        return made_on

    def _anchorer(self, article: Article, sha: str) -> Anchorer:
        """What compares the article with a text that was sought wherever it could be."""
        # Where the very text is there and the words are not, somebody wrote the claim by hand.
        key = (article.id, sha)
        anchorer = self._anchorers.pop(key, None)
        if anchorer is None:
            anchorer = Anchorer(self._old_text(sha) if sha != article.sha256 else None, article.text)
        self._anchorers[key] = anchorer
        size = sum(each.size for each in self._anchorers.values())
        while size > _KEPT and len(self._anchorers) > 1:
            size -= self._anchorers.pop(next(iter(self._anchorers))).size
        return anchorer

    def _placed(self, claim: Claim, article: Article) -> Placed:
        anchor = self._anchors.get(_key(claim, article.id), _NOT_YET)
        if anchor.span is None:
            near = claim.span.start if anchor is _NOT_YET else anchor.near or 0
            at = min(near, len(article.text) - 1)
            return Placed(claim, anchor.outcome, replace(claim, article=article.id), at)
        outcome = Outcome.CHANGED if self.elsewhere(claim, article.id) else anchor.outcome
        return Placed(claim, outcome, standing(claim, article, anchor.span), anchor.span.start)

    # --- older texts ---

    def seek(self, readers: Iterable[Iterable[Claim]]) -> None:
        """Find the texts that the claims of these annotators were made on; those of the first come first. The history
        of each file is asked once, for what all of them want."""
        missing: dict[str, set[str]] = {}
        with self._working:
            for claims in readers:
                some = tuple(claims)
                unknown = self._unknown(some, self.renamed_among(some))
                for file, wanted in self._missing(unknown).items():
                    missing.setdefault(file, set()).update(wanted)
            for file, wanted in missing.items():
                self._search_history(file, wanted)

    def _old_text(self, sha: str) -> str | None:
        if sha in self._by_text:
            return self._by_text[sha][0].text
        return self.found.get(sha) or self._texts.get(sha)

    def _missing(self, made_on: Mapping[tuple[str, str], list[Claim]]) -> dict[str, set[str]]:
        """The files in whose history git has not been asked yet for the texts that nobody else has, with their
        hashes."""
        missing: defaultdict[str, set[str]] = defaultdict(set)
        for (id, sha), some in made_on.items():
            article = self._articles[id]
            if (id, sha) in self._anchorers or sha == article.sha256 or self._old_text(sha) is not None:
                continue
            names = {f"{claim.article}{suffix}" for claim in some if claim.article != id for suffix in SUFFIXES}
            folder = self._workspace.config.articles_folder
            for file in (article.file, *(f"{folder}/{name}" for name in sorted(names))):
                if (file, sha) not in self._asked:
                    missing[file].add(sha)
        return missing

    def _search_history(self, file: str, wanted: set[str]) -> None:
        self._asked.update((file, sha) for sha in wanted)
        wanted = wanted - self.found.keys()
        root = Path(os.path.realpath(self._workspace.root))
        path = root / file
        real = Path(os.path.realpath(path))
        # What is a link to a file of the workspace has its history there.
        for each in (path, *([real] if real != path and real.is_relative_to(root) else [])):
            started = time.monotonic()
            try:
                self._look_through(each, wanted, min(git.TIME_OUT, self._seeking))
            except TimeoutError:
                self.cut_short.add(file)
            self._seeking -= time.monotonic() - started

    def _look_through(self, path: Path, wanted: set[str], seconds: float) -> None:
        size_limit = self._workspace.config.size_limit
        contents = git.older_contents(path, self._environ, size_limit=size_limit, seconds=seconds)
        while wanted and (data := next(contents, None)) is not None:
            try:
                text = split_front_matter(decode(data))[1]
            except ArticleError:
                continue
            sha = sha256(text.encode("utf-8")).hexdigest()
            if sha in wanted:
                wanted.discard(sha)
                self.found[sha] = text


_NOT_YET = Anchor(Outcome.UNSOUGHT, None)


def article_of_file(below: str) -> str:
    """The id that the article in a file of the articles folder has or would have; a folder keeps its name."""
    stem, _, suffix = below.rpartition(".")
    return unicodedata.normalize("NFC", stem if f".{suffix.lower()}" in SUFFIXES else below)


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
