"""The order in which a reader goes through suggestions, whatever arrives meanwhile."""

from collections.abc import Sequence
from typing import cast

from tui.model.span import Span
from tui.session.suggesting import Suggestions
from tui.suggest.suggestion import Passage, Reason, ReasonType, Suggestion, SuggestionKind
from tui.ui.suggestion_queue import ANY, Filter, Queue


class Open:
    """What is open, as a test says."""

    def __init__(self, *found: Suggestion) -> None:
        self.found: list[Suggestion] = list(found)

    def open(self, *, all_conflicts: bool = False) -> Sequence[Suggestion]:
        return self.found if all_conflicts else self.found[:12]

    def is_open(self, suggestion: Suggestion) -> bool:
        return suggestion in self.found


def pair(
    number: int, kind: SuggestionKind = SuggestionKind.DUPLICATE, article: str = "b", score: float = 1
) -> Suggestion:
    a, b = Passage("a", Span(number, number + 1), "x"), Passage(article, Span(number, number + 1), "x")
    reason = Reason(ReasonType.FIGURE if kind is SuggestionKind.CONTRADICTION else ReasonType.RUN, "so")
    return Suggestion(kind, score, (reason,), a, b)


ONE, TWO, THREE = pair(1), pair(2, SuggestionKind.CONTRADICTION), pair(3, article="c")


def queue_of(*found: Suggestion) -> tuple[Open, Queue]:
    opened = Open(*found)
    return opened, Queue(cast(Suggestions, opened))


def test_it_begins_with_the_best_and_goes_to_and_fro() -> None:
    _, queue = queue_of(ONE, TWO, THREE)
    assert queue.here == ONE
    assert queue.step(2)
    assert queue.here == THREE
    assert not queue.step(1)
    assert queue.step(-1)
    assert queue.here == TWO


def test_what_is_found_while_one_reads_does_not_move_the_pair_at_hand() -> None:
    opened, queue = queue_of(TWO)
    opened.found = [ONE, pair(9), TWO, THREE]
    queue.renew()
    assert queue.here == TWO
    assert queue.step(1)
    assert queue.here == THREE


def test_the_pair_at_hand_is_known_again_where_it_scores_otherwise_now() -> None:
    opened, queue = queue_of(ONE, TWO)
    again = pair(1, score=0.3)
    opened.found = [TWO, again]
    queue.renew()
    assert queue.here == again


def test_a_decided_pair_gives_its_place_to_the_next_and_the_last_one_to_the_one_before() -> None:
    opened, queue = queue_of(ONE, TWO, THREE)
    queue.go_to(1)
    opened.found.remove(TWO)
    queue.renew()
    assert queue.here == THREE
    opened.found.remove(THREE)
    queue.renew()
    assert queue.here == ONE
    opened.found.clear()
    queue.renew()
    assert _here(queue) is None
    opened.found.append(TWO)
    queue.renew()
    assert _here(queue) == TWO


def _here(queue: Queue) -> Suggestion | None:
    return queue.here


def _pairs(queue: Queue) -> tuple[Suggestion, ...]:
    return queue.pairs


def test_what_is_left_for_later_stands_at_the_end_in_that_order() -> None:
    opened, queue = queue_of(ONE, TWO, THREE)
    assert queue.put_off()
    assert queue.here == TWO
    assert queue.put_off()
    assert _pairs(queue) == (THREE, ONE, TWO)
    opened.found.append(pair(4))
    queue.renew()
    assert _pairs(queue) == (THREE, pair(4), ONE, TWO), "before it stands what was not looked at yet"
    assert queue.here == THREE
    queue.go_to(2)
    assert queue.put_off()
    assert _pairs(queue) == (THREE, pair(4), TWO, ONE)
    assert queue.here == TWO


def test_the_only_pair_cannot_be_left_for_later() -> None:
    _, queue = queue_of(ONE)
    assert not queue.put_off()
    assert queue.here == ONE


def test_a_filter_keeps_the_pair_at_hand_if_it_shows_it() -> None:
    _, queue = queue_of(ONE, TWO, THREE)
    queue.go_to(2)
    queue.take(Filter(kind=SuggestionKind.DUPLICATE))
    assert _pairs(queue) == (ONE, THREE)
    assert queue.here == THREE
    queue.take(Filter(kind=SuggestionKind.CONTRADICTION))
    assert queue.here == TWO
    queue.take(Filter(article="c", reason=ReasonType.RUN))
    assert queue.here == THREE
    queue.take(Filter(article="c", reason=ReasonType.FIGURE))
    assert queue.here is None


def test_what_may_be_asked_for_besides_shows_something_each_time() -> None:
    _, queue = queue_of(ONE, TWO, THREE)
    queue.take(Filter(kind=SuggestionKind.DUPLICATE))
    options = {(what, getattr(option, what)): count for option, what, count in queue.options()}
    assert options == {
        ("kind", SuggestionKind.CONTRADICTION): 1,
        ("reason", ReasonType.RUN): 2,
        ("article", "a"): 2,
        ("article", "b"): 1,
        ("article", "c"): 1,
    }


def test_a_pair_that_is_asked_for_is_shown_in_spite_of_filter_and_bound() -> None:
    conflicts = [pair(number, SuggestionKind.CONTRADICTION) for number in range(20)]
    _, queue = queue_of(*conflicts)
    queue.take(Filter(article="b"))
    assert len(queue.pairs) == 12
    queue.show(conflicts[15])
    assert queue.here == conflicts[15]
    assert queue.has_all_conflicts
    queue.take(Filter(reason=ReasonType.FIGURE))
    queue.show(THREE)
    assert queue.filter == ANY
    assert queue.here == THREE
