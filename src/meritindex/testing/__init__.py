"""Random instruments and assessments for property tests: strategies for hypothesis.

For whoever writes a program on top of this library, or another implementation of an instrument:
draw what can occur, and check that what you claim holds. Needs `pip install "meritindex[testing]"`.

Examples:
    >>> import meritindex as mi
    >>> from hypothesis import given, settings, strategies as st
    >>> from meritindex.testing import assessments, instruments
    >>> @settings(max_examples=5, deadline=None, database=None, derandomize=True)
    ... @given(st.data())
    ... def totals_lie_within_their_range(data):
    ...     instrument = data.draw(instruments(max_leaves=5))
    ...     assessment = data.draw(assessments(instrument, entries=False))
    ...     total = mi.score(assessment).total
    ...     low, high = mi.plan(instrument).ranges[instrument.root.code]
    ...     assert total is None or low <= total <= high
    >>> totals_lie_within_their_range()
"""

from meritindex.extras import needing
from meritindex.language import Text

with needing("testing", Text.same("meritindex.testing")):
    import hypothesis as _hypothesis  # noqa: F401 - only to say what to install

from meritindex.testing.answers import assessment_sets, assessments
from meritindex.testing.trees import instruments

__all__ = ["assessment_sets", "assessments", "instruments"]
