"""The search of the page Evidence, and one claim: the claims next to it, what rests on it, what contradicts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from two_shields.contract.schema import TABLES
from two_shields.contract.vocabulary import (
    AID_KINDS,
    AID_MEASURES,
    CERTAINTIES,
    CONFLICT_REASONS,
    CORPORA,
    GRADES,
    LAYERS,
    MEMBERSHIP_STATUSES,
    STAGES,
    SYSTEM_KINDS,
    SYSTEM_RELATIONS,
)
from two_shields.domain.search import found, matcher, texts
from two_shields.exhibits.frame import Frame, fit, source_line
from two_shields.record.cache import cached
from two_shields.record.cells import WEAK
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import AidView, EvidenceView, InitiativesView, SystemsView, TimelineView
from two_shields.text import dates, phrases

# Searching.

CLAIM_COLUMNS = {
    "statement": "Claim",
    "who": "Who says it",
    "certainty_words": "Certainty",
    "when": "When",
    "place": "Where it stands",
    "grade_words": "Grade",
}


@cached(most=16)
def search(record: Record, view: EvidenceView) -> Frame:
    """The claims that hold all words of `view.q`, of the sources chosen; those whose statement holds them come first.

    A row per claim: mark and claim_ids are its id, the other columns its words. A whole claim id finds that claim.
    """
    kept = record.only(view.evidence)
    rows = claim_rows(kept, found_ids(kept, view)) if view.q or view.source else _in_words(kept)
    title = _search_title(kept, view, rows)
    return evidence_frame("evidence-claims", title, rows, CLAIM_COLUMNS, kept)


def evidence_frame(name: str, title: str, rows: pd.DataFrame, columns: Mapping[str, str], kept: Record) -> Frame:
    """A list of evidence as a frame; what its rows rest on stands in columns of their own."""
    return Frame(name, title, fit(f"{title}."), rows, columns, source_line(kept, rows["claim_ids"]), rests_on="")


def found_ids(kept: Record, view: EvidenceView) -> list[str]:
    """The ids of the claims that the search finds, in its order."""
    chosen, sources = set(view.source), kept.sources_of_claims
    ids = [claim_id for claim_id, source in sources.items() if not chosen or source.source_id in chosen]
    if not view.q:
        return ids
    matches, searched = matcher(view.q), texts(kept)
    held = [claim_id for claim_id, holds in zip(ids, found(kept, ids, view.q), strict=True) if holds]
    return sorted(held, key=lambda claim_id: not matches(searched[claim_id][0]))


def claim_rows(kept: Record, claim_ids: Iterable[str]) -> pd.DataFrame:
    """Claims in words, a row each, in the order of the ids."""
    places = _places(kept)
    return _in_words(kept).take([places[claim_id] for claim_id in claim_ids]).reset_index(drop=True)


@cached(most=1)
def _places(kept: Record) -> Mapping[str, int]:
    return MappingProxyType({claim_id: place for place, claim_id in enumerate(kept.tables["claims"]["claim_id"])})


@cached(most=1)
def _in_words(kept: Record) -> pd.DataFrame:
    """All claims in words, once for a record: a search picks its rows from them."""
    claims = kept.claims
    in_conflict = {claim_id for claim_ids in kept["conflicts"]["claim_ids"] for claim_id in claim_ids}
    return pd.DataFrame(
        {
            "mark": list(claims["claim_id"]),
            "heading": list(claims["statement"]),
            "claim_ids": [(claim_id,) for claim_id in claims["claim_id"]],
            "statement": list(claims["statement"]),
            "who": [said_by or "the source itself" for said_by in claims["said_by"]],
            "certainty_words": list(claims["certainty"].map(CERTAINTIES.labels)),
            "when": [_day(day, basis) for day, basis in zip(claims["date"], claims["date_basis"], strict=True)],
            "place": [_place(claim) for claim in claims.itertuples()],
            "publisher": list(claims["source_publisher"]),
            "grade_words": list(claims["source_grade"].map(grade_words)),
            "source_id": list(claims["source_id"]),
            "backing": list(claims["source_corpus"]),
            "disputed": [claim_id in in_conflict for claim_id in claims["claim_id"]],
            "weak": list(claims["source_grade"].isin(WEAK)),
        }
    )


def grade_words(grade: str) -> str:
    """`B: established press`; a weak grade says so."""
    return f"{grade}: {GRADES[grade].label}" + (", weak alone" if grade in WEAK else "")


def _day(day: str, basis: str) -> str:
    return (dates.words(day) + (" (inferred)" if basis == "inferred" else "")) if day else ""


def _place(claim) -> str:
    paragraph = f"paragraph {claim.paragraph} of " if pd.notna(claim.paragraph) else ""
    published = f", {dates.words(claim.source_published)}" if claim.source_published else ""
    return f"{paragraph}“{claim.source_title}”, {claim.source_publisher}{published}"


def _search_title(kept: Record, view: EvidenceView, rows: pd.DataFrame) -> str:
    words = f" with “{view.q}”" if view.q else ""
    chosen = ""
    if view.source:
        publishers = dict(zip(kept["sources"]["source_id"], kept["sources"]["publisher"], strict=True))
        names = dict.fromkeys(publishers[source] for source in view.source if source in publishers)
        chosen = f" in {phrases.join(list(names), most=3)}" if names else " in the sources chosen"
    if rows.empty:
        return f"No claim{words}{chosen}"
    number = len(rows) if not (words or chosen) else f"{len(rows)} of {len(kept['claims'])}"
    claims = "claim" if number == 1 else "claims"
    return f"{number} {claims}{words}{chosen}, from {sources_counted(rows.drop_duplicates('source_id')['backing'])}"


def sources_counted(corpora: Iterable[str]) -> str:
    """`3 articles and 12 pages of the public record`."""
    corpora = list(corpora)
    counted = [(corpora.count(code), corpus) for code, corpus in CORPORA.items()]
    return phrases.join([phrases.count(number, corpus.one, corpus.many) for number, corpus in counted if number])


def hidden_by_evidence(record: Record, view: EvidenceView) -> int:
    """How many claims the same search would find besides, if the public record were let in."""
    if view.evidence == "all":
        return 0
    everything = found_ids(record, view.replace(evidence="all"))
    return len(everything) - len(found_ids(record.only(view.evidence), view))


# One claim.


@dataclass(frozen=True)
class Neighbours:
    """The claims before and after one in its source; None at either end."""

    before: str | None
    after: str | None


def neighbours(record: Record, claim_id: str) -> Neighbours:
    """The claims next to one in its source, by paragraph, then in the order of the table."""
    claims = record["claims"]
    source = claims.loc[claims["claim_id"] == claim_id, "source_id"].iloc[0]
    ids = list(
        claims[claims["source_id"] == source].sort_values("paragraph", kind="stable", na_position="last")["claim_id"]
    )
    place = ids.index(claim_id)
    return Neighbours(ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None)


@dataclass(frozen=True)
class Resting:
    """A row of fact that names a claim: its table, what it says, and the view that shows it."""

    table: str
    words: str
    view: View


def rests_on(record: Record, claim_id: str, evidence: str = "all") -> tuple[Resting, ...]:
    """Every row of every table of fact that names the claim, in words, in the order of the schema."""
    kept = record.only(evidence)
    resting = []
    for table in TABLES:
        if not table.rests_on_claims:
            continue
        rows = kept[table.name]
        rows = rows[rows["claim_ids"].map(lambda ids: claim_id in ids).astype(bool)]
        for row in rows.itertuples():
            words, view = _IN_WORDS[table.name](record, row)
            resting.append(Resting(table.title, words, view.replace(evidence=evidence)))
    return tuple(resting)


def _initiative(record: Record, row) -> tuple[str, View]:
    return f"{row.short_name}: {row.description}", InitiativesView(view="matrix", initiative=(row.initiative_id,))


def _membership(record: Record, row) -> tuple[str, View]:
    name = record.initiative_names[row.initiative_id]
    words = f"{record.country_names[row.iso3]} {MEMBERSHIP_STATUSES[row.status].verb.format(name)}"
    view = InitiativesView(view="matrix", initiative=(row.initiative_id,), country=(row.iso3,))
    return _dated(words, row), view


def _member_count(record: Record, row) -> tuple[str, View]:
    name = record.initiative_names[row.initiative_id]
    day = f", {dates.words(row.date)}" if row.date else ""
    words = f"{name} counts {phrases.count(row.count, 'state')}{day}: {row.basis}"
    return words, InitiativesView(view="growth", initiative=(row.initiative_id,))


def _system(record: Record, row) -> tuple[str, View]:
    parts = [SYSTEM_KINDS[row.kind].label]
    parts += [LAYERS[row.layer].label] if row.layer else []
    parts += [f"made by {row.producer}"] if row.producer else []
    if pd.notna(row.max_range_km):
        parts.append(f"range {row.max_range_km:g} km ({row.range_of})" if row.range_of else f"{row.max_range_km:g} km")
    return f"{row.name}: {', '.join(parts)}", SystemsView(view="reference", system=(row.system_id,))


def _initiative_system(record: Record, row) -> tuple[str, View]:
    names = {
        "initiative": record.initiative_names[row.initiative_id],
        "system": record.system_names[row.system_id],
    }
    return SYSTEM_RELATIONS[row.relation].sentence.format(**names), SystemsView(
        view="reference", system=(row.system_id,)
    )


def _transfer(record: Record, row) -> tuple[str, View]:
    givers = phrases.join([record.country_names[iso3] for iso3 in row.from_iso3])
    to = record.country_names[row.to_iso3]
    way = f" from {givers} to {to}" if givers and row.from_iso3 != (row.to_iso3,) else f", {to}"
    number = f", {row.quantity:g} {row.unit}".rstrip() if pd.notna(row.quantity) else ""
    words = f"{record.system_names[row.system_id]}{way}: {STAGES[row.stage].label}{number}"
    return _dated(words, row), SystemsView(view="reference", system=(row.system_id,))


def _aid(record: Record, row) -> tuple[str, View]:
    names = record.country_names
    period = dates.period(row.period_start, row.period_end, row.as_of)
    kind = AID_KINDS[row.kind].label
    words = f"{names[row.donor]} to {names[row.recipient]}, {kind}: {phrases.euros(row.amount_eur)} {AID_MEASURES[row.measure].label}, {period}"
    return words, AidView(view="reported", donor=(row.donor,))


def _event(record: Record, row) -> tuple[str, View]:
    view = TimelineView(country=row.iso3[:1]) if row.iso3 else TimelineView(topic=(row.topic,))
    return _dated(row.title, row), view


def _dated(words: str, row) -> str:
    return words + (f", {_day(row.date, row.date_basis)}" if row.date else "")


_IN_WORDS: Mapping[str, Callable[..., tuple[str, View]]] = {
    "initiatives": _initiative,
    "memberships": _membership,
    "member_counts": _member_count,
    "systems": _system,
    "initiative_systems": _initiative_system,
    "transfers": _transfer,
    "aid": _aid,
    "events": _event,
}


@dataclass(frozen=True)
class Disagreement:
    """A conflict that a claim is part of, with the other claims in it."""

    conflict_id: str
    topic: str
    reason: str
    explanation: str
    shown: str
    others: tuple[str, ...]


def disagreements(record: Record, claim_id: str, evidence: str = "all") -> tuple[Disagreement, ...]:
    """What contradicts the claim, or does not mean the same; of two conflicts, one inside the other, the wider."""
    rows = record.only(evidence).conflicts_of((claim_id,))
    return tuple(
        Disagreement(
            row.conflict_id,
            row.topic,
            CONFLICT_REASONS[row.reason].label,
            row.explanation,
            row.shown,
            tuple(other for other in row.claim_ids if other != claim_id),
        )
        for row in rows.itertuples()
    )


def claim_sentence(record: Record, claim_id: str, evidence: str = "all") -> str:
    """`3 rows rest on this claim, and 1 conflict touches it`."""
    resting = len(rests_on(record, claim_id, evidence))
    touching = len(disagreements(record, claim_id, evidence))
    verbs = ("rests" if resting < 2 else "rest", "touches" if touching < 2 else "touch")
    rows, conflicts = phrases.count(resting, "row"), phrases.count(touching, "conflict")
    return f"{rows} of fact {verbs[0]} on this claim, and {conflicts} {verbs[1]} it".capitalize()
