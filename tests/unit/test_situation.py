"""The situation report: what it says, what it never says, every number's way to its sentence, and four formats that escape."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from lxml import etree, html
from typer.testing import CliRunner

from tests.unit.ledger_building import THEATRE, Scene, day, figure, utc
from tests.unit.test_page import HOSTILE, judged
from trucewatch.cli import app
from trucewatch.decisions import log_path, read_log, verify_log
from trucewatch.errors import ConfigError, StoreError
from trucewatch.model.codebook import statuses
from trucewatch.model.records import Ledger, Observation
from trucewatch.model.theatre import Theatre
from trucewatch.reports.blocks import Bullets, Entry, Heading, Paragraph, Section, SituationReport, Table, Words
from trucewatch.reports.periods import make_period, previous
from trucewatch.reports.pictures import draw_map, spots_of
from trucewatch.reports.situation import FORMATS, make_report, render
from trucewatch.reports.situation_desk import graded_words
from trucewatch.store import open_store

MAY_5, MAY_4 = date(2030, 5, 5), date(2030, 5, 4)
ISSUED = utc("2030-05-06T05:00")
TYPST = '#panic("ran") $x$ *bold* _it_ @note-1 <x> `code` \\ // no = heading [link]'


def scene_of_may_5() -> Scene:
    """Two claimants give two numbers for one shelling that its doer denies; a truce is offered; the day before was quieter."""
    scene = Scene()
    scene.document("wire", "2030-05-05", outlet="Wire", family="a")
    on = day("2030-05-05")
    two = figure("two civilians", 2, 2, population="civilian")
    told = scene.say(
        "wire",
        "Zor shelled Mill and killed two civilians, Xia said.",
        "FIRE.HEAVY",
        "XIA",
        "ZOR",
        "XIA",
        ("mill",),
        on,
        figures=(two,),
    )
    scene.document("post", "2030-05-06", outlet="Post", family="b")
    five = figure("at least five", 5, None, population="civilian", qualifier="at_least")
    more = scene.say(
        "post", "Alyland counts at least five dead in Mill.", "FIRE.HEAVY", "ALY", "ZOR", "XIA", ("mill",), on, figures=(five,)
    )
    denied = scene.say("post", "Zor denied the shelling.", "FIRE.HEAVY", "ZOR", "ZOR", None, ("mill",), on, stance="denies")
    scene.say("post", "Medland offered to send monitors.", "OFFER.MONITORS", "MED", "MED", on=on)
    scene.say(
        "post",
        "Zor counts nine dead since May.",
        "TOLL",
        "ZOR",
        figures=(figure("nine dead", 9, 9),),
        on=day("2030-05-01", "2030-05-05"),
    )
    scene.document("old", "2030-05-04", outlet="Wire", family="c")
    before = scene.say("old", "Shots were heard at Bridge.", "FIRE.SMALL_ARMS", None, None, None, ("bridge",), day("2030-05-04"))
    scene.link("shelling", told, more, denied)
    scene.link("shots", before)
    scene.observations.append(
        Observation(
            id="obs-1",
            observer_code="OB-1",
            report_kind="fire",
            observed_from_at=utc("2030-05-05T06:00"),
            position_name="Ridge post",
            lat=39.51,
            lon=46.52,
            means=("heard",),
            effect="explosion",
            count_low=6,
            count_high=None,
            count_qualifier="at_least",
            minutes_observed=120,
            sensitivity="restricted",
            consent="na",
            narrative="Heard from the house of Ion Petru.",
        )
    )
    return scene


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return judged(scene_of_may_5())


@pytest.fixture(scope="module")
def report(ledger: Ledger) -> SituationReport:
    return make_report(ledger, THEATRE, MAY_5, MAY_5, issued_at=ISSUED, is_public=False)


def text_of(words: Words) -> str:
    return "".join(span.text for span in words)


def section(report: SituationReport, key: str) -> Section:
    return next(part for part in report.sections if part.key == key)


def told(report: SituationReport, key: str) -> str:
    """Everything that a section says, as one text."""
    lines = []
    for block in section(report, key).blocks:
        if isinstance(block, Heading):
            lines.append(block.title)
        elif isinstance(block, Paragraph):
            lines.append(text_of(block.words))
        elif isinstance(block, Bullets):
            lines += map(text_of, block.entries)
        elif isinstance(block, Entry):
            lines += [block.title, *map(text_of, block.lines)]
        elif isinstance(block, Table):
            lines += [block.caption, " | ".join(block.columns), *(" | ".join(map(text_of, row)) for row in block.rows)]
    return "\n".join(lines)


def tables(report: SituationReport, key: str) -> list[Table]:
    return [block for block in section(report, key).blocks if isinstance(block, Table)]


def test_the_sections_come_in_the_order_of_monitors(report: SituationReport) -> None:
    assert [part.key for part in report.sections] == [
        "summary",
        "pictures",
        "incidents",
        "clauses",
        "casualties",
        "withdrawals",
        "access",
        "talks",
        "contested",
        "corrections",
        "observations",
        "limits",
        "words",
    ]


def test_an_incident_is_worded_by_its_grade_from_the_one_table(report: SituationReport) -> None:
    words = told(report, "incidents")
    assert "Claimed by Xia and Alyland, denied by Zor; not independently verified." in words
    assert "South district (1)" in words
    assert "As told, a breach by Zor of clause 1 (Fire stops) of the Old truce." in words


def test_the_table_of_wordings_holds_every_status() -> None:
    for axis in ("occurrence", "attribution", "breach"):
        assert set(graded_words()[axis]) == {status for known, status in statuses() if known == axis}


def test_claimants_stand_side_by_side_and_are_never_added(report: SituationReport) -> None:
    table = tables(report, "casualties")[0]
    assert table.columns[3:] == ("Xia says", "Alyland says")
    row = next(row for row in table.rows if "civilians killed" in text_of(row[2]))
    assert [text_of(cell) for cell in row[3:]] == ["2", "at least 5"]
    assert "7" not in re.sub(r"\d{4}", "", told(report, "casualties"))
    sums = tables(report, "casualties")[1]
    assert [text_of(cell) for cell in sums.rows[0]][:4:3] == ["Zor", "9"]


def test_the_period_stands_beside_the_one_before_it_with_what_was_read(report: SituationReport) -> None:
    rows = {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in tables(report, "summary")[0].rows}
    assert rows["Incidents of violence or pressure reported"] == ["1", "1", "no change"]
    assert rows["of these contested"] == ["1", "0", "+1"]
    assert rows["Documents published and read"] == ["1", "1", "no change"]
    assert rows["Hours watched by the mission"] == ["2", "0", "+2"]


def test_observations_are_apart_with_their_coverage(report: SituationReport) -> None:
    words = told(report, "observations")
    assert "at least 6 explosions" in words
    assert "2 hours watched at 1 named post" in words
    assert "6" not in told(report, "casualties").replace("2030-05-06", "")


def test_every_number_leads_to_its_sentence(report: SituationReport, ledger: Ledger) -> None:
    assert report.notes
    texts = {document.source: document.text for document in ledger.documents}
    for number, note in enumerate(report.notes, start=1):
        assert note.number == number
        begin, stop = (int(part) for part in note.characters.split(" to "))
        assert texts[note.source][begin:stop] == note.start + note.evidence + note.end
    for table in tables(report, "casualties"):
        for row in table.rows:
            for span in (span for cell in row for span in cell):
                if any(character.isdigit() for character in span.text) and span.weight == "strong":
                    assert span.notes, span


def test_links_in_html_lead_somewhere_and_nothing_foreign_is_asked_for(report: SituationReport) -> None:
    page = html.document_fromstring(render(report, "html").decode())
    anchors = set(page.xpath("//@id"))
    links = [link for link in page.xpath("//a/@href") if link.startswith("#")]
    assert len(links) > 20
    assert {link[1:] for link in links} <= anchors
    assert not page.xpath("//script | //link | //img | //*[@src]")
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert len(page.xpath("//h1")) == 1


def test_a_word_document_has_its_bookmarks_links_and_pictures(report: SituationReport) -> None:
    document = WordDocument(io.BytesIO(render(report, "docx")))
    xml = etree.fromstring(etree.tostring(document.element))
    names = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    marks = xml.xpath("//w:bookmarkStart/@w:name", namespaces=names)
    wanted = xml.xpath("//w:hyperlink/@w:anchor", namespaces=names)
    assert wanted
    assert set(wanted) <= set(marks)
    assert len(marks) == len(set(marks))
    assert len(document.inline_shapes) == 2
    assert "Casualties as claimed" in "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_word_document_keeps_widths_and_letters_in_every_program(report: SituationReport) -> None:
    document = WordDocument(io.BytesIO(render(report, "docx")))
    table = next(one for one in document.tables if len(one.columns) == 4)
    grid, cells = [[one.width for one in row] for row in (table.columns, table.rows[0].cells)]
    assert grid == cells
    assert max(grid) > 2 * min(grid), "a column of words is wider than one of numbers"
    for name in ("Title", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts
        assert [key for key in fonts.attrib if key.endswith("Theme")] == []
    assert "PAGE" in etree.tostring(document.sections[0].footer._element).decode()


def test_markdown_has_a_footnote_for_every_reference(report: SituationReport) -> None:
    text = render(report, "md").decode()
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert "at least 5**[^" in text


def test_a_pdf_is_a_tagged_pdf_of_several_pages_and_the_same_each_time(report: SituationReport) -> None:
    first = render(report, "pdf")
    assert first.startswith(b"%PDF-1.")
    assert b"StructTreeRoot" in first
    assert first == render(report, "pdf")


@pytest.mark.parametrize("hostile", [HOSTILE, TYPST, "=SUM(A1) | pipe\n# heading\n- item [^9]: x", "null\0 and \ud800 odd"])
def test_foreign_words_are_words_in_every_format(hostile: str) -> None:
    scene = Scene()
    scene.document("x", "2030-05-05", outlet=hostile)
    claim = scene.say(
        "x", f"Zor fired, {hostile} said.", "FIRE.HEAVY", hostile.lower(), "ZOR", "XIA", ("mill",), day("2030-05-05")
    )
    scene.link("one", claim)
    ledger = judged(scene)
    ledger = replace(ledger, documents=tuple(replace(d, title=hostile, source=hostile) for d in ledger.documents))
    for is_public in (True, False):
        made = make_report(ledger, THEATRE, MAY_5, MAY_5, is_public=is_public)
        page = html.document_fromstring(render(made, "html").decode())
        assert not page.xpath("//script | //img | //*[@onerror]")
        assert render(made, "pdf").startswith(b"%PDF")
        assert WordDocument(io.BytesIO(render(made, "docx"))).paragraphs
        text = render(made, "md").decode()
        assert not re.search(r"(?<!\\)<(script|img)", text)
        assert not re.search(r"(?<!\\)\$x\$", text)
        assert len(re.findall(r"^\[\^9\]:", text, re.MULTILINE)) == 0
    if "{{" in hostile:
        assert "{{ 7 * 7 }}" in render(made, "html").decode()


def test_an_empty_period_says_so_and_that_it_proves_nothing(ledger: Ledger) -> None:
    report = make_report(ledger, THEATRE, date(2030, 6, 1), date(2030, 6, 7), is_public=False)
    assert "No incident of violence or pressure is reported for 1 to 7 June 2030" in told(report, "summary")
    assert "That is no evidence of calm" in told(report, "incidents")
    assert "nobody watched" in told(report, "observations")
    for format in FORMATS:
        assert len(render(report, format)) > 500
    assert make_report(Ledger(), THEATRE, MAY_5, MAY_5).notes == ()


def test_a_theatre_that_knows_nothing_gives_a_report_too(ledger: Ledger) -> None:
    report = make_report(ledger, Theatre(name="none", title="Nowhere"), MAY_5, MAY_5)
    assert "No agreement is known for this theatre" in told(report, "summary")
    assert render(report, "pdf").startswith(b"%PDF")


def test_periods_that_make_no_sense_are_refused(ledger: Ledger) -> None:
    with pytest.raises(ConfigError, match="--to must not lie before --from"):
        make_report(ledger, THEATRE, MAY_5, MAY_4)
    with pytest.raises(ConfigError, match="lies after today"):
        make_report(ledger, THEATRE, date(2030, 5, 9), date(2030, 5, 9), issued_at=ISSUED)
    with pytest.raises(ConfigError, match="no format 'odt'"):
        render(make_report(ledger, THEATRE, MAY_5, MAY_5), "odt")


def test_a_period_still_running_says_so(ledger: Ledger) -> None:
    report = make_report(ledger, THEATRE, MAY_5, MAY_5, issued_at=utc("2030-05-05T12:00"))
    assert "had not ended when this report was issued" in told(report, "limits")


def test_a_day_that_closes_before_midnight_moves_observations_and_says_so(ledger: Ledger) -> None:
    early = replace(THEATRE, day_closes="09:30")
    period = make_period(early, MAY_5, MAY_5)
    assert (period.start_at, period.stop_at) == (utc("2030-05-04T05:30"), utc("2030-05-05T05:30"))
    assert period.clock_words == "from 09:30 on 4 May 2030 to 09:30 on 5 May 2030, Asia/Baku (UTC+4)"
    assert previous(period, early).stop_at == period.start_at
    # heard at 10:00 local time, after the day had closed
    report = make_report(ledger, early, MAY_5, MAY_5, is_public=False)
    assert "No report of the mission's observers begins" in told(report, "observations")
    assert "day closes at 09:30" in told(report, "limits")


def test_corrections_tell_what_the_last_report_said_otherwise() -> None:
    scene = scene_of_may_5()
    after = judged(scene)
    early = Scene(
        texts=dict(scene.texts),
        facts=scene.facts,
        claims=[c for c in scene.claims if c.claimant is None or c.claimant.party == "XIA"],
    )
    early.link("shelling", early.claims[0])
    before = judged(early)
    report = make_report(after, THEATRE, MAY_5, MAY_5, before=before, before_at=ISSUED, is_public=False)
    words = told(report, "corrections")
    assert "was “one source; not independently verified”, is now “contested; not independently verified”" in words
    assert "Alyland gave no number, now gives at least 5 (civilians killed)" in words
    same = make_report(after, THEATRE, MAY_5, MAY_5, before=after, before_at=ISSUED, is_public=False)
    assert told(same, "corrections") == "Nothing that the last report said has changed."


def test_a_public_report_keeps_back_what_could_harm(ledger: Ledger) -> None:
    report = make_report(ledger, THEATRE, MAY_5, MAY_5, issued_at=ISSUED)
    assert report.is_public
    for format in ("html", "md"):
        text = render(report, format).decode()
        assert "Ridge post" not in text
        assert "Petru" not in text
        assert "OB-1" not in text
    spots, _ = spots_of([(1, next(i for i in judged(scene_of_may_5()).incidents if i.id == "incident-shelling"))])
    assert spots[0].radius_km == 5
    drawn = draw_map(spots, THEATRE, MAY_5, "Where <it> is & was")
    assert drawn is not None
    assert etree.fromstring(drawn.encode()).findtext("{http://www.w3.org/2000/svg}title") == "Where <it> is & was"


def _stored(folder: Path, ledger: Ledger) -> Path:
    place = folder / "trucewatch.db"
    with open_store(place) as store:
        store.replace(ledger)
        store.put(ledger.observations)
        store.begin_run("test")
    return place


def test_the_command_writes_logs_and_finds_the_last_report(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = _stored(tmp_path, ledger)
    invoke = CliRunner().invoke
    done = invoke(app, ["report", "--from", "2020-05-05", "--store", str(place), "--format", "md,html", "--by", "ana"])
    assert done.exit_code == 0, done.output
    assert Path("reports/situation-2020-05-05.md").is_file()
    assert "No earlier report of this ledger is on record" in Path("reports/situation-2020-05-05.md").read_text()
    done = invoke(app, ["report", "--from", "2020-05-05", "--store", str(place), "--full", "--format", "md", "--by", "ben"])
    assert "Nothing that the last report said has changed" in Path("reports/situation-2020-05-05-full.md").read_text()
    entries = read_log(log_path(str(place)))
    assert [(e.kind, e.verdict, e.decided_by) for e in entries] == [
        ("export", "report 2020-05-05/2020-05-05 md,html public", "ana"),
        ("export", "report 2020-05-05/2020-05-05 md full", "ben"),
    ]
    assert verify_log(log_path(str(place))).is_whole


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--from", "5 May"), "is no day"),
        (("--from", "2020-05-05", "--to", "2020-05-01"), "must not lie before"),
        (("--from", "2920-05-05"), "lies after today"),
        (("--from", "2020-05-05", "--format", "odt,html"), "unknown format 'odt'"),
        (("--from", "2020-05-05", "--since", "lately"), "is no instant"),
    ],
)
def test_what_the_command_refuses_is_told_and_not_logged(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], error: str
) -> None:
    monkeypatch.chdir(tmp_path)
    place = _stored(tmp_path, ledger)
    done = CliRunner().invoke(app, ["report", "--store", str(place), *options])
    assert isinstance(done.exception, ConfigError)
    assert error in str(done.exception)
    assert not log_path(str(place)).exists()
    assert not Path("reports").exists()


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_logged(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = _stored(tmp_path, ledger)
    Path("taken").write_text("a file where the folder should be")
    done = CliRunner().invoke(app, ["report", "--from", "2020-05-05", "--store", str(place), "--folder", "taken/here"])
    assert isinstance(done.exception, StoreError)
    assert "cannot be written" in str(done.exception)
    assert not log_path(str(place)).exists()


def test_a_broken_log_stops_the_release(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = _stored(tmp_path, ledger)
    invoke = CliRunner().invoke
    for day_of_may in ("04", "05"):
        invoke(app, ["report", "--from", f"2020-05-{day_of_may}", "--store", str(place), "--format", "md"])
    path = log_path(str(place))
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    done = invoke(app, ["report", "--from", "2020-05-06", "--store", str(place), "--format", "md"])
    assert isinstance(done.exception, StoreError)
    assert not list(Path("reports").glob("*05-06*"))
    assert not list(Path("reports").glob(".release-*"))
