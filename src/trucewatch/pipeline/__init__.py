"""The main job: plan, check, run, record issues, show progress."""

from trucewatch.pipeline.context import Recipe
from trucewatch.pipeline.run import Progress, RunResult, run
from trucewatch.plugins import check_plan, make_plan

__all__ = ["Progress", "Recipe", "RunResult", "check_plan", "make_plan", "run"]
