"""A round of a watch: what is due of feeds, their articles and folders, to originals; what vanished, to issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.message import Message
from urllib.parse import urldefrag, urlsplit

from trucewatch.model.records import When
from trucewatch.sources.archive import READ_TYPES
from trucewatch.sources.feed import read_feed, read_withdrawn
from trucewatch.sources.fetch import Fetched, Fetcher
from trucewatch.sources.folder import read_inputs
from trucewatch.sources.original import MEBIBYTE, Original, make_original, refuse, settled
from trucewatch.sources.polite import BACK_OFF_S
from trucewatch.sources.watch_state import Known, State
from trucewatch.text.charset import decode, is_binary
from trucewatch.text.markup import looks_like_html

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
# an article is asked for again when it is twice as old, at least weekly, and for three months
MIN_RECHECK_S, MAX_RECHECK_S, WATCHED_S = HOUR_S, 7 * DAY_S, 90 * DAY_S
ROUND_BYTES, ROUND_FETCHES = 200 * MEBIBYTE, 500
# versions of a page that are remembered: one that comes back is not new
VERSIONS = 50
GONE_FOR_GOOD = "410"
Said = Callable[[Original], str | None]


@dataclass(slots=True)
class Round:
    """What one round brought; `fetches` by outcome, "same" where new bytes say what was read before.

    `is_cut`: it was full before all was asked, so that the next one should begin at once; `backlog`: how many are due still.
    """

    originals: list[Original] = field(default_factory=list)
    fetches: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False
    backlog: int = 0


def is_url(name: str) -> bool:
    """Whether an input is an address on the network."""
    return name.lower().startswith(("http://", "https://"))


def said_by_bytes(original: Original) -> str | None:
    """Versions told apart by their bytes alone."""
    return original.sha256


def poll(
    urls: Sequence[str],
    state: State,
    fetcher: Fetcher,
    every_s: float,
    said: Said = said_by_bytes,
    on_ask: Callable[[], None] = lambda: None,
) -> Round:
    """Ask for the named feeds and pages that are due, then for the articles that are due, changing `state`.

    The round ends early at 200 MiB or 500 requests. Whatever cannot be had comes as an original with its issue: an error for what
    the user named, a warning for an article that a feed names. `every_s` 0: what is named is always due. `said`: a digest of what
    an original says; a page that says what an earlier fetch of it said gives nothing, however its bytes differ.
    `on_ask` is called before each request.
    """
    now = fetcher.clock()
    watch = _Watch(state, fetcher, now, every_s, said, Round(), on_ask)
    for url in urls:
        state.urls.setdefault(url, Known(first_at=now)).is_named = True
    for url in urls:
        if watch.is_due(url):
            watch.take(url)
    listed = {link for url in urls for link in state.urls[url].entries}
    for url, known in list(state.urls.items()):
        if url in urls:
            continue
        known.is_named = False
        if now - known.first_at > WATCHED_S:
            if url not in listed:
                del state.urls[url]
        elif watch.is_due(url):
            if watch.is_full():
                watch.round.is_cut = True
                break
            watch.take(url)
    watch.round.backlog = sum(watch.is_due(url) for url in state.urls)
    return watch.round


def read_folders(folders: Sequence[str], state: State) -> Iterator[Original]:
    """Documents of folders and files as read_inputs gives them, then an issue for each file that is gone.

    `state` is changed as the reading goes on. A folder that cannot be read at all makes no file vanish.
    """
    for folder in folders:
        met: dict[str, None] = {}
        is_whole = True
        for original in read_inputs([folder]):
            if original.issue is not None and original.issue.code in ("unreadable", "empty-folder", "not-found"):
                is_whole = False
            elif original.issue is None or original.issue.level == "error":
                met[original.input_path] = None
            yield original
        before = state.files.get(folder, [])
        if not is_whole:
            state.files[folder] = list(dict.fromkeys((*before, *met)))
            continue
        for path in before:
            if path not in met:
                yield refuse(
                    "source-vanished", "the file is no longer there; what was read of it is kept", path, path, level="warning"
                )
        state.files[folder] = list(met)
        yield settled(folder)


@dataclass(slots=True)
class _Watch:
    state: State
    fetcher: Fetcher
    started_at: float
    every_s: float
    said: Said
    round: Round
    on_ask: Callable[[], None]
    stand_ins: dict[str, Original] = field(default_factory=dict)

    def is_due(self, url: str) -> bool:
        """Whether to ask now; a `next_at` further away than any interval comes of a clock that was set back."""
        ahead = self.state.urls[url].next_at - self.fetcher.clock()
        return ahead <= 0 or ahead > max(MAX_RECHECK_S, self.every_s)

    def is_full(self) -> bool:
        """Whether the round should end: what it holds is in memory, and a feed may name pages without end."""
        size = sum(len(original.original) for original in self.round.originals)
        return size > ROUND_BYTES or self.round.fetches.total() >= ROUND_FETCHES

    def take(self, url: str) -> None:
        """Ask for one URL and settle what comes."""
        self.on_ask()
        known = self.state.urls[url]
        # after a failure the whole is asked for, so that what comes takes the place of the failure's issue
        is_trusted = not known.failures and known.withdrawn is None
        fetched = self.fetcher.get(url, known.etag if is_trusted else None, known.last_modified if is_trusted else None)
        self.round.fetches[fetched.outcome] += 1
        now = self.fetcher.clock()
        if known.is_named:
            # a little early, so that the round that comes after `every_s` finds it due
            known.next_at = self.started_at + 0.9 * self.every_s
        else:
            known.next_at = now + min(max(now - known.first_at, MIN_RECHECK_S), MAX_RECHECK_S)
        if fetched.outcome == "unchanged":
            return
        if fetched.outcome == "postponed":
            # nothing was learned of the page; the host's own pause says when it is asked
            known.next_at = self.started_at + max(0.9 * self.every_s, BACK_OFF_S)
            return
        if fetched.outcome == "ok" and not known.is_named and _is_front_page(fetched.at, url):
            fetched = replace(fetched, outcome="gone", reason="the site leads to its front page instead")
        if fetched.outcome != "ok":
            self._note_failure(url, known, fetched)
            return
        known.etag, known.last_modified = fetched.etag, fetched.last_modified
        had_failed, known.failures = known.failures > 0, 0
        for original in self._read(url, known, fetched):
            known.failures += original.issue is not None and original.source == url
            self._put(original, url, known, now)
        if had_failed and not known.failures:
            self.round.originals.append(settled(url))
        if known.withdrawn is not None and known.sha256 is not None:
            when = f" ({known.withdrawn})" if known.withdrawn else ""
            message = f"its feed says that it was deleted{when}, though the page is still there; what was read of it is kept"
            self.round.originals.append(refuse("source-vanished", message, url, url, level="warning", value=known.withdrawn))

    def _put(self, original: Original, url: str, known: Known, now: float) -> None:
        link = urldefrag(original.source)[0]
        if original.issue is not None or original.source == url or not is_url(link):
            self.round.originals.append(original)
            return
        # an entry of a feed: its page is the document, and the entry's own words where the page cannot be had
        self.stand_ins[link] = original
        if link not in known.entries:
            known.entries.append(link)
        article = self.state.urls.setdefault(link, Known(first_at=now))
        if article.withdrawn is not None:
            self.round.originals.append(settled(link))
        article.entry_id, article.withdrawn = original.entry_id, None
        if not article.is_named:
            article.outlet, article.title = original.outlet, original.title
            article.published = original.published.earliest.isoformat() if original.published.earliest else None

    def _note_failure(self, url: str, known: Known, fetched: Fetched) -> None:
        known.failures += 1
        level = "error" if known.is_named else "warning"
        stand_in = self.stand_ins.get(url)
        if fetched.outcome == "gone" and known.sha256 is not None:
            message = f"the page was there and is gone ({fetched.reason}); what was read of it is kept"
            self._refuse(refuse("source-vanished", message, url, url, level="warning", value=fetched.reason))
            return
        if fetched.outcome == "gone" and known.entries and GONE_FOR_GOOD in fetched.reason:
            message = (
                f"the feed was there and is gone for good ({fetched.reason}): its articles are watched on; name its new address"
            )
            self._refuse(refuse("source-vanished", message, url, url, level=level, value=fetched.reason))
        elif fetched.outcome == "refused":
            self._refuse(refuse("fetch-refused", fetched.reason, url, url, level=level, value=fetched.reason))
        elif fetched.outcome == "large":
            self._refuse(refuse("too-large", fetched.reason, url, url, level=level, value=fetched.reason))
        else:
            message = f"could not be fetched: {fetched.reason}"
            self._refuse(refuse("fetch-failed", message, url, url, level=level, value=fetched.reason))
        if stand_in is not None and known.sha256 is None:
            self.round.originals.append(stand_in)

    def _refuse(self, refusal: Original) -> None:
        self.round.originals.append(refusal)

    def _read(self, url: str, known: Known, fetched: Fetched) -> Iterator[Original]:
        """The page, or the entries of a feed. A feed is what was named and is neither a page nor a document of another kind."""
        kind, charset = _declared(fetched.content_type)
        body = fetched.body
        media_type = READ_TYPES.get(kind)
        is_page = looks_like_html(decode(body[:4_096], charset)[0])
        if known.is_named and not is_page and (media_type is None or media_type == "text/plain") and b"<" in body[:512]:
            known.entries = []
            yield from read_feed(body, url)
            self._withdraw(read_withdrawn(body))
        elif not body.strip():
            yield refuse("empty-file", "the page is empty", url, url, level="error" if known.is_named else "warning")
        elif is_page or media_type is not None:
            media_type = "text/html" if is_page else str(media_type)
            if not media_type.startswith("text/"):
                charset = None
            elif is_binary(body):
                yield refuse("binary-file", "holds no text", url, url, level="error" if known.is_named else "warning")
                return
            yield from self._page(url, known, body, f"{media_type}; charset={charset}" if charset else media_type)
        else:
            message = f"is of no kind read here ({kind or 'none is declared'})"
            yield refuse("unsupported-format", message, url, url, level="error" if known.is_named else "info", value=kind)

    def _withdraw(self, withdrawn: dict[str, str]) -> None:
        """Note articles that a feed says were deleted; each is asked for at once, since the page may be gone too."""
        if not withdrawn:
            return
        for url, article in self.state.urls.items():
            when = withdrawn.get(article.entry_id or url)
            if when is not None and article.withdrawn is None and not article.is_named:
                article.withdrawn, article.next_at = when, 0.0

    def _page(self, url: str, known: Known, body: bytes, media_type: str) -> Iterator[Original]:
        original = make_original(url, url, body, media_type)
        day = date.fromisoformat(known.published) if known.published else None
        said = self.said(original) or original.sha256
        if original.sha256 != known.sha256:
            if said in known.said:
                # another counter, token or advertisement: the bytes that were kept first stand for all that say this
                self.round.fetches["ok"] -= 1
                self.round.fetches["same"] += 1
                return
            retrieved = datetime.fromtimestamp(self.fetcher.clock(), tz=UTC).replace(microsecond=0)
            original = replace(original, retrieved_at=retrieved)
        known.sha256 = original.sha256
        known.said = [*(digest for digest in known.said if digest != said), said][-VERSIONS:]
        published = When(earliest=day, latest=day, precision="day", basis="given") if day else original.published
        yield replace(original, title=known.title, outlet=known.outlet, published=published)


def _is_front_page(reached: str, asked: str) -> bool:
    """Whether an article's address led to a site's front page: what many sites do with articles that they took down."""
    return urlsplit(reached).path in ("", "/") and not urlsplit(reached).query and urlsplit(asked).path not in ("", "/")


def _declared(content_type: str) -> tuple[str, str | None]:
    """Media type and charset of a Content-Type header."""
    message = Message()
    message["content-type"] = "".join(letter for letter in content_type if letter.isprintable())
    return (message.get_content_type() if content_type.strip() else ""), message.get_content_charset()
