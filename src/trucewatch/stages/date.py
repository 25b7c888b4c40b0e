"""date (ledger): documents without a date are dated by what they tell and by their kin; every claim gets its days.

A claim's time is resolved against its document's day; a claim that tells no time took place, as news does, on that day; a toll
that tells none sums from the outbreak of the fighting.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from trucewatch.model.codebook import act_class, is_verbal
from trucewatch.model.records import Claim, Document, Issue, Kinship, Ledger, When
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Theatre
from trucewatch.stages.dating import Dating, date_document
from trucewatch.stages.dating_evidence import KinDay, SharedDeeds
from trucewatch.text.names import fold
from trucewatch.text.times import Anchor, current_outbreak, precision_of, resolve_time, scan_times

_AHEAD = re.compile(
    r"\b(?:will|shall|must|should|deadline|required to|going to|upcoming"
    r"|(?:is|are|was|were|be) (?:due|set|scheduled|planned|expected|to))\b[^.;!?]{0,80}$",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"\b(?:said|says|told|tweeted|announced|added|warned)\b[^.;!?]{0,24}$", re.IGNORECASE)


def anchors_of(theatre: Theatre) -> tuple[Anchor, ...]:
    """The agreements' effective days, by title: what "five days after the truce" counts from."""
    return tuple(
        (agreement.title, agreement.effective_at.date()) for agreement in theatre.agreements if agreement.effective_at is not None
    )


def run(ledger: Ledger, context: Context) -> Ledger:
    """The ledger with its undated documents dated where something supports it, and `Claim.when` filled."""
    documents, issues = _date_documents(ledger, context.theatre)
    by_id = {document.id: document for document in documents}
    anchors = anchors_of(context.theatre)
    claims = tuple(
        replace(claim, when=claim_days(claim, by_id[claim.document_id], context.theatre, anchors))
        if claim.document_id in by_id
        else claim
        for claim in ledger.claims
    )
    return replace(ledger, documents=documents, claims=claims, issues=tuple(dict.fromkeys((*ledger.issues, *issues))))


def claim_days(claim: Claim, document: Document, theatre: Theatre, anchors: Sequence[Anchor] | None = None) -> When:
    """When what a claim tells of took place, or was to. Keeps the verbatim text and offsets; None at both ends: not known."""
    published, told = document.published, claim.when
    if anchors is None:
        anchors = anchors_of(theatre)
    told = _in_when_clause(claim, document.text) or told
    if told.text is None or _is_duration(told.text):
        # "without power for two hours on Sunday": how long is not when
        told = _told_in_sentence(replace(claim, when=When()), document.text) or told
    if told is None or told.text is None:
        return _untold(claim, published, theatre)
    resolved = resolve_time(
        told.text,
        published,
        outbreaks=theatre.outbreaks,
        anchors=anchors,
        is_past=told.relation != "ahead" and not _is_ahead(claim, document),
    )
    if claim.act.startswith("TOLL") and all(span.rule == "now" for span in scan_times(told.text)):
        untold = _untold(claim, published, theatre)
        resolved = replace(resolved, earliest=untold.earliest, latest=untold.latest, precision=untold.precision)
    elif (step := _step_on(told.text)) is not None and (before := _day_before(told, document, theatre, anchors)) is not None:
        day = before + timedelta(days=step)
        resolved = replace(resolved, earliest=day, latest=day, precision="day")
    elif resolved.earliest is None and resolved.relation == "since":
        # since when is not known, but on the day of the report it was still so
        resolved = replace(
            resolved,
            earliest=published.earliest,
            latest=published.latest,
            precision=precision_of(published.earliest, published.latest),
        )
    return replace(
        told,
        earliest=resolved.earliest,
        latest=resolved.latest,
        precision=resolved.precision,
        relation=resolved.relation or (told.relation if told.relation != "ahead" else None),
        basis=published.basis,
    )


_STEP_ON = re.compile(
    r"(?:on |during )?(?:the )?(?P<which>following|next|same|previous|that) (?:day|morning|afternoon|evening|night)$"
    r"|(?P<number>a|one|two|three|four|five|six|seven) days? (?P<way>later|earlier)$",
    re.IGNORECASE,
)
_STEPS = {"following": 1, "next": 1, "same": 0, "that": 0, "previous": -1}
_FEW = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
# how far back in the text "the following day" may lean on a day told before
_LEAN_CHARS = 800


def _step_on(expression: str) -> int | None:
    """How many days an expression goes on from a day told before ("the following day": 1), None where it is none of these."""
    match = _STEP_ON.match(expression)
    if match is None:
        return None
    if match["which"]:
        return _STEPS[match["which"].lower()]
    return _FEW[match["number"].lower()] * (1 if match["way"].lower() == "later" else -1)


def _day_before(told: When, document: Document, theatre: Theatre, anchors: Sequence[Anchor]) -> date | None:
    """The last single day that the text tells before a time."""
    if told.start_char is None:
        return None
    start = max(0, told.start_char - _LEAN_CHARS)
    text = document.text[start : told.start_char]
    for span in reversed(scan_times(text)):
        expression = text[span.start_char : span.end_char]
        when = resolve_time(expression, document.published, outbreaks=theatre.outbreaks, anchors=anchors)
        if when.precision == "day" and when.relation is None and span.rule not in ("now", "later", "daypart"):
            return when.earliest
    return None


_WHEN_CLAUSE = re.compile(r",?\s+(?:when|in which|during which)\b")
_LEADING_WORD = re.compile(r"^(?:since|in|during|from|until|by|after|before)\s+", re.IGNORECASE)


def _in_when_clause(claim: Claim, text: str) -> When | None:
    """The time that a clause hangs on: in "the worst since the 1990s, when thousands died" they died in the 1990s, not since."""
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char]
    for span in scan_times(sentence):
        clause = _WHEN_CLAUSE.match(sentence, span.end_char)
        if clause is None or not span.end_char <= claim.start_char - start <= clause.end() + 4:
            continue
        bare = _LEADING_WORD.sub("", sentence[span.start_char : span.end_char])
        end = start + span.end_char
        return replace(claim.when, text=bare, start_char=end - len(bare), end_char=end)
    return None


def _is_duration(expression: str) -> bool:
    return all(span.rule == "for_n" for span in scan_times(expression)) and not expression.endswith("now")


def _told_in_sentence(claim: Claim, text: str) -> When | None:
    """A claim's time where the extractor tied none to it: its sentence's one day.

    News that tells only when something was said means that it happened then, or just before.
    """
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char]
    spans = scan_times(sentence)
    days = [span for span in spans if span.rule in ("weekday", "relative_day", "dm", "md", "dmy", "mdy", "overnight", "weekend")]
    if len(days) != 1 or len([span for span in spans if span.rule not in ("daypart", "now", "recently", "later", "for_n")]) != 1:
        return None
    begin, end = start + days[0].start_char, start + days[0].end_char
    expression = text[begin:end]
    if re.match(r"(?:since|until|till|by|before|after|from)\b", expression, re.IGNORECASE) or text[end : end + 2] in ("'s", "’s"):
        return None
    return replace(claim.when, text=expression, start_char=begin, end_char=end)


def _untold(claim: Claim, published: When, theatre: Theatre) -> When:
    earliest, latest = published.earliest, published.latest
    if claim.act.startswith("TOLL") and earliest is not None and latest is not None:
        outbreak = current_outbreak(latest, theatre.outbreaks)
        if outbreak is not None and outbreak.on < earliest:
            earliest = outbreak.on
    return replace(claim.when, earliest=earliest, latest=latest, precision=precision_of(earliest, latest), basis=published.basis)


def _is_ahead(claim: Claim, document: Document) -> bool:
    """Whether the words before a time speak of what is to come ("will hold talks on Tuesday")."""
    start = claim.when.start_char
    if start is None or not claim.sentence_start_char <= start <= claim.sentence_end_char:
        return False
    before = document.text[claim.sentence_start_char : start]
    return _AHEAD.search(before) is not None and _SPEECH.search(before) is None


# ---- documents


def _date_documents(ledger: Ledger, theatre: Theatre) -> tuple[tuple[Document, ...], list[Issue]]:
    """Two rounds: by each text and its dated kin, then what is left by kin and by documents of the same deeds dated by then."""
    documents = {document.id: document for document in ledger.documents}
    if not any(_is_undated(document) for document in documents.values()):
        return ledger.documents, []
    kin = _kin(ledger.kinships, documents)
    deeds = _Deeds(ledger.claims)
    issues: dict[str, Issue] = {}
    for turn in range(2):
        for document in sorted(documents.values(), key=lambda one: one.id):
            if not _is_undated(document) or not document.text:
                continue
            shared = deeds.shared(document.id, documents) if turn else ()
            dating = date_document(document.text, document.title, theatre, _kin_days(document.id, kin, documents), shared)
            if dating is None:
                continue
            documents[document.id] = replace(document, published=_as_when(dating))
            issues[document.id] = _issue(document, dating)
    for document in documents.values():
        if _is_undated(document):
            issues[document.id] = Issue(
                stage="date",
                code="undated",
                level="warning",
                source=document.source,
                record_id=document.id,
                message="nothing in the text or its kin says when it was published: give a date with --published",
            )
    return tuple(documents[document.id] for document in ledger.documents), list(issues.values())


def _is_undated(document: Document) -> bool:
    return document.published.earliest is None


def _kin(kinships: Sequence[Kinship], documents: Mapping[str, Document]) -> dict[str, set[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for kinship in kinships:
        if kinship.kind != "citation" and kinship.first_id in documents and kinship.second_id in documents:
            pairs[kinship.first_id].add(kinship.second_id)
            pairs[kinship.second_id].add(kinship.first_id)
    return pairs


def _kin_days(document_id: str, kin: Mapping[str, set[str]], documents: Mapping[str, Document]) -> tuple[KinDay, ...]:
    days = []
    for other in sorted(kin.get(document_id, ())):
        published = documents[other].published
        if (
            published.earliest is not None
            and published.latest is not None
            and published.latest - published.earliest <= timedelta(days=7)
        ):
            days.append(KinDay(documents[other].source, published.earliest, published.latest))
    return tuple(days)


class _Deeds:
    """Which documents tell of the same deed at the same place, by act class and the place's name as written."""

    # a deed told by more documents than this says nothing of the day
    COMMON = 40

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.by_document: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.by_deed: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in claims:
            if is_verbal(claim.act) or claim.modality != "actual":
                continue
            for place in claim.places:
                deed = (act_class(claim.act), fold(place.text))
                self.by_document[claim.document_id].add(deed)
                self.by_deed[deed].add(claim.document_id)

    def shared(self, document_id: str, documents: Mapping[str, Document]) -> tuple[SharedDeeds, ...]:
        numbers: Counter[str] = Counter()
        for deed in self.by_document.get(document_id, ()):
            if len(self.by_deed[deed]) <= self.COMMON:
                numbers.update(self.by_deed[deed] - {document_id})
        found = []
        for other, number in sorted(numbers.items()):
            published = documents[other].published if other in documents else When()
            if (
                published.earliest is not None
                and published.latest is not None
                and published.latest - published.earliest <= timedelta(days=3)
            ):
                found.append(SharedDeeds(documents[other].source, published.earliest, published.latest, number))
        return tuple(found)


def _as_when(dating: Dating) -> When:
    return When(
        earliest=dating.earliest,
        latest=dating.latest,
        precision=precision_of(dating.earliest, dating.latest),
        basis=dating.basis,
    )


def _issue(document: Document, dating: Dating) -> Issue:
    days = _span_text(dating.earliest, dating.latest)
    return Issue(
        stage="date",
        code="date-inferred",
        level="info",
        source=document.source,
        record_id=document.id,
        value=days,
        message=f"dated {days} by what it tells: " + "; ".join(dating.reasons),
    )


def _span_text(earliest: date, latest: date) -> str:
    return earliest.isoformat() if earliest == latest else f"{earliest.isoformat()} to {latest.isoformat()}"


STAGE = Stage(
    name="date",
    scope="ledger",
    needs=("documents.text", "documents.family_id", "claims.act"),
    assigns=("documents.published", "claims.when"),
    run_ledger=run,
)
