"""How commitments and their milestones can stand."""

from __future__ import annotations

import enum

from meritindex.language import Text


class CommitmentStatus(enum.StrEnum):
    """How a commitment stands."""

    MET = "met"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    MISSED = "missed"
    NOT_STATED = "not-stated"

    @property
    def label(self) -> Text:
        """The status for a reader."""
        return _STATUSES[self]


_STATUSES = {
    CommitmentStatus.MET: Text("tercapai", "met"),
    CommitmentStatus.ON_TRACK: Text("sesuai jalur", "on track"),
    CommitmentStatus.AT_RISK: Text("berisiko", "at risk"),
    CommitmentStatus.MISSED: Text("tidak tercapai", "missed"),
    CommitmentStatus.NOT_STATED: Text("tidak dapat dinilai", "can't be told"),
}


class MilestoneStatus(enum.StrEnum):
    """How a milestone stands."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"
    NOT_DUE = "not-due"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The status for a reader."""
        return _MILESTONES[self]


_MILESTONES = {
    MilestoneStatus.REACHED: Text("tercapai", "reached"),
    MilestoneStatus.NOT_REACHED: Text("tidak tercapai", "not reached"),
    MilestoneStatus.NOT_DUE: Text("belum jatuh tempo", "not due yet"),
    MilestoneStatus.UNKNOWN: Text("tidak diketahui", "unknown"),
}
