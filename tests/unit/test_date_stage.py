"""date: claims get their days, undated documents a day where something supports it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from trucewatch.model.records import Claim, ClaimPlace, Document, Kinship, Ledger, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Actor, Agreement, Office, Outbreak, Theatre
from trucewatch.stages.claim_times import claim_days
from trucewatch.stages.date import STAGE, run

# 2031-06-01 is a Sunday
THEATRE = Theatre(
    name="isles",
    title="The Isles",
    since=date(2028, 1, 1),
    outbreaks=(
        Outbreak(name="raids of spring 2029", on=date(2029, 4, 3), until=date(2029, 4, 9)),
        Outbreak(name="war of 2031", on=date(2031, 6, 1), until=date(2031, 7, 10)),
        Outbreak(name="closing of the Varn strait", on=date(2032, 2, 9)),
    ),
    agreements=(
        Agreement(
            id="IS-1",
            title="Harbour truce",
            kind="ceasefire",
            parties=("NOR", "SUD"),
            clauses=(),
            effective_at=datetime(2031, 6, 14, 9, tzinfo=UTC),
        ),
    ),
    actors=(
        Actor(
            id="NOR-OLD",
            kind="person",
            names=("Ana Belmar",),
            party="NOR",
            offices=(Office(title="president", party="NOR", since=date(2024, 1, 1), until=date(2031, 6, 20)),),
        ),
    ),
)
CONTEXT = Context(theatre=THEATRE)


def document(text: str, published: date | None = None, name: str = "a") -> Document:
    when = When(earliest=published, latest=published, precision="day", basis="given") if published else When(basis="unknown")
    return Document(id=f"doc-{name}", source=f"{name}.txt", input_path=f"{name}.txt", sha256=name, text=text, published=when)


def claim(about: Document, evidence: str, told: str | None = None, act: str = "FIRE.HEAVY", **changes: object) -> Claim:
    start = about.text.index(evidence)
    when = When()
    if told is not None:
        at = about.text.index(told)
        when = When(text=told, start_char=at, end_char=at + len(told))
    first = about.text.rfind(".", 0, start) + 1
    end = about.text.find(".", start)
    made = Claim(
        id=f"claim-{about.id}-{start}",
        document_id=about.id,
        start_char=start,
        end_char=start + len(evidence),
        sentence_start_char=first,
        sentence_end_char=end if end > 0 else len(about.text),
        act=act,
        when=when,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def dated(*documents: Document, kinships: tuple[Kinship, ...] = (), claims: tuple[Claim, ...] = ()) -> Ledger:
    return run(Ledger(documents=documents, kinships=kinships, claims=claims), CONTEXT)


def day_of(ledger: Ledger, name: str = "a") -> tuple[date | None, date | None]:
    published = next(one.published for one in ledger.documents if one.id == f"doc-{name}")
    return published.earliest, published.latest


# ---- claims


def test_a_claim_without_a_time_takes_the_documents_day() -> None:
    about = document("Guns shelled the pier.", date(2031, 6, 9))
    when = claim_days(claim(about, "shelled the pier"), about, THEATRE)
    assert (when.earliest, when.latest, when.precision) == (date(2031, 6, 9), date(2031, 6, 9), "day")


def test_a_claims_own_time_is_resolved_and_kept_verbatim() -> None:
    about = document("Guns shelled the pier on Saturday night.", date(2031, 6, 9))
    when = claim_days(claim(about, "shelled the pier", "on Saturday night"), about, THEATRE)
    assert (when.earliest, when.text) == (date(2031, 6, 7), "on Saturday night")
    assert about.text[when.start_char : when.end_char] == when.text


def test_the_sentences_one_day_serves_a_claim_that_has_none_tied_to_it() -> None:
    about = document("On Saturday the north said its guns shelled the pier.", date(2031, 6, 9))
    assert claim_days(claim(about, "shelled the pier"), about, THEATRE).earliest == date(2031, 6, 7)


def test_talks_to_come_are_looked_for_ahead() -> None:
    about = document("The two sides will meet on Tuesday.", date(2031, 6, 9))
    assert claim_days(claim(about, "will meet", "on Tuesday", act="TALKS.MEET"), about, THEATRE).earliest == date(2031, 6, 10)


def test_news_that_tells_only_of_the_day_before_is_of_both_days() -> None:
    about = document(
        "Guns shelled the pier. Envoys said so on Sunday. Calls grew on Sunday. They will meet on Monday.", date(2031, 6, 9)
    )
    when = claim_days(claim(about, "shelled the pier"), about, THEATRE)
    assert (when.earliest, when.latest) == (date(2031, 6, 8), date(2031, 6, 9))
    today = document("Guns shelled the pier. Envoys said so on Sunday. Calls grew on Sunday. It rained today.", date(2031, 6, 9))
    assert claim_days(claim(today, "shelled the pier"), today, THEATRE).earliest == date(2031, 6, 9)


def test_what_was_done_by_someone_is_not_ahead() -> None:
    about = document("The pier was shelled by the north on Saturday.", date(2031, 6, 9))
    assert claim_days(claim(about, "was shelled", "on Saturday"), about, THEATRE).earliest == date(2031, 6, 7)


def test_the_following_day_leans_on_the_day_told_before() -> None:
    about = document("The pass fell on Wednesday. The following day guns shelled the pier.", date(2031, 6, 9))
    when = claim_days(claim(about, "guns shelled the pier", "The following day"), about, THEATRE)
    assert (when.earliest, when.latest) == (date(2031, 6, 5), date(2031, 6, 5))
    alone = document("The following day guns shelled the pier.", date(2031, 6, 9))
    assert claim_days(claim(alone, "guns shelled the pier", "The following day"), alone, THEATRE).earliest is None


def test_a_toll_sums_from_the_outbreak() -> None:
    about = document("So far 90 people have been killed.", date(2031, 6, 9))
    when = claim_days(claim(about, "90 people have been killed", "So far", act="TOLL"), about, THEATRE)
    assert (when.earliest, when.latest) == (date(2031, 6, 1), date(2031, 6, 9))


def test_a_when_clause_dates_its_own_claim_and_not_since() -> None:
    about = document("It is the worst since the 1990s, when thousands were killed.", date(2031, 6, 9))
    when = claim_days(claim(about, "thousands were killed", "since the 1990s", act="TOLL"), about, THEATRE)
    assert (when.earliest, when.latest, when.text) == (date(1990, 1, 1), date(1999, 12, 31), "the 1990s")


def test_a_time_that_cannot_be_resolved_stays_unknown() -> None:
    about = document("For decades guns shelled the pier.", date(2031, 6, 9))
    when = claim_days(claim(about, "shelled the pier", "For decades"), about, THEATRE)
    assert (when.earliest, when.precision) == (None, "unknown")


def test_without_any_day_a_claim_has_none() -> None:
    about = document("Guns shelled the pier.")
    assert claim_days(claim(about, "shelled the pier"), about, THEATRE).earliest is None


# ---- documents


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Shells fell on Sunday. The war, which began a week ago, has spread.", date(2031, 6, 8)),
        ("Officials said on Sunday that 40 were killed since fighting broke out last week.", date(2031, 6, 8)),
        ("Guns fired on the port yesterday, five days after the announced truce.", date(2031, 6, 19)),
        ("Fighting broke out on Sunday along the coast, the army said on Sunday. It is the worst since 2029.", date(2031, 6, 1)),
        ("In a statement of 9 July 2031 the north said it held the pier. It repeated this on Thursday.", date(2031, 7, 10)),
    ],
)
def test_an_undated_text_is_dated_by_what_it_tells(text: str, day: date) -> None:
    ledger = dated(document(text))
    earliest, latest = day_of(ledger)
    assert earliest is not None
    assert latest is not None
    assert earliest <= day <= latest
    assert (latest - earliest).days <= 1
    (issue,) = [issue for issue in ledger.issues if issue.code == "date-inferred"]
    assert issue.level == "info"
    assert issue.source == "a.txt"
    assert ledger.documents[0].published.basis == "inferred"


@pytest.mark.parametrize("text", ["The island is green.", "Guns fired on Monday.", "President Ana Belmar spoke of peace.", ""])
def test_without_support_a_document_stays_undated(text: str) -> None:
    ledger = dated(document(text))
    assert day_of(ledger) == (None, None)
    assert ledger.documents[0].published.basis == "unknown"
    assert [issue.code for issue in ledger.issues] == ["undated"]


def test_given_dates_are_never_touched() -> None:
    given = document("The war, which began a week ago, has spread.", date(2029, 1, 1))
    ledger = dated(given)
    assert ledger.documents == (given,)
    assert ledger.issues == ()


def test_an_office_that_had_ended_rules_its_later_days_out() -> None:
    text = "President Ana Belmar said the truce had failed. Guns fired yesterday, a week after the announced truce."
    earliest, latest = day_of(dated(document(text)))
    assert earliest is not None
    assert latest is not None
    assert latest <= date(2031, 6, 22)


def test_a_dated_copy_dates_its_kin() -> None:
    text = "Guns fired on the port, the army said."
    kinship = Kinship(first_id="doc-a", second_id="doc-b", kind="rewrite", score=0.9)
    ledger = dated(document(text), document(text + " More to follow.", date(2031, 6, 5), "b"), kinships=(kinship,))
    assert day_of(ledger)[0] == date(2031, 6, 5)
    citing = replace(kinship, kind="citation")
    unrelated = dated(document(text), document(text, date(2031, 6, 5), "b"), kinships=(citing,))
    assert day_of(unrelated) == (None, None)


def test_documents_of_the_same_deeds_date_one_another() -> None:
    known = document("On Sunday shells hit Korsal, Obrin and Tamre.", date(2031, 6, 8), "b")
    undated = document("Shells hit Korsal, Obrin and Tamre on Sunday. The war of the last two days goes on.")
    claims = []
    for about in (known, undated):
        for place in ("Korsal", "Obrin", "Tamre"):
            claims.append(claim(about, place, places=(ClaimPlace(text=place),)))
    ledger = dated(undated, known, claims=tuple(claims))
    assert day_of(ledger)[0] == date(2031, 6, 8)


def test_inferred_days_reach_the_claims() -> None:
    undated = document("Shells hit the pier on Saturday. The war, which began a week ago, has spread. It was Sunday.")
    ledger = dated(undated, claims=(claim(undated, "hit the pier", "on Saturday"),))
    (only,) = ledger.claims
    assert only.when.earliest == date(2031, 6, 7)
    assert only.when.basis == "inferred"


def test_the_order_of_documents_does_not_matter() -> None:
    texts = {
        "a": "Shells fell on Sunday. The war, which began a week ago, has spread.",
        "b": "Guns fired on the port yesterday, five days after the announced truce.",
        "c": "The island is green.",
    }
    documents = [document(text, None, name) for name, text in texts.items()]
    forward, backward = dated(*documents), dated(*reversed(documents))
    assert {one.id: one.published for one in forward.documents} == {one.id: one.published for one in backward.documents}
    assert set(forward.issues) == set(backward.issues)


def test_the_stage_says_what_it_needs() -> None:
    assert STAGE.scope == "ledger"
    assert STAGE.assigns == ("documents.published", "claims.when")
