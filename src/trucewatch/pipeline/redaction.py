"""Redaction of a large ledger: words are destroyed, and what followed from them is worked out again at once, part by part.

Where that cannot be (a small ledger, one that another version of trucewatch or other settings made, a stage that fails), the
words go all the same, with all that lies beside the ledger, and the next run works everything out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.config import load_settings, load_theatre
from trucewatch.engines import make_engine
from trucewatch.errors import ConfigError
from trucewatch.model.records import Ledger
from trucewatch.model.stage import Context, Stage
from trucewatch.pipeline import incremental
from trucewatch.pipeline.context import Recipe
from trucewatch.pipeline.edge import died, in_parts, run_task
from trucewatch.pipeline.incremental import Update, bring_parts_up_to_date, is_splittable, knows_all
from trucewatch.pipeline.progress import Clock
from trucewatch.pipeline.run import prepare
from trucewatch.plugins import make_plan, make_plugins
from trucewatch.store import Store
from trucewatch.store.concerned import Concerned
from trucewatch.store.parts import Parts
from trucewatch.text.redaction import Range


@dataclass(frozen=True, kw_only=True)
class Making:
    """How a ledger is made, as `pipeline.run` takes it."""

    stages: Sequence[Stage]
    recipe: Callable[[], Context]
    parser_pipeline: str = ""


def making_of(store: Store) -> Making:
    """How a run from here would make a ledger that was made before. Raises ConfigError where settings, theatre or plan are not
    to be had."""
    settings = load_settings()
    theatre = load_theatre(store.theatre())
    recipe = Recipe(theatre=theatre, parser_pipeline=settings.pipeline, settings=settings.for_stages())
    return Making(stages=make_plan(make_plugins()), recipe=recipe, parser_pipeline=settings.pipeline)


class Redactor:
    """A ledger as a decision on `subject` needs it (`decisions.DecisionStore`), whose redactions go through its parts.

    `making` is asked for a large ledger alone, and may raise ConfigError: then it is not known how the ledger is made. The caller
    holds `store.writing()`.
    """

    def __init__(self, store: Store, subject: Sequence[str], making: Callable[[], Making], *, is_strict: bool = False) -> None:
        self._store, self._making, self._is_strict = store, making, is_strict
        self._read_by = ""
        self._concerned = Concerned(store, subject)
        # whether all that follows from the redaction is in the ledger
        self.is_worked_out = False

    def put(self, records: Iterable[Any]) -> int:
        """Put records; gives how many were new or changed."""
        return self._concerned.put(records)

    def view(self) -> Ledger:
        """The decisions, and the records that the one at hand concerns. Raises StoreError as the store does."""
        return self._concerned.view()

    def black_out(self, ranges: Mapping[str, Sequence[Range]], observation_ids: Iterable[str] = ()) -> None:
        """Destroy words for good. Raises StoreError as the store does."""
        observation_ids = tuple(observation_ids)
        update = self._update()
        if update is None or not self._in_parts(update, ranges, observation_ids):
            self._store.black_out(ranges, observation_ids)

    def _update(self) -> Update | None:
        store = self._store
        if store.count_readings(incremental.PARTS_FROM) < incremental.PARTS_FROM:
            return None
        try:
            making = self._making()
        except ConfigError:
            return None
        prepared = prepare(store, making.stages, making.recipe, making.parser_pipeline)
        # what earlier runs remember of single documents goes with the words
        context = replace(prepared.context, memory=None)
        update = Update(
            store=store,
            groups=prepared.groups,
            context=context,
            made_by=prepared.made_by,
            pending=(),
            was_cut_short=False,
            engine=make_engine(lambda: context, run_task, died, 1),
            clock=Clock(),
            is_strict=self._is_strict,
            on_progress=lambda _: None,
        )
        self._read_by = prepared.read_by
        return update if is_splittable(update) else None

    def _in_parts(self, update: Update, ranges: Mapping[str, Sequence[Range]], observation_ids: tuple[str, ...]) -> bool:
        """Whether the words could be destroyed so that what follows from it is worked out in parts, or, that done, all anew."""
        shelf = self._store.shelf
        with Parts(shelf.folder) as parts:
            if not knows_all(update, parts):
                return False
            with shelf.erasing():
                erased = self._store.black_out(ranges, observation_ids, keeps_shelf=True)
                count = in_parts(
                    lambda: bring_parts_up_to_date(update, parts, is_whole=False, erased=erased), is_strict=self._is_strict
                )
                self.is_worked_out = count is not None
                if self.is_worked_out:
                    parts.scrub()
                    shelf.keep(self._read_by, update.context.kinship.arrays())
        if not self.is_worked_out:
            shelf.clear()
        return True
