"""Content hashes with a readable prefix: the same thing read twice has the same id."""

import hashlib

from trucewatch.errors import RecordError


def make_id(prefix: str, *key: object) -> str:
    """Id of a record: `prefix-` and 16 hexadecimal digits of the SHA-256 over the key fields alone.

    Raises RecordError where no key is given. A key field None differs from an empty text.
    """
    if not key:
        raise RecordError(f"an id with prefix {prefix!r} needs at least one key field")
    text = "\x1f".join("\x00" if part is None else str(part) for part in key)
    return f"{prefix}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def sha256_of(original: bytes) -> str:
    """Full SHA-256 of an original's bytes, hexadecimal."""
    return hashlib.sha256(original).hexdigest()
