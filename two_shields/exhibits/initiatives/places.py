"""Where each country stands between the two camps: the rows and the finding that the map and the overlap share."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from two_shields.contract import vocabulary
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, READINGS, STAGES, STATES
from two_shields.domain import membership, procurement
from two_shields.domain.membership import CAMP_OF, CAMPS, QUESTION
from two_shields.exhibits.frame import Frame, notes_on, with_evidence
from two_shields.record.record import Record, united
from two_shields.record.table import grouped, tuples
from two_shields.state.views import InitiativesView
from two_shields.text import dates, phrases


def scope(record: Record, view: InitiativesView) -> str:
    """`As of 19 June 2023, among Poland and Germany, ` before a finding: the day, the countries and who counts.

    Of one country alone the finding itself speaks.
    """
    day = f"as of {dates.words(view.as_of.isoformat())}" if view.as_of else ""
    countries = phrases.join([record.country_names[iso3] for iso3 in view.country], most=3)
    among = f"among {countries}" if len(view.country) > 1 else ""
    return "".join(f"{part}, " for part in (day, among, READINGS[view.reading].scope) if part)


def names_in_full(record: Record, initiative_ids: Iterable[str]) -> str:
    """` ESSI: European Sky Shield Initiative. EADS: …`: the abbreviations in the short names of these initiatives."""
    names = record["initiatives"].set_index("initiative_id")
    chosen = names.loc[[initiative_id for initiative_id in initiative_ids if initiative_id in names.index]]
    return "".join(
        f" {short[0]}: {row.name}."
        for row in tuples(chosen[["name", "short_name"]])
        if (short := re.search(r"\b[A-Z]{4,}\b", row.short_name)) and short[0] not in row.name
    )


def caption(record: Record, view: InitiativesView, initiative_ids: Iterable[str]) -> str:
    """As of which day a chart of memberships holds, whom it counts as members, and what the abbreviations stand for."""
    day = f"As of {dates.words(view.as_of.isoformat())}" if view.as_of else "As of the latest data"
    counted = READINGS[view.reading].counts
    return f"{day}. Counted as members: {counted}.{names_in_full(record, initiative_ids)}"


#: The table of the map and of the overlap.
COLUMNS = {
    "country": "Country",
    "state_words": "Between the camps",
    "standing": "Standing in each initiative",
    "buys": "Buys",
}
#: Their shade tells of the standing; what a country buys has claims of its own.
RESTS_ON = "Standing rests on"
#: What each fill of the map means, in the order of its key: after the count, and a word of help.
KEY: Mapping[str, tuple[str, str]] = {
    "german_led": ("only Sky Shield", "German-led: European Sky Shield Initiative, ESSI"),
    "both": ("in both", ""),
    "french_led": ("only French-led track", "joint purchase of Mistral, or bound to France for SAMP/T"),
    "will_join": ("says it will join", ""),
    "neither": ("in neither", "has signed less than this choice counts, or stays out"),
    "receives": ("receives", "given air defence; no member"),
    "unknown": ("no row in the record", "not known, which is not a no"),
}


def _chosen(record: Record, view: InitiativesView) -> tuple[str, ...]:
    """The initiatives of the two camps that the view chose, and the evidence names."""
    return tuple(i for i in view.initiative if i in QUESTION and i in record.initiative_names)


def _in_words(record: Record, view: InitiativesView) -> Mapping[str, tuple[str, str, str]]:
    """What each fill is called in the key, a word of help, and the state of a country alone.

    Where only one camp's initiatives are chosen, nobody is told to be in that camp only, or in neither.
    """
    found = {fill: (name, about, _STATE_WORDS.get(fill, "")) for fill, (name, about) in KEY.items()}
    if chosen := _of_one_camp(_chosen(record, view)):
        names = phrases.join([f"the {record.initiative_names[i]}" for i in chosen])
        inside, outside = (f"in {names}", "", f"in {names}"), f"not in {names}"
        found |= {"german_led": inside, "french_led": inside, "neither": (outside, KEY["neither"][1], outside)}
    return found


def _of_one_camp(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return chosen if len({CAMP_OF[i] for i in chosen}) == 1 else ()


def _by_country(rows: pd.DataFrame) -> Mapping[str, tuple]:
    return grouped((row.iso3, row) for row in tuples(rows))


def _standing_words(rows: Iterable, record: Record) -> str:
    """`Sky Shield (ESSI): joined, 2023 (told then); Mistral purchase: …`"""
    names = record.initiative_names
    return "; ".join(
        f"{names[row.initiative_id]}: {MEMBERSHIP_STATUSES[row.status].label}"
        + (f", {dates.known(row.when, row.from_publication)}" if row.when else "")
        for row in rows
    )


def places(record: Record, view: InitiativesView) -> pd.DataFrame:
    """Each country's state and standings in the two camps, narrowed to the view's countries."""
    chosen = _chosen(record, view) or (("",) if view.initiative else ())
    rows = membership.states(record, view.reading, view.as_of, chosen)
    standings = membership.standings(record, view.reading, view.as_of, chosen or QUESTION)
    words = {iso3: _standing_words(pairs, record) for iso3, pairs in _by_country(standings).items()}
    rows = rows.merge(record["countries"][["iso3", "name", "lat", "lon"]], on="iso3").rename(
        columns={"name": "country"}
    )
    rows = rows.assign(
        standing=[words.get(iso3, "") for iso3 in rows["iso3"]],
        chosen=rows["iso3"].isin(view.country) if view.country else True,
        mark=rows["iso3"],
    )
    rows["fill"] = _fills(record, view, rows, standings)
    in_words = _in_words(record, view)
    words_of = [in_words[fill] for fill in rows["fill"]]
    rows["key_name"], rows["key_about"], rows["state_words"] = zip(*words_of, strict=True)
    rows["heading"] = rows["country"] + ": " + rows["state_words"]
    rows = with_evidence(record, rows)
    # A sign only where the disagreement would move the country to another group.
    rows["moves"] = rows["disputed"] & rows["fill"].isin(["will_join", "neither"])
    bought = _by_country(procurement.purchases(record, view.as_of))
    words = {iso3: _purchase_words(lots, record) for iso3, lots in bought.items()}
    claim_ids = {iso3: united(lot.claim_ids for lot in lots) for iso3, lots in bought.items()}
    rows["buys"] = [words.get(iso3, "") for iso3 in rows["iso3"]]
    # What a country buys is told beside its standing and does not make that any firmer: after `with_evidence`.
    rows["claim_ids"] = [
        united((ids, claim_ids.get(iso3, ()))) for ids, iso3 in zip(rows["claim_ids"], rows["iso3"], strict=True)
    ]
    return rows


def _purchase_words(lots: Iterable, record: Record) -> str:
    """`IRIS-T SLM ordered, 11 September 2023; Mistral in service, 2009`"""
    names = record.system_names
    return "; ".join(
        f"{names[lot.system_id]} {STAGES[lot.stage].label}" + (f", {dates.words(lot.date)}" if lot.date else "")
        for lot in lots
    )


#: A state in words, for tables and what is read on hover.
_STATE_WORDS: Mapping[str, str] = {**STATES.labels, "will_join": "says it will join", "receives": "receives; no member"}


def _fills(record: Record, view: InitiativesView, rows: pd.DataFrame, standings: pd.DataFrame) -> list[str]:
    """The state of each row, with those apart that say they will join, and those that are given a camp's systems."""
    willing = set(standings.loc[standings["status"].isin(["declared_intent", "applied"]), "iso3"])
    given = set(procurement.gifts(record, view.as_of)["iso3"])
    apart = {"neither": (willing, "will_join"), "unknown": (given, "receives")}
    return [
        apart[state][1] if state in apart and iso3 in apart[state][0] else state
        for iso3, state in zip(rows["iso3"], rows["state"], strict=True)
    ]


def buyers_outside(record: Record, view: InitiativesView, rows: pd.DataFrame) -> tuple[str, ...]:
    """Who bought a camp's systems without counting as in: buying is not joining."""
    bought = procurement.purchases(record, view.as_of)
    bought = bought[bought["stage"].isin(procurement.BOUGHT)]
    state_of = dict(zip(rows["iso3"], rows["state"], strict=True))
    notes = []
    for camp in CAMPS:
        outside = sorted(
            record.country_names[iso3]
            for iso3 in set(bought.loc[bought["camp"] == camp, "iso3"])
            if state_of.get(iso3) not in (camp, "both")
        )
        if outside:
            notes.append(
                f"Buying is not joining: {phrases.join(outside)} bought or ordered systems that go with the {vocabulary.CAMPS[camp].label} "
                "without counting as in."
            )
    return tuple(notes)


#: Where one country stands, by its fill.
_ALONE: Mapping[str, str] = {
    "german_led": "is in the Sky Shield only",
    "both": "is in both camps",
    "french_led": "is on the French-led track only",
    "will_join": "says that it will join",
    "neither": "is not in either camp",
    "receives": "is given air defence, and is not in either camp",
    "unknown": "has no row in the record",
}


def camps_sentence(record: Record, view: InitiativesView, rows: pd.DataFrame) -> str:
    """The finding of the map and the overlap, from the same rows; of one camp's initiatives, it is silent of the other."""
    of_state = {state: list(group["country"]) for state, group in rows.groupby("state")}
    both, german, french = (of_state.get(state, []) for state in ("both", "german_led", "french_led"))
    chosen = _of_one_camp(_chosen(record, view))
    if view.initiative and not _chosen(record, view):
        if record.initiative_names.keys() & view.initiative:
            return "none of the initiatives chosen is of the two camps"
        return "the articles name none of the initiatives chosen"
    names = phrases.join([f"the {record.initiative_names[i]}" for i in chosen])
    unsure = set(rows.loc[rows["inferred_core"], "country"])
    if len(view.country) == 1 and len(rows) == 1:
        row = rows.iloc[0]
        words = f"is {'' if german or french else 'not known to be '}in {names}" if chosen else _ALONE[row["fill"]]
        return row["country"] + " " + words + (" (inferred)" if row["country"] in unsure else "")
    if chosen:
        named = " named" if view.evidence == "articles" else ""
        return f"{phrases.spelled(len(german) + len(french), 'country is', 'countries are')}{named} in {names}"
    if not (both or german or french):
        return "no country is known to be in either camp"
    if not both:
        return (
            f"{phrases.spelled(len(german), 'country is', 'countries are')} in the Sky Shield, "
            f"{len(french) or 'none'} on the French-led track, none known to be in both"
        )
    many = phrases.spelled(len(both), "country is", "countries are")
    both = [f"{name} (inferred)" if name in unsure else name for name in both]
    return f"{many} in both camps: {phrases.join(both, most=8)}"


def counts_sentence(rows: pd.DataFrame) -> str:
    """`Only Sky Shield: 17. Only French-led track: 4.`: how many have each other fill."""
    of_fill = dict(iter(rows.groupby("fill")))
    parts = [
        f"{of_fill[fill]['key_name'].iloc[0]}: {len(of_fill[fill])}."
        for fill in KEY
        if fill in of_fill and fill not in ("both", "unknown")
    ]
    return " ".join(map(phrases.capital, parts))


def by_state(rows: pd.DataFrame) -> pd.DataFrame:
    order = {fill: position for position, fill in enumerate(("both", "german_led", "french_led", *KEY))}
    return rows.sort_values(
        ["fill", "country"], key=lambda column: column.map(order) if column.name == "fill" else column
    )


def camps_frame(
    record: Record, view: InitiativesView, name: str, picture: str, everyone: pd.DataFrame, shown: pd.DataFrame, *more: str
) -> Frame:  # fmt: skip
    """A frame of the rows shown, with the finding on all that were chosen; its alt text is of that picture."""
    title = phrases.capital(scope(record, view) + camps_sentence(record, view, everyone[everyone["chosen"]]))
    notes = (*buyers_outside(record, view, everyone), *notes_on(record, shown))
    return Frame.of(
        record, name, title, picture, by_state(shown), COLUMNS, *more,
        caption=caption(record, view, QUESTION), notes=notes, rests_on=RESTS_ON,
    )  # fmt: skip


def hover(row) -> str:
    """What a country says when it is pointed at: its state, and its standing in each initiative."""
    return f"<b>{row.heading}</b><br>" + row.standing.replace("; ", "<br>")
