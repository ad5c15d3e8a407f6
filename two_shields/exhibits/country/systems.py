"""A country's systems: the table of what it makes, has, ordered, wants, was refused or supplies."""

from collections.abc import Mapping

import pandas as pd

from two_shields.contract.vocabulary import STAGES
from two_shields.domain import procurement
from two_shields.exhibits.country.summary import comma, describe
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, notes_on, with_evidence
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import grouped, tuples
from two_shields.state.views import CountryView
from two_shields.text import dates, phrases

#: As many names are listed in a sentence; the table has the rest.
MOST_NAMES = 4
COLUMNS = {
    "dealing_words": "Relation", "system": "System", "stage_words": "Stage", "partner_words": "From or to",
    "date_words": "Date", "quantity": "Number",
}  # fmt: skip
#: What a country has to do with a system, from the firmest on: words of the table, of the title, and the stages.
DEALINGS: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "makes": ("Makes", "makes {}", frozenset()),
    "has": ("Has", "has {}", frozenset({"operates", "acquired", "delivered"})),
    "ordered": ("Ordered", "ordered {}", frozenset({"contracted"})),
    "chosen": ("Chosen", "chose {}", frozenset({"selected"})),
    "meant": ("Intended", "is meant to get {}", frozenset({"intended", "preparing"})),
    "wanted": ("Wanted", "wants {}", frozenset({"wanted"})),
    "offered": ("Offered or discussed", "was offered or is in talks on {}", frozenset({"offered", "proposed"})),
    "refused": ("Refused to it", "was refused {}", frozenset({"refused"})),
    "declined": ("Declined by it", "declined {}", frozenset({"declined"})),
    "hosts": ("Stationed by others", "hosts {} of another country", frozenset({"deployed"})),
}
#: What it has to do with a system on its way to another country; what others mean to get or wish for is no supply.
SUPPLIES: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "supplied": ("Supplied to others", "supplied others with {}", frozenset({"operates", "acquired", "delivered"})),
    "sold": ("Ordered by others", "has orders from others for {}", frozenset({"contracted"})),
    "stations": ("Stationed abroad", "stations {} abroad", frozenset({"deployed"})),
    "sought": ("Sought by others", "", frozenset()),
}
_ALL = {**DEALINGS, **SUPPLIES}


def frame(record: Record, view: CountryView) -> Frame | None:
    """What it makes, has, ordered, wants, was refused or supplies: a row per system and stage; None without any."""
    iso3 = view.country
    name = record.country_names[iso3]
    rows = [
        _dealing(record, iso3, "makes", row, row.producer and f"by {row.producer}")
        for row in _makers(record).get(iso3, ())
    ]
    for row in procurement.transfers_of(record).get(iso3, ()):
        if row.to_iso3 == iso3:
            known, others, word = DEALINGS, [code for code in row.from_iso3 if code != iso3], "from"
        else:
            known, others, word = SUPPLIES, [row.to_iso3], "to"
        dealing = next((key for key, (_, _, stages) in known.items() if row.stage in stages), "sought")
        partner = phrases.join([record.country_names[code] for code in others])
        rows.append(_dealing(record, iso3, dealing, row, f"{word} {partner}" if partner else "", tuple(others)))
    if not rows:
        return None
    rows.sort(key=lambda row: (row["place"], row["system"], row["date"]))
    table = with_evidence(record, pd.DataFrame(rows))
    signs = [disputed and bool(words) for words, disputed in zip(table["stage_words"], table["disputed"], strict=True)]
    table["stage_words"] = [
        f"{words} ≠" if is_signed else words for words, is_signed in zip(table["stage_words"], signs, strict=True)
    ]
    sign = " ≠ marks a row on which sources disagree." if any(signs) else ""
    return Frame.of(
        record, "country-systems", f"{phrases.the(name)} {_dealings_sentence(table)}", "Table of systems by stage", table, COLUMNS,
        caption=f"An intent is not an order, and an order is not a delivery.{sign}", notes=notes_on(record, table),
    )  # fmt: skip


@cached(most=1)
def _makers(record: Record) -> Mapping[str, tuple]:
    """The systems that each country makes, in the table's order."""
    return grouped((iso3, row) for row in tuples(record["systems"]) for iso3 in row.origin_iso3)


#: Where a system stands at several of these, the title names the firmest alone.
_ON_THE_WAY = ("has", "ordered", "chosen", "meant", "wanted", "offered")


def _dealings_sentence(rows: pd.DataFrame) -> str:
    """`makes 12 systems, has Mistral, ordered IRIS-T SLM and was refused F-35`"""
    parts, named = [], set()
    systems: dict[str, dict[str, bool]] = {dealing: {} for dealing in _ALL}  # each with whether that is sure
    for dealing, system, is_inferred in zip(rows["dealing"], rows["system"], rows["inferred_core"], strict=True):
        systems[dealing][system] = systems[dealing].get(system, False) or not is_inferred
    for dealing, (_, words, _) in _ALL.items():
        found = list(systems[dealing])
        if dealing in _ON_THE_WAY:
            found = [system for system in found if system not in named]
            named |= set(found)
        if dealing == "offered":
            found = [system for system in found if system not in systems["declined"]]
        if found and words:
            told = [system + ("" if systems[dealing][system] else " (inferred)") for system in found]
            many = phrases.spelled(len(told), "system")
            parts.append(words.format(phrases.join(told) if len(told) <= MOST_NAMES else many))
    return phrases.join(parts[:MOST_NAMES])


def _dealing(
    record: Record, iso3: str, dealing: str, row, partner: str, others: tuple[str, ...] = ()
) -> dict:  # fmt: skip
    """What it has to do with a system: of the system's own row where it makes it, else of a transfer."""
    system = record.system_names.get(row.system_id, row.system_id)
    if dealing == "makes":
        stage = day = stage_words = date_words = quantity = ""
        fact, mark = f"systems/{row.system_id}/origin_iso3", f"makes|{iso3}|{row.system_id}"
    else:
        stage, day, stage_words, mark = row.stage, row.date, STAGES[row.stage].label, row.transfer_id
        date_words = dates.words(day) + (" (inferred)" if row.date_basis == "inferred" else "")
        quantity = f"{row.quantity:g} {row.unit}".strip() if pd.notna(row.quantity) else ""
        fact = f"transfers/{mark}"
    words = f"{record.country_names[iso3]}: {system}, {stage_words or 'makes'}{comma(partner)}{comma(date_words)}"
    return {
        "dealing": dealing, "dealing_words": _ALL[dealing][0], "system_id": row.system_id, "system": system, "stage": stage or "makes",
        "stage_words": stage_words, "others": others, "partner_words": partner, "date": day, "date_words": date_words,
        "quantity": quantity, "mark": mark, "heading": words, "claim_ids": row.claim_ids, "facts": (fact,),
        "place": list(_ALL).index(dealing),
    }  # fmt: skip


EXHIBIT = Exhibit("country-systems", CountryView, frame=frame, panels=(), order=1, describe=describe)
