"""`variorum suggest`: which statements of the articles say the same, and which may be in conflict, each with why."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.cli import output, place
from tui.text.numbers import counted

if TYPE_CHECKING:
    from tui.session.session import Session
    from tui.suggest.evaluation import Score, Tally
    from tui.suggest.suggestion import Passage, Reason, Suggestion

DESCRIPTION = """
Proposes pairs of statements, best first: duplicates, which say the same, and contradictions, which may conflict. What
you linked or decided is left out. Nothing is recorded: that is for you to do. With --evaluate it says instead what the
suggestions are worth, held against what the readers of this workspace linked, accepted and rejected.
"""
KINDS = ("duplicate", "contradiction")


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--kind", choices=KINDS, help="suggestions of this kind only")
    parser.add_argument("--limit", metavar="N", type=_limit, help="at most so many of each kind")
    parser.add_argument("--all", action="store_true", help="also what you linked or decided already")
    parser.add_argument(
        "--evaluate", action="store_true", help="score the suggestions against what was linked and decided"
    )
    place.add_annotator(parser)
    place.add_workspace(parser)
    parser.set_defaults(refuse=parser.error)


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10**9:
        raise ArgumentTypeError(f"{text!r} is no number of suggestions")
    return int(text)


def run(options: Namespace) -> int:
    if options.evaluate and (options.limit or options.all):
        options.refuse("--evaluate looks at all suggestions: it goes with neither --limit nor --all")
    from tui.session.opening import open_session

    workspace = place.workspace(options)
    session = open_session(workspace, place.annotator(options, workspace).folder, reading=True)
    try:
        found = _found(session, known=options.all or options.evaluate)
        kinds = KINDS if options.kind is None else (options.kind,)
        if options.evaluate:
            _evaluate(session, found, kinds, options)
        else:
            chosen = list(_first(found, kinds, options.limit))
            if options.format == "json":
                output.as_json([as_plain(one) for one in chosen])
            else:
                output.lines(_text(session, chosen))
                if not chosen:
                    output.message("there is nothing to suggest")
    finally:
        session.close()
    for bad in session.library.bad:
        output.message(f"{bad.file}: {bad.problem}")
    for notice in session.notices:
        output.message(notice)
    # A colleague's file that can't be read takes nothing from the list, only from what it is held against.
    mine = [notice for notice in session.notices if options.evaluate or notice not in session.about_colleagues]
    return int(bool(session.library.bad or mine))


def _first(found: Sequence["Suggestion"], kinds: Sequence[str], limit: int | None) -> Iterator["Suggestion"]:
    """At most so many of each kind, in the engine's order: duplicates that are at odds come behind the conflicts."""
    times: Counter[str] = Counter()
    for one in found:
        if one.kind in kinds and (limit is None or times[one.kind] < limit):
            times[one.kind] += 1
            yield one


def _found(session: "Session", *, known: bool) -> Sequence["Suggestion"]:
    """What is proposed, best first; without `known` only what the reader has neither linked nor decided."""
    from tui.session.judged import own_groups
    from tui.suggest.cache import FOLDER
    from tui.suggest.engine import Engine

    # Reading leaves no trace: only where records are kept already, more is kept beside them.
    folder = session.workspace.store_folder
    engine = Engine(folder / FOLDER if folder.is_dir() else None)
    groups = () if known else own_groups(session)
    *_, found = engine.suggest(session.library.articles, session.statements, groups=groups)
    if known:
        return found
    session.suggestions.renew(found)
    return session.suggestions.open(all_conflicts=True)


# --- the suggestions ---


def as_plain(suggestion: "Suggestion") -> dict[str, object]:
    """A suggestion as JSON. Keys are only added in later versions."""
    return {
        "kind": suggestion.kind.value,
        "score": suggestion.score,
        "reasons": [_reason_plain(reason) for reason in suggestion.reasons],
        "a": _side_plain(suggestion.a),
        "b": _side_plain(suggestion.b),
        "contradiction_kinds": list(suggestion.contradiction_kinds),
    }


def _reason_plain(reason: "Reason") -> dict[str, object]:
    places = {"a": [[one.start, one.end] for one in reason.a], "b": [[one.start, one.end] for one in reason.b]}
    return {"type": reason.type.value, "text": reason.text, **places}


def _side_plain(side: "Passage") -> dict[str, object]:
    return {"article": side.article, "span": [side.span.start, side.span.end], "exact": side.exact}


def _text(session: "Session", suggestions: Iterable["Suggestion"]) -> Iterator[str]:
    from tui.cli.blocks import Heading, Paragraph, Quote, as_text
    from tui.cli.sources import citation

    names = {"duplicate": "≡", "contradiction": "≠"}
    blocks: list[Heading | Paragraph | Quote] = []
    for number, one in enumerate(suggestions, 1):
        kinds = ", ".join(one.contradiction_kinds)
        what = "possible duplicate" if one.kind == "duplicate" else f"possible conflict ({kinds})"
        blocks.append(Heading(3, f"{number}. {names[one.kind]} {what}, {one.score:.2f}"))
        for side in (one.a, one.b):
            article = session.articles[side.article]
            # The bar beside it tells that these are an article's words: marks would make speech of them.
            blocks.append(Quote(" ".join(side.exact.split()), citation(article)))
        blocks.append(Paragraph("\n".join(reason.text for reason in one.reasons)))
    return as_text(blocks)


# --- what they are worth ---


def _evaluate(session: "Session", found: Sequence["Suggestion"], kinds: Sequence[str], options: Namespace) -> None:
    from tui.session.judged import judged
    from tui.suggest.evaluation import evaluate

    said = judged(session)
    scores = [score for score in evaluate(found, said) if score.kind in kinds]
    if options.format == "json":
        output.as_json({score.kind.value: _score_plain(score) for score in scores})
    else:
        output.lines(line for score in scores for line in _score_text(score))
    if not said:
        output.message("nothing was linked or decided in this workspace yet, so there is nothing to hold this against")


def _score_plain(score: "Score") -> dict[str, object]:
    return {
        "all": _tally_plain(score.all),
        "first": {str(cut): _tally_plain(tally) for cut, tally in score.first.items()},
        "reasons": {type.value: _tally_plain(tally) for type, tally in score.reasons.items()},
        "known": score.known,
        "found": score.found,
        "average_precision": score.average_precision,
    }


def _tally_plain(tally: "Tally") -> dict[str, object]:
    return {
        "right": tally.right,
        "wrong": tally.wrong,
        "unjudged": tally.unjudged,
        "precision": tally.precision,
    }


def _score_text(score: "Score") -> Iterator[str]:
    from tui.suggest.suggestion import reason_name

    yield f"{score.kind.value.capitalize()}s"
    yield f"  {'':<34}{'right':>6}{'wrong':>7}{'unjudged':>10}   precision"
    for cut, tally in score.first.items():
        yield _row(f"first {cut}", tally)
    yield _row("all", score.all)
    for type, tally in score.reasons.items():
        yield _row(reason_name(type), tally)
    yield f"  {score.found} of {counted(score.known, 'pair')} that are known to be right are proposed"
    average = "none" if score.average_precision is None else f"{score.average_precision:.2f}"
    yield f"  average precision: {average}"
    yield ""


def _row(name: str, tally: "Tally") -> str:
    judged = tally.right + tally.wrong
    precision = "" if tally.precision is None else f"{tally.precision:.2f} of {judged}"
    return f"  {name:<34}{tally.right:>6}{tally.wrong:>7}{tally.unjudged:>10}   {precision}".rstrip()
