"""The list, the document and the review in a browser: parts that come on demand, and a review without a mouse."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web.conftest import Visit, serving, wait_until
from trucewatch.decisions import log_path, read_log


@pytest.fixture
def own(example: Path, built: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server over a copy of the example, and the copy: what is decided here stays here."""
    place = tmp_path / "trucewatch.db"
    for path in example.parent.glob(f"{example.name}*"):
        if path.is_file():
            shutil.copy(path, tmp_path / path.name)
        else:
            shutil.copytree(path, tmp_path / path.name)
    with serving(place) as address:
        yield address, place


def test_a_filter_changes_the_table_and_the_address_and_back(visit: Callable[..., Visit]) -> None:
    page = visit().open("/incidents")
    whole = page.locator("#results tbody tr").count()
    page.select_option("#f-side", "TUR")
    page.wait_for_url(re.compile(r"side=TUR"))
    wait_until(page, f"document.querySelectorAll('#results tbody tr').length < {whole}")
    assert 0 < page.locator("#results tbody tr").count() < whole
    assert page.locator("h1").count() == 1
    page.go_back()
    wait_until(page, f"document.querySelectorAll('#results tbody tr').length === {whole}")


def test_what_was_left_out_comes_into_the_page_when_asked(visit: Callable[..., Visit]) -> None:
    page = visit().open("/incidents?q=Ganja")
    page.locator("#results tbody th a").last.click()
    page.locator("a.to-sentence").first.click()
    page.wait_for_url(re.compile(r"/document/"))
    target = page.locator("mark:target")
    assert target.count() == 1
    assert target.is_visible()
    page.get_by_text("Show what was left out").click()
    wait_until(page, "!document.querySelector('#dropped-lines a[hx-get]')")
    assert "/document/" in page.url
    assert "/dropped" not in page.url


def test_a_claim_is_decided_and_undone_without_a_mouse(own: tuple[str, Path], visit: Callable[..., Visit]) -> None:
    # its own server comes first, so that the page is closed before it stops
    address, place = own
    page = visit(address=address).open("/review")
    first = page.locator("input[name=claim]").first.input_value()
    page.keyboard.press("n")
    page.wait_for_url(re.compile("after="))
    assert page.locator("input[name=claim]").first.input_value() != first
    page.goto(f"{address}/review")
    page.keyboard.press("c")
    wait_until(page, "document.activeElement?.name === 'act'")
    page.keyboard.press("Escape")
    # a letter typed into a field is a letter
    page.keyboard.press("a")
    wait_until(page, "document.activeElement?.id === 'reason-accept'")
    page.keyboard.type("n and u")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done="))
    assert page.get_by_text("Kept: correct value confidence=1.0").is_visible()
    entries = read_log(log_path(str(place)))
    assert [(one.subject, one.verdict) for one in entries] == [((first,), "confidence=1.0")]
    assert "n and u" in entries[0].reason
    page.keyboard.press("u")
    wait_until(page, "document.body.textContent.includes('Kept: undo')")
    assert [one.kind for one in read_log(log_path(str(place)))] == ["correct_value", "undo"]


def test_single_keys_can_be_switched_off_for_good(visit: Callable[..., Visit]) -> None:
    page = visit().open("/review")
    page.get_by_label("single keys").uncheck()
    page.reload()
    assert not page.get_by_label("single keys").is_checked()
    page.keyboard.press("c")
    assert not page.evaluate("document.querySelector('details[data-key=c]').open")
