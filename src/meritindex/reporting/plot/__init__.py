"""Plots for matplotlib (extra `plot`), public as `mi.plot`: each draws in an `ax` and returns it.

Without an `ax`, a plot makes a figure of its own, which a notebook shows as the value of a cell.
Nothing is shown otherwise, nothing is registered with pyplot, and no setting of matplotlib is
changed. All are in one style, which reads in greyscale. What is not known is hatched, never drawn
as 0, and made-up results bear a mark.
"""

from meritindex.reporting.plot.agency_heat import heat_map
from meritindex.reporting.plot.band_ladder import ladder
from meritindex.reporting.plot.band_shares import distribution
from meritindex.reporting.plot.course import progress
from meritindex.reporting.plot.describing import describe, to_html, to_svg
from meritindex.reporting.plot.dimension_bars import dimensions
from meritindex.reporting.plot.fall_steps import waterfall
from meritindex.reporting.plot.rank_ends import rank_intervals
from meritindex.reporting.plot.total_ends import total_intervals

__all__ = [
    "describe",
    "dimensions",
    "distribution",
    "heat_map",
    "ladder",
    "progress",
    "rank_intervals",
    "to_html",
    "to_svg",
    "total_intervals",
    "waterfall",
]
