"""A country in a few sentences: its alliances, where it stands between the camps, and what of their systems it bought."""

from two_shields.contract.vocabulary import CAMPS, MEMBERSHIP_STATUSES
from two_shields.domain import membership, procurement
from two_shields.record.cells import rows_by_id
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import CountryView
from two_shields.text import dates, phrases


def alliances(record: Record, iso3: str) -> str:
    """`In NATO since 29 March 2004, in the EU since 1 May 2004`."""
    row = rows_by_id(record, "countries")[iso3]
    parts = [
        f"in {name} since {dates.words(day)}" if day else f"not in {name}"
        for name, day in (("NATO", row["nato_since"]), ("the EU", row["eu_since"]))
    ]
    text = " and ".join(parts) if row["nato_since"] or row["eu_since"] else "in neither NATO nor the EU"
    return phrases.capital(text)


def summary(record: Record, iso3: str) -> tuple[str, ...]:
    return tuple(filter(None, (standing(record, iso3), buying(record, iso3))))


def standing(record: Record, iso3: str) -> str:
    """Where it stands, since when and by which signature, in a sentence (reading: signed)."""
    name = record.country_names[iso3]
    state = membership.state_of(record, "signed")[iso3]
    held = [row for row in membership.standings_of(record, "signed", iso3) if row.initiative_id in membership.QUESTION]
    inside, outside = (
        phrases.join([_clause(record, row) for row in held if row.inside is is_inside]) for is_inside in (True, False)
    )
    outside = f"; it {outside}" if outside else ""
    given = _given(record, iso3) if state == "unknown" else ""
    if given:
        return f"{phrases.the(name)} has received {given}. Nothing in the record puts it in either camp."
    return {
        "both": f"{phrases.the(name)} is in both camps: it {inside}{outside}.",
        "german_led": f"{phrases.the(name)} is in the Sky Shield: it {inside}"
        + (outside or "; nothing in the record puts it on the French-led track") + ".",
        "french_led": f"{phrases.the(name)} is on the French-led track: it {inside}"
        + (outside or "; nothing in the record puts it in the Sky Shield") + ".",
        "neither": f"{phrases.the(name)} is in neither camp{outside}.",
        "unknown": f"Nothing in the record says where {phrases.the(name, middle=True)} stands between the two camps.",
    }[state]  # fmt: skip


def _given(record: Record, iso3: str) -> str:
    """`systems of both camps: IRIS-T SLM and Mistral`; blank where it has been given none."""
    gifts = procurement.gifts(record)
    gifts = gifts[gifts["iso3"] == iso3]
    sure = {row.system_id for row in tuples(gifts) if not record.is_inferred((f"transfers/{row.transfer_id}",))}
    ids = set(gifts["system_id"])
    camps = [CAMPS[camp].label for camp, systems in procurement.camp_systems(record).items() if systems & ids]
    names = [record.system_names[i] + ("" if i in sure else " (inferred)") for i in ids]
    whose = "both camps" if len(camps) > 1 else f"the {''.join(camps)}"
    return f"systems of {whose}: {phrases.join(sorted(names))}" if ids else ""


def _clause(record: Record, row: membership.Standing) -> str:
    """`signed the memorandum of the Sky Shield (17 October 2024; in since 7 July 2023)`: the firmest status, and when."""
    steps = membership.changes_of(record)[row.iso3]
    first = next(step for step in steps if (step.initiative_id, step.status) == (row.initiative_id, row.status))
    words = dates.known(first.when, first.from_publication)
    unsure = first.date_basis == "inferred" or record.is_inferred(row.facts)
    when = ", ".join(filter(None, (words, "inferred" if unsure else "")))
    if row.inside and row.since and dates.latest(row.since) < first.known_on:
        since = f"{'by' if row.since_from_publication else 'since'} {dates.words(row.since)}"
        since += ", inferred" if record.is_inferred(row.since_facts) else ""
        when = "; ".join(filter(None, (when, f"in {since}")))
    verb = MEMBERSHIP_STATUSES[row.status].verb.format(named(record.initiative_names[row.initiative_id]))
    return verb + (f" ({when})" if when else "")


def named(initiative: str) -> str:
    """An initiative within a sentence: `the Sky Shield`, `EADS`."""
    short = initiative.partition(" (")[0]
    return short if short.isupper() else f"the {short}"


def buying(record: Record, iso3: str) -> str:
    """What of the camps' systems it has, ordered or means to get; blank where nothing is known."""
    state = membership.state_of(record, "signed")[iso3]
    purchases = procurement.purchases(record)
    columns = (purchases[name] for name in ("iso3", "camp", "system_id", "stage"))
    bought = [row for whose, *row in zip(*columns, strict=True) if whose == iso3]
    ids = (
        dict.fromkeys(system_id for _, system_id, stage in bought if (stage in procurement.BOUGHT) is is_sure)
        for is_sure in (True, False)
    )
    sure, meant = ([record.system_names[i] for i in found] for found in ids)
    parts = [f"has or ordered {phrases.join(sure)}"] if sure else []
    parts += [f"chose, means to buy or wants {phrases.join(meant)}"] if meant else []
    if not parts:
        return ""
    joins = {"both": {"german_led", "french_led"}}.get(state, {state})
    ending = ": buying is not joining." if {camp for camp, *_ in bought} - joins else "."
    return f"Of the camps' systems it {' and '.join(parts)}{ending}"


def comma(words: str) -> str:
    return f", {words}" if words else ""


def describe(record: Record, view: CountryView) -> str:
    iso3 = view.country
    return " ".join((f"{record.country_names[iso3]}. {alliances(record, iso3)}.", *summary(record, iso3)))
