"""Clean: an original's bytes to the text that everything after it quotes from.

Paragraphs stand one empty line apart; inside one, white space is single. Letters are never changed: whole pieces of the page
around the text are left out, and `origin_map` leads from every other letter back to the decoded original. That is the text or
html value of a table's row, the page of an HTML file, the text drawn from a PDF or Word file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trucewatch.errors import ParseError
from trucewatch.model.records import Issue, Reading, When
from trucewatch.model.stage import Context, Stage
from trucewatch.text.boilerplate import SITE_SUFFIX, judge_lines, title_lines, trim_notices
from trucewatch.text.charset import decode
from trucewatch.text.chrome import WORD, chrome_reason
from trucewatch.text.language import detect_language, is_read
from trucewatch.text.markup import declared_charset, looks_like_html, visible_text
from trucewatch.text.paragraphs import SENTENCE_END, Line, break_long, slice_line, split_lines, unwrap
from trucewatch.text.printed import read_docx, read_pdf
from trucewatch.text.rows import CSV_TYPE, JSON_TYPE, body_of, parse_csv_row, parse_json_row
from trucewatch.text.stated_dates import read_date_line
from trucewatch.text.webpage import read_article, visible_lines

GAP = "\n\n"
UNKEPT = re.compile(r"[\0\ud800-\udfff]")
# below this a page's article is a stub, and the page's bare text may hold more
STUB_CHARS = 250
HEAD_LINES, TAIL_LINES = 8, 4
SHOWN_PIECES = 40


@dataclass(frozen=True, slots=True)
class Body:
    """A decoded original: its text, and how it has to be read (text, page, fragment: HTML without a page around it)."""

    text: str
    form: str = "text"
    title: str | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Paragraphs that stay, pieces that went (with the reason), and what the page says of itself."""

    paragraphs: tuple[Line, ...] = ()
    dropped: tuple[tuple[Line, str], ...] = ()
    title: str | None = None
    outlet: str | None = None
    published: When | None = None


def decode_original(original: bytes, media_type: str | None) -> Body:
    """The decoded original that `origin_map` leads back to.

    Raises ParseError where the bytes are not what they are said to be.
    """
    kind, _, parameters = (media_type or "text/plain").partition(";")
    if kind == "application/pdf":
        text, title = read_pdf(original)
        return Body(_whole(text), title=title)
    if kind.endswith(("docx", "wordprocessingml.document")):
        text, title = read_docx(original)
        return Body(_whole(text), title=title)
    if kind in (JSON_TYPE, CSV_TYPE):
        try:
            row = parse_json_row(original) if kind == JSON_TYPE else parse_csv_row(original, media_type or "")
        except ValueError as err:
            raise ParseError(f"the row cannot be read: {err}") from err
        found = body_of(row)
        if found is None:
            raise ParseError("the row has neither text nor html")
        text, is_html = found
        return Body(_whole(text), "page" if looks_like_html(text) else "fragment" if is_html else "text")
    charset = re.search(r"charset=([^;]+)", parameters)
    text, _, issues = decode(original, charset[1] if charset else declared_charset(original) if kind == "text/html" else None)
    return Body(_whole(text), "page" if kind == "text/html" or looks_like_html(text) else "text", issues=issues)


def _whole(text: str) -> str:
    """Half a surrogate pair cannot be written to a file, nor a NUL to a database; each stands as the replacement character."""
    return UNKEPT.sub("\ufffd", text)


def clean_body(body: Body) -> Cleaned:
    """A decoded original's paragraphs, by its form."""
    return {"page": clean_page, "fragment": clean_fragment}.get(body.form, clean_text)(body.text)


def clean_text(text: str) -> Cleaned:
    """A bare text's paragraphs: broken lines joined, the page around it left out."""
    return _clean_lines(split_lines(text))


def clean_page(page: str) -> Cleaned:
    """A page's article as the parser finds it; from its bare text where the parser finds none, or next to nothing."""
    article = read_article(page)
    found = Cleaned()
    if article is not None:
        paragraphs = _without_chrome(article.paragraphs)
        found = replace(paragraphs, title=article.title, outlet=article.outlet, published=article.published)
    if _length(found) >= STUB_CHARS:
        return _with_headline(found)
    bare = clean_fragment(page)
    if _length(bare) <= 2 * _length(found):
        return _with_headline(found)
    return replace(
        bare, title=found.title or bare.title, outlet=found.outlet or bare.outlet, published=found.published or bare.published
    )


def clean_fragment(page: str) -> Cleaned:
    """HTML without a page around it, or beyond the parser: its visible text, cleaned as bare text."""
    text, offsets = visible_text(page)
    return _clean_lines(visible_lines(split_lines(text), offsets))


def _length(cleaned: Cleaned) -> int:
    return sum(len(line.text) for line in cleaned.paragraphs)


def _clean_lines(lines: Sequence[Line]) -> Cleaned:
    paragraphs = unwrap(lines, [chrome_reason(line.text) is not None for line in lines])
    texts = [line.text for line in paragraphs]
    titles = title_lines(texts)
    title = outlet = published = None
    kept: list[Line] = []
    dropped: list[tuple[Line, str]] = []
    for idx, (line, verdict) in enumerate(zip(paragraphs, judge_lines(texts), strict=True)):
        when = read_date_line(line.text) if idx < HEAD_LINES or idx >= len(texts) - TAIL_LINES else None
        if when is not None:
            published = published or when
            dropped.append((line, "date-line"))
            continue
        if titles.get(idx) is False and outlet is None and len(parts := SITE_SUFFIX.split(line.text)) > 1:
            outlet = parts[-1] if len(parts[-1].split()) <= 6 else None
        left = trim_notices(line) if verdict.keep else None
        if left is None:
            dropped.append((line, verdict.reason or "notice"))
            continue
        if titles.get(idx) and title is None:
            left, suffix = _split_site(left)
            outlet = outlet or suffix
            title = left.text if not SENTENCE_END.search(left.text) and len(WORD.findall(left.text)) <= 30 else None
        kept.append(left)
    return Cleaned(tuple(break_long(kept)), tuple(dropped), title, outlet, published)


def _split_site(line: Line) -> tuple[Line, str | None]:
    """A headline without the site's name that its page's title adds ("Headline | Site")."""
    match = SITE_SUFFIX.search(line.text)
    if match is None or len(WORD.findall(line.text[: match.start()])) < 4 or len(line.text[match.end() :].split()) > 6:
        return line, None
    return slice_line(line, 0, match.start()), line.text[match.end() :]


def _without_chrome(paragraphs: Sequence[Line]) -> Cleaned:
    """What the parser took for text, less lines of known wording: it keeps buttons that stand between paragraphs."""
    kept: list[Line] = []
    dropped: list[tuple[Line, str]] = []
    for line in paragraphs:
        reason = chrome_reason(line.text)
        left = trim_notices(line) if reason is None else None
        if left is None:
            dropped.append((line, reason or "notice"))
        else:
            kept.append(left)
    return Cleaned(tuple(break_long(kept)), tuple(dropped))


def _with_headline(cleaned: Cleaned) -> Cleaned:
    """The article with its headline first, as bare texts have it: what a headline says is said."""
    title = cleaned.title
    if title is None or not cleaned.paragraphs:
        return cleaned
    title = SITE_SUFFIX.split(title)[0]
    head = " ".join(line.text for line in cleaned.paragraphs[:2]).casefold()
    if len(WORD.findall(title)) < 3 or " ".join(title.casefold().split()) in head:
        return replace(cleaned, title=title)
    return replace(cleaned, title=title, paragraphs=(Line(title, (), False), *cleaned.paragraphs))


def clean_reading(reading: Reading, context: Context) -> Reading:
    """The reading with its document's text, title, outlet, day, language and map, and issues for all that was doubtful.

    Raises ParseError where the original is not what its kind promises (a damaged PDF): the pipeline refuses the document.
    """
    body = decode_original(reading.original, reading.media_type)
    cleaned = clean_body(body)
    text = GAP.join(line.text for line in cleaned.paragraphs)
    document = reading.document
    language = detect_language(text)
    published = document.published
    if published.earliest is None and cleaned.published is not None:
        published = cleaned.published
    document = replace(
        document,
        text=text,
        origin_map=_origin_map(cleaned.paragraphs),
        title=document.title or cleaned.title or body.title,
        outlet=document.outlet or cleaned.outlet,
        published=published,
        language=language,
    )
    issues = [*body.issues, *_doubts(cleaned, text, language)]
    return _with_issues(replace(reading, document=document), issues)


def _origin_map(paragraphs: Sequence[Line]) -> tuple[tuple[int, int, int], ...]:
    triples, start = [], 0
    for line in paragraphs:
        triples += [(start + run.start, run.original, run.length) for run in line.runs]
        start += len(line.text) + len(GAP)
    return tuple(triples)


def _doubts(cleaned: Cleaned, text: str, language: str | None) -> list[Issue]:
    issues = []
    if not text:
        message = "nothing in it reads as text (a picture of a page, a page of menus, or a video)"
        issues.append(Issue(stage="clean", code="no-text", level="warning", message=message))
    elif not is_read(language):
        message = f"in {language}: kept and listed, but only English is read"
        issues.append(Issue(stage="clean", code="language-not-read", level="info", message=message, value=language))
    if cleaned.dropped:
        shown = [
            f"{line.original_start}-{line.original_end} {reason}" for line, reason in cleaned.dropped[:SHOWN_PIECES] if line.runs
        ]
        pieces = "one piece" if len(cleaned.dropped) == 1 else f"{len(cleaned.dropped)} pieces"
        message = f"{pieces} of the page around the text left out; value: offsets in the original, and why"
        issues.append(Issue(stage="clean", code="boilerplate-dropped", level="info", message=message, value="; ".join(shown)))
    return issues


def _with_issues(reading: Reading, issues: Sequence[Issue]) -> Reading:
    document = reading.document
    named = tuple(
        replace(
            issue,
            source=document.source,
            record_id=document.id,
            message=issue.message if issue.message.startswith(document.source) else f"{document.source}: {issue.message}",
        )
        for issue in issues
    )
    return replace(reading, issues=(*reading.issues, *named))


STAGE = Stage(
    name="clean",
    scope="record",
    needs=("original", "media_type"),
    assigns=(
        "documents.text",
        "documents.title",
        "documents.outlet",
        "documents.published",
        "documents.language",
        "documents.origin_map",
    ),
    run_record=clean_reading,
)
