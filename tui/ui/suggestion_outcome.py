"""What a decision on a pair did besides: what else it settled, and what it left open."""

from dataclasses import replace

from tui.session.session import Session
from tui.suggest.suggestion import Suggestion, SuggestionKind
from tui.text.numbers import counted


def outcome(session: Session, decided: Suggestion, settled: int) -> str:
    """The end of the sentence that says what was done; `settled` is of how many more suggestions nothing is open
    since."""
    said = ""
    if settled > 1:
        said += f", and by it {counted(settled - 1, 'more pair')}"
    if decided.kind is SuggestionKind.DUPLICATE and session.suggestions.is_open(_as_conflict(decided)):
        said += "; its possible conflict is still proposed"
    return said


def _as_conflict(pair: Suggestion) -> Suggestion:
    return replace(pair, kind=SuggestionKind.CONTRADICTION)
