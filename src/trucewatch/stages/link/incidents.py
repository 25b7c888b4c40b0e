"""An incident from its claims: act, days, places, doers and targets as most of its families tell them, and one sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from trucewatch.model.records import ClaimPlace, Incident, When
from trucewatch.model.theatre import Theatre
from trucewatch.stages.link.acts import is_lasting, specificity
from trucewatch.stages.link.facets import CIVILIANS, Facet, codes
from trucewatch.stages.link.places import PlaceIndex
from trucewatch.stages.link.wording import act_noun, day_words, listed

# a place that fewer of the incident's reports name is one that they only list beside it
PLACE_SHARE = 0.5


def build_incident(incident_id: str, facets: Sequence[Facet], places: PlaceIndex, theatre: Theatre) -> Incident:
    """Incident of its claims' facets; the statuses stay as nobody has assessed them."""
    facets = sorted(facets, key=lambda facet: facet.id)
    told = [facet for facet in facets if not facet.is_denial]
    basis = told or facets
    act = _act(basis)
    when = _when(basis, act)
    where = _places(basis, places)
    doers = _ranked((facet.doers for facet in basis), basis)
    victims = _ranked((facet.victims | ({CIVILIANS} if facet.hits_civilians else set()) for facet in basis), basis)
    sides = tuple(code for code in victims if code != CIVILIANS)
    asserting = _ranked((facet.speakers for facet in told), told)
    denying = _ranked((codes(f.claim.claimant) for f in facets if f.is_denial), [f for f in facets if f.is_denial])
    return Incident(
        id=incident_id,
        act=act,
        when=when,
        places=where,
        claim_ids=tuple(facet.id for facet in told),
        denial_ids=tuple(facet.id for facet in facets if facet.is_denial),
        attributed_to=";".join(doers) or None,
        target=";".join(sides or victims) or None,
        families=len({facet.family for facet in told}),
        parties_asserting=asserting,
        parties_denying=denying,
        summary=_summary(act, when, where, told, doers, denying, theatre),
    )


def _ranked(sets: Iterable[Iterable[str]], facets: Sequence[Facet]) -> tuple[str, ...]:
    """Party codes by how many families name them, then by code."""
    families: dict[str, set[str]] = defaultdict(set)
    claims: Counter[str] = Counter()
    for own, facet in zip(sets, facets, strict=True):
        for code in own:
            families[code].add(facet.family)
            claims[code] += 1
    return tuple(sorted(families, key=lambda code: (-len(families[code]), -claims[code], code)))


def _act(facets: Sequence[Facet]) -> str:
    counts = Counter(facet.claim.act for facet in facets)
    return max(counts, key=lambda code: (specificity(code), counts[code], code))


def _when(facets: Sequence[Facet], act: str) -> When:
    dated = [f for f in facets if f.is_dated] or [f for f in facets if f.first is not None]
    spans = [(f.first, f.last) for f in dated if f.first is not None and f.last is not None]
    if not spans:
        return When()
    if is_lasting(act):
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    else:
        counts = Counter(spans)
        # the day or days that most tell: one odd day among many does not move the incident
        days = Counter(day for begin, end in spans if end - begin < 5 for day in range(begin, end + 1))
        if days:
            most = max(days.values())
            told = sorted(day for day, count in days.items() if count == most)
            first = told[0]
            last = next((day for day in told if day + 1 not in days or days[day + 1] < most), first)
        else:
            first, last = min(counts, key=lambda span: (span[1] - span[0], -counts[span], span))
    width = last - first
    precision = "day" if width == 0 else "days" if width < 6 else "week" if width < 8 else "month" if width < 62 else "year"
    return When(earliest=date.fromordinal(first), latest=date.fromordinal(last), precision=precision)


def _places(facets: Sequence[Facet], index: PlaceIndex) -> tuple[ClaimPlace, ...]:
    support: Counter[str] = Counter()
    shown: dict[str, ClaimPlace] = {}
    with_spot = 0
    for facet in facets:
        own = [place for place in facet.claim.places if place.role == "target"] or list(facet.claim.places)
        keys = {index.key(place) for place in own}
        with_spot += any(index.is_spot(key) for key in keys)
        support.update(keys)
        for place in own:
            key = index.key(place)
            known = shown.get(key)
            if known is None or (place.confidence, known.text) > (known.confidence, place.text):
                shown[key] = place
    spots = [key for key in support if index.is_spot(key)]
    if spots:
        most = max(support[key] for key in spots)
        chosen = [key for key in spots if support[key] >= max(PLACE_SHARE * with_spot, 1) or support[key] == most]
    else:
        chosen = list(support)
    chosen.sort(key=lambda key: (-support[key], key))
    return tuple(shown[key] for key in chosen)


def _summary(
    act: str,
    when: When,
    where: Sequence[ClaimPlace],
    told: Sequence[Facet],
    doers: Sequence[str],
    denying: Sequence[str],
    theatre: Theatre,
) -> str:
    names = {party.code: party.names[0] for party in theatre.parties if party.names}

    def shown(parties: Sequence[str]) -> str:
        return listed(tuple(names.get(code, code) for code in parties))

    owning = [facet for facet in told if facet.speakers and facet.speakers <= facet.doers]
    others = [facet for facet in told if not (facet.speakers and facet.speakers <= facet.doers)]
    accused = tuple(code for code in doers if any(code in facet.doers for facet in others))
    naming = [facet for facet in others if facet.doers & set(accused)] if accused else others
    accusing = _ranked((facet.speakers for facet in naming), naming)
    at = listed(tuple(place.name or place.text for place in where[:3]))
    days = day_words(when)
    parts = [act_noun(act) + (f", {at}" if at else "") + (f", {days}" if days else "")]
    if accused:
        parts.append(f"attributed to {shown(accused)}" + (f" by {shown(accusing)}" if accusing else ""))
    elif accusing:
        parts.append(f"reported by {shown(accusing)}")
    if owning:
        parts.append(f"claimed as its own by {shown(_ranked((facet.speakers for facet in owning), owning))}")
    telling = {code for facet in told for code in facet.speakers}
    # a side may tell of an attack and deny what another says of it, or admit in the end what it denied
    apart = [code for code in denying if code not in telling]
    both = [code for code in denying if code in telling]
    if apart:
        parts.append(f"denied by {shown(apart)}")
    if both:
        parts.append(f"both told of and denied by {shown(both)}")
    return "; ".join(parts) + "."
