"""Two assessments of one agency side by side: the claim, the finding, and what lies between."""

from meritindex.analysis.reconciling.agreement import AgencyAgreement, ItemAgreement
from meritindex.analysis.reconciling.answers import Absence
from meritindex.analysis.reconciling.card import Reconciliation
from meritindex.analysis.reconciling.items import (
    ReconciledAnswer,
    ReconciledItem,
    StateDifference,
    WaterfallStep,
)
from meritindex.analysis.reconciling.kappa import KappaWeights, weighted_kappa
from meritindex.analysis.reconciling.reconciling import reconcile
from meritindex.analysis.reconciling.table import ReconciliationTable

__all__ = [
    "Absence",
    "AgencyAgreement",
    "ItemAgreement",
    "KappaWeights",
    "ReconciledAnswer",
    "ReconciledItem",
    "Reconciliation",
    "ReconciliationTable",
    "StateDifference",
    "WaterfallStep",
    "reconcile",
    "weighted_kappa",
]
