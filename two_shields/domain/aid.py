"""Aid to Ukraine, added up from the monthly series: by donor, kind, camp or bloc, per economy, per head.

Amounts are plain euros of bilateral allocations. Money without a month belongs to the sum over the whole time and to
no month: a chosen period leaves it out, and `Period.undated` says how much. Published totals are never added up here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import nan
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import pandas as pd

from two_shields.contract.table import EU_INSTITUTIONS
from two_shields.domain import membership
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.text import dates

KINDS = ("military", "financial", "humanitarian")
UNITED_STATES, EUROPE = "USA", "europe"
#: Who counts as in where aid is grouped by camp: the dashboard's default reading, in the data's newest state.
READING = "signed"


@dataclass(frozen=True)
class Group:
    """Donors that are added up, by what they have in common; `sign` is their camp's mark."""

    name: str
    sign: str = ""


_AMOUNTS = (*KINDS, *(f"undated_{kind}" for kind in KINDS), "undated", "total")

#: Camps as they stand; a donor is in one of them.
CAMPS: Mapping[str, Group] = {
    "german_led": Group("Sky Shield only", "●"),
    "both": Group("Both camps", "◆"),
    "french_led": Group("French-led track only", "■"),
    "neither": Group("European states in neither", "○"),
    EU_INSTITUTIONS: Group("EU institutions"),
    UNITED_STATES: Group("United States"),
    "others": Group("Other donors"),
}
BLOCS: Mapping[str, Group] = {EUROPE: Group("Europe"), **{code: CAMPS[code] for code in (UNITED_STATES, "others")}}


@dataclass(frozen=True)
class Period:
    """The months that are counted: first and last, as `2022-01`; `whole` where nothing of the series is left out."""

    first: str
    last: str
    whole: bool

    @classmethod
    def of(cls, record: Record, since: date | None = None, until: date | None = None) -> Self:
        """The months of the series that a choice of days touches; raises `ValueError` where there is no series."""
        there = _months(record)
        first, last = min(there), max(there)
        begins = max(first, since.isoformat()[:7]) if since else first
        ends = min(last, until.isoformat()[:7]) if until else last
        return cls(begins, ends, (begins, ends) == (first, last))

    @property
    def months(self) -> list[str]:
        first, last = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (self.first, self.last))
        return [f"{number // 12}-{number % 12 + 1:02}" for number in range(first, last + 1)]

    @property
    def words(self) -> str:
        """`in 2025`, `by December 2024`, `from March 2023 to April 2026`."""
        if self.whole or self.first <= "2022-02":
            return f"by {dates.words(self.last)}"
        if year := dates.whole_year(self.first, self.last):
            return f"in {year}"
        if self.first == self.last:
            return f"in {dates.words(self.first)}"
        return f"from {dates.words(self.first)} to {dates.words(self.last)}"


@cached(most=1)
def _months(record: Record) -> tuple[str, ...]:
    return tuple(month for month in record["aid_monthly"]["month"].unique() if month)


def has_series(record: Record) -> bool:
    return not record["aid_monthly"].empty


def years(record: Record) -> list[int]:
    return sorted({int(month[:4]) for month in _months(record)})


def chosen_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds that the series is asked for: all where none or `total` is chosen; a loan is no kind of the series."""
    kinds = tuple(kinds)
    return KINDS if not kinds or "total" in kinds else tuple(kind for kind in KINDS if kind in kinds)


def has_money(record: Record, kinds: Iterable[str] = (), donors: Iterable[str] = ()) -> bool:
    """Whether the series has any of these kinds and donors; of all where none is named."""
    wanted, donors = chosen_kinds(kinds), set(donors)
    return any(kind in wanted and (not donors or donor in donors) for donor, kind in by_month(record))


@cached(most=2)
def camp_of(record: Record) -> Mapping[str, str]:
    """The camp group of every country and of the EU's institutions, by code."""
    standing = membership.state_of(record, READING)
    found = {}
    for country in tuples(record["countries"]):
        state = standing[country.iso3]
        outside = "neither" if country.in_europe else "others"
        found[country.iso3] = state if state in ("german_led", "french_led", "both") else outside
    return MappingProxyType(found | {UNITED_STATES: UNITED_STATES, EU_INSTITUTIONS: EU_INSTITUTIONS})


@cached(most=2)
def bloc_of(record: Record) -> Mapping[str, str]:
    """Europe (its states and the EU's institutions), the United States or others, by donor."""
    blocs = {row.iso3: "europe" if row.in_europe else "others" for row in tuples(record["countries"])}
    return MappingProxyType(blocs | {UNITED_STATES: UNITED_STATES, EU_INSTITUTIONS: "europe"})


def sign_of(record: Record, code: str) -> str:
    """The mark of a camp or of a state's camp, ● ■ ◆ ○; blank of all that is none of Europe's states."""
    camp = camp_of(record).get(code, code)
    return CAMPS[camp].sign if camp in CAMPS else ""


def members(record: Record, by: str, code: str) -> tuple[str, ...]:
    groups = camp_of(record) if by == "camp" else bloc_of(record)
    return tuple(donor for donor in donors_of(record) if groups[donor] == code)


def donors_of(record: Record) -> list[str]:
    """Who gives in the series, by code."""
    return sorted({donor for donor, _ in by_month(record)})


@cached(most=4)
def reference(record: Record, measure: str) -> pd.Series:
    table = record["country_reference"]
    return table[table["measure"] == measure].set_index("iso3")["value"]


@cached(most=1)
def by_month(record: Record) -> Mapping[tuple[str, str], tuple[np.ndarray, float]]:
    """By donor and kind, the money of every month of the series, and what has none: any choice adds up some of these."""
    series, months = record["aid_monthly"].astype({"dated": bool}), Period.of(record).months
    pairs = series.groupby(["donor", "kind"]).size().index
    dated = series[series["dated"]].pivot_table("allocated_eur", ["donor", "kind"], "month", "sum")
    undated = series[~series["dated"]].groupby(["donor", "kind"])["allocated_eur"].sum().reindex(pairs, fill_value=0.0)
    dated = dated.reindex(index=pairs, columns=months).fillna(0.0).to_numpy()
    return MappingProxyType(dict(zip(pairs, zip(dated, map(float, undated), strict=True), strict=True)))


def chosen(
    record: Record, period: Period, by: str, kinds: Iterable[str], donors: Iterable[str]
) -> Iterator[tuple[str, str, str, np.ndarray, float]]:
    """What is added up by, donor, kind, the money of each month of the period, and what has none; of these kinds and donors."""
    wanted, donors, months = chosen_kinds(kinds), set(donors), Period.of(record).months
    inside = slice(bisect_left(months, period.first), bisect_right(months, period.last))
    groups = {"camp": camp_of, "bloc": bloc_of}[by](record) if by in ("camp", "bloc") else {}
    for (donor, kind), (dated, undated) in by_month(record).items():
        if kind in wanted and (not donors or donor in donors):
            yield {"donor": donor, "kind": kind}.get(by) or groups[donor], donor, kind, dated[inside], undated


def totals(
    record: Record, period: Period, *, by: str = "donor", kinds: Iterable[str] = (), donors: Iterable[str] = ()
) -> dict[str, dict[str, float]]:
    """What each donor, camp, bloc or kind gave in a period, by its code, the most first.

    In euros: `military`, `financial`, `humanitarian` and their sum `total`, with what has no month where the
    period is whole; `undated_military` and so on, and their sum `undated`, in them or, of a part of the time, left out
    of them. `gdp` in euros and `population` are those of the states that are added up; missing where one of them is.
    """
    found: dict[str, dict[str, float]] = {}
    who: dict[str, set[str]] = {}
    for code, donor, kind, dated, undated in chosen(record, period, by, kinds, donors):
        amount = float(dated.sum()) + (undated if period.whole else 0.0)
        row = found.setdefault(code, dict.fromkeys(_AMOUNTS, 0.0))
        for column, more in ((kind, amount), ("total", amount), (f"undated_{kind}", undated), ("undated", undated)):
            row[column] += more
        who.setdefault(code, set()).add(donor)
    if by == "kind":  # each is measured against all who are added up, also those who gave none of it
        who = dict.fromkeys(who, set().union(*who.values()))
    for column, measure in (("gdp", "gdp_2021_eur"), ("population", "population")):
        values = reference(record, measure).to_dict()
        for code, row in found.items():
            row[column] = _together(values, who[code])
    return dict(sorted(found.items(), key=lambda item: (-item[1]["total"], item[0])))


def sums(record: Record, period: Period, **choice: Any) -> pd.DataFrame:
    """The same as a table: a row per code, and its columns."""
    columns = [*_AMOUNTS, "gdp", "population"]
    return pd.DataFrame.from_dict(totals(record, period, **choice), orient="index", columns=columns).rename_axis("code")


def _together(values: Mapping[str, float], donors: Iterable[str]) -> float:
    """The sum over the countries; the EU's institutions have no economy of their own beside their members'."""
    found = [values.get(donor, nan) for donor in donors if donor != EU_INSTITUTIONS]
    return sum(found) if found else nan


def running(
    record: Record, period: Period, *, by: str = "donor", kinds: Iterable[str] = (), donors: Iterable[str] = ()
) -> dict[str, list[float]]:
    """Money with a month, added up over the period: by donor, camp, bloc or kind, for each of the period's months."""
    found: dict[str, np.ndarray] = {}
    for code, _, _, dated, _ in chosen(record, period, by, kinds, donors):
        found[code] = found.get(code, 0.0) + dated
    return {code: amounts.cumsum().tolist() for code, amounts in found.items()}


def attributed(record: Record) -> pd.Series:
    """The EU's aid over the whole time, shared out to its members as the institute does, by ISO3 code, in euros."""
    table = record["aid_monthly"]
    given = table.loc[table["donor"] == EU_INSTITUTIONS, "allocated_eur"].sum()
    return reference(record, "eu_aid_share") * given


def silent(record: Record) -> list[str]:
    """The countries of Europe that the series has no money of."""
    there, countries = donors_of(record), record["countries"]
    return [code for code in countries.loc[countries["in_europe"], "iso3"] if code not in there and code != "UKR"]
