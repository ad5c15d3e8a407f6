"""What every view of the monthly series says: which money it counts, of whom, until when, and where it is from."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from two_shields.contract.project import CITED
from two_shields.contract.vocabulary import AID_KINDS, AID_MEASURES
from two_shields.domain import aid
from two_shields.domain.aid import CAMPS, Period
from two_shields.exhibits import frame
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.views import AidView
from two_shields.text import dates, phrases

COLUMNS = {
    "name": "Donor",
    "kind_words": "Kind",
    "amount_words": "Amount",
    "amount_eur": "Euros",
    "period_words": "Period",
    "publisher": "Published by",
}


@cached(most=1)
def publishers(record: Record) -> Mapping[str, str]:
    """Publishers by source id, for the series, which rest on a source and not on claims."""
    return MappingProxyType(dict(zip(record["sources"]["source_id"], record["sources"]["publisher"], strict=True)))


def period_of(record: Record, view: AidView) -> Period:
    return Period.of(record, view.since, view.until)


def has_money(record: Record, view: AidView) -> bool:
    """Whether the series has anything for this choice; otherwise published totals are shown over their periods."""
    if not aid.has_series(record) or not aid.chosen_kinds(view.kind):
        return False
    return bool(period_of(record, view).months) and aid.has_money(record, view.kind, view.donor)


def kinds(view: AidView) -> str:
    """`aid`, `military aid`, `military and financial aid`."""
    chosen = aid.chosen_kinds(view.kind)
    return "aid" if chosen == aid.KINDS else f"{phrases.join([AID_KINDS[kind].label for kind in chosen])} aid"


def kind_words(view: AidView) -> str:
    """`all kinds`, `military`, `military and financial`, for a table."""
    return AID_KINDS["total"].label if kinds(view) == "aid" else kinds(view).removesuffix(" aid")


def donors_named(record: Record, view: AidView) -> str:
    """The donors that were chosen, for a title; blank where none was."""
    return phrases.join([record.country_names[donor] for donor in view.donor], most=3)


def rows(record: Record, marks: Iterable[Mapping[str, Any]], view: AidView) -> list[dict[str, Any]]:
    """Marks of the series: they rest on its source, as no claim says each of their numbers."""
    source_id, words = record["aid_monthly"]["source_id"].iloc[0], kind_words(view)
    common = {"publisher": publishers(record)[source_id], "claim_ids": (), "placed": True} | of_source(source_id)
    return [
        common | mark | {"kind_words": mark.get("kind_words", words), "amount_words": phrases.euros(mark["amount_eur"])}
        for mark in marks
    ]


def of_source(source_id: str) -> dict[str, object]:
    """What rows have in common that rest on a source of the public record and not on claims."""
    return {"source_id": source_id, "backing": "record", "disputed": False, "weak": False}


def caption(record: Record, period: Period, undated: float, *more: str) -> str:
    """What the figures are, once: the measure, the release, what has no month, and whom to cite."""
    apart, last = "", dates.words(Period.of(record).last)
    if undated and not period.whole:
        apart = f" {phrases.euros(undated)} has no month and is left out of any period but the whole."
    elif undated:
        apart = f" {phrases.euros(undated)} of it has no month: it counts in the whole, and in no month."
    return " ".join(
        [
            f"Bilateral allocations ({AID_MEASURES['allocated'].meaning}) by month of announcement, in current prices, without "
            f"the costs of refugees; arms given in kind at upper market prices. Months to {last}.{apart}",
            *filter(None, more),
            f"Cite: {CITED['aid_monthly']}; no licence is stated.",
        ]
    )


@cached(most=1)
def notes(record: Record) -> tuple[str, ...]:
    """Where the institute's releases disagree with each other: all claims are its own, or by its word."""
    own = record["aid_monthly"]["source_id"].iloc[0]
    institute, sources = publishers(record)[own].split(" for ")[0], record.sources_of_claims
    said_by = dict(zip(record["claims"]["claim_id"], record["claims"]["said_by"], strict=True))
    conflicts = record["conflicts"]
    among_releases = [
        any(sources[claim_id].source_id == own for claim_id in ids)
        and all(institute in sources[claim_id].publisher or institute in said_by[claim_id] for claim_id in ids)
        for ids in conflicts["claim_ids"]
    ]
    return frame.conflict_sentences(conflicts[among_releases])


def signs() -> str:
    return f"{'; '.join(f'{group.sign} {group.name}' for group in CAMPS.values() if group.sign)}."


def share(amount: float, gdp: float) -> str:
    """`0.83 % of GDP`, with the digits that tell donors apart; blank where no economy goes with it."""
    return f"{percent(100 * amount / gdp)} of GDP" if gdp == gdp and gdp else ""


def percent(value: float) -> str:
    """`3.3 %`, `0.83 %`, `0.06 %`."""
    return f"{value:.1f} %" if abs(value) >= 1 else f"{value:.2f} %"
