"""What a stage is: a pure function that declares what it needs and what it assigns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from trucewatch.model.records import Ledger, Reading
from trucewatch.model.theatre import Theatre


@dataclass(frozen=True, kw_only=True)
class Context:
    """What stages may use besides their records. Models arrive here, loaded once by the pipeline.

    `parser` is a `trucewatch.text.parse.Parser`, `reader` a `trucewatch.text.reader.ActReader` (None: claims are made by
    rules alone), `gazetteer` a `trucewatch.text.gazetteer.Gazetteer`, `actors` a
    `trucewatch.text.actors.ActorIndex` (typed loosely: the model floor knows no library). `kin_texts` leads from a
    document id to the texts of its kin. `kinship` is what an earlier run found out about the ledger's texts
    (`trucewatch.stages.kinship.KinState`), None: nothing. `memory` (`trucewatch.store.memo.Memory`) gives results of earlier work
    by the digest of its inputs, None: all is worked out.
    """

    theatre: Theatre
    parser: Any = None
    reader: Any = None
    gazetteer: Any = None
    actors: Any = None
    kin_texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    kinship: Any = None
    memory: Any = None


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage. `needs` and `assigns` name fields as "claims.act", "documents.text"; `check` compares them over a plan."""

    name: str
    scope: Literal["record", "ledger"]
    needs: tuple[str, ...]
    assigns: tuple[str, ...]
    run_record: Callable[[Reading, Context], Reading] | None = None
    run_ledger: Callable[[Ledger, Context], Ledger] | None = None
