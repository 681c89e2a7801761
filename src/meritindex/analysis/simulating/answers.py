"""The answers of a simulation: rows that are the same in every draw, and rows that are drawn."""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.completions import Completions, completions
from meritindex.assessment import AnswerPolicy, AssessmentSet
from meritindex.scoring.rows import Inputs

Places = npt.NDArray[np.intp]


@attrs.frozen(kw_only=True, eq=False)
class Answers:
    """Assessments, parted by whether anything is open in them.

    Attributes:
        assessments: all of them.
        closed: the rows that have but one completion.
        opened: the others.
        closed_inputs: the completions of the closed rows.
        completions: those of the others; None where there are none.
    """

    assessments: AssessmentSet
    closed: Places
    opened: Places
    closed_inputs: Inputs
    completions: Completions | None

    def draw(self, generator: np.random.Generator, repeats: int) -> Inputs | None:
        """Return random completions of the open rows: row `r * len(opened) + i`; None for none."""
        return None if self.completions is None else self.completions.draw(generator, repeats)


def answers_of(assessments: AssessmentSet, policy: AnswerPolicy) -> Answers:
    """Return the answers that `policy` takes as possible.

    Raises:
        AssessmentError: the open gates of an assessment can be answered in too many ways.
    """
    opened = completions(assessments, policy).is_open
    closed_rows, open_rows = np.flatnonzero(~opened), np.flatnonzero(opened)
    return Answers(
        assessments=assessments,
        closed=closed_rows,
        opened=open_rows,
        closed_inputs=completions(assessments.rows(closed_rows), policy).low,
        completions=completions(assessments.rows(open_rows), policy) if len(open_rows) else None,
    )
