"""The report page: every number leads to its sentence, both sides are heard, nothing foreign runs, and it can be read."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from tests.unit.ledger_building import CONTEXT, THEATRE, Scene, day, figure, place, utc
from trucewatch.model.codebook import statuses
from trucewatch.model.records import Figure, Incident, Issue, Ledger, Observation, When
from trucewatch.reports.chart import MOST_BARS, make_sketch, make_timeline
from trucewatch.reports.page import render_report
from trucewatch.reports.words import GRADES, STATUSES, figure_words, range_words, span_words
from trucewatch.stages import assess, reconcile, verify

HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> & {{ 7 * 7 }}'
MAY_5 = day("2030-05-05")


def judged(scene: Scene) -> Ledger:
    ledger = scene.ledger()
    for stage in (reconcile.STAGE, verify.STAGE, assess.STAGE):
        assert stage.run_ledger is not None
        ledger = stage.run_ledger(ledger, CONTEXT)
    return ledger


def shelling() -> Scene:
    """Xia says that Zor shelled Harbour; Zor denies it; a copy of the first repeats it."""
    scene = Scene()
    dead = figure("two people", 2, 2, population="civilian")
    scene.document("wire", "2030-05-05", outlet="Wire", family="fam-1")
    told = scene.say(
        "wire", "Zor shelled Harbour and killed two people, Xia said.", "FIRE.HEAVY", "XIA", "ZOR", "XIA", ("harbour",), MAY_5,
        figures=(dead,),
    )  # fmt: skip
    scene.document("paper", "2030-05-05", outlet="Paper", family="fam-1")
    again = scene.say(
        "paper", "Zor shelled Harbour and killed two people, Xia said.", "FIRE.HEAVY", "XIA", "ZOR", "XIA", ("harbour",), MAY_5,
        figures=(dead,),
    )  # fmt: skip
    scene.document("post", "2030-05-06", outlet="Post", family="fam-2")
    denied = scene.say("post", "Zor denied the shelling.", "FIRE.HEAVY", "ZOR", "ZOR", None, ("harbour",), MAY_5, stance="denies")
    scene.say("post", "Medland called for talks.", "DEMAND.TALKS", "MED", "MED", modality="possible", on=day("2030-05-06"))
    nine, since = figure("nine dead", 9, 9), day("2030-05-01", "2030-05-06")
    scene.say("post", "Zor counts nine dead since May.", "TOLL", "ZOR", figures=(nine,), on=since)
    scene.link("shelling", told, again, denied)
    return scene


def parsed(ledger: Ledger) -> html.HtmlElement:
    return html.document_fromstring(render_report(ledger, THEATRE))


def words_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_claim_has_one_anchor_and_every_link_leads_somewhere() -> None:
    ledger = judged(shelling())
    page = parsed(ledger)
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values()) == 1
    assert {claim.id for claim in ledger.claims} <= set(ids)
    assert {incident.id for incident in ledger.incidents} | {document.id for document in ledger.documents} <= set(ids)
    inside = [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
    assert len(inside) > 20
    assert set(inside) <= set(ids)


def test_both_sides_stand_side_by_side_with_their_words_marked() -> None:
    ledger = judged(shelling())
    article = parsed(ledger).xpath("//article")[0]
    assert [words_of(side) for side in article.xpath(".//*[@class='side']/h5")] == ["Xia", "Zor"]
    marked = [mark.text_content() for mark in article.xpath(".//mark")]
    assert marked == ["Zor shelled Harbour and killed two people, Xia said.", "Zor denied the shelling."]
    assert [card.get("class") for card in article.xpath(".//div[starts-with(@class, 'card')]")] == ["card asserts", "card denies"]
    assert "ontested" in words_of(article.xpath(".//*[@class='graded']")[0])


def test_a_copy_is_told_on_the_card_that_it_copies() -> None:
    ledger = judged(shelling())
    card = parsed(ledger).xpath("//article//div[starts-with(@class, 'card')]")[0]
    assert "the same words in Wire (one family, one source)" in words_of(card) or "the same words in Paper" in words_of(card)
    assert len(card.xpath("./span[@id]")) == 1


def test_tolls_stand_per_claimant_and_lead_to_their_sentence() -> None:
    ledger = judged(shelling())
    page = parsed(ledger)
    row = page.xpath("//article//table[caption[starts-with(., 'Tolls')]]/tbody/tr")
    assert [words_of(cell) for cell in row[0]][:4] == ["Xia", "Xia", "killed, civilians", "2"]
    sums = page.xpath("//section[@aria-labelledby='tolls']//tbody/tr")
    assert [words_of(cell) for cell in sums[0]][3:5] == ["9", "1 to 6 May 2030"]
    target = sums[0].xpath(".//a/@href")[0]
    assert "nine dead" in words_of(page.xpath(f"//*[@id='{target[1:]}']")[0])
    assert "11" not in {words_of(cell) for cell in page.xpath("//td[@class='number']")}


def test_the_clause_is_told_with_its_title_and_the_reason() -> None:
    ledger = judged(shelling())
    assert ledger.violations
    row = parsed(ledger).xpath("//article//table[caption[starts-with(., 'Against')]]/tbody/tr")[0]
    assert "Old truce, 1: Fire stops" in words_of(row)
    assert " ".join(ledger.violations[0].explanation.split()) in words_of(row)


def test_what_is_only_said_belongs_to_its_day_and_to_no_incident() -> None:
    page = parsed(judged(shelling()))
    section = page.xpath("//section[h3[contains(., '6 May 2030')]]")[0]
    assert "Medland called for talks." in words_of(section)
    assert not section.xpath(".//article")


def test_a_texts_markup_is_shown_and_never_runs() -> None:
    scene = Scene()
    scene.document("a", "2030-05-05", outlet=HOSTILE)
    claim = scene.say("a", f"Zor shelled {HOSTILE}.", "FIRE.HEAVY", "XIA", "ZOR", None, ("harbour",), MAY_5)
    scene.link("x", claim)
    ledger = judged(scene)
    documents = tuple(replace(d, title=HOSTILE, source="javascript:alert(3)") for d in ledger.documents)
    issue = Issue(stage="clean", code="no-text", level="error", message=HOSTILE, source=HOSTILE)
    text = render_report(replace(ledger, documents=documents, issues=(issue,)), THEATRE)
    page = html.document_fromstring(text)
    assert not page.xpath("//script | //img | //iframe | //object | //embed | //form | //base")
    assert not [name for element in page.iter() for name in element.attrib if str(name).startswith("on")]
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert HOSTILE in page.xpath("//mark")[0].text_content()
    assert "49" not in page.xpath("//mark")[0].text_content()


def test_it_needs_nothing_but_itself() -> None:
    text = render_report(judged(shelling()), THEATRE)
    assert not re.search(r"<(script|link|img|iframe|video|audio|object)\b|@import|url\(|\ssrc=|https?://", text)
    assert "default-src 'none'" in text


def test_a_web_source_is_linked_without_telling_where_from() -> None:
    ledger = judged(shelling())
    documents = tuple(replace(d, source=f"https://news.invalid/{d.id}") for d in ledger.documents)
    links = html.document_fromstring(render_report(replace(ledger, documents=documents), THEATRE)).xpath(
        "//a[starts-with(@href, 'http')]"
    )
    assert len(links) == len(documents)
    assert {link.get("rel") for link in links} == {"noreferrer noopener"}


def test_the_same_ledger_in_another_order_gives_the_same_page() -> None:
    ledger = judged(shelling())
    turned = Ledger(**{name: tuple(reversed(getattr(ledger, name))) for name in Ledger.__dataclass_fields__})
    assert render_report(turned, THEATRE) == render_report(ledger, THEATRE)


def test_an_empty_ledger_has_a_page_that_says_so() -> None:
    page = parsed(Ledger())
    assert "No claim was found." in words_of(page)
    assert "day not known" in words_of(page).casefold()


def test_a_text_that_is_not_read_is_listed_as_such() -> None:
    ledger = judged(shelling())
    documents = tuple(replace(d, language="ru") if d.id == "doc-paper" else replace(d, language="en") for d in ledger.documents)
    reading = parsed(replace(ledger, documents=documents)).xpath("//section[@aria-labelledby='read']//dl")[0]
    assert "1: Paper (Russian)" in words_of(reading)
    assert "English, Russian" in words_of(reading)


def test_an_input_that_was_refused_is_told_of_before_the_numbers_are_used() -> None:
    issue = Issue(stage="sources", code="binary-file", level="error", message="bytes", source="photo.txt")
    doubt = Issue(stage="date", code="undated", level="warning", message="no day", source="b.txt")
    reading = parsed(replace(judged(shelling()), issues=(doubt, issue))).xpath("//section[@aria-labelledby='read']//dl")[0]
    assert "photo.txt (binary-file): why" in words_of(reading)
    assert "b.txt" not in words_of(reading)


def test_words_of_a_redacted_or_confidential_observation_stay_away() -> None:
    kept_back = Observation(
        id="observation-1",
        observer_code="AB-001",
        report_kind="fire",
        observed_from_at=utc("2030-05-05T10:00"),
        effect="explosion",
        count_low=2,
        count_high=4,
        lat=39.51234,
        lon=46.54321,
        position_name="Secret roof",
        narrative="Names a witness.",
        sensitivity="confidential",
    )
    shown = replace(kept_back, id="observation-2", position_name="Mill hill", narrative="Loud.", sensitivity="public")
    text = render_report(replace(judged(shelling()), observations=(kept_back, shown)), THEATRE)
    assert "Secret roof" not in text
    assert "Names a witness" not in text
    assert "39.51" not in text
    assert "46.54" not in text
    assert "Mill hill" in text
    assert "2 to 4 × explosion" in text


def test_every_status_of_the_codebook_has_its_words_and_its_grade() -> None:
    assert set(STATUSES) == set(statuses())
    graded = [code for _, _, codes in GRADES for code in codes]
    assert sorted(graded) == sorted(code for axis, code in statuses() if axis == "occurrence")


def incident(name: str, on: date | None, place_id: str | None = "harbour", occurrence: str = "single_claim") -> Incident:
    when = When(earliest=on, latest=on, precision="day") if on else When()
    places = (place(place_id),) if place_id else ()
    return Incident(id=name, act="FIRE", when=when, places=places, claim_ids=(), occurrence=occurrence)


def test_the_timeline_counts_every_incident_once_and_says_which_it_cannot_place() -> None:
    first = date(2030, 5, 1)
    incidents = [
        incident(f"i{n}", first + timedelta(days=n % 3), occurrence="contested" if n % 2 else "observed") for n in range(7)
    ]
    timeline = make_timeline([*incidents, incident("undated", None)], THEATRE.agreements, THEATRE.timezone)
    assert timeline is not None
    assert [bar.total for bar in timeline.bars] == [3, 2, 2]
    assert sum(segment.count for bar in timeline.bars for segment in bar.segments) == 7
    assert timeline.undrawn == 1
    assert [band.title for band in timeline.bands] == ["Old truce"]
    assert [row[2] for row in timeline.rows] == [3, 2, 2]


def test_years_are_drawn_in_runs_of_days() -> None:
    incidents = [incident(f"i{n}", date(2020, 1, 1) + timedelta(days=37 * n)) for n in range(60)]
    timeline = make_timeline(incidents, THEATRE.agreements, THEATRE.timezone)
    assert timeline is not None
    assert len(timeline.bars) <= MOST_BARS
    assert sum(bar.total for bar in timeline.bars) == 60
    assert all(0 <= bar.left <= bar.left + bar.width <= 100 for bar in timeline.bars)


def test_what_is_told_of_over_months_has_no_bar() -> None:
    long = replace(incident("long", None), when=day("2029-10-07", "2030-05-01"))
    timeline = make_timeline([incident("a", date(2030, 5, 1)), long], THEATRE.agreements, THEATRE.timezone)
    assert timeline is not None
    assert ([bar.total for bar in timeline.bars], timeline.undrawn) == ([1], 1)


def test_no_day_no_timeline() -> None:
    assert make_timeline([incident("undated", None)], THEATRE.agreements, THEATRE.timezone) is None


def test_a_country_is_no_spot_and_north_is_up() -> None:
    incidents = [
        incident("a", None, "harbour"),
        incident("b", None, "mill"),
        incident("c", None, "xia"),
        incident("d", None, None),
    ]
    sketch = make_sketch(incidents)
    assert sketch is not None
    spots = {spot.name: spot for spot in sketch.spots}
    assert set(spots) == {"Harbour", "Mill"}
    assert sketch.undrawn == 2
    assert spots["Harbour"].top < spots["Mill"].top
    assert spots["Harbour"].left < spots["Mill"].left
    assert all(0 <= spot.left <= 100 and 0 <= spot.top <= 100 for spot in sketch.spots)


def test_a_sketch_of_the_whole_world_has_lines_too() -> None:
    incidents = [incident("a", None, "harbour"), incident("b", None, "mill")]
    ends = ((60.0, -150.0), (-40.0, 170.0))
    apart = [
        replace(one, places=tuple(replace(place, lat=lat, lon=lon) for place in one.places))
        for one, (lat, lon) in zip(incidents, ends, strict=True)
    ]
    sketch = make_sketch(apart)
    assert sketch is not None
    assert len(sketch.spots) == 2
    assert sketch.meridians


def test_one_place_makes_no_sketch() -> None:
    assert make_sketch([incident("a", None), incident("b", None)]) is None


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (18, None, "at_least", "at least 18"),
        (600, None, "more_than", "more than 600"),
        (None, 30, "up_to", "up to 30"),
        (190, 210, "about", "about 190 to 210"),
        (4, 4, "exactly", "4"),
        (None, None, "exactly", "number not known"),
        (27000, 30000, "nearly", "nearly 27,000 to 30,000"),
    ],
)
def test_a_range_is_never_one_number(low: int | None, high: int | None, qualifier: str, words: str) -> None:
    assert range_words(low, high, qualifier) == words


def test_figures_and_days_in_words() -> None:
    one = Figure(measure="killed", population="civilian", low=1, high=1, qualifier="exactly", text="one")
    assert figure_words(one) == "1 civilian killed"
    assert figure_words(replace(one, measure="places_taken", low=8, high=8)) == "8 places taken"
    assert span_words(day("2030-04-28", "2030-05-02")) == "28 April to 2 May 2030"
    assert span_words(day("2029-12-31", "2030-01-01")) == "31 December 2029 to 1 January 2030"
    assert span_words(None) == "day not known"


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(h.tag[1]) for h in parsed(judged(shelling())).xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_keep_the_contrast_that_wcag_aa_asks_for() -> None:
    text = render_report(Ledger(), THEATRE)
    light, dark = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", text, re.S)[:2]
    )
    pairs = [(ink, ground) for ink in ("ink", "soft", "link", "denies", "confirms") for ground in ("page", "sheet", "faint")]
    shapes = [(shape, "sheet") for shape in ("known", "backed", "thin", "contested")]
    for colours in (light, dark):
        for (ink, ground), least in [((i, g), 4.5) for i, g in [*pairs, ("mark-ink", "mark")]] + [(pair, 3.0) for pair in shapes]:
            one, other = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
            assert (one + 0.05) / (other + 0.05) >= least, (ink, ground, colours[ink], colours[ground])


@pytest.mark.parametrize("width", [375, 1440])
def test_nothing_hangs_out_of_the_window(width: int, tmp_path: Path) -> None:
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        pytest.skip("no Chromium here: set CHROMIUM to one, or run `make browser`")
    from playwright.sync_api import sync_playwright

    path = tmp_path / "report.html"
    path.write_text(render_report(judged(shelling()), THEATRE), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert asked == [path.as_uri()]
        browser.close()
