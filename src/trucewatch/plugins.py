"""The plugin manager, and the plan: the shipped stages in their order, with those that plugins bring."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import pluggy

from trucewatch import hookspecs
from trucewatch.errors import PlanError
from trucewatch.hookspecs import hookimpl
from trucewatch.model.stage import Stage

SHIPPED = (
    "clean",
    "segment",
    "extract",
    "kinship",
    "date",
    "resolve",
    "locate",
    "settle",
    "judge",
    "link",
    "reconcile",
    "verify",
    "assess",
)
# what is there before the first stage: an original with what its container says of it, and what persons filed
GIVEN = frozenset(
    {
        "original",
        "media_type",
        "documents.id",
        "documents.source",
        "documents.input_path",
        "documents.sha256",
        "documents.outlet",
        "documents.title",
        "documents.published",
        "documents.retrieved_at",
        "observations",
        "decisions",
        "register",
    }
)


@hookimpl
def trucewatch_stages() -> Sequence[Stage]:
    """The shipped stages."""
    return [importlib.import_module(f"trucewatch.stages.{name}").STAGE for name in SHIPPED]


def make_plugins() -> pluggy.PluginManager:
    """A plugin manager with the shipped plugin and every installed one."""
    plugins = pluggy.PluginManager("trucewatch")
    plugins.add_hookspecs(hookspecs)
    plugins.register(importlib.import_module(__name__), name="shipped")
    plugins.load_setuptools_entrypoints("trucewatch")
    return plugins


def make_plan(plugins: pluggy.PluginManager) -> tuple[Stage, ...]:
    """Every stage in the order in which it runs, checked. Raises PlanError where a stage reads what no earlier one makes."""
    shipped: dict[str, Stage] = {}
    brought: list[Stage] = []
    for stages in reversed(plugins.hook.trucewatch_stages()):
        for stage in stages:
            if stage.name in SHIPPED:
                shipped[stage.name] = stage
            else:
                brought.append(stage)
    plan = [shipped[name] for name in SHIPPED if name in shipped]
    for stage in brought:
        place = next((i for i in range(len(plan) + 1) if not _missing(stage, plan[:i])), len(plan))
        plan.insert(place, stage)
    check_plan(plan)
    return tuple(plan)


def check_plan(stages: Sequence[Stage]) -> None:
    """Refuse a plan in which a stage reads what no earlier stage makes. Raises PlanError naming every such field."""
    complaints = []
    for number, stage in enumerate(stages):
        function = stage.run_record if stage.scope == "record" else stage.run_ledger
        if function is None:
            complaints.append(f"the stage {stage.name!r} of scope {stage.scope} has no run_{stage.scope} function")
        for field in _missing(stage, stages[:number]):
            later = [other.name for other in stages[number:] if _is_made(field, other.assigns)]
            advice = f"move it after {later[0]!r}" if later else "add a stage that assigns it"
            complaints.append(f"the stage {stage.name!r} needs {field}, which no stage before it assigns: {advice}")
    names = [stage.name for stage in stages]
    complaints += [f"two stages are named {name!r}" for name in sorted({n for n in names if names.count(n) > 1})]
    if complaints:
        raise PlanError("the plan cannot run: " + "; ".join(complaints))


def _missing(stage: Stage, before: Sequence[Stage]) -> list[str]:
    made = [*GIVEN, *(field for other in before for field in other.assigns)]
    return [field for field in stage.needs if not _is_made(field, made)]


def _is_made(field: str, made: Sequence[str]) -> bool:
    """Whether a field is assigned: itself, a table above it, or (for a table) any field of it; "readings." may lead."""
    field = field.removeprefix("readings.").removesuffix(".*")
    for each in made:
        each = each.removeprefix("readings.").removesuffix(".*")
        if each == field or each.startswith(f"{field}.") or field.startswith(f"{each}."):
            return True
    return False
