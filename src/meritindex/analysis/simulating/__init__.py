"""How robust bands and ranks are: simulation over admissible weights and doubtful answers."""

from meritindex.analysis.simulating.agency import AgencyRobustness
from meritindex.analysis.simulating.around import Around
from meritindex.analysis.simulating.draws import DrawMethod, WeightDraws
from meritindex.analysis.simulating.result import Robustness, RobustnessSettings
from meritindex.analysis.simulating.running import robustness
from meritindex.analysis.simulating.shares import Shares

__all__ = [
    "AgencyRobustness",
    "Around",
    "DrawMethod",
    "Robustness",
    "RobustnessSettings",
    "Shares",
    "WeightDraws",
    "robustness",
]
