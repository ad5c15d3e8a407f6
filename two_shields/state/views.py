"""Views: what each page shows, as a value that a URL carries: one dataclass per page, one field per parameter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from two_shields.contract.vocabulary import AID_KINDS, READINGS, STAGES, TOPICS
from two_shields.record import versions
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import DATA, Parameter, View, day, many, one, parameter


def _evidence() -> Any:
    return one(
        "evidence",
        "Evidence",
        {"all": "Articles and public record", "articles": "Articles only"},
        "The five articles are the core of the record; the public record completes them.",
    )


def _data() -> Any:
    return parameter(
        DATA,
        "Data",
        "pick",
        "A published version of the data; empty for the newest.",
        codes=lambda record: {version: version for version in versions.published()},
        empty="the newest",
        hidden=True,
        unknown="no version of the data has that name, and the newest is shown; ",
    )


#: Whose totals are compared where no donor is chosen: the one that the articles tell most of.
MAIN_DONOR = "FRA"

_initiatives = attrgetter("initiative_names")
_systems = attrgetter("system_names")
_sources = attrgetter("source_names")


# Made once for each record: a list of countries asks for every label by itself.


@cached(most=1)
def _countries(record: Record) -> Mapping[str, str]:
    names = record.country_names
    return MappingProxyType({iso3: names[iso3] for iso3 in record["countries"]["iso3"]})


@cached(most=1)
def _donors(record: Record) -> Mapping[str, str]:
    return MappingProxyType({donor: record.country_names.get(donor, donor) for donor in sorted(record.donors)})


def _claims(record: Record) -> Mapping[str, str]:
    return {claim_id: claim_id for claim_id in record["claims"]["claim_id"]}


@dataclass(frozen=True)
class OverviewView(View):
    path = ""
    title = "Overview"
    question = "What is the state of play, in one screen?"

    as_of: date | None = day("as_of", "As of", "Only what had surely happened by that day; empty for the latest.")
    evidence: str = _evidence()
    data: str | None = _data()


@dataclass(frozen=True)
class InitiativesView(View):
    path = "initiatives"
    title = "Initiatives"
    question = "Who joined what, when, how firmly, and who is in both?"

    view: str = one(
        "view",
        "View",
        {"map": "Map", "matrix": "Matrix", "growth": "Growth", "overlap": "Overlap"},
        "Four ways to look at the same memberships.",
    )
    initiative: tuple[str, ...] = many(
        "initiative",
        "Initiatives",
        _initiatives,
        "Leave empty for the initiatives of the two camps.",
        empty="the two camps",
    )
    reading: str = one(
        "reading",
        "Who counts as a member",
        READINGS.labels,
        " ".join(f"{reading.label}: {reading.meaning}." for reading in READINGS.values()),
        default="signed",
    )
    as_of: date | None = day("as_of", "As of", "Shows only what had happened by that day; empty for the latest data.")
    country: tuple[str, ...] = many("country", "Countries", _countries, "Leave empty for all.")
    evidence: str = _evidence()
    data: str | None = _data()


def _not_with(values: Mapping[str, Any], name: str, code: str, view: str) -> str:
    """Why a code means nothing in a kind of view that uses the parameter's others."""
    if (values[name], values["view"]) == (code, view):
        return f"the view {view} does not use it; it uses the other values of `{name}`"
    return ""


@dataclass(frozen=True)
class AidView(View):
    path = "aid"
    title = "Aid"
    question = "How much aid, from whom, of which kind, and why do totals differ?"

    view: str = one(
        "view",
        "View",
        {"cumulative": "Over time", "ranking": "Ranking", "monthly": "By month", "reported": "Totals compared"},
        "Running totals, donors ranked, amounts by month, or one donor's published totals side by side.",
    )
    by: str = one(
        "by",
        "Added up by",
        {"donor": "Donor", "camp": "Camp", "bloc": "Bloc (Europe, US, others)", "kind": "Kind"},
        "Camp: by where a state stands today between the Sky Shield and the French-led track.",
        views=("cumulative", "ranking", "monthly"),
        applies=lambda values: _not_with(values, "by", "kind", "ranking"),
    )
    per: str = one(
        "per",
        "Measured in",
        {"euro": "Euros", "gdp": "Share of GDP", "head": "Euros per head"},
        "Against the size of an economy, its GDP of 2021, or of a population.",
        views=("cumulative", "ranking"),
        applies=lambda values: _not_with(values, "per", "head", "cumulative"),
    )
    sort: str = one(
        "sort",
        "Sorted by",
        {"amount": "Amount", "share": "Share of GDP", "military": "Military aid"},
        "What the donor at the top has most of.",
        views=("ranking",),
    )
    eu: str = one(
        "eu",
        "Aid by the EU",
        {"apart": "Apart", "shared": "Shared out to members"},
        "Shared out as the Kiel Institute does: each member's part in the EU's aid is added to what it gave itself. "
        "For all kinds over the whole time only, as published.",
        views=("ranking",),
    )
    donor: tuple[str, ...] = many(
        "donor",
        "Donors",
        _donors,
        "Leave empty for the main donors. Totals are compared for one donor at a time.",
        empty="the main ones",
        most={"reported": 1},
        first=MAIN_DONOR,
    )
    kind: tuple[str, ...] = many("kind", "Kinds of aid", lambda record: AID_KINDS.labels, "Leave empty for all kinds.")
    since: date | None = day("from", "From", "First day shown; empty for the beginning.")
    until: date | None = day("to", "To", "Last day shown; empty for the latest.")
    evidence: str = _evidence()
    data: str | None = _data()


@dataclass(frozen=True)
class SystemsView(View):
    path = "systems"
    title = "Systems"
    question = "Which systems go with which initiative; who makes, has, wants or was refused them?"

    view: str = one(
        "view",
        "View",
        {"reach": "Layers", "matrix": "Who has what", "flows": "Who gave what", "reference": "Reference"},
        "The layers of air defence that each camp's systems cover, who has which system, who makes and gives them, "
        "or the systems themselves.",
    )
    system: tuple[str, ...] = many(
        "system",
        "Systems",
        _systems,
        "Leave empty for the systems of the two camps; the reference lists all.",
        empty="the two camps",
        empty_in={"reference": "all"},
        views=("matrix", "flows", "reference"),
    )
    stage: tuple[str, ...] = many(
        "stage", "Stages", lambda record: STAGES.labels, "Leave empty for all.", views=("matrix", "flows")
    )
    evidence: str = _evidence()
    data: str | None = _data()


@dataclass(frozen=True)
class TimelineView(View):
    path = "timeline"
    title = "Timeline"
    question = "What happened when?"

    topic: tuple[str, ...] = many("topic", "Topics", lambda record: TOPICS.labels, "Leave empty for all.")
    country: tuple[str, ...] = many("country", "Countries", _countries, "Leave empty for all.")
    since: date | None = day(
        "from", "From", "First day shown; empty for 2022, or of one country for the beginning.", empty="2022"
    )
    until: date | None = day("to", "To", "Last day shown; empty for the latest.")
    evidence: str = _evidence()
    data: str | None = _data()


@dataclass(frozen=True)
class CountryView(View):
    path = "country"
    title = "Country"
    question = "Everything about one country, or two side by side"

    country: str = parameter(
        "country", "Country", "pick", "Any country that the record names.", codes=_countries, default="FRA"
    )
    beside: str | None = parameter(
        "with",
        "Compare with",
        "pick",
        "A second country, beside the first.",
        codes=_countries,
        empty="none",
        applies=lambda values: "it is the same country" if values["with"] == values["country"] else "",
    )
    evidence: str = _evidence()
    data: str | None = _data()


#: The parts of the page Evidence, by the code that a link carries.
PARTS = {
    "claims": "Claims",
    "sources": "Sources",
    "conflicts": "Conflicts",
    "changes": "Changes",
    "corrections": "Corrections",
    "left-out": "Left out",
    "dictionary": "Data dictionary",
    "downloads": "Downloads",
    "method": "Method",
}


@dataclass(frozen=True)
class EvidenceView(View):
    path = "evidence"
    title = "Evidence"
    question = "Every claim, source and conflict; all downloads"

    part: str = one("part", "Part", PARTS, "Lists of evidence, the tables themselves, and how they are made.")
    q: str | None = parameter(
        "q", "Search the claims", "text", "Words in a claim, its speaker, its source or its note."
    )
    source: tuple[str, ...] = many("source", "Sources", _sources, "Leave empty for all.")
    claim: str | None = parameter("claim", "Claim", "pick", "One claim, by its id.", codes=_claims, hidden=True)
    evidence: str = _evidence()
    data: str | None = _data()


#: The pages in the order of the navigation, by path.
PAGES: Mapping[str, type[View]] = {
    page.path: page
    for page in (OverviewView, InitiativesView, AidView, SystemsView, TimelineView, CountryView, EvidenceView)
}
#: Their parameters by name; of a country's two, the one that takes several.
PARAMETERS: Mapping[str, Parameter] = {
    one.name: one
    for one in sorted(
        (one for page in reversed(PAGES.values()) for one in page.parameters()), key=lambda one: one.kind == "many"
    )
}
