"""The map page in a browser: from the map to a sentence, views as links, keyboard alone, a phone, and no WebGL."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.web_site import HOSTILE, fill, make_site
from tests.web.conftest import PHONE, WITHOUT_WEBGL, Visit, serving, wait_until
from trucewatch.model.records import Ledger

CANVAS = """() => {
  const box = document.querySelector('#map canvas').getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  return one.getAttribute('data-end') || one.id || one.name || one.tagName;
}"""


def shown(page: Any) -> int:
    """How many incidents the page says it shows."""
    return int(re.match(r"[\d,]+", page.inner_text("#count"))[0].replace(",", ""))  # type: ignore[index]


def click_a_mark(page: Any) -> None:
    """Click the first mark that a hand moving over the map finds: the pointer becomes one over a mark."""
    x, y, width, height = page.evaluate(CANVAS)
    page.wait_for_timeout(1500)
    for row in range(12, int(height) - 12, 14):
        for column in range(12, int(width) - 12, 14):
            page.mouse.move(x + column, y + row)
            if page.evaluate("() => document.querySelector('#map canvas').style.cursor") == "pointer":
                page.mouse.click(x + column, y + row)
                return
    raise AssertionError("no mark was found on the map")


def test_from_the_map_to_a_highlighted_sentence_in_three_clicks_and_back(visit: Callable[..., Visit]) -> None:
    page = visit().open()
    begin = page.url
    click_a_mark(page)
    page.wait_for_selector("#panel a[href^='/incident/']")
    opened = page.url
    assert opened != begin
    page.locator("#panel a[href^='/incident/']").first.click()
    page.wait_for_selector("a.to-sentence")
    page.locator("a.to-sentence").first.click()
    page.wait_for_selector("mark.claim:target")
    mark = page.locator("mark.claim:target")
    assert mark.inner_text().strip()
    assert mark.is_visible()
    for address in ("/incident/", opened, begin):
        page.go_back()
        page.wait_for_url(lambda url, wanted=address: wanted in url)
    page.wait_for_selector("html[data-ready=map]", state="attached")


def test_a_card_leads_straight_to_a_sentence(visit: Callable[..., Visit]) -> None:
    page = visit().open()
    href = page.locator("#panel .panel-list a").first.get_attribute("href")
    page.goto(page.url.split("?")[0] + f"?incident={href.rpartition('/')[2]}")
    page.locator(".card-voices a").first.click()
    page.wait_for_selector("mark.claim:target")
    assert "#clm-" in page.url


def test_filters_in_the_address_bar_restore_a_view(visit: Callable[..., Visit]) -> None:
    first = visit().open()
    everything = shown(first)
    first.locator("#filter-act input[value=fire]").check()
    first.locator("#filter-status input[value=contested]").check()
    first.fill("#filter-from", "2020-10-04")
    first.fill("#filter-to", "2020-10-05")
    wait_until(first, "() => location.search.includes('to=2020-10-05')")
    chosen, address = shown(first), first.url
    assert 0 < chosen < everything
    again = visit()
    again.page.goto(address)
    page = again.page
    page.wait_for_selector("html[data-ready=map]", state="attached")
    assert shown(page) == chosen
    assert page.locator("#filter-act input[value=fire]").is_checked()
    assert page.input_value("#filter-from") == "2020-10-04"
    page.click("#filter-reset")
    wait_until(page, "() => !location.search.includes('act=')")
    assert shown(page) == everything
    page.go_back()
    wait_until(page, "() => location.search.includes('act=fire')")
    wait_until(page, f"() => document.querySelector('#count').textContent.startsWith('{chosen} ')")


def test_words_are_searched_in_sentences_and_marked(visit: Callable[..., Visit]) -> None:
    page = visit().open()
    everything = shown(page)
    page.fill("#filter-q", "Fuzuli")
    page.press("#filter-q", "Enter")
    wait_until(page, "() => location.search.includes('q=Fuzuli')")
    wait_until(page, f"() => !document.querySelector('#count').textContent.startsWith('{everything} ')")
    assert 0 < shown(page) < everything
    page.wait_for_selector("#panel .found mark.hit")
    assert set(page.locator("#panel .found mark.hit").all_inner_texts()) == {"Fuzuli"}
    listed = page.url
    page.locator("#panel .found a").first.click()
    page.wait_for_selector("mark.claim:target")
    # in the sentence, which may be longer than the words that bear the claim
    assert set(page.locator(".verbatim mark.hit").all_inner_texts()) == {"Fuzuli"}
    page.goto(listed)
    page.wait_for_selector("html[data-ready=map]", state="attached")
    page.fill("#filter-q", "xylophone")
    page.press("#filter-q", "Enter")
    wait_until(page, "() => document.querySelector('#count').textContent.startsWith('0 ')")
    assert "no evidence of calm" in page.inner_text("#panel")


def test_an_address_that_makes_no_sense_is_told_and_the_rest_is_shown(visit: Callable[..., Visit]) -> None:
    page = visit().open("/?from=2020-02-31&act=fire&sort=size")
    told = page.inner_text("#address-problems")
    assert "from=2020-02-31" in told
    assert "sort=size" in told
    assert page.locator("#filter-act input[value=fire]").is_checked()


def test_brushing_the_timeline_filters_the_map(visit: Callable[..., Visit]) -> None:
    page = visit().open()
    everything = shown(page)
    box = page.locator("#timeline svg").bounding_box()
    y = box["y"] + 60
    page.mouse.move(box["x"] + box["width"] * 0.12, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, y, steps=4)
    page.mouse.up()
    wait_until(page, "() => location.search.includes('from=')")
    assert 0 < shown(page) < everything
    page.mouse.click(box["x"] + box["width"] * 0.6, y)
    wait_until(page, "() => !location.search.includes('from=')")
    assert shown(page) == everything


def test_who_holds_what_follows_the_day(visit: Callable[..., Visit]) -> None:
    page = visit().open("/?control=1&day=2020-10-03")
    page.wait_for_selector(".control-list")
    before = page.inner_text(".control-list")
    page.locator("#control-day").focus()
    page.keyboard.press("End")
    wait_until(page, "() => location.search.includes('day=2020-10-1')")
    after = page.inner_text(".control-list")
    # a claim stands until the theatre's table knows a newer holder
    assert "said to be taken by" in before
    assert "contested by" in before
    assert before != after


def test_the_keyboard_alone_is_enough(visit: Callable[..., Visit]) -> None:
    page = visit().open()
    everything = shown(page)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached: list[str] = []
    for _ in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate(FOCUSED)
        reached.append(name)
        if name == "to":
            break
    assert {"as-table", "filter-q", "act", "status", "filter-family", "map-whole", "from", "to"} <= set(reached), reached
    # the handle of the timeline moves by a day
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    wait_until(page, "() => location.search.includes('to=2020-10-13')")
    assert page.evaluate("() => document.activeElement.getAttribute('data-end')") == "to"
    assert shown(page) < everything
    page.keyboard.press("Escape")
    wait_until(page, "() => !location.search.includes('to=')")
    # the table, sorted and left by its links
    page.focus("#as-table")
    page.keyboard.press("Enter")
    page.wait_for_selector("#table table")
    page.focus("button[data-sort=what]")
    page.keyboard.press("Enter")
    wait_until(page, "() => location.search.includes('sort=what')")
    nouns = page.locator("#table tbody th a").all_inner_texts()
    assert nouns == sorted(nouns, key=str.casefold)
    page.locator("#table tbody th a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incident/**")


def test_focus_is_always_seen(visit: Callable[..., Visit]) -> None:
    page = visit().open()
    for selector in ("#filter-q", "#as-table", "#filter-act input", "#panel a", ".maplibregl-canvas"):
        page.keyboard.press("Tab")
        page.locator(selector).first.focus()
        width = page.evaluate("() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, selector


def test_without_webgl_the_table_tells_the_same(visit: Callable[..., Visit]) -> None:
    seen = visit(switches=WITHOUT_WEBGL).open()
    assert "no WebGL" in seen.inner_text("#map-message")
    seen.wait_for_selector("#table table")
    assert seen.locator("#table tbody tr").count() == shown(seen)
    assert seen.locator("#as-map").is_disabled()


def test_a_phone_never_scrolls_sideways(visit: Callable[..., Visit]) -> None:
    page = visit(size=PHONE).open()
    for view in ("", "?as=table", "?control=1"):
        page.goto(page.url.split("?")[0] + view)
        page.wait_for_selector("html[data-ready=map]", state="attached")
        page.locator("#filters summary").first.click()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0], view


def test_light_turns_dark_without_a_reload(visit: Callable[..., Visit]) -> None:
    page = visit().open()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    click_a_mark(page)
    page.wait_for_selector("#panel a[href^='/incident/']")


def test_markup_in_titles_and_quotes_stays_text(visit: Callable[..., Visit], tmp_path: Path) -> None:
    path = tmp_path / "trucewatch.db"
    make_site(path)
    with serving(path) as address:
        tab = visit(address=address)
        for view in ("/", "/?as=table"):
            page = tab.open(view)
            page.wait_for_timeout(300)
            assert page.evaluate("() => document.querySelectorAll('#map-page script, img[onerror]').length") == 0
        page.goto(f"{address}/?incident=incident-shelling")
        page.wait_for_selector(".card-voices")
        assert HOSTILE.split()[0] in page.inner_text(".map-card")
        assert page.evaluate("() => document.querySelectorAll('.map-card script, .map-card img[onerror]').length") == 0
        tab.leave()


def test_an_empty_ledger_says_so(visit: Callable[..., Visit], tmp_path: Path) -> None:
    path = tmp_path / "trucewatch.db"
    fill(path, Ledger())
    with serving(path) as address:
        tab = visit(address=address)
        page = tab.open()
        assert "no incident yet" in page.inner_text("#map-message")
        tab.leave()


@pytest.mark.parametrize("layer", ["incidents", "places"])
def test_a_server_that_fails_is_told_with_a_way_on(visit: Callable[..., Visit], layer: str) -> None:
    tab = visit()
    tab.page.route(f"**/map/{layer}", lambda route: route.abort())
    tab.page.goto(tab.home)
    tab.page.wait_for_selector("html[data-ready=failed]", state="attached")
    assert "does not answer" in tab.page.inner_text("#map-message")
    assert tab.page.locator("#map-message a[href='/incidents']").is_visible()
    tab.errors.clear()
