"""The records: frozen, typed facts that know their source.

Days are `datetime.date`; `latest` is the last day *included*. Instants (`_at`) are aware datetimes in UTC. Offsets are Python
string offsets into `Document.text`, half-open. A missing value is None. Figures are ranges: None at one end is "open".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from trucewatch.model.change import send_by_fields

STANCES = ("asserts", "denies", "confirms")
MODALITIES = ("actual", "ordered", "threatened", "possible")
MEASURES = ("killed", "injured", "missing", "captured", "displaced", "places_taken")
POPULATIONS = ("civilian", "combatant", "all", "unknown")
QUALIFIERS = ("exactly", "at_least", "more_than", "about", "nearly", "up_to", "several", "dozens", "hundreds", "thousands")
TIME_PRECISIONS = ("day", "days", "week", "month", "year", "unknown")
PLACE_PRECISIONS = ("exact", "settlement", "district", "region", "country")
LEVELS = ("info", "warning", "error")


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """Doubt about the world or the data, published with the data set. `code` is kebab-case and documented in docs/issues.md."""

    stage: str
    code: str
    level: str
    message: str
    source: str | None = None
    record_id: str | None = None
    value: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """A span of days. Both None: not known. `basis` (of a document): given, stated, inferred, unknown.

    `text` with its offsets is the verbatim expression; `relation` says how the expression bounds the act where that is not
    simply "within" ("since", "before", "until").
    """

    earliest: date | None = None
    latest: date | None = None
    precision: str = "unknown"
    text: str | None = None
    start_char: int | None = None
    end_char: int | None = None
    basis: str | None = None
    relation: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Who publishes. `kind`: agency, outlet, mission, party, ngo, social. `aligned_with`: a party code."""

    id: str
    name: str
    kind: str = "outlet"
    aligned_with: str | None = None
    country: str | None = None
    licence: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One text as published. `text` is cleaned and immutable; `source` the URL, else the path as given (`path#N` inside a file).

    `origin_map` leads from `text` back to the decoded original: (text_start, original_start, length) triples, ascending.
    """

    id: str
    source: str
    input_path: str
    sha256: str
    outlet: str | None = None
    title: str | None = None
    published: When = field(default_factory=lambda: When(basis="unknown"))
    retrieved_at: datetime | None = None
    language: str | None = None
    text: str = ""
    origin_map: tuple[tuple[int, int, int], ...] = ()
    family_id: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A slice of a document. `kind`: lead, body, quotation, caption, boilerplate, headline."""

    id: str
    document_id: str
    start_char: int
    end_char: int
    kind: str = "body"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence by its offsets; `paragraph` counts from 0, `passage_kind` as Passage.kind."""

    start_char: int
    end_char: int
    paragraph: int
    passage_kind: str = "body"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """Quoted words, without their marks. `closed` is False where the closing mark is missing and the end was inferred."""

    start_char: int
    end_char: int
    closed: bool = True
    depth: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name, role or pronoun in the text that may stand for an actor or place, in reading order.

    `kind`: person, body, country, group (NORP), place, role ("the ministry", "an aide"), pronoun. `description`: what the
    text says of them beside the name ("deputy head of the ... army"). `speaks`: stretches of text that they vouch for, as
    (start, end). `is_plural`: several are meant. `quoted_by`: start of the quotation it stands in, None outside.
    """

    text: str
    start_char: int
    end_char: int
    kind: str
    sentence: int
    is_subject: bool = False
    description: str | None = None
    speaks: tuple[tuple[int, int], ...] = ()
    is_plural: bool = False
    quoted_by: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Someone as named in the text (`text` with its offsets, verbatim) and as resolved (`actor_id`, `name`, `party`).

    `party` is a party code, several joined by ";" where two act or speak together, None where not known.
    """

    text: str | None = None
    start_char: int | None = None
    end_char: int | None = None
    actor_id: str | None = None
    name: str | None = None
    party: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimPlace:
    """A place as written and as located. `lat`/`lon` in degrees WGS 84, None where only the name is known.

    `role`: target (where it happened), origin (where fire came from), mentioned.
    """

    text: str
    start_char: int | None = None
    end_char: int | None = None
    place_id: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    confidence: float = 0.0
    role: str = "target"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number of people or places as claimed: a range with its measure, population and qualifier (see records' constants)."""

    measure: str
    population: str
    low: int | None
    high: int | None
    qualifier: str
    text: str
    start_char: int | None = None
    end_char: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One claimant's one statement on one act (gold/CODEBOOK.md 1-6). Offsets of evidence and of its sentence.

    `claimant` None: the outlet in its own voice. `reasons` say in plain words what gave each value (`trucewatch explain`).
    `is_outside`: it tells of another conflict than the theatre's, or of none, and is in no incident, toll or claim of control.
    `is_recurring`: it tells of a habit or a count of deeds over time ("near-daily strikes"), and is in no incident.
    """

    id: str
    document_id: str
    start_char: int
    end_char: int
    sentence_start_char: int
    sentence_end_char: int
    act: str
    passage_id: str | None = None
    claimant: Voice | None = None
    channel: str | None = None
    stance: str = "asserts"
    modality: str = "actual"
    attributed_to: Voice | None = None
    target: Voice | None = None
    places: tuple[ClaimPlace, ...] = ()
    when: When = field(default_factory=When)
    figures: tuple[Figure, ...] = ()
    weapon: str | None = None
    responds_to: str | None = None
    exception_claimed: str | None = None
    confidence: float = 0.5
    made_by: str = "rules"
    reasons: tuple[str, ...] = ()
    is_outside: bool = False
    is_recurring: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """A first-hand record by a mission's own observer: an arc (position, bearing, distance range), never a point.

    Bearings in degrees clockwise from north, distances in km. Counts of the effect seen or heard, as a range.
    """

    id: str
    observer_code: str
    report_kind: str
    observed_from_at: datetime
    observed_to_at: datetime | None = None
    timezone: str | None = None
    position_name: str | None = None
    position_control: str | None = None
    lat: float | None = None
    lon: float | None = None
    means: tuple[str, ...] = ()
    bearing_deg: float | None = None
    distance_low_km: float | None = None
    distance_high_km: float | None = None
    heading: str | None = None
    effect: str | None = None
    count_low: int | None = None
    count_high: int | None = None
    weapon: str | None = None
    weapon_assessed: bool | None = None
    event_place: str | None = None
    zone: str | None = None
    figures: tuple[Figure, ...] = ()
    restriction: str | None = None
    restriction_by: str | None = None
    narrative: str | None = None
    nothing_observed: bool = False
    minutes_observed: int | None = None
    sensitivity: str | None = None
    source: str | None = None
    sha256: str | None = None
    team: str | None = None
    form_version: str | None = None
    count_qualifier: str | None = None
    description: str | None = None
    direction_from_deg: float | None = None
    direction_to_deg: float | None = None
    altitude_m: float | None = None
    accuracy_m: float | None = None
    victims: tuple[str, ...] = ()
    harm_basis: tuple[str, ...] = ()
    damage: str | None = None
    restriction_reason: str | None = None
    claims_by_others: str | None = None
    consent: str | None = None
    attachment: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A person's judgement, appended and never overwritten; hash-chained (`previous_hash`, `hash`).

    `content_digest` is the SHA-256 over `salt` and the content; the chain runs over digests, so that a redacted entry (its
    content and salt erased, `is_erased`) still verifies. `kind`: same_incident, correct_value, verify, attribute, redact, undo,
    export; `model/judgements.py` says what subject and verdict mean for each.
    """

    id: str
    kind: str
    subject: tuple[str, ...]
    verdict: str
    reason: str
    decided_by: str
    decided_at: datetime
    previous_hash: str | None = None
    hash: str | None = None
    sequence: int | None = None
    salt: str | None = None
    content_digest: str | None = None
    is_erased: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """One status on one axis (contract/statuses.csv) with its reason in a sentence and the claims it rests on."""

    axis: str
    status: str
    reason: str
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Toll:
    """A claimant's number of victims of one side: low, best, high. `incident_id` None: a sum over `period`."""

    id: str
    incident_id: str | None
    claimant_party: str | None
    victim_party: str | None
    measure: str
    population: str
    low: int | None
    best: int | None
    high: int | None
    period: When | None
    claim_ids: tuple[str, ...]
    superseded_by: str | None = None
    claimant_name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """Something reported to have happened, with every voice on it. The id comes from the register and never changes.

    `source_grade` (A-F) and `information_grade` (1-6) are Admiralty grades; F and 6 mean "not assessed".
    """

    id: str
    act: str
    when: When
    places: tuple[ClaimPlace, ...]
    claim_ids: tuple[str, ...]
    denial_ids: tuple[str, ...] = ()
    observation_ids: tuple[str, ...] = ()
    attributed_to: str | None = None
    target: str | None = None
    families: int = 0
    parties_asserting: tuple[str, ...] = ()
    parties_denying: tuple[str, ...] = ()
    occurrence: str = "unassessed"
    attribution: str = "not_attempted"
    breach: str = "not_applicable"
    statuses: tuple[Status, ...] = ()
    summary: str = ""
    superseded_denial_ids: tuple[str, ...] = ()
    source_grade: str = "F"
    information_grade: str = "6"


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """An incident against a clause: the breach status, the rule that gave it, and why in words."""

    id: str
    incident_id: str | None
    agreement_id: str
    clause_id: str
    party: str | None
    status: str
    rule: str
    explanation: str
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlClaim:
    """Who is said to hold or to have taken a place, by whom, from which day, admitted or contested.

    `state`: taken, held (a total), left. `place_name` of unnamed places tells their number ("8 villages (unnamed)").
    """

    id: str
    place_id: str | None
    place_name: str
    party: str | None
    state: str
    since: When
    claim_ids: tuple[str, ...]
    contested_by: tuple[str, ...] = ()
    admitted_by: tuple[str, ...] = ()
    claimed_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Kinship:
    """Why two documents count as one source. `kind`: copy, excerpt, syndicated, rewrite, translation, edit, citation.

    `passages` are pairs of equal or near-equal slices: (start in first, end in first, start in second, end in second).
    """

    first_id: str
    second_id: str
    kind: str
    score: float
    passages: tuple[tuple[int, int, int, int], ...] = ()
    copied_from: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One document with what was read of it: what a record stage takes and returns."""

    document: Document
    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    issues: tuple[Issue, ...] = ()
    original: bytes = b""
    media_type: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterEntry:
    """An incident id that was given out once, the claim ids it was minted from, and the ids now merged into it.

    `number` counts the ids as they were given out, from 1: of two that merge the older stands.
    """

    incident_id: str
    claim_ids: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """The whole view: what a ledger stage takes and returns. Order of the tuples carries no meaning."""

    documents: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    observations: tuple[Observation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    kinships: tuple[Kinship, ...] = ()
    register: tuple[RegisterEntry, ...] = ()
    incidents: tuple[Incident, ...] = ()
    tolls: tuple[Toll, ...] = ()
    controls: tuple[ControlClaim, ...] = ()
    violations: tuple[Violation, ...] = ()
    issues: tuple[Issue, ...] = ()


send_by_fields(Issue, When, Document, Passage, Sentence, Quotation, Mention, Voice, ClaimPlace, Figure, Claim, Reading)
