"""The pages: every link leads somewhere, every number to its sentence, nothing foreign runs, nobody hit is named by us."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from tests.unit.web_site import HOSTILE, TOLD, make_site, small_ledger
from trucewatch.decisions import log_path, read_log
from trucewatch.model.records import Claim, ClaimPlace, Document, Ledger
from trucewatch.store import open_store
from trucewatch.store.reading import reading
from trucewatch.web.kin import kin_pairs
from trucewatch.web.marking import mark_text
from trucewatch.web.sameorigin import TOKEN

BROWSER = {"Accept": "text/html"}
STARTS = ("/", "/incidents", "/agreements", "/review", "/issues", "/report", "/data")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web") / "trucewatch.db"


@pytest.fixture(scope="module")
def client(place: Path) -> TestClient:
    return make_site(place)[0]


def page(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 200, (address, answer.text[-500:])
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def crawled(client: TestClient) -> dict[str, html.HtmlElement]:
    """Every page that a reader can reach by links, by its address."""
    found: dict[str, html.HtmlElement] = {}
    todo = list(STARTS)
    while todo:
        address = todo.pop().partition("#")[0]
        if address in found or address.startswith(("/static", "/plain", "/api/", "/feed", "/map/")):
            continue
        found[address] = page(client, address)
        todo += [link for link in found[address].xpath("//a/@href") if link.startswith("/")]
    return found


def test_every_link_and_anchor_leads_somewhere(client: TestClient, crawled: dict[str, html.HtmlElement]) -> None:
    assert len(crawled) > 15
    ids = {address: set(tree.xpath("//@id")) for address, tree in crawled.items()}
    for address, tree in crawled.items():
        assert len(tree.xpath("//@id")) == len(ids[address]), f"{address} has an id twice"
        for link in tree.xpath("//a/@href"):
            where, _, anchor = link.partition("#")
            if where.startswith(("/api/", "/feed")):
                assert client.get(where).status_code == 200, link
            elif anchor and (where or address) in ids:
                assert anchor in ids[where or address], f"{address}: {link}"
            assert link.startswith(("/", "#")), f"{address} leads out: {link}"


def test_nothing_inline_runs_and_hostile_words_stay_words(crawled: dict[str, html.HtmlElement]) -> None:
    seen = 0
    for address, tree in crawled.items():
        if address.startswith("/report/draft"):
            continue
        assert not tree.xpath("//script[not(@src)]"), address
        assert not tree.xpath("//*[@style]"), address
        assert not tree.xpath("//style"), address
        assert not list(tree.xpath("//@*[starts-with(name(), 'on')]")), address
        assert not tree.xpath("//img[@src='x']"), address
        assert "{{ 7 * 7 }}" not in words(tree) or HOSTILE[:8] in tree.text_content()
        assert not re.search(r"> & 49", tree.text_content()), address
        seen += HOSTILE in " ".join(tree.text_content().split())
    assert seen >= 3


def test_positions_of_observers_are_nowhere(crawled: dict[str, html.HtmlElement]) -> None:
    for address, tree in crawled.items():
        for secret in ("Secret Hill", "40.12345", "Named Person"):
            assert secret not in tree.text_content(), (address, secret)
    assert "2 to 4 × explosion" in words(crawled["/incident/incident-shelling"])


def test_each_page_has_one_main_heading_and_labels_for_its_fields(crawled: dict[str, html.HtmlElement]) -> None:
    for address, tree in crawled.items():
        assert len(tree.xpath("//h1")) == 1, address
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (address, levels)
        labelled = set(tree.xpath("//label/@for"))
        for field in tree.xpath("//main//input[not(@type='hidden')] | //main//select | //main//textarea"):
            assert field.get("id") in labelled or field.xpath("ancestor::label") or address == "/", (address, field.get("name"))


def test_an_incident_has_its_voices_by_side_with_their_sentences(crawled: dict[str, html.HtmlElement]) -> None:
    tree = crawled["/incident/incident-shelling"]
    sides = {words(side.find(".//h3")): side for side in tree.xpath("//section[@class='side']")}
    assert list(sides) == ["Xia", "Zor"]
    assert [words(mark) for mark in sides["Xia"].xpath(".//mark")] == [TOLD]
    assert "denied" in words(sides["Zor"])
    assert re.search("in the text of (Paper|Wire), 5 May 2030; the same words in (Paper|Wire)", words(sides["Xia"]))
    assert "2 civilians killed" in words(sides["Xia"])
    toll = tree.xpath("//table[contains(@class, 'tolls')]//tbody/tr")
    assert [words(cell) for cell in toll[0]][:4] == ["Xia", "Xia", "killed, civilians", "2"]
    assert "Contested" in words(tree.xpath("//ul[@class='axes']")[0])
    assert "first recorded" in words(tree.xpath("//ol[@class='changes']")[0])
    assert [words(mark) for mark in tree.xpath("//div[@class='beside']//mark")] == [TOLD, TOLD]


def test_a_merged_id_and_a_changed_status_are_told(tmp_path: Path) -> None:
    client, _ = make_site(tmp_path / "a.db")
    answer = client.get("/incident/incident-merged", headers=BROWSER, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/incident/incident-shelling")
    ledger = small_ledger()
    changed = tuple(
        replace(one, occurrence="verified", claim_ids=one.claim_ids[:1]) if one.id.endswith("shelling") else one
        for one in ledger.incidents
    )
    with open_store(tmp_path / "a.db") as store:
        store.replace(replace(ledger, incidents=changed))
    history = words(page(client, "/incident/incident-shelling").xpath("//ol[@class='changes']")[0])
    assert "from “contested; not independently verified” to “verified by analysts”; 1 claim gone" in history


def test_a_document_marks_each_claim_at_its_place(client: TestClient) -> None:
    tree = page(client, "/document/doc-post")
    ledger = small_ledger()
    text = next(document.text for document in ledger.documents if document.id == "doc-post")
    claims = [claim for claim in ledger.claims if claim.document_id == "doc-post"]
    assert len(claims) == 4
    for claim in claims:
        mark = tree.get_element_by_id(claim.id)
        assert mark.tag == "mark"
        assert mark.text_content() == text[claim.start_char : claim.end_char]
    assert "Left out as boilerplate" in words(tree)


def test_overlapping_claims_and_mangled_names_are_cut_apart() -> None:
    text = "One two Ganges four.\n\nFive six."
    place = ClaimPlace(text="Ganges", start_char=8, end_char=14, name="Ganja", place_id="ganja")

    def claim(key: str, start: int, end: int, stance: str = "asserts") -> Claim:
        return Claim(
            id=key,
            document_id="d",
            start_char=start,
            end_char=end,
            sentence_start_char=0,
            sentence_end_char=20,
            act="FIRE",
            stance=stance,
            places=(place,),
        )

    paragraphs = mark_text(text, [claim("a", 0, 14), claim("b", 4, 19, "denies"), claim("c", 22, 999)])
    assert ["".join(part.text for part in one.parts) for one in paragraphs] == text.split("\n\n")
    parts = [(part.text, part.claim_ids, part.begins, part.ends, part.read_as) for one in paragraphs for part in one.parts]
    assert parts == [
        ("One ", ("a",), ("a",), (), None),
        ("two ", ("a", "b"), ("b",), (), None),
        ("Ganges", ("a", "b"), (), ("a",), "Ganja"),
        (" four", ("b",), (), ("b",), None),
        (".", (), (), (), None),
        ("Five six.", ("c",), ("c",), ("c",), None),
    ]
    assert paragraphs[0].parts[1].stance == "denies"


def test_what_was_left_out_is_shown_on_demand(tmp_path: Path) -> None:
    from tests.unit.ledger_building import CONTEXT, THEATRE
    from trucewatch.model.records import Reading
    from trucewatch.stages.clean import clean_reading
    from trucewatch.web import make_app

    original = b"<html><body><nav><a>Subscribe now</a></nav><article><p>" + b"Guns fell silent at the bridge on Monday. " * 12
    original += b"</p></article></body></html>"
    with open_store(tmp_path / "a.db") as store:
        sha256 = store.archive.keep(original)
        document = Document(id="doc-1", source="a.html", input_path="a.html", sha256=sha256)
        read = clean_reading(Reading(document=document, original=original, media_type="text/html"), CONTEXT)
        bare = Reading(document=document, media_type="text/html")
        store.put_originals([bare])
        store.put_readings([read], "m")
        store.replace(Ledger(documents=(read.document,)))
    client = TestClient(make_app(tmp_path / "a.db", theatre=THEATRE), base_url="http://127.0.0.1:8000")
    part = client.get("/document/doc-1/dropped", headers={"HX-Request": "true"}).text
    assert "Subscribe now" in part
    assert "Guns fell" not in part
    assert "<html" not in part
    assert "<html" in client.get("/document/doc-1/dropped", headers=BROWSER).text
    with open_store(tmp_path / "a.db") as store:
        store.archive.destroy(sha256)
    assert "destroyed by a redaction" in client.get("/document/doc-1/dropped", headers=BROWSER).text


def test_kin_documents_in_full_and_strangers_refused(client: TestClient) -> None:
    tree = page(client, "/document/doc-wire/beside/doc-paper")
    assert [words(mark) for mark in tree.xpath("//mark")] == [TOLD, TOLD]
    answer = client.get("/document/doc-wire/beside/doc-post", headers=BROWSER)
    assert answer.status_code == 404
    assert "two sources" in answer.text
    ledger = small_ledger()
    assert "".join(piece.text for piece in kin_pairs(ledger, whole=True)[0].first_pieces) == ledger.documents[0].text


def test_the_table_is_filtered_and_a_part_of_it_is_only_a_part(client: TestClient) -> None:
    tree = page(client, "/incidents?side=ZOR&act=FIRE&from=2030-05-01")
    rows = tree.xpath("//table//tbody/tr")
    assert [row.find(".//a").get("href") for row in rows] == ["/incident/incident-shelling"]
    assert tree.xpath("//select[@name='side']/option[@selected]/@value") == ["ZOR"]
    assert words(tree.get_element_by_id("results")).startswith("1 of 2 incidents")
    part = client.get("/incidents?side=ZOR", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="results"')
    assert part.headers["vary"] == "HX-Request"
    nothing = page(client, "/incidents?side=MED&from=2031-01-01")
    assert "No incident fits" in words(nothing)
    assert client.get("/incidents?side=zor", headers=BROWSER).status_code == 400


def test_every_count_against_a_clause_stands_beside_what_was_read(client: TestClient) -> None:
    tree = page(client, "/agreements")
    clause = tree.get_element_by_id("NEW#1")
    line = [words(cell) for cell in clause.xpath(".//tbody/tr")[0]]
    assert line == ["Xia", "1", "alleged breach 1", "outlets in their own voice", "—"]
    days = {words(row[0]): [words(cell) for cell in row[1:]] for row in tree.xpath("//table[@class='days-table']//tbody/tr")}
    assert days["5 May 2030"][-2:] == ["2 documents, 1 independent", "1 h"]
    assert days["12 May 2030"][-2:] == ["nothing published that day", "not at all"]
    assert len({len(cells) for cells in days.values()}) == 1
    quiet = page(client, "/agreements?from=2030-06-01&to=2030-06-02")
    assert [words(row[1]) for row in quiet.xpath("//table[@class='days-table']//tbody/tr")] in (
        [],
        ["nothing published that day"] * 2,
    )
    assert client.get("/agreements?from=2030-06-03&to=2030-06-02").status_code == 400


def test_refused_inputs_come_first_among_the_doubts(client: TestClient) -> None:
    tree = page(client, "/issues")
    assert "broken.pdf cannot be read" in words(tree.xpath("//section[@aria-labelledby='refused']")[0])
    only = page(client, "/issues?code=place-unlocated")
    assert len(only.xpath("//section[@aria-labelledby='each']//tbody/tr")) == 1
    assert client.get("/issues?level=grave").status_code == 400


def test_unknown_pages_offer_a_way_on(client: TestClient) -> None:
    for address in ("/incident/none", "/document/none", "/document/none/dropped", "/document/none/beside/doc-wire", "/nowhere"):
        answer = client.get(address, headers=BROWSER)
        assert answer.status_code == 404, address
        assert 'action="/incidents"' in answer.text


def test_without_the_built_front_end_the_pages_say_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("trucewatch.web.templating.STATIC", tmp_path)
    assert "make setup" in words(page(client, "/incidents"))
    (tmp_path / "app.js").write_text("", encoding="utf-8")
    assert "make setup" not in words(page(client, "/incidents"))


def test_an_empty_ledger_has_pages_that_say_so(tmp_path: Path) -> None:
    client, _ = make_site(tmp_path / "a.db", Ledger(documents=()))
    for address in STARTS:
        assert page(client, address) is not None
    assert "Nothing is waiting" in words(page(client, "/review"))


def test_a_report_is_read_as_a_draft_and_logged_when_given_out(
    client: TestClient, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trucewatch.web.report._now", lambda: datetime(2030, 6, 1, tzinfo=UTC))
    before = len(read_log(log_path(str(place))))
    draft = client.get("/report/draft?from=2030-05-05&to=2030-05-06", headers=BROWSER)
    assert draft.status_code == 200
    assert "script-src" not in draft.headers["content-security-policy"]
    assert "default-src 'none'" in draft.headers["content-security-policy"]
    assert len(read_log(log_path(str(place)))) == before
    form = {"token": TOKEN, "by": "ana", "from": "2030-05-05", "to": "2030-05-12"}
    given = client.post("/report.md", data=form)
    assert given.status_code == 200
    assert given.headers["content-disposition"] == 'attachment; filename="situation-2030-05-05--2030-05-12.md"'
    assert "John" not in given.text
    with open_store(place) as store, reading(store) as reader:
        assert reader.decisions()[-1].verdict == "report 2030-05-05/2030-05-12 md public"
    for wrong, status in (({"token": "x"}, 403), ({"by": ""}, 400), ({"from": "2030-05-13"}, 400), ({"to": "2031-05-05"}, 400)):
        assert client.post("/report.md", data={**form, **wrong}).status_code == status
    assert client.post("/report.md", data=form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/report.exe", data=form).status_code == 400
    assert len(read_log(log_path(str(place)))) == before + 1


def test_a_data_set_is_packed_and_logged(client: TestClient, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(read_log(log_path(str(place))))
    form = {"token": TOKEN, "by": "ana", "format": "csv"}
    given = client.post("/data/export", data=form)
    assert given.status_code == 200
    assert given.headers["content-disposition"] == 'attachment; filename="trucewatch-csv-public.zip"'
    with zipfile.ZipFile(io.BytesIO(given.content)) as packed:
        assert {"trucewatch-csv/datapackage.json", "trucewatch-csv/claims.csv"} <= set(packed.namelist())
        claims = packed.read("trucewatch-csv/claims.csv").decode()
    assert "XIA" in claims
    assert "John" not in claims
    assert "Harbour" in claims
    full = client.post("/data/export", data={**form, "format": "jsonl", "profile": "full"})
    assert full.headers["content-disposition"] == 'attachment; filename="trucewatch-jsonl-full.zip"'
    with open_store(place) as store, reading(store) as reader:
        assert [one.verdict for one in reader.decisions()[-2:]] == ["export csv public", "export jsonl full"]
    for wrong, status in (({"token": "x"}, 403), ({"by": " "}, 400), ({"format": "exe"}, 400)):
        assert client.post("/data/export", data={**form, **wrong}).status_code == status
    monkeypatch.setattr("trucewatch.web.data.MOST_INCIDENTS", 1)
    refused = client.post("/data/export", data=form)
    assert refused.status_code == 409
    assert "trucewatch export --format csv" in refused.json()["error"]["message"]
    assert "too large to be packed" in words(page(client, "/data"))
    assert len(read_log(log_path(str(place)))) == before + 2


def test_what_the_data_page_names_is_there(client: TestClient) -> None:
    tree = page(client, "/data")
    for address in tree.xpath("//table//a/@href | //a[contains(@href, 'openapi')]/@href"):
        assert client.get(address).status_code == 200, address


def test_a_problem_is_told_once_with_a_way_on(client: TestClient) -> None:
    answer = client.get("/incidents?from=2020-13-01", headers=BROWSER)
    tree = html.document_fromstring(answer.text)
    assert (answer.status_code, words(tree.xpath("//h1")[0])) == (400, "This cannot be asked")
    assert words(tree.xpath("//p[@class='problem-message']")[0]).startswith("From cannot be '2020-13-01': a day as YYYY-MM-DD")
    assert tree.xpath("//form[@role='search']")
