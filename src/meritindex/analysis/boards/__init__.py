"""How agencies stand beside one another: groups, ranks in and out of them, gaps, and peers."""

from meritindex.analysis.boards.boarding import board
from meritindex.analysis.boards.entry import BoardEntry
from meritindex.analysis.boards.gaps import AgencyGaps, DimensionBest, DimensionGap
from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.peers import Peer, Peers, Unlike, peers
from meritindex.analysis.boards.practices import Practice
from meritindex.analysis.boards.result import Board
from meritindex.analysis.boards.rises import Rise

__all__ = [
    "AgencyGaps",
    "Board",
    "BoardEntry",
    "BoardGroup",
    "DimensionBest",
    "DimensionGap",
    "Peer",
    "Peers",
    "Practice",
    "Rise",
    "Unlike",
    "board",
    "peers",
]
