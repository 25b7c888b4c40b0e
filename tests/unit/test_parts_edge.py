"""Work over parts of a ledger that fails: it is told of, and all is worked out anew."""

from __future__ import annotations

import pytest

from trucewatch.errors import StoreError
from trucewatch.pipeline.edge import UnsplittableError, in_parts


def test_a_fault_in_the_parts_is_told_and_not_hidden(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> int:
        return 1 // 0

    assert in_parts(broken, is_strict=False) is None
    assert "worked out anew" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    with pytest.raises(ZeroDivisionError):
        in_parts(broken, is_strict=True)


def test_what_cannot_be_parted_is_no_fault_and_a_store_that_fails_is_one(caplog: pytest.LogCaptureFixture) -> None:
    def raising(err: Exception) -> int:
        raise err

    assert in_parts(lambda: raising(UnsplittableError("all of it")), is_strict=False) is None
    assert not caplog.text
    with pytest.raises(StoreError):
        in_parts(lambda: raising(StoreError("gone")), is_strict=False)
    assert in_parts(lambda: 3, is_strict=True) == 3
