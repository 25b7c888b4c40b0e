"""`trucewatch show` and `trucewatch explain`: a claim or incident with its sentences, and why each value is what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from trucewatch.cli.console import make_console
from trucewatch.cli.places import open_ledger
from trucewatch.errors import RecordError
from trucewatch.model.codebook import acts
from trucewatch.model.records import Claim, Document, Figure, Incident, Toll, Voice, When
from trucewatch.model.serial import to_plain
from trucewatch.reports.views import View
from trucewatch.store.concerned import aliases_that_begin, ids_that_begin, ledger_around, several
from trucewatch.store.reading import reading

Record = Document | Claim | Incident


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(show)
    app.command()(explain)


STORE = Annotated[str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger.")]
OUT_FOLDER = Annotated[Path | None, typer.Option(help="The folder of the run, where the ledger is.")]


def show(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Id of an incident, a claim or a document, or how it begins.")],
    store: STORE = None,
    out: OUT_FOLDER = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Show a claim or an incident with its sentences in context, the denial beside the claim.

    Examples:

        trucewatch show incident-1a2b --out out/

        trucewatch show claim-77fe --store news.db
    """
    view, record = _find(store, out, record_id)
    if is_json:
        typer.echo(json.dumps(to_plain(record), ensure_ascii=False, indent=2))
        return
    console = make_console()
    for part in _parts(view, record, console):
        console.print(part)


def explain(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM_ID", help="Id of a claim, or how it begins.")],
    store: STORE = None,
    out: OUT_FOLDER = None,
) -> None:
    """Say in plain words what gave each value of a claim: which words, rules or scores.

    Example:

        trucewatch explain claim-77fe --out out/
    """
    view, claim = _find(store, out, claim_id)
    if not isinstance(claim, Claim):
        raise RecordError(f"{claim_id} is no claim: `trucewatch show {claim_id}` shows it, with the claims it rests on")
    console = make_console()
    console.print(_in_context(view, claim))
    console.print(_claim_table(view, claim))
    console.print(Text("\nWhy:", style="bold"))
    for reason in claim.reasons or ("no reason was kept for its values",):
        console.print(Padding(Text(f"- {reason}"), (0, 0, 0, 2)))
    console.print(Text(f"Made by {claim.made_by}, confidence {claim.confidence:.2f} (0 to 1)."))


def _find(store: str | None, out: Path | None, start: str) -> tuple[View, Record]:
    """The record whose id is or begins so, and a view of what is shown beside it. Raises RecordError for none and for several."""
    with open_ledger(store, out) as ledger_store, reading(ledger_store) as reader:
        found = ids_that_begin(reader, start, (Document, Claim, Incident))
        if not found and start:
            found = sorted({reader.incident_id(one) or one for one in aliases_that_begin(reader, start)})
        if not found:
            raise RecordError(
                f"no incident, claim or document of this ledger has the id {start!r}: see incidents.jsonl, claims.jsonl"
            )
        if len(found) > 1:
            raise RecordError(several(start, found))
        view = View(ledger_around(reader, found[0]))
    known: dict[str, Record] = {**view.documents, **view.claims, **view.incidents}
    return view, known[found[0]]


def _parts(view: View, record: Record, console: Console) -> Iterator[RenderableType]:
    if isinstance(record, Incident):
        yield from _incident(view, record)
    elif isinstance(record, Claim):
        yield from _claim(view, record)
    else:
        yield from _document(view, record)


def _incident(view: View, incident: Incident) -> Iterator[RenderableType]:
    yield Text(f"{incident.id}  {_act(incident.act)}", style="bold")
    if incident.summary:
        yield Text(incident.summary)
    places = ", ".join(place.name or place.text for place in incident.places)
    yield Text(f"{_span(incident.when)}{'; ' + places if places else ''}; {incident.families} independent source families")
    for status in incident.statuses:
        yield Text(f"  {status.axis}: {status.status}. {status.reason}")
    claims = [view.claims[i] for i in incident.claim_ids if i in view.claims and i not in incident.denial_ids]
    denials = [view.claims[i] for i in (*incident.denial_ids, *incident.superseded_denial_ids) if i in view.claims]
    yield Text("")
    yield _beside(view, claims, denials)
    if tolls := view.tolls_of(incident.id):
        yield Text("\nTolls, claimant by claimant, never added across them:", style="bold")
        for toll in tolls:
            yield Text(f"  {_toll(toll)}")
    for violation in view.violations_of(incident.id):
        yield Text(f"\n{violation.agreement_id} {violation.clause_id}: {violation.status}", style="bold")
        yield Text(f"  {violation.explanation}")


def _claim(view: View, claim: Claim) -> Iterator[RenderableType]:
    yield Text(f"{claim.id}  {_act(claim.act)}", style="bold")
    yield _claim_table(view, claim)
    answered = view.claims.get(claim.responds_to or "")
    if claim.stance == "denies":
        yield _beside(view, [answered] if answered is not None else [], [claim])
    else:
        yield _beside(view, [claim], view.denials_of(claim))
    incident_id = view.incident_of.get(claim.id)
    yield Text(f"\nIncident: {incident_id or 'none (a verbal act, or a total over a period)'}")
    yield Text(f"Why these values: trucewatch explain {claim.id}")


def _document(view: View, document: Document) -> Iterator[RenderableType]:
    yield Text(f"{document.id}  {document.title or document.source}", style="bold")
    yield Text(f"{document.source}; {document.outlet or 'outlet not known'}; published {_span(document.published)}")
    if document.copy_of:
        yield Text(f"a copy of {document.copy_of}")
    for claim in view.ordered_claims:
        if claim.document_id == document.id:
            yield Text(f"  {claim.id}  {_says(claim)}")
    yield Text("")
    yield Text(document.text)


def _beside(view: View, claims: Sequence[Claim], denials: Sequence[Claim]) -> Table:
    table = Table(box=None, expand=True, padding=(0, 1), show_edge=False)
    table.add_column(f"says so ({len(claims)})", ratio=1)
    table.add_column(f"denies it ({len(denials)})", ratio=1)
    for number in range(max(len(claims), len(denials))):
        cells: list[RenderableType] = [
            _in_context(view, side[number]) if number < len(side) else Text("") for side in (claims, denials)
        ]
        table.add_row(*cells)
    return table


def _in_context(view: View, claim: Claim) -> Panel:
    excerpt = view.excerpt(claim)
    document = view.documents[claim.document_id]
    words = Text.assemble(
        (f"{excerpt.before} " if excerpt.before else "", "dim"),
        excerpt.sentence_start,
        # marked by signs too: not every reader sees bold
        ("»" + excerpt.evidence + "«", "bold"),
        excerpt.sentence_end,
        (f" {excerpt.after}" if excerpt.after else "", "dim"),
    )
    where = f"{document.outlet or document.source}, {_span(document.published)}"
    return Panel(Group(Text(_says(claim), style="bold"), words, Text(where, style="dim")), title=claim.id, title_align="left")


def _claim_table(view: View, claim: Claim) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    rows: list[tuple[str, Any]] = [
        ("who says it", _voice(claim.claimant) if claim.claimant else "the outlet itself"),
        ("through", claim.channel),
        ("stance, modality", f"{claim.stance}, {claim.modality}"),
        ("act", _act(claim.act)),
        ("attributed to", _voice(claim.attributed_to)),
        ("target", _voice(claim.target)),
        ("where", "; ".join(_place(place) for place in claim.places)),
        ("when", _span(claim.when) + (f" ({claim.when.text!r})" if claim.when.text else "")),
        ("figures", "; ".join(_figure(figure) for figure in claim.figures)),
        ("weapon", claim.weapon),
        ("exception claimed", claim.exception_claimed),
    ]
    for name, value in rows:
        if value:
            table.add_row(name, Text(str(value)))
    return table


def _says(claim: Claim) -> str:
    who = _voice(claim.claimant) if claim.claimant else "The outlet"
    by = f" by {claim.attributed_to.party or claim.attributed_to.text}" if claim.attributed_to else ""
    return f"{who} {claim.stance}: {claim.act}{by}"


def _act(code: str) -> str:
    act = acts().get(code)
    return f"{code}: {act.definition}" if act is not None else code


def _voice(voice: Voice | None) -> str:
    if voice is None:
        return ""
    name = voice.name or voice.text or voice.party or ""
    return f"{name} ({voice.party})" if voice.party and voice.party != name else name


def _place(place: Any) -> str:
    name = place.name or place.text
    written = f", written {place.text!r}" if place.name and place.text != place.name else ""
    spot = f" {place.lat:.4f} {place.lon:.4f}" if place.lat is not None and place.lon is not None else " not located"
    return f"{name}{written}{spot}{f' ({place.precision})' if place.precision else ''}"


def _figure(figure: Figure) -> str:
    return f"{figure.measure} {figure.population}: {_range(figure.low, figure.high)} ({figure.text!r})"


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return "not known" if low is None else str(low)
    return f"{'up to ' if low is None else low}{'' if low is None else ' or more' if high is None else f' to {high}'}" + (
        str(high) if low is None else ""
    )


def _toll(toll: Toll) -> str:
    who = toll.claimant_name or toll.claimant_party or "the outlets themselves"
    best = f", best {toll.best}" if toll.best is not None else ""
    return (
        f"{who}: {toll.measure} {toll.population} of {toll.victim_party or 'unknown side'}: {_range(toll.low, toll.high)}{best}"
    )


def _span(when: When) -> str:
    if when.earliest is None and when.latest is None:
        return "day not known"
    if when.earliest == when.latest:
        return str(when.earliest)
    return f"{when.earliest or '…'} to {when.latest or '…'}"
