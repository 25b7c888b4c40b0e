"""Kinship: which documents copy, syndicate, translate or rewrite one another, and who is one voice for a claim."""

from trucewatch.stages.kinship.stage import STAGE, find_kin, run
from trucewatch.stages.kinship.state import KinState

__all__ = ["STAGE", "KinState", "find_kin", "run"]
