"""What the tables say with some sources taken away.

A fact row stays if one of its claims stays. Where others went, the row may have been more than what stays
bears out: its values are kept as far as the words and dates of the claims that stay have them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pandas as pd

from two_shields.contract.articles import numbers
from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.text import dates

Tables = Mapping[str, pd.DataFrame]

#: What stands for a country in an English text where its own name does not: its adjective, its president.
STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "CHE": ("Swiss",),
    "DNK": ("Danish",),
    "ESP": ("Spanish",),
    "FRA": ("French", "Franco-", "Macron"),
    "GBR": ("Brit",),
    "NLD": ("Dutch",),
    "POL": ("Polish",),
    "TUR": ("Turkish", "Erdoğan"),
    "USA": ("America",),
}
_LAYER_WORDS = re.compile(r"\b(very short|short|medium|long)[- ]range")


def narrowed(tables: Tables, corpora: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The tables with the sources of these corpora only."""
    sources = tables["sources"]
    sources = sources[sources["corpus"].isin(corpora)]
    claims = tables["claims"]
    claims = claims[claims["source_id"].isin(sources["source_id"])]
    kept = claims.set_index("claim_id")
    countries = dict(zip(tables["countries"]["iso3"], tables["countries"]["name"], strict=True))
    months = tables["aid_monthly"]
    result = dict(tables) | {
        "sources": sources,
        "claims": claims,
        "aid_monthly": months[months["source_id"].isin(sources["source_id"])],
    }
    for name, rows in tables.items():
        if TABLE_BY_NAME[name].rests_on_claims:
            result[name] = _borne_out(name, rows, kept, countries)
    result["conflicts"] = _whole_conflicts(tables["conflicts"], kept.index)
    cells = tables["cell_claims"]
    cells = cells.assign(claim_ids=[tuple(i for i in ids if i in kept.index) for ids in cells["claim_ids"]])
    result["cell_claims"] = cells[cells["claim_ids"].map(bool)]
    if "record" not in corpora:
        # What was found and left out was found for the public record.
        result["left_out"] = tables["left_out"].iloc[:0]
    _drop_dangling(result)
    return {name: rows.reset_index(drop=True) for name, rows in result.items()}


def _borne_out(name: str, facts: pd.DataFrame, kept: pd.DataFrame, countries: Mapping[str, str]) -> pd.DataFrame:
    known = set(kept.index)
    stays = facts["claim_ids"].map(lambda ids: tuple(claim_id for claim_id in ids if claim_id in known))
    whole = stays == facts["claim_ids"]
    facts = facts.assign(claim_ids=stays)[stays.map(bool)]
    lost = facts[~whole.loc[facts.index]]
    if lost.empty:
        return facts
    evidence = {index: kept.loc[list(ids)] for index, ids in lost["claim_ids"].items()}
    if "date_basis" in facts.columns:
        dated = {index: _date(facts.at[index, "date"], claims) for index, claims in evidence.items()}
        facts = _replaced(facts, "date", {index: day for index, (day, _) in dated.items()})
        facts = _replaced(facts, "date_basis", {index: basis for index, (_, basis) in dated.items()})
    for column, rule in _RULES.get(name, {}).items():
        values = {index: rule(facts.at[index, column], claims, countries) for index, claims in evidence.items()}
        facts = _replaced(facts, column, values)
    return facts


def _replaced(facts: pd.DataFrame, column: str, values: Mapping[int, object]) -> pd.DataFrame:
    return facts.assign(
        **{
            column: pd.Series(
                [values.get(index, value) for index, value in facts[column].items()],
                index=facts.index,
                dtype=facts[column].dtype,
            )
        }
    )


# One rule per column: the value that the kept claims bear out, from the full value.


def _date(day: str, claims: pd.DataFrame) -> tuple[str, str]:
    """The longest part of a date that the claims have, with its basis."""
    found = [
        (day if dates.agrees(claim.date, day) else claim.date, claim.date_basis)
        for claim in claims.itertuples()
        if claim.date and day and (dates.agrees(claim.date, day) or dates.agrees(day, claim.date))
    ]
    return max(found, key=lambda pair: (len(pair[0]), pair[1] == "stated"), default=("", ""))


def _day(day: str, claims: pd.DataFrame, countries: Mapping[str, str]) -> str:
    return _date(day, claims)[0]


def _kilometres(value: float, claims: pd.DataFrame, countries: Mapping[str, str]) -> float:
    return value if re.search(rf"\b{value:.15g} (km|kilomet)", _words(claims)) else float("nan")


def _number(value: float, claims: pd.DataFrame, countries: Mapping[str, str]) -> float:
    stated = {number for statement in claims["statement"] for number in numbers(statement)}
    return value if f"{value:.15g}" in stated else float("nan")


def _first_maker(text: str, claims: pd.DataFrame, countries: Mapping[str, str]) -> str:
    first = re.split(r"[,;(]", text)[0].strip()
    return first if first and first in _words(claims) else ""


def _items(items: tuple[str, ...], claims: pd.DataFrame, countries: Mapping[str, str]) -> tuple[str, ...]:
    text = _words(claims)
    return tuple(item for item in items if item in text)


def _countries_named(codes: tuple[str, ...], claims: pd.DataFrame, countries: Mapping[str, str]) -> tuple[str, ...]:
    text = _words(claims)

    def is_named(code: str) -> bool:
        # A name of one word stands for its adjective too: Germany and German.
        name = countries[code] if " " in countries[code] else countries[code][:5].rstrip("y")
        return any(word in text for word in (name, *STANDS_FOR.get(code, ())))

    return tuple(filter(is_named, codes))


def _countries_of_event(codes: tuple[str, ...], claims: pd.DataFrame, countries: Mapping[str, str]) -> tuple[str, ...]:
    # An event concerns at least the country that leads its list.
    return _countries_named(codes, claims, countries) or codes[:1]


def _layer(layer: str, claims: pd.DataFrame, countries: Mapping[str, str]) -> str:
    said = set(_LAYER_WORDS.findall(_words(claims)))
    if not layer or not said:
        return ""
    return next(iter(said)).replace(" ", "_") if len(said) == 1 else "disputed"


def _words(claims: pd.DataFrame) -> str:
    return " ".join([*claims["statement"], *claims["said_by"]])


_RULES: Mapping[str, Mapping[str, Callable]] = {
    "transfers": {"quantity": _number, "from_iso3": _countries_named},
    "systems": {
        "max_range_km": _kilometres,
        "aliases": _items,
        "layer": _layer,
        "producer": _first_maker,
        "origin_iso3": _countries_named,
    },
    "aid": {"period_start": _day, "period_end": _day, "as_of": _day},
    "events": {"iso3": _countries_of_event},
    "member_counts": {"date": _day},
}


def _whole_conflicts(conflicts: pd.DataFrame, kept: pd.Index) -> pd.DataFrame:
    """The conflicts all of whose claims are kept: half a disagreement is none."""
    known = set(kept)
    return conflicts[conflicts["claim_ids"].map(known.issuperset)]


def _drop_dangling(tables: dict[str, pd.DataFrame]) -> None:
    """Nothing refers to a row that went; a unit or a kind of range goes with its number."""
    for name, rows in list(tables.items()):
        for column in TABLE_BY_NAME[name].columns:
            if not column.refers_to or column.name == "claim_ids":
                continue
            table, target = column.refers_to.split(".")
            known = set(tables[table][target])
            if column.type == "list":
                cells = rows[column.name].map(lambda items, known=known: tuple(i for i in items if i in known))
                rows = rows.assign(**{column.name: cells})
            elif column.required:
                rows = rows[rows[column.name].isin(known)]
            else:
                rows = rows.assign(**{column.name: rows[column.name].where(rows[column.name].isin(known), "")})
        tables[name] = rows
    systems, transfers = tables["systems"], tables["transfers"]
    tables["systems"] = systems.assign(range_of=systems["range_of"].where(systems["max_range_km"].notna(), ""))
    tables["transfers"] = transfers.assign(unit=transfers["unit"].where(transfers["quantity"].notna(), ""))
