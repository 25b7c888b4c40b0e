"""Documents of a small, crowded country, for tests: everything bears on everything, so that whatever a part leaves out shows.

Few towns and days, claims without places or days, denials and admissions, states that last, sums and talks, undated documents,
copies, edited pages, one file under two names. `decode` stands in for the stages that read a text.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, ClaimPlace, Figure, Reading, Sentence, Voice, When
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Agreement, Clause, Deadline, Outbreak, Party, Place, Theatre
from trucewatch.plugins import make_plan, make_plugins
from trucewatch.sources.original import Original, make_original

GIVEN_STAGES = ("clean", "segment", "extract")
SIDES = ("AAA", "BBB", "CCC", "DDD")
ACTS = (
    "FIRE.HEAVY",
    "FIRE.HEAVY",
    "FIRE.MISSILE",
    "FIRE",
    "AIR.STRIKE",
    "CIV.ATTACK_PERSONS",
    "FIRE.SMALL_ARMS",
    "ADVANCE.TERRITORY",
    "DEESCALATE.WITHDRAWAL",
    "FORCE.BUILDUP",
    "ACCESS.BLOCKADE",
    "TOLL",
    "TALKS.MEET",
    "CIV.DETENTION",
)
FIRST_DAY = date(2030, 3, 1)
# characters of the words before the claims
HEAD = 330
SYLLABLES = "ba ko ri mu ten sal dor vi gre pol an is ur el to mar zin fa lo ket".split()


def dense_theatre() -> Theatre:
    """Three towns in two districts in one region, four parties, a truce with a deadline in the middle of the days."""
    places = (
        Place(id="r", kind="region", names=("Fold",), lat=40.0, lon=45.0, precision="region"),
        *(
            Place(
                id=f"d{n}", kind="district", names=(f"Shire {n}",), lat=40.0 + n, lon=45.5, parents=("r",), precision="district"
            )
            for n in range(2)
        ),
        *(
            Place(id=f"t{n}", kind="settlement", names=(f"Town {n}",), lat=40 + n / 10, lon=46.0, parents=(f"d{n % 2}",))
            for n in range(3)
        ),
    )
    clauses = (
        Clause(id="c1", number="1", title="Fire", duty="Hold fire", bound_parties=("AAA", "BBB"), breach_acts=("FIRE", "AIR")),
        Clause(
            id="c2",
            number="2",
            title="Leave",
            duty="Leave the shire",
            bound_parties=("AAA", "CCC"),
            breach_acts=("FORCE.NON_WITHDRAWAL",),
            area_place_ids=("d0",),
            deadline=Deadline(on=FIRST_DAY + timedelta(days=4)),
        ),
    )
    truce = Agreement(
        id="truce",
        title="Truce",
        kind="ceasefire",
        parties=("AAA", "BBB", "CCC"),
        clauses=clauses,
        effective_at=datetime(2030, 3, 2, tzinfo=UTC),
    )
    return Theatre(
        name="dense",
        title="Dense",
        places=places,
        parties=tuple(Party(code=code, names=(code,)) for code in SIDES),
        agreements=(truce,),
        outbreaks=(Outbreak(name="war", on=FIRST_DAY),),
        principals=SIDES,
    )


def dense_originals(count: int, seed: int, days: int = 9) -> list[Original]:
    """Documents by number and seed, in the order of their numbers."""
    rng = random.Random(f"dense {seed}")
    made: list[Original] = []
    for number in range(count):
        on = FIRST_DAY + timedelta(days=rng.randrange(days))
        content = _content(rng, number, on)
        copied = rng.random()
        if made and copied < 0.12:
            # one file under two names
            content = made[rng.randrange(len(made))].original
        elif made and copied < 0.3:
            # other claims on words that were told before
            told, own = json.loads(made[rng.randrange(len(made))].original), json.loads(content)
            content = json.dumps({**own, "text": told["text"][:HEAD] + own["text"][HEAD:]}).encode()
        # a page is met again with another text
        page = rng.randrange(number) if number > 3 and rng.random() < 0.15 else number
        is_dated = rng.random() < 0.8
        original = make_original(f"https://outlet{page % 5}.example/{page}", "generated", content, "application/json")
        published = When(earliest=on, latest=on, precision="day", basis="given") if is_dated else When(basis="unknown")
        made.append(replace(original, outlet=f"Outlet {page % 5}", published=published))
    return made


def _content(rng: random.Random, number: int, on: date) -> bytes:
    topic = random.Random(f"topic {rng.randrange(6)}")
    words = ["".join(topic.choices(SYLLABLES, k=2)) for _ in range(25)] + [
        "".join(rng.choices(SYLLABLES, k=3)) for _ in range(20)
    ]
    lines = [f"It happened on {rng.randint(1, 9)} March 2030. {' '.join(words).capitalize()}".ljust(HEAD, ".")[:HEAD]]
    claims: list[Claim] = []
    for k in range(rng.randint(0, 5)):
        doer, victim = rng.sample(SIDES, 2)
        stance = rng.choices(("asserts", "denies", "confirms"), (6, 3, 2))[0]
        line = f"{victim} said that {doer} fired and told it again in report {k}, as they had in the attack before."
        start = sum(map(len, lines)) + len(lines)
        lines.append(line)
        happened = on - timedelta(days=rng.choice((0, 0, 0, 1, 2)))
        last = happened + timedelta(days=rng.choice((0, 0, 0, 0, 1, 4)))
        is_timed = rng.random() < 0.6
        act = rng.choice(ACTS)
        claims.append(
            Claim(
                id=make_id("claim", number, k, rng.random()),
                document_id="",
                start_char=start,
                end_char=start + len(line) - 20,
                sentence_start_char=start,
                sentence_end_char=start + len(line),
                act=act,
                claimant=_voice(rng, doer if stance == "denies" else victim),
                stance=stance,
                modality=rng.choices(("actual", "ordered", "threatened"), (8, 1, 1))[0],
                attributed_to=Voice(party=rng.choice((doer, doer, f"{doer};{rng.choice(SIDES)}")))
                if rng.random() < 0.75
                else None,
                target=Voice(party=rng.choice((victim, victim, "CVL"))) if rng.random() < 0.5 else None,
                places=_places(rng),
                when=When(earliest=happened, latest=last, precision="day", text="then") if is_timed else When(),
                figures=_figures(rng),
            )
        )
        if k and stance == "denies" and rng.random() < 0.3:
            claims[-1] = replace(claims[-1], responds_to=claims[0].id)
    return json.dumps({"text": "\n".join(lines), "claims": to_plain(tuple(claims))}).encode()


def _voice(rng: random.Random, party: str) -> Voice | None:
    draw = rng.random()
    if draw < 0.2:
        return None
    return Voice(party=party, actor_id=f"ministry-{party}" if draw < 0.6 else None, name=f"Ministry of {party}")


def _places(rng: random.Random) -> tuple[ClaimPlace, ...]:
    draw = rng.random()
    if draw < 0.3:
        return ()
    theatre = dense_theatre()
    chosen = rng.sample(theatre.places, rng.choice((1, 1, 1, 2)))
    if draw < 0.42:
        # a name that nothing located, here
        return tuple(ClaimPlace(text=place.names[0], role=rng.choice(("target", "origin"))) for place in chosen)
    return tuple(
        ClaimPlace(
            text=place.names[0],
            place_id=place.id,
            name=place.names[0],
            lat=place.lat,
            lon=place.lon,
            precision=place.precision,
            confidence=0.9,
            role=rng.choice(("target", "target", "target", "origin")),
        )
        for place in chosen
    )


def _figures(rng: random.Random) -> tuple[Figure, ...]:
    if rng.random() < 0.5:
        return ()
    low, measure = rng.randint(1, 4), rng.choice(("killed", "injured", "places_taken"))
    qualifier = rng.choice(("exactly", "exactly", "at_least", "dozens"))
    high = None if qualifier == "at_least" else low
    return (Figure(measure=measure, population="unknown", low=low, high=high, qualifier=qualifier, text=str(low)),)


def decode(reading: Reading, context: Context) -> Reading:
    """What the document was made from."""
    content = json.loads(reading.original)
    claims = tuple(replace(from_plain(Claim, plain), document_id=reading.document.id) for plain in content["claims"])
    sentences = (Sentence(start_char=0, end_char=len(content["text"]), paragraph=0),)
    document = replace(reading.document, text=content["text"], language="en")
    return replace(reading, document=document, claims=claims, sentences=sentences)


def dense_plan() -> tuple[Stage, ...]:
    """The shipped plan, documents decoded."""
    shipped = make_plan(make_plugins())
    assigns = tuple(field for stage in shipped if stage.name in GIVEN_STAGES for field in stage.assigns)
    stage = Stage(name="decode", scope="record", needs=("original",), assigns=assigns, run_record=decode)
    return (stage, *(stage for stage in shipped if stage.name not in GIVEN_STAGES))


def dense_recipe() -> Context:
    """The context of the country."""
    return Context(theatre=dense_theatre())
