"""Every page at both widths, in light and dark: no serious fault by axe-core, no sideways scroll, no foreign host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import AXE, PHONE, WIDE, Visit
from trucewatch.model.records import Claim, Kinship
from trucewatch.store import open_store
from trucewatch.store.reading import reading

GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def addresses(example: Path) -> dict[str, str]:
    """Every kind of page, by an address of it."""
    with open_store(example, create=False) as store, reading(store) as reader:
        ledger = store.view()
        claim = min(ledger.claims, key=lambda c: c.id)
        incident = max(ledger.incidents, key=lambda i: (len(i.claim_ids) + len(i.denial_ids), i.id))
        kin = min(reader.where(Kinship), key=lambda k: (k.first_id, k.second_id))
        assert reader.get(Claim, claim.id) is not None
    return {
        "map": "/",
        "table": "/?as=table",
        "card": f"/?incident={incident.id}&control=1",
        "incidents": "/incidents",
        "incident": f"/incident/{incident.id}",
        "document": f"/document/{claim.document_id}#{claim.id}",
        "beside": f"/document/{kin.first_id}/beside/{kin.second_id}",
        "agreements": "/agreements",
        "report": "/report",
        "data": "/data",
        "review": "/review",
        "issues": "/issues",
        "problem": "/incident/inc-0000000000000000",
    }


PAGES = (
    "map",
    "table",
    "card",
    "incidents",
    "incident",
    "document",
    "beside",
    "agreements",
    "report",
    "data",
    "review",
    "issues",
    "problem",
)


def grave_faults(page: Any) -> list[str]:
    """Serious and critical faults that axe-core finds in a page."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make frontend`, which needs Node 20")
    # as a person with the console would: the page's own policy lets no script in
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults: list[dict[str, Any]] = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [
        f"{fault['id']}: {fault['help']} ({'; '.join(node['html'][:160] for node in fault['nodes'][:4])})"
        for fault in faults
        if fault["impact"] in GRAVE
    ]


def test_the_check_finds_what_it_looks_for(visit: Callable[..., Visit]) -> None:
    page = visit().open("/issues")
    page.evaluate(
        """() => {
          const faint = document.createElement('p');
          faint.textContent = 'hardly to be read';
          faint.style.color = '#ddd';
          document.querySelector('main').append(faint, document.createElement('button'));
        }"""
    )
    found = {fault.partition(":")[0] for fault in grave_faults(page)}
    assert {"color-contrast", "button-name"} <= found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["375", "1280"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_fault(
    visit: Callable[..., Visit], addresses: dict[str, str], name: str, size: tuple[int, int], scheme: str
) -> None:
    tab = visit(size=size, scheme=scheme)
    page = tab.open(addresses[name])
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size[0], "the page scrolls sideways"
    assert grave_faults(page) == []
    if name == "problem":
        # the browser itself notes that the page is a 404
        tab.errors[:] = [error for error in tab.errors if "404" not in error]
