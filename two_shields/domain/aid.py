"""Aid to Ukraine, added up from the monthly series: by donor, kind, camp or bloc, per economy, per head.

Amounts are plain euros of bilateral allocations. Money without a month belongs to the sum over the whole time and to
no month: a chosen period leaves it out, and `Period.undated` says how much. Published totals are never added up here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import nan
from types import MappingProxyType
from typing import Self

import pandas as pd

from two_shields.contract.table import EU_INSTITUTIONS
from two_shields.domain import membership
from two_shields.record.cache import cached
from two_shields.record.record import Record
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
        there = [month for month in record["aid_monthly"]["month"] if month]
        first, last = min(there), max(there)
        begins = max(first, since.isoformat()[:7]) if since else first
        ends = min(last, until.isoformat()[:7]) if until else last
        return cls(begins, ends, (begins, ends) == (first, last))

    @property
    def months(self) -> list[str]:
        """Every month from the first to the last."""
        return list(pd.period_range(self.first, self.last, freq="M").astype(str)) if self.first <= self.last else []

    @property
    def words(self) -> str:
        """`in 2025`, `by December 2024`, `from March 2023 to April 2026`."""
        (year, begins), (end, ends) = self.first.split("-"), self.last.split("-")
        if self.whole or self.first <= "2022-02":
            return f"by {dates.words(self.last)}"
        if year == end and (begins, ends) == ("01", "12"):
            return f"in {year}"
        if self.first == self.last:
            return f"in {dates.words(self.first)}"
        return f"from {dates.words(self.first)} to {dates.words(self.last)}"


def has_series(record: Record) -> bool:
    """Whether the record, as the evidence shows it, has a monthly series at all."""
    return not record["aid_monthly"].empty


def years(record: Record) -> list[int]:
    """The years that the series has months of."""
    return sorted({int(month[:4]) for month in record["aid_monthly"]["month"] if month})


def chosen_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds that the series is asked for: all where none or `total` is chosen; a loan is no kind of the series."""
    kinds = tuple(kinds)
    return KINDS if not kinds or "total" in kinds else tuple(kind for kind in KINDS if kind in kinds)


def rows(record: Record, kinds: Iterable[str] = (), donors: Iterable[str] = ()) -> pd.DataFrame:
    """The rows of `aid_monthly` of these kinds and donors; of all where none is named."""
    series, donors = record["aid_monthly"], set(donors)
    wanted = series["kind"].isin(chosen_kinds(kinds))
    return series[wanted & series["donor"].isin(donors)] if donors else series[wanted]


@cached(most=2)
def camp_of(record: Record) -> Mapping[str, str]:
    """The camp group of every country and of the EU's institutions, by code."""
    standing = membership.states(record, READING).set_index("iso3")["state"]
    found = {}
    for country in record["countries"].itertuples():
        state = standing[country.iso3]
        outside = "neither" if country.in_europe else "others"
        found[country.iso3] = state if state in ("german_led", "french_led", "both") else outside
    return MappingProxyType(found | {UNITED_STATES: UNITED_STATES, EU_INSTITUTIONS: EU_INSTITUTIONS})


@cached(most=2)
def bloc_of(record: Record) -> Mapping[str, str]:
    """Europe (its states and the EU's institutions), the United States or others, by donor."""
    blocs = {row.iso3: "europe" if row.in_europe else "others" for row in record["countries"].itertuples()}
    return MappingProxyType(blocs | {UNITED_STATES: UNITED_STATES, EU_INSTITUTIONS: "europe"})


def sign_of(record: Record, donor: str) -> str:
    """The mark of a state's camp, ● ■ ◆ ○; blank for a donor that is none of Europe's states."""
    return CAMPS[camp_of(record)[donor]].sign


def members(record: Record, by: str, code: str) -> tuple[str, ...]:
    """The donors of a group that have a row in the series, by code."""
    groups = camp_of(record) if by == "camp" else bloc_of(record)
    return tuple(donor for donor in sorted(record["aid_monthly"]["donor"].unique()) if groups[donor] == code)


def reference(record: Record, measure: str) -> pd.Series:
    """A measure of `country_reference` by ISO3 code."""
    table = record["country_reference"]
    return table[table["measure"] == measure].set_index("iso3")["value"]


def _key(record: Record, series: pd.DataFrame, by: str) -> pd.Series:
    """What the rows are added up by."""
    if by in ("donor", "kind"):
        return series[by]
    return series["donor"].map({"camp": camp_of, "bloc": bloc_of}[by](record)).rename(by)


def sums(
    record: Record, period: Period, *, by: str = "donor", kinds: Iterable[str] = (), donors: Iterable[str] = ()
) -> pd.DataFrame:
    """What each donor, camp, bloc or kind gave in a period, by its code, the most first.

    Columns in euros: `military`, `financial`, `humanitarian` and their sum `total`, with what has no month where the
    period is whole; `undated_military` and so on, and their sum `undated`, in them or, of a part of the time, left out
    of them. `gdp` in euros and `population` are those of the states that are added up; missing where one of them is.
    """
    series = rows(record, kinds, donors)
    key = _key(record, series, by)
    is_dated = series["dated"].astype(bool)
    shown = series[series["month"].between(period.first, period.last) | ~is_dated]
    column = shown["kind"].where(is_dated, "undated_" + shown["kind"]).rename("column")
    table = (
        shown["allocated_eur"].groupby([key, column]).sum().unstack()
        .reindex(index=sorted(key.unique()), columns=[*KINDS, *(f"undated_{kind}" for kind in KINDS)])
        .fillna(0.0).rename_axis(columns=None)
    )  # fmt: skip
    if period.whole:
        for kind in KINDS:
            table[kind] += table[f"undated_{kind}"]
    table["undated"] = table[[f"undated_{kind}" for kind in KINDS]].sum(axis="columns")
    table["total"] = table[list(KINDS)].sum(axis="columns")
    # Each kind is measured against all who are added up, also those who gave none of it.
    who = (
        {code: series["donor"].unique() for code in table.index}
        if by == "kind"
        else series.groupby(key)["donor"].unique()
    )
    for column, measure in (("gdp", "gdp_2021_eur"), ("population", "population")):
        values = reference(record, measure).to_dict()
        table[column] = [_together(values, who[code]) for code in table.index]
    return table.sort_values("total", ascending=False, kind="stable").rename_axis("code")


def _together(values: Mapping[str, float], donors: Iterable[str]) -> float:
    """The sum over the countries; the EU's institutions have no economy of their own beside their members'."""
    found = [values.get(donor, nan) for donor in donors if donor != EU_INSTITUTIONS]
    return sum(found) if found else nan


def running(
    record: Record, period: Period, *, by: str = "donor", kinds: Iterable[str] = (), donors: Iterable[str] = ()
) -> pd.DataFrame:
    """Money with a month, added up over the period: a row per month, a column per donor, camp, bloc or kind."""
    series = rows(record, kinds, donors)
    series = series[series["dated"] & series["month"].between(period.first, period.last)]
    table = series.pivot_table(
        index="month", columns=_key(record, series, by), values="allocated_eur", aggfunc="sum", fill_value=0.0
    )
    return table.reindex(period.months).fillna(0.0).cumsum().rename_axis(columns=None)


def attributed(record: Record) -> pd.Series:
    """The EU's aid over the whole time, shared out to its members as the institute does, by ISO3 code, in euros."""
    given = rows(record, donors=(EU_INSTITUTIONS,))["allocated_eur"].sum()
    return reference(record, "eu_aid_share") * given


def silent(record: Record) -> list[str]:
    """The countries of Europe that the series has no money of."""
    there, countries = set(record["aid_monthly"]["donor"]), record["countries"]
    return [code for code in countries.loc[countries["in_europe"], "iso3"] if code not in there and code != "UKR"]
