"""What every route needs: the ledger's store, its theatre, the parties' names, and pages drawn from templates."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from starlette.responses import HTMLResponse

from trucewatch.errors import StoreError
from trucewatch.model.theatre import Theatre
from trucewatch.reports.words import Names
from trucewatch.store import Store
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import Reader, reading
from trucewatch.web.publicview import PublicReader, kept_back, make_publisher, word_check
from trucewatch.web.templating import ENVIRONMENT

T = TypeVar("T")
MOST_KEPT = 300
# what takes longer than this is shown of a moment ago while it is made anew
PATIENCE_S = 0.05


@dataclass(frozen=True, kw_only=True)
class Site:
    """One application over one ledger. `place` is the ledger's path or address, `hosts` the names it answers to.

    `is_public`: whatever it shows is as in a public release, and nobody decides; `key` keeps its moved places unguessable.
    """

    store: Store
    theatre: Theatre
    names: Names
    place: str
    hosts: frozenset[str]
    is_public: bool = False
    key: bytes = b""
    _lock: Lock = field(default_factory=Lock)
    _making: dict[tuple[Hashable, ...], Lock] = field(default_factory=dict)
    # by key: the state it is of, the value, and the seconds that making it took
    _recent: OrderedDict[Hashable, tuple[int, Any, float]] = field(default_factory=OrderedDict)
    _refreshing: set[Hashable] = field(default_factory=set)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="counts"))
    _kept: OrderedDict[tuple[Hashable, ...], Any] = field(default_factory=OrderedDict)

    def once(self, version: int, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for a version of the ledger, however many ask; the latest few hundred are kept."""
        whole = (version, key)
        with self._lock:
            if whole in self._kept:
                kept: T = self._kept[whole]
                return kept
            own = self._making.setdefault(whole, Lock())
        # who asks for the same meanwhile waits for it; other questions do not
        with own:
            with self._lock:
                if whole in self._kept:
                    waited: T = self._kept[whole]
                    return waited
            try:
                made = make()
                with self._lock:
                    self._kept[whole] = made
                    while len(self._kept) > MOST_KEPT:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(whole, None)
        return made

    def recent(self, reader: Reader, key: Hashable, make: Callable[[Reader], T]) -> T:
        """What `make` gives of the reader's state of the ledger, or where that takes long, of one a moment before it.

        The newer one is then made in the background, for the next who asks. Where words were destroyed since, everybody waits.
        """
        version, key = reader.version(), (reader.erasures(), key)
        with self._lock:
            kept = self._recent.get(key)
        if kept is not None and (kept[0] == version or kept[2] >= PATIENCE_S):
            value: T = kept[1]
            if kept[0] != version:
                self._refresh(key, make)
            return value
        return self.once(version, ("recent", key), lambda: self._made(version, key, make, reader))

    def _made(self, version: int, key: Hashable, make: Callable[[Reader], T], reader: Reader) -> T:
        # the processor's time: a machine that is busy with others makes nothing stale
        begin = time.thread_time()
        made = make(reader)
        with self._lock:
            self._recent[key] = (version, made, time.thread_time() - begin)
            while len(self._recent) > MOST_KEPT:
                self._recent.popitem(last=False)
        return made

    def _refresh(self, key: Hashable, make: Callable[[Reader], Any]) -> None:
        with self._lock:
            if key in self._refreshing:
                return
            self._refreshing.add(key)

        def work() -> None:
            try:
                # a store that fails is told by the requests, each of which reads it
                with suppress(StoreError), self.reading() as reader:
                    self._made(reader.version(), key, make, reader)
            finally:
                with self._lock:
                    self._refreshing.discard(key)

        self._worker.submit(work)

    def close(self) -> None:
        """Make nothing more in the background."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader of the ledger as it stands at this moment; in a public view one that gives nothing else than the public may
        have. Raises StoreError as the store does."""
        with reading(self.store) as reader:
            if not self.is_public:
                yield reader
                return
            today = datetime.now(UTC).date()
            key = ("publisher", today)
            publisher = self.once(reader.version(), key, lambda: make_publisher(reader, self.theatre, self.key, today))
            yield PublicReader(reader.conn, reader.dialect, publisher)

    def search(self, wanted: IncidentFilter) -> IncidentFilter:
        """A filter as this view may ask it: in a public one neither a person's name nor a guarded place leads to an incident."""
        if not self.is_public:
            return wanted
        is_open = self.once(0, "word-check", lambda: word_check(self.theatre))
        return replace(wanted, is_open=is_open, kept_back=kept_back())

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """A page. Templates know `site`, `here` (the path) and `is_part`: only the part that htmx swaps is wanted."""
        is_part = request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers
        words = ENVIRONMENT.get_template(template).render(
            site=self,
            theatre=self.theatre,
            names=self.names,
            here=request.url.path,
            is_part=is_part,
            is_public=self.is_public,
            **context,
        )
        # one address gives the whole page or its part
        return HTMLResponse(words, status, headers={"Vary": "HX-Request", "Cache-Control": "no-cache"})


async def site_of(request: Request) -> Site:
    """The site of the application that a request came to."""
    site: Site = request.app.state.site
    return site


SITE = Annotated[Site, Depends(site_of)]
