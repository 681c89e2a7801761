"""Making a board: the table and the earlier one are checked, and agencies put into groups."""

from __future__ import annotations

from meritindex.analysis.boards.grouping import By, everyone, grouping_of, twice
from meritindex.analysis.boards.result import Board
from meritindex.analysis.boards.rises import earlier_faults
from meritindex.errors import AssessmentError, MeritIndexError
from meritindex.scoring import ScoreTable


def board(table: ScoreTable, by: By | None = None, *, before: ScoreTable | None = None) -> Board:
    """Put agencies into groups, and say how each group and each agency stands.

    Nothing is computed anew: totals, bands and ranks are those of the table. Means, quartiles,
    shares and gaps follow from them exactly. A total that is not known enters no mean and no rank,
    and its agency is listed. Groups are in the order of their means.

    Which assessments are meant, and of what kinds of agencies, is chosen before, by `where` of an
    `AssessmentSet`. Ranks are among the agencies of the table alone.

    Args:
        table: the results, each agency once.
        by: `province`, `kind` or `kanreg`; a mapping of names or codes of agencies to names of
            groups, which may leave agencies out and name others of the directory; a function of an
            `Agency`; or None for one group of all. None as the name of a group is for no group:
            these agencies are listed apart.
        before: an earlier table under the same instrument, weighting and policy for what is
            missing, from which it is told who rose most. Where stages differ, or both assessments
            are of one time, a rise has a remark.

    Returns:
        The groups, the whole, and each agency among its group.

    Raises:
        UnknownNameError: there is no such grouping, or a mapping names an agency that neither the
            table nor the directory has.
        AssessmentError: an agency is in a table twice; the earlier table is under another
            instrument, weighting or policy, or holds a later assessment.
        MeritIndexError: a mapping puts an agency into two groups, or a name of a group is none.

    Examples:
        >>> import meritindex as mi
        >>> found = mi.board(mi.score(mi.sample()), by="kind")
        >>> [(group.name, group.count, str(group.median)) for group in found]
        [('province', 38, '943/1600'), ('regency', 415, '1529/4000'), ('city', 93, '88141/240000')]
        >>> found["regency"].leaders[0].name, found["province"].share_at_least("Menengah")
        ('Kabupaten Takalar', Fraction(18, 37))
    """
    faults = list(twice(table.assessments.facts))
    if before is not None:
        faults += earlier_faults(table, before)
    try:
        grouping = everyone(len(table)) if by is None else grouping_of(by, table.agencies)
    except MeritIndexError as error:
        if not faults:
            raise
        raise MeritIndexError((*faults, *error.faults)) from None
    if faults:
        raise AssessmentError(faults)
    return Board(table=table, grouping=grouping, before=before)
