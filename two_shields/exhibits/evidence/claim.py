"""One claim: the claims next to it, the rows of fact that rest on it, and how many conflicts it is part of."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from two_shields.contract import vocabulary as codes
from two_shields.contract.schema import TABLES
from two_shields.contract.table import Table
from two_shields.exhibits.evidence.lists import CLAIM_COLUMNS, claim_rows
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, source_line
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import View
from two_shields.state.views import AidView, EvidenceView, InitiativesView, SystemsView, TimelineView
from two_shields.text import dates, phrases


@dataclass(frozen=True)
class Resting:
    """A row of fact that names a claim: its table, what it says, and the view that shows it."""

    table: str
    words: str
    view: View


def rests_on(record: Record, claim_id: str, evidence: str = "all") -> tuple[Resting, ...]:
    """Every row of every table of fact that names the claim, in words, in the order of the schema."""
    resting = []
    for table, row in _naming(record.only(evidence)).get(claim_id, ()):
        words, view = _in_words(record, table.name, row)
        resting.append(Resting(table.title, words, view.replace(evidence=evidence)))
    return tuple(resting)


@cached(most=1)
def _naming(record: Record) -> Mapping[str, list[tuple[Table, Any]]]:
    found: dict[str, list[tuple[Table, Any]]] = {}
    for table in TABLES:
        for row in tuples(record[table.name]) if table.rests_on_claims else ():
            for claim_id in dict.fromkeys(row.claim_ids):
                found.setdefault(claim_id, []).append((table, row))
    return MappingProxyType(found)


def _in_words(record: Record, table: str, row) -> tuple[str, View]:
    """What a row of fact says, and the view that shows it."""
    countries, initiatives, systems = record.country_names, record.initiative_names, record.system_names
    dated = f", {dates.based(row.date, row.date_basis)}" if getattr(row, "date_basis", "") else ""
    match table:
        case "initiatives":
            return f"{row.short_name}: {row.description}", _matrix(row.initiative_id)
        case "memberships":
            verb = codes.MEMBERSHIP_STATUSES[row.status].verb.format(initiatives[row.initiative_id])
            return f"{countries[row.iso3]} {verb}{dated}", _matrix(row.initiative_id, row.iso3)
        case "member_counts":
            day = f", {dates.words(row.date)}" if row.date else ""
            words = f"{initiatives[row.initiative_id]} counts {phrases.count(row.count, 'state')}{day}: {row.basis}"
            return words, InitiativesView(view="growth", initiative=(row.initiative_id,))
        case "systems":
            parts = [codes.SYSTEM_KINDS[row.kind].label]
            parts += [codes.LAYERS[row.layer].label] if row.layer else []
            parts += [f"made by {row.producer}"] if row.producer else []
            if pd.notna(row.max_range_km):
                range_km = f"{row.max_range_km:g} km"
                parts.append(f"range {range_km} ({row.range_of})" if row.range_of else range_km)
            return f"{row.name}: {', '.join(parts)}", _reference(row.system_id)
        case "initiative_systems":
            sentence = codes.SYSTEM_RELATIONS[row.relation].sentence
            words = sentence.format(initiative=initiatives[row.initiative_id], system=systems[row.system_id])
            return words, _reference(row.system_id)
        case "transfers":
            givers, to = phrases.join([countries[iso3] for iso3 in row.from_iso3]), countries[row.to_iso3]
            way = f" from {givers} to {to}" if givers and row.from_iso3 != (row.to_iso3,) else f", {to}"
            number = f", {row.quantity:g} {row.unit}".rstrip() if pd.notna(row.quantity) else ""
            return f"{systems[row.system_id]}{way}: {codes.STAGES[row.stage].label}{number}{dated}", _reference(
                row.system_id
            )
        case "aid":
            kind, measure = codes.AID_KINDS[row.kind].label, codes.AID_MEASURES[row.measure].label
            period = dates.period(row.period_start, row.period_end, row.as_of)
            words = f"{countries[row.donor]} to {countries[row.recipient]}, {kind}: {phrases.euros(row.amount_eur)} {measure}, {period}"
            return words, AidView(view="reported", donor=(row.donor,))
        case "events":
            view = TimelineView(country=row.iso3[:1]) if row.iso3 else TimelineView(topic=(row.topic,))
            return f"{row.title}{dated}", view
    raise KeyError(table)


def _matrix(initiative_id: str, *countries: str) -> View:
    return InitiativesView(view="matrix", initiative=(initiative_id,), country=countries)


def _reference(system_id: str) -> View:
    return SystemsView(view="reference", system=(system_id,))


def neighbours(record: Record, claim_id: str) -> tuple[str | None, str | None]:
    """The claims before and after one in its source, by paragraph, then in the order of the table; None at either end."""
    claims = record["claims"]
    source = claims.loc[claims["claim_id"] == claim_id, "source_id"].iloc[0]
    of_source = claims[claims["source_id"] == source].sort_values("paragraph", kind="stable", na_position="last")
    ids = [None, *of_source["claim_id"], None]
    place = ids.index(claim_id)
    return ids[place - 1], ids[place + 1]


def claim_sentence(record: Record, claim_id: str, evidence: str = "all") -> str:
    """`3 rows rest on this claim, and 1 conflict touches it`."""
    resting = len(rests_on(record, claim_id, evidence))
    touching = len(record.only(evidence).conflicts_of((claim_id,)))
    verbs = ("rests" if resting < 2 else "rest", "touches" if touching < 2 else "touch")
    rows, conflicts = phrases.count(resting, "row"), phrases.count(touching, "conflict")
    return f"{rows} of fact {verbs[0]} on this claim, and {conflicts} {verbs[1]} it".capitalize()


def frame(record: Record, view: EvidenceView) -> Frame | None:
    """The claim that stands open; None where there is none, or the evidence does not hold it."""
    if view.claim is None or view.claim not in record.claims.index:
        return None
    rows, statement = claim_rows(record, (view.claim,)), record.claims.loc[view.claim, "statement"]
    alt = fit(f"{claim_sentence(record, view.claim, view.evidence)}.")
    line = source_line(record, rows["claim_ids"])
    return Frame("evidence-claim", statement, alt, rows, CLAIM_COLUMNS, line, rests_on="")


EXHIBIT = Exhibit("evidence-claim", EvidenceView, frame=frame, order=0)
