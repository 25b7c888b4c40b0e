"""The exception tree. Exceptions are for broken promises; doubt about the world is an `Issue` record.

    TrucewatchError
    ├── ConfigError        a setting or a theatre that cannot be used
    │   └── PlanError      a plan in which a stage reads what no earlier stage makes
    ├── RecordError        a record that breaks its own rules
    ├── SourceError        something that cannot be read
    │   ├── FetchError     it could not be fetched
    │   └── ParseError     it was fetched and makes no sense
    ├── StoreError         the ledger cannot be opened, read or written
    ├── RequestError       a request to the web application that cannot be answered
    └── ReleaseRefused     an export that the do-no-harm rules forbid

Messages say what, where, the value seen, and what to do.
"""

SEEN_CHARS = 120


class TrucewatchError(Exception):
    """Any broken promise of trucewatch."""


class ConfigError(TrucewatchError):
    """A setting or a theatre that cannot be used."""


class PlanError(ConfigError):
    """A plan in which a stage reads what no earlier stage makes."""


class RecordError(TrucewatchError):
    """A record that breaks its own rules."""


class SourceError(TrucewatchError):
    """Something that cannot be read."""


class FetchError(SourceError):
    """A source that could not be fetched."""


class ParseError(SourceError):
    """A source that was fetched and makes no sense."""


class StoreError(TrucewatchError):
    """A ledger that cannot be opened, read or written."""


class RequestError(TrucewatchError):
    """A request to the web application that cannot be answered. `status` is HTTP's, `code` ours (kebab-case).

    `field` is the part of the request that is wrong, `seen` its value (cut), `expected` what would do, in words.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        seen: str | None = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.field, self.expected = status, code, field, expected
        self.seen = seen if seen is None or len(seen) <= SEEN_CHARS else f"{seen[:SEEN_CHARS]}… ({len(seen):,} characters)"


class ReleaseRefused(TrucewatchError):
    """An export that the do-no-harm rules forbid."""
