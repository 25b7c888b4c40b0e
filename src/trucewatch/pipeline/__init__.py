"""The main job: plan, check, run, record issues, show progress."""

from trucewatch.pipeline.context import Recipe
from trucewatch.pipeline.progress import Progress
from trucewatch.pipeline.run import RunResult, run
from trucewatch.plugins import check_plan, make_plan

__all__ = ["Progress", "Recipe", "RunResult", "check_plan", "make_plan", "run"]
