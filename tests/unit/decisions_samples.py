"""Files of decisions for tests: one by hand, and strategies for any."""

from exchange_samples import TIME, common, header_extras, ids, plains, spans, texts
from hypothesis import strategies as st

from tui.exchange.annotation_files import DecisionsFile
from tui.model.records import Decision, Passage, Plain, SuggestionKind, Verdict
from tui.model.shapes import Offsets, Side
from tui.model.span import Span

DECISION = Decision(
    id="s7k3m9q2x4w8t",
    annotator="ada",
    kind=SuggestionKind.DUPLICATE,
    verdict=Verdict.REJECTED,
    a=Passage("001_a", Span(3, 9), "Lines were cut\n\nin May"),
    b=Passage("002_two", Span(1158, 1185), '"chapter should be closed."'),
    created=TIME,
)
FILE = f"""\
format: variorum/1
decisions:

  s7k3m9q2x4w8t:
    kind: duplicate
    verdict: rejected
    a:
      article: 001_a
      span: [3, 9]
      exact: |-
        Lines were cut

        in May
    b:
      article: 002_two
      span: [1158, 1185]
      exact: |-
        "chapter should be closed."
    created: "{TIME}"
"""

further: st.SearchStrategy[dict[str, Plain]] = st.just({}) | st.dictionaries(
    texts.filter(lambda key: key not in ("article", "span", "exact")), plains, max_size=2
)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    side = {"article": draw(texts), "span": Offsets().plain(draw(spans)), "exact": draw(texts), **draw(further)}
    return Side().read("a", side)


decisions = st.builds(
    Decision,
    id=ids("s"),
    kind=st.sampled_from(SuggestionKind),
    verdict=st.sampled_from(Verdict),
    a=passages(),
    b=passages(),
    **{key: value for key, value in common("decisions").items() if key != "memo"},
)
decisions_files = st.builds(
    DecisionsFile,
    annotator=st.just("ada"),
    decisions=st.lists(decisions, max_size=3, unique_by=lambda one: one.id).map(tuple),
    extra=header_extras,
)
