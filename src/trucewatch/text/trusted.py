"""Weight and table files that are shipped: read only where their SHA-256 is the one in trusted.toml (`make trust` writes it).

A file that was exchanged or damaged would change findings without a word; it is refused instead.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files

from trucewatch.errors import ConfigError

TABLE = "trusted.toml"


@cache
def trusted_hashes() -> dict[str, str]:
    """SHA-256 of each trusted file, by its path inside the package."""
    table = tomllib.loads(files("trucewatch.text").joinpath(TABLE).read_text(encoding="utf-8"))
    return dict(table["sha256"])


def read_trusted(name: str) -> bytes:
    """Bytes of a shipped file, `name` its path inside the package with slashes.

    Raises ConfigError where the file is missing, not in the table, or not what the table says.
    """
    try:
        content = files("trucewatch").joinpath(*name.split("/")).read_bytes()
    except OSError as err:
        raise ConfigError(f"the shipped file {name} cannot be read: {err.strerror or err}. Install trucewatch again") from err
    seen, expected = hashlib.sha256(content).hexdigest(), trusted_hashes().get(name)
    if seen != expected:
        raise ConfigError(
            f"the shipped file {name} is not the one that was released (SHA-256 {seen[:16]}, "
            f"expected {(expected or 'none')[:16]}): install trucewatch again, or, if you trained it yourself, run `make trust`"
        )
    return content
