"""How often a host may be asked: a pause between requests, and longer ones where it answers with errors or says when to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

BACK_OFF_S = 60.0
MAX_BACK_OFF_S = 6 * 3600.0
MAX_RETRY_AFTER_S = 24 * 3600.0


@dataclass(slots=True)
class Host:
    """What is known of a host. Instants are seconds since 1970; `failures` in a row; `next_at` while it is left alone."""

    failures: int = 0
    next_at: float = 0.0
    asked_at: float = 0.0


@dataclass(slots=True)
class Hosts:
    """Every host that was asked, by `name:port`."""

    known: dict[str, Host] = field(default_factory=dict)

    def of(self, name: str) -> Host:
        """The host of that name, new where it was never asked."""
        return self.known.setdefault(name, Host())

    def is_left_alone(self, name: str, now: float) -> bool:
        """Whether the host must not be asked yet. A `next_at` past every pause comes of a clock set back, and is void."""
        return now < self.of(name).next_at <= now + MAX_RETRY_AFTER_S

    def pause(self, name: str, now: float, delay_s: float) -> float:
        """Seconds to wait before this host may be asked, at most `delay_s`."""
        return min(delay_s, max(0.0, self.of(name).asked_at + delay_s - now))

    def note_success(self, name: str) -> None:
        """The host answered."""
        host = self.of(name)
        host.failures, host.next_at = 0, 0.0

    def note_failure(self, name: str, now: float, retry_after: str | None = None) -> None:
        """The host failed: leave it alone for twice as long as the last time, or for as long as it says itself, up to a day."""
        host = self.of(name)
        host.failures += 1
        wait = min(BACK_OFF_S * 2.0 ** min(host.failures - 1, 20), MAX_BACK_OFF_S)
        host.next_at = now + max(wait, read_retry_after(retry_after, now) or 0.0)


def read_retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for (a number, or a date of HTTP), up to a day; None where it says nothing."""
    if value is None:
        return None
    stated = value.strip()
    if stated.isascii() and stated.isdigit():
        return min(float(stated[:9]), MAX_RETRY_AFTER_S)
    try:
        seconds = parsedate_to_datetime(stated).timestamp() - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return min(max(seconds, 0.0), MAX_RETRY_AFTER_S)
