"""Clean: what stays, what goes, and that every letter leads back to the original. The texts are written for these tests."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import ParseError
from trucewatch.model.records import Document, Reading, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre
from trucewatch.sources import read_inputs, to_reading
from trucewatch.stages.clean import STAGE, clean_reading, decode_original
from trucewatch.text.rows import csv_type

CONTEXT = Context(theatre=Theatre(name="none", title="None"))
ONE = "The defence ministry of the northern republic said on Sunday that rockets had struck two villages near the river."
TWO = "“We did not open fire,” a spokesman for the southern army said, calling the report a fabrication."
THREE = "At least four people were wounded, the regional hospital said, and a school burned down during the night."
FOUR = "Observers of the mission heard explosions until three in the morning but could not see where they came from."
STORY = (ONE, TWO, THREE, FOUR)


def cleaned(original: bytes | str, media_type: str = "text/plain", published: When | None = None) -> Reading:
    content = original.encode() if isinstance(original, str) else original
    document = Document(id="doc-1", source="story", input_path="story", sha256="0", published=published or When(basis="unknown"))
    assert STAGE.run_record is not None
    reading = STAGE.run_record(Reading(document=document, original=content, media_type=media_type), CONTEXT)
    check_map(reading)
    return reading


def check_map(reading: Reading) -> None:
    """Each run of the map is the same letters in both texts, and runs ascend without overlap."""
    if not reading.document.text:
        return
    decoded = decode_original(reading.original, reading.media_type).text
    position = 0
    for start, original_start, length in reading.document.origin_map:
        assert start >= position
        assert length > 0
        assert reading.document.text[start : start + length] == decoded[original_start : original_start + length]
        position = start + length


def mapped_share(reading: Reading) -> float:
    """Share of the letters of the text that the map leads back."""
    text = reading.document.text
    found = sum(len("".join(text[start : start + length].split())) for start, _, length in reading.document.origin_map)
    return found / max(1, len("".join(text.split())))


def paragraphs(reading: Reading) -> list[str]:
    return reading.document.text.split("\n\n")


def codes(reading: Reading) -> list[str]:
    return [issue.code for issue in reading.issues]


def test_paragraphs_stay_and_chrome_goes() -> None:
    page = [
        "Pages", "", "Rockets strike two villages near the river", "", "", "Rockets strike two villages near the river",
        "", "[ad_1]", ONE, "", "Advertisement", TWO, "", "Wire Agency/Handout/Another Agency", "",
        "View this interactive content on thesite.com", "", THREE, "", "picture", "", "600", "", FOUR + "[ad_2]", "",
        "READ MORE\u00a0", "", "Army claims conflict grows as town is shelled", "", "Leave a Reply", "Share this:", "",
        "Your email address will not be published.", "0 Comments", "Required fields are marked *",
        "© 2020 The Site. All rights reserved.",
    ]  # fmt: skip
    reading = cleaned("\n".join(page))
    assert paragraphs(reading) == ["Rockets strike two villages near the river", *STORY]
    assert reading.document.title == "Rockets strike two villages near the river"
    assert mapped_share(reading) == 1.0
    assert codes(reading) == ["boilerplate-dropped"]
    assert "READ MORE" not in reading.document.text
    dropped = str(reading.issues[0].value)
    start, end = map(int, dropped.split("; ")[0].split(" ")[0].split("-"))
    assert "\n".join(page)[start:end] == "Pages"


def test_title_with_the_sites_name_is_printed_once() -> None:
    head = "Rockets strike two villages near the river"
    reading = cleaned(f"{head} | The Site\n\n{head}\n\n" + "\n\n".join(STORY))
    assert paragraphs(reading) == [head, *STORY]
    assert (reading.document.title, reading.document.outlet) == (head, "The Site")
    reading = cleaned(f"{head} | The Site\n\n" + "\n\n".join(STORY))
    assert paragraphs(reading) == [head, *STORY]


def test_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    wrapped = (
        "The defence ministry of the\nnorthern republic said on Sunday that rockets had\nstruck two villages near the river.\n"
        "A spokesman for the southern\narmy denied it, saying that no gun\nhad been fired since the truce.\n"
        "The mission in the\nregional capital could not say who\nbroke the cease-\nfire first, or where.\nREAD MORE"
    )
    assert paragraphs(cleaned(wrapped)) == [
        "The defence ministry of the northern republic said on Sunday that rockets had struck two villages near the river.",
        "A spokesman for the southern army denied it, saying that no gun had been fired since the truce.",
        "The mission in the regional capital could not say who broke the cease-fire first, or where.",
    ]


def test_wrapped_text_with_empty_lines_between_paragraphs() -> None:
    wrapped = "\n\n".join(
        "\n".join(paragraph[at : at + 40] for at in range(0, len(paragraph), 40))
        for paragraph in ("shells " * 40, "rockets " * 40)
    )
    assert len(paragraphs(cleaned(wrapped))) == 2


def test_a_word_divided_at_a_lines_end_is_mended_where_the_text_has_it() -> None:
    wrapped = (
        "The bombardment of the northern\nvillages went on, and the bombard-\nment of the southern ones with\nit, as the long-\n"
        "range guns of the army had\nbeen brought up to the river\nin the night before."
    )
    text = cleaned(wrapped).document.text
    assert "and the bombardment of the southern" in text
    assert "long-range guns" in text


def test_list_items_and_headings_are_not_joined() -> None:
    reading = cleaned("\n".join([*STORY, "What we know about the strike", *STORY]))
    assert "What we know about the strike" in paragraphs(reading)


def test_captions_without_a_full_stop_stay() -> None:
    caption = "A woman looks at the ruins of her house after a rocket strike in the regional capital"
    assert caption in paragraphs(cleaned("\n\n".join([ONE, TWO, caption, THREE, FOUR])))


@pytest.mark.parametrize(
    "sentence",
    [
        "Leave your homes at once, the army told our people in the villages.",
        "Follow the orders of the police, the mayor told us.",
        "By Monday evening the army had taken three villages",
        "Comments by the president angered the other side.",
        "Shares fell sharply after the attack.",
        "The search for survivors went on.",
        "Nobody was hurt.",
        "“Stop the fire now.”",
        "Ceasefire broken again in north",
        "Source: the ministry said that it knew nothing of it.",
        "The channel published a picture of the drone.",
        "The contention over the northern villages has grown.",
        "The video was filmed by a soldier of the southern army.",
    ],
)
def test_sentences_that_resemble_buttons_stay(sentence: str) -> None:
    assert sentence in paragraphs(cleaned("\n\n".join([ONE, TWO, sentence, THREE, FOUR])))


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Second village shelled",
        "Also read: Second village shelled",
        "3 Comments",
        "Post a Comment",
        "Follow us on Telegram for the latest news",
        "Follow our latest news via our app",
        "Subscribe to our newsletter to receive the news in your inbox.",
        "By Jane Doe and John Roe",
        "Reporting by Jane Doe; Editing by John Roe",
        "Photo: Jane Doe",
        "https://site.test/story",
        "#shelling #village",
        "12:30",
        "We use cookies to give you the best experience on our website.",
        "Copyright 2020 The Site. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
        "Watch this video on our channel",
        "View this interactive content on the site",
        "This story has been updated with comments of the ministry.",
    ],
)
def test_lines_of_the_page_go(line: str) -> None:
    assert paragraphs(cleaned("\n\n".join([ONE, TWO, line, THREE, FOUR]))) == list(STORY)


def test_readers_comments_go_with_their_heading() -> None:
    comments = ["Great article, thank you for it.", "I was there that night and I heard nothing at all, it is all lies."]
    assert paragraphs(cleaned("\n\n".join([*STORY, "2 Comments", *comments]))) == list(STORY)
    # a link to the comments at the top takes nothing away
    assert paragraphs(cleaned("\n\n".join(["2 Comments", *STORY]))) == list(STORY)


def test_notices_inside_a_paragraph_go_from_its_ends_only() -> None:
    notice = (
        "Copyright 2019 Local Broadcasting, Inc. All rights reserved. This material may not be published, broadcast or rewritten."
    )
    reading = cleaned(f"{notice} {ONE} {THREE} {notice}")
    assert reading.document.text == f"{ONE} {THREE}"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted on Sunday, 4 October 2020, 10:30 GMT", date(2020, 10, 4)),
        ("October 4, 2020", date(2020, 10, 4)),
        ("Published 2020-10-04", date(2020, 10, 4)),
        ("Updated: Oct. 4th, 2020 at 10:30 am", date(2020, 10, 4)),
        ("February 30, 2020", None),
        ("The truce of 10 October 2020 was broken", None),
    ],
)
def test_a_date_line_dates_the_document(line: str, day: date | None) -> None:
    reading = cleaned("\n\n".join(["Rockets strike two villages near the river", line, *STORY]))
    assert reading.document.published.earliest == day
    if day:
        assert reading.document.published.basis == "stated"
        assert line not in paragraphs(reading)
    given_day = When(earliest=date(2019, 1, 1), latest=date(2019, 1, 1), precision="day", basis="given")
    assert cleaned(f"{line}\n\n{ONE}", published=given_day).document.published == given_day


def page(*body: str, head: str = "") -> str:
    title = "<title>Rockets strike villages | The Site</title>"
    return f"<!doctype html><html><head>{title}{head}</head><body>{''.join(body)}</body></html>"


MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in "Home News World Sport Contact".split())
    + "</ul></nav>"
)


def test_html_page_gives_article_title_outlet_and_day() -> None:
    head = (
        '<meta property="og:title" content="Rockets strike villages"><meta property="og:site_name" content="The Site">'
        '<meta property="article:published_time" content="2020-10-04T22:15:00+04:00">'
    )
    story = (
        "".join(f"<p>{sentence}</p>\n" for sentence in STORY[:3])
        + f"<p>{FOUR[:40]}<b>{FOUR[40:60]}</b>{FOUR[60:]} Fire &amp; smoke.</p>"
    )
    reading = cleaned(
        page(MENU, f"<article><h1>Rockets strike villages</h1>{story}</article><footer>© 2020</footer>", head=head), "text/html"
    )
    assert paragraphs(reading) == ["Rockets strike villages", *STORY[:3], f"{FOUR} Fire & smoke."]
    document = reading.document
    assert (document.title, document.outlet) == ("Rockets strike villages", "The Site")
    assert (document.published.earliest, document.published.basis) == (date(2020, 10, 4), "stated")
    assert document.language == "en"
    assert mapped_share(reading) > 0.9


def test_html_in_windows_1251_by_its_own_declaration() -> None:
    russian = "Министерство обороны сообщило в воскресенье, что ракеты попали в два села у реки, четыре человека ранены. " * 3
    content = page(f"<p>{russian}</p>", head='<meta charset="windows-1251">').encode("cp1251")
    reading = cleaned(content, "text/html")
    assert russian.strip() in reading.document.text
    assert reading.document.language == "ru"
    assert "language-not-read" in codes(reading)
    assert next(issue for issue in reading.issues if issue.code == "language-not-read").level == "info"


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "blockquote", "ul><li"])
def test_html_nested_ten_thousand_deep(tag: str) -> None:
    depth = 10_000
    story = "".join(f"<p>{sentence}</p>" for sentence in STORY)
    reading = cleaned(page(f"<{tag}>" * depth, story, "</div>" * depth), "text/html")
    assert all(sentence in reading.document.text for sentence in STORY)


def test_html_without_an_article_is_an_issue_not_a_guess() -> None:
    reading = cleaned(page(MENU, "<script>var x = '<p>not text</p>';</script>"), "text/html")
    assert "no-text" in codes(reading)


@pytest.mark.parametrize("form", ["text", "row", "page"])
def test_a_nul_is_one_letter_and_costs_no_other(form: str) -> None:
    text = "\n\n".join((ONE, TWO.replace("report", "rep\0rt"), THREE))
    if form == "row":
        reading = cleaned(json.dumps({"text": text}), "application/json")
    elif form == "page":
        body = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
        reading = cleaned(json.dumps({"html": f"<html><body><article>{body}</article></body></html>"}), "application/json")
    else:
        reading = cleaned(text)
    assert "\0" not in reading.document.text
    assert "a fabrication" in reading.document.text
    assert THREE in reading.document.text


def test_a_row_and_its_fragment_of_html() -> None:
    row = json.dumps({"url": "https://a.test", "html": f"<p>{ONE}</p><p>{TWO}&nbsp;They <i>said</i> so.</p>"})
    reading = cleaned(row, "application/json")
    assert paragraphs(reading) == [ONE, f"{TWO} They said so."]
    row = json.dumps({"text": f"{ONE}\n\n{TWO} \ud83d"})
    assert "\ufffd" in cleaned(row, "application/json").document.text
    reading = cleaned(f'https://a.test,"{ONE}\n\nHe said ""no"" to {THREE}"\n', csv_type(["url", "text"], ","))
    assert reading.document.text.endswith(f'He said "no" to {THREE}')


def test_docx_and_pdf() -> None:
    document = docx.Document()
    for sentence in STORY:
        document.add_paragraph(sentence)
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "The table of the mission lists eleven explosions in the north."
    buffer = io.BytesIO()
    document.save(buffer)
    reading = cleaned(buffer.getvalue(), "docx")
    assert paragraphs(reading)[:4] == list(STORY)
    assert "eleven explosions" in reading.document.text
    reading = cleaned(make_pdf([ONE, THREE]), "application/pdf")
    assert reading.document.text.replace("\n\n", " ") == f"{ONE} {THREE}"


def make_pdf(lines: Sequence[str]) -> bytes:
    """A PDF of one page with these lines in a standard font."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 10 Tf 20 700 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


@pytest.mark.parametrize("media_type", ["application/pdf", "docx", "application/json", csv_type(["url", "text"], ",")])
@pytest.mark.parametrize("content", [b"%PDF-1.4\n1 0 obj <<", b"PK\x03\x04 broken", b'{"text": ', b"", b"\x00\xff" * 50])
def test_damaged_originals_are_refused(media_type: str, content: bytes) -> None:
    with pytest.raises(ParseError):
        cleaned(content, media_type)


def test_broken_bytes_are_told() -> None:
    reading = cleaned(f"{ONE} – ".encode() + b"\x93stop\x94 " + THREE.encode())
    assert "broken-utf-8" in codes(reading)
    assert "“stop”" in reading.document.text


def test_a_paragraph_without_end_is_broken_at_sentences() -> None:
    reading = cleaned(f"{ONE} " * 2_000)
    assert max(map(len, paragraphs(reading))) <= 60_000
    assert all(paragraph.endswith(".") for paragraph in paragraphs(reading))
    assert reading.document.text.count(ONE) == 2_000


def test_cleaning_twice_changes_nothing_more() -> None:
    once = cleaned("\n\n".join(["Pages", *STORY, "Leave a Reply"])).document.text
    assert cleaned(once).document.text == once


MEDIA = st.sampled_from(
    ["text/plain", "text/html", "text/html; charset=utf-16", "application/json", csv_type(["text"], ","), "docx"]
)
PIECES = st.sampled_from(
    [*STORY, "<p>", "</div>", "&amp;", "&#8220;", "[ad_1]", "\u200b", "\n", "\r\n", "\t ", "READ MORE", "<b", "\x00", "é"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=500), st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode())), MEDIA)
def test_any_bytes_are_cleaned_or_refused_and_lead_back(original: bytes, media_type: str) -> None:
    try:
        reading = cleaned(original, media_type)
    except ParseError:
        assert not media_type.startswith("text/plain")
        return
    assert "\n\n\n" not in reading.document.text
    assert reading.document.text == reading.document.text.strip()
    reading.document.text.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=15))
def test_bare_text_leads_back_wholly(lines: list[str]) -> None:
    reading = cleaned("\n".join(lines))
    assert mapped_share(reading) == 1.0 or not reading.document.text


def test_no_sentence_of_a_real_article_is_lost(shared: Path) -> None:
    """What goes from the nine articles are lines of the page: none of them ends as a sentence does."""
    folders = [str(shared / "seeds"), *(str(shared / "gold/news" / name / "in") for name in ("karabakh", "lebanon"))]
    count = 0
    for original in read_inputs(folders):
        if original.issue is not None:
            continue
        count += 1
        reading = clean_reading(to_reading(original), CONTEXT)
        check_map(reading)
        assert reading.document.language == "en"
        kept = " ".join(reading.document.text.split())
        decoded = decode_original(original.original, original.media_type).text
        lines = [" ".join(line.replace("[ad_2]", "").split()).lstrip("• ") for line in decoded.splitlines()]
        lost = [line for line in lines if len(line.split()) >= 6 and line[-1] in ".”\"'" and line not in kept]
        assert lost == []
        assert sum(len(line) for line in lines if line in kept) > 0.95 * sum(map(len, lines))
    assert count == 9
