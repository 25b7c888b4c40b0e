"""schemathesis over the whole API: what OpenAPI promises is what comes, and no request makes it fail."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.unit.web_site import make_site

# not negative_data_rejection: in an address everything is text, and `false` is as good an id as any
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
)


MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
BOUNDS = settings(
    max_examples=15, deadline=None, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("mode", MODES, ids=lambda m: m.value)
def test_no_request_breaks_what_openapi_promises(tmp_path: Path, mode: schemathesis.GenerationMode) -> None:
    """15 requests, sane or mad, to every operation, the same in every run."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_site(tmp_path / "a.db")[1])
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 13
    for operation in operations:
        if mode is schemathesis.GenerationMode.NEGATIVE and not operation.query:
            continue

        @seed(5)
        @BOUNDS
        @given(case=operation.as_strategy(generation_mode=mode))
        def answer(case: schemathesis.Case) -> None:
            case.validate_response(case.call(), checks=list(CHECKS))

        answer()
