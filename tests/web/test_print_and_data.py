"""What leaves the browser: pages on paper, and a data set as an archive, in which nothing is cut off or missing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import pytest

from tests.web.conftest import PHONE, Visit


@pytest.mark.parametrize("path", ["/incidents?side=ARM", "/agreements", "/data", "/review", "/issues"])
def test_on_paper_nothing_is_cut_off_and_no_form_is_printed(visit: Callable[..., Visit], path: str) -> None:
    tab = visit(size=(794, 1123))
    page = tab.open(path)
    page.emulate_media(media="print")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 794
    shown = page.locator("button:visible, .filter-form:visible, .site-nav:visible")
    assert shown.count() == 0
    if "side=" in path:
        assert page.locator(".for-print").inner_text() == "Filtered by: side ARM."
        page.emulate_media(media="screen")
        assert not page.locator(".for-print").is_visible()


def test_a_long_list_of_claims_is_printed_whole(visit: Callable[..., Visit]) -> None:
    page = visit().open("/incidents")
    page.goto(page.url.replace("/incidents", "") + page.locator("th a").first.get_attribute("href"))
    page.locator("a.to-sentence").first.click()
    page.wait_for_selector(".told li")
    page.emulate_media(media="print")
    assert (
        page.evaluate("() => { const told = document.querySelector('.told'); return told.scrollHeight - told.clientHeight }") <= 1
    )


def test_a_data_set_is_downloaded_with_its_dictionary(visit: Callable[..., Visit]) -> None:
    page = visit().open("/data")
    page.get_by_label("Data set").select_option("geojson")
    page.get_by_label("Released by").fill("Ana")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "trucewatch-geojson-public.zip"
    with zipfile.ZipFile(download.value.path()) as packed:
        names = {name.rpartition("/")[2] for name in packed.namelist()}
    assert {"incidents.geojson", "datapackage.json", "README.md"} <= names


def test_on_a_phone_a_row_begins_with_what_it_is_of(visit: Callable[..., Visit]) -> None:
    page = visit(size=PHONE).open("/?as=table", is_map=True)
    row = page.locator("#table tbody tr").first
    heads, days = row.locator("th").bounding_box(), row.locator("td").first.bounding_box()
    assert heads["y"] < days["y"]
