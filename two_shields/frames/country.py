"""The frames of the page Country: everything that the record has about one country, in parts that may be missing."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from two_shields import buying, dates, labels, membership
from two_shields.frames import aid, timeline
from two_shields.frames.frame import Frame, fit, notes_on, source_line, with_evidence
from two_shields.parameters import View
from two_shields.record import Record
from two_shields.schema import EU_INSTITUTIONS
from two_shields.views import AidView, CountryView, InitiativesView, TimelineView

#: As many names are listed in a sentence; the table has the rest.
MOST_NAMES = 4
#: How much of the narrowest chart's width a mark with its letter takes.
LETTER_SHARE = 0.08


@dataclass(frozen=True)
class Portrait:
    """One country: its name and alliances, a summary, and an exhibit per part; a part without facts is None or empty.

    `mentions` holds ids of claims that name the country, and only where no fact row does; `conflicts` has the
    columns of that table; `links` are other views, narrowed to the country, with their words.
    """

    iso3: str
    name: str
    alliances: str
    summary: tuple[str, ...]
    standing: Frame | None
    systems: Frame | None
    aid: Frame | None
    events: Frame | None
    mentions: tuple[str, ...]
    conflicts: pd.DataFrame
    links: tuple[tuple[str, View], ...]

    @property
    def is_silent(self) -> bool:
        """Whether the record says nothing about the country."""
        return not (self.standing or self.systems or self.aid or self.events or self.mentions)


def portrait(record: Record, view: CountryView) -> Portrait:
    """Everything about the view's country, from the record as the evidence switch shows it."""
    kept, iso3 = record.only(view.evidence), view.country
    alone = _alone(kept, iso3)
    standing, systems = standing_frame(alone, iso3), systems_frame(kept, iso3)
    given, events = aid_frame(kept, iso3), events_frame(record, view)
    known = any(part is not None for part in (standing, systems, given, events))
    return Portrait(
        iso3,
        kept.country_names[iso3],
        _alliances(kept, iso3),
        _summary(alone, iso3) if known else (),
        standing,
        systems,
        given,
        events,
        () if known else _mentions(kept, iso3),
        _conflicts(kept, iso3, (standing, systems, given)),
        _links(view, standing, given, events),
    )


def _alone(kept: Record, iso3: str) -> Record:
    """The record with this country's memberships only: who else joined changes nothing about it, and costs time."""
    rows = kept["memberships"]
    mine = rows[rows["iso3"] == iso3].reset_index(drop=True)
    return Record(MappingProxyType({**kept.tables, "memberships": mine}), kept.version)


def _alliances(kept: Record, iso3: str) -> str:
    """`In NATO since 29 March 2004, in the EU since 1 May 2004`."""
    row = kept["countries"].set_index("iso3").loc[iso3]
    parts = [
        f"in {name} since {dates.words(day)}" if day else f"not in {name}"
        for name, day in (("NATO", row["nato_since"]), ("the EU", row["eu_since"]))
    ]
    text = " and ".join(parts) if row["nato_since"] or row["eu_since"] else "in neither NATO nor the EU"
    return text[:1].upper() + text[1:]


def _summary(kept: Record, iso3: str) -> tuple[str, ...]:
    """Where it stands between the two camps (reading: signed), and what of their systems it bought."""
    name = kept.country_names[iso3]
    state = membership.states(kept, "signed").set_index("iso3").loc[iso3, "state"]
    rows = membership.standings(kept, "signed")
    rows = rows[rows["iso3"] == iso3]
    words = {
        camp: _standings_words(kept, rows[rows["initiative_id"].isin(ids)]) for camp, ids in membership.CAMPS.items()
    }
    german, french = words["german_led"], words["french_led"]
    both = "; ".join(filter(None, (german, french)))
    first = {
        "both": f"{_the(name)} stands in both camps. {both}.",
        "german_led": f"{_the(name)} stands in the German-led camp. {both}."
        + ("" if french else " Nothing in the record puts it on the French-led track."),
        "french_led": f"{_the(name)} stands on the French-led track. {'; '.join(filter(None, (french, german)))}."
        + ("" if german else " Nothing in the record puts it in the Sky Shield."),
        "neither": f"{_the(name)} counts as in neither camp. {both}.",
        "unknown": f"The record does not say where {_the(name, middle=True)} stands between the two camps.",
    }[state]
    bought = buying.purchases(kept)
    bought = bought[bought["iso3"] == iso3]
    names = kept.system_names
    sure = [names[i] for i in dict.fromkeys(bought.loc[bought["stage"].isin(buying.BOUGHT), "system_id"])]
    meant = [names[i] for i in dict.fromkeys(bought.loc[~bought["stage"].isin(buying.BOUGHT), "system_id"])]
    parts = [f"has or ordered {labels.listed(sure)}"] if sure else []
    parts += [f"chose, means to buy or wants {labels.listed(meant)}"] if meant else []
    without_joining = state != "both" and bool(set(bought["camp"]) - {state})
    second = f"Of the camps' systems it {' and '.join(parts)}" + (
        ": buying is not joining." if without_joining else "."
    )
    return (first, second) if parts else (first,)


def _the(name: str, *, middle: bool = False) -> str:
    """The country's name as it stands in a sentence."""
    if name.startswith(("United ", "Netherlands")):
        return ("the " if middle else "The ") + name
    return name


def _standings_words(kept: Record, rows: pd.DataFrame) -> str:
    """`Sky Shield (ESSI): signed memorandum, October 2023; JAMIE: joined, 14 November 2024`"""
    return "; ".join(
        f"{kept.initiative_names[row.initiative_id]}: {labels.STATUS[row.status]}{_comma(_when(row))}"
        for row in rows.itertuples()
    )


def _when(row) -> str:
    if not row.when:
        return ""
    return f"by {dates.words(row.when)}" if row.from_publication else dates.words(row.when)


def _comma(words: str) -> str:
    return f", {words}" if words else ""


def standing_frame(kept: Record, iso3: str) -> Frame | None:
    """One row per change of status, with a `level` within its initiative's lane; None without any."""
    rows = membership.changes(kept)
    rows = rows[rows["iso3"] == iso3]
    if rows.empty:
        return None
    name, names = kept.country_names[iso3], kept.initiative_names
    current = membership.standings(kept, "signed")
    current = current[current["iso3"] == iso3].set_index("initiative_id")
    camps = dict(zip(kept["initiatives"]["initiative_id"], kept["initiatives"]["camp"], strict=True))
    order = {"german_led": 0, "french_led": 1, "other": 2}
    spans = [dates.span(day) if day else (None, None) for day in rows["when"]]
    rows = rows.assign(
        country=name,
        initiative=rows["initiative_id"].map(names),
        camp=rows["initiative_id"].map(camps),
        status_words=rows["status"].map(labels.STATUS),
        letter=rows["status"].map({**labels.STATUS_LETTER, "declined": ""}),
        date_words=[_when(row) or "date not given" for row in rows.itertuples()],
        start=[first for first, _ in spans],
        end=[last for _, last in spans],
        placed=(rows["when"] != "").astype(bool),
        unsure=(rows["from_publication"] | (rows["date_basis"] == "inferred")).astype(bool),
        lane_words=[
            f"{names[i]}: {labels.STATUS[current.loc[i, 'status']]}{_comma(_when(current.loc[i]))}"
            for i in rows["initiative_id"]
        ],
        mark=rows["initiative_id"] + "|" + iso3 + "|" + rows["status"] + "|" + rows["date"],
    )
    rows["heading"] = [
        f"{name}, {row.initiative}: {row.status_words}{_comma(_when(row))}"
        + (" (inferred)" if row.date_basis == "inferred" else "")
        for row in rows.itertuples()
    ]
    rows = rows.sort_values(
        ["camp", "initiative", "known_on"], key=lambda c: c.map(order) if c.name == "camp" else c, kind="stable"
    ).reset_index(drop=True)
    rows = with_evidence(kept, _stacked(rows))
    current = current.loc[list(dict.fromkeys(rows["initiative_id"]))]
    inside = [names[i] for i in current.index[current["inside"]]]
    outside = [f"{names[row.Index]} ({labels.STATUS[row.status]})" for row in current[~current["inside"]].itertuples()]
    parts = [f"counts as in: {labels.listed(inside)}"] if inside else []
    parts += [f"does not count as in: {labels.listed(outside)}"] if outside else []
    title = f"{_the(name)} {'; '.join(parts)}"
    letters = {row.letter: row.status_words for row in rows.itertuples() if row.letter}
    caption = (
        ["Letters: " + ", ".join(f"{letter} {words}" for letter, words in letters.items()) + "."] if letters else []
    )
    if rows["unsure"].any():
        caption.append("Hollow: the date is inferred, or is the day by which a source told of it.")
    caption.append("A letter of intent or joining counts as in.")
    return Frame(
        "country-standing",
        title,
        fit(f"Steps of status over time, a line per initiative. {title}.", "Now: " + "; ".join(dict.fromkeys(rows["lane_words"])) + "."),
        rows,
        {"initiative": "Initiative", "status_words": "Status", "date_words": "Date", "date_basis": "Date is"},
        source_line(kept, rows["claim_ids"]),
        " ".join(caption),
        notes_on(kept, rows),
    )  # fmt: skip


def _stacked(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a level within their initiative, so that no letter covers another; -1 without a date."""
    level = pd.Series(-1, index=rows.index)
    placed = rows[rows["placed"]]
    if len(placed):
        room = timeline.room_of_a_mark(placed["start"].min(), placed["end"].max(), LETTER_SHARE)
        for _, lane in placed.groupby("initiative_id"):
            level.loc[lane.index] = timeline.levels(lane["start"], lane["end"], room)
    return rows.assign(level=level)


#: What a country has to do with a system, from the firmest on: words of the table, of the title, and the stages.
DEALINGS: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "makes": ("Makes", "makes {}", frozenset()),
    "has": ("Has", "has {}", frozenset({"operates", "acquired", "delivered"})),
    "ordered": ("Ordered", "ordered {}", frozenset({"contracted"})),
    "chosen": ("Chosen", "chose {}", frozenset({"selected"})),
    "meant": ("Meant for it", "is meant to get {}", frozenset({"intended", "preparing"})),
    "wanted": ("Wanted", "wants {}", frozenset({"wanted"})),
    "offered": ("Offered or discussed", "was offered or is in talks on {}", frozenset({"offered", "proposed"})),
    "refused": ("Refused to it", "was refused {}", frozenset({"refused"})),
    "declined": ("Declined by it", "declined {}", frozenset({"declined"})),
    "hosts": ("Hosted from another country", "has hosted {} of another country", frozenset({"deployed"})),
    "gives": ("Gives, sells or stations abroad", "supplies others with {}", frozenset()),
}


def systems_frame(kept: Record, iso3: str) -> Frame | None:
    """What it makes, has, ordered, wants, was refused or supplies: a row per system and stage; None without any."""
    name = kept.country_names[iso3]
    made = kept["systems"]
    made = made[[iso3 in origins for origins in made["origin_iso3"]]] if len(made) else made
    rows = [
        _dealing(
            kept,
            iso3,
            "makes",
            row.system_id,
            "makes",
            (),
            row.producer and f"by {row.producer}",
            "",
            "",
            "",
            row.claim_ids,
        )
        for row in made.itertuples()
    ]
    for row in kept["transfers"].itertuples():
        quantity = f"{row.quantity:g} {row.unit}".strip() if pd.notna(row.quantity) else ""
        dealing = next((key for key, (_, _, stages) in DEALINGS.items() if row.stage in stages), "")
        if row.to_iso3 == iso3:
            others, words = [code for code in row.from_iso3 if code != iso3], "from"
        elif iso3 in row.from_iso3:
            others, words, dealing = [row.to_iso3], "to", "gives"
        else:
            continue
        partner = labels.listed([kept.country_names[code] for code in others])
        rows.append(
            _dealing(
                kept, iso3, dealing, row.system_id, row.stage, tuple(others), f"{words} {partner}" if partner else "",
                row.date, row.date_basis, quantity, row.claim_ids, row.transfer_id,
            )
        )  # fmt: skip
    if not rows:
        return None
    table = pd.DataFrame(rows)
    order = {dealing: place for place, dealing in enumerate(DEALINGS)}
    table = table.assign(place=table["dealing"].map(order)).sort_values(
        ["place", "system", "date"], kind="stable", ignore_index=True
    )
    table = with_evidence(kept, table)
    table["stage_words"] = [
        f"{words} ≠" if disputed and words else words
        for words, disputed in zip(table["stage_words"], table["disputed"], strict=True)
    ]
    title = f"{_the(name)} {_dealings_sentence(table)}"
    return Frame(
        "country-systems",
        title,
        fit(f"Table of systems by stage. {title}."),
        table,
        {
            "dealing_words": "Relation",
            "system": "System",
            "stage_words": "Stage",
            "partner_words": "From or to",
            "date_words": "Date",
            "quantity": "Number",
        },
        source_line(kept, table["claim_ids"]),
        "An intent is no order, and an order no delivery."
        + (" ≠ marks a row on which sources disagree." if table["stage_words"].str.endswith("≠").any() else ""),
        notes_on(kept, table),
    )


#: Where a system stands at several of these, the title names the firmest alone.
_ON_THE_WAY = ("has", "ordered", "chosen", "meant", "wanted", "offered")


def _dealings_sentence(rows: pd.DataFrame) -> str:
    """`has Mistral, ordered IRIS-T SLM and was refused F-35`"""
    parts, named = [], set()
    declined = set(rows.loc[rows["dealing"] == "declined", "system"])
    for dealing, (_, words, _) in DEALINGS.items():
        found = list(dict.fromkeys(rows.loc[rows["dealing"] == dealing, "system"]))
        if dealing in _ON_THE_WAY:
            found = [system for system in found if system not in named]
            named |= set(found)
        if dealing == "offered":
            found = [system for system in found if system not in declined]
        if found:
            parts.append(words.format(labels.listed(found, most=MOST_NAMES)))
    return labels.listed(parts[:MOST_NAMES])


def _dealing(
    kept: Record, iso3: str, dealing: str, system_id: str, stage: str, others: Sequence[str], partner: str,
    day: str, basis: str, quantity: str, claim_ids: tuple[str, ...], transfer_id: str = "",
) -> dict:  # fmt: skip
    system = kept.system_names.get(system_id, system_id)
    stage_words = labels.STAGE.get(stage, "makes")
    date_words = "" if stage == "makes" else dates.words(day) + (" (inferred)" if basis == "inferred" else "")
    return {
        "dealing": dealing,
        "dealing_words": DEALINGS[dealing][0],
        "system_id": system_id,
        "system": system,
        "stage": stage,
        "stage_words": "" if stage == "makes" else stage_words,
        "others": others,
        "partner_words": partner,
        "date": day,
        "date_words": date_words,
        "quantity": quantity,
        "mark": transfer_id or f"makes|{iso3}|{system_id}",
        "heading": f"{kept.country_names[iso3]}: {system}, {stage_words}{_comma(partner)}{_comma(date_words)}",
        "claim_ids": claim_ids,
    }


def aid_frame(kept: Record, iso3: str) -> Frame | None:
    """Aid given, against the median donor; or received, by donor; None where the record has neither."""
    published, monthly = kept["aid"], kept["aid_monthly"]
    if iso3 in set(published["recipient"]):
        if len(monthly):
            return _received(kept, iso3)
        whole = aid.cumulative_frame(kept, AidView(donor=tuple(sorted(set(published["donor"])))))
        return dataclasses.replace(whole, name="country-aid")
    has_totals = iso3 in set(published["donor"])
    own = aid.cumulative_frame(kept, AidView(donor=(iso3,))) if has_totals else None
    if iso3 in set(monthly["donor"]):
        totals = own.rows[own.rows["series"] == "total"] if own else pd.DataFrame()
        return _given(kept, iso3, totals)
    if own is None:
        return None
    plain = own if len(own.rows) else aid.reported_frame(kept, AidView(donor=(iso3,)))
    return dataclasses.replace(plain, name="country-aid") if len(plain.rows) else None


def _running_sums(kept: Record) -> pd.DataFrame:
    """All kinds together, a row per month from the first to the last of the series and a column per donor."""
    booked = kept["aid_monthly"].pivot_table(index="month", columns="donor", values="allocated_eur", aggfunc="sum")
    months = pd.period_range(booked.index.min(), booked.index.max(), freq="M").astype(str)
    return booked.reindex(months).fillna(0.0).cumsum()


def _series_words(kept: Record, donor: str) -> dict:
    """What every value of a donor's series has in common."""
    rows = kept["aid_monthly"]
    source_id = rows.loc[rows["donor"] == donor, "source_id"].iloc[0]
    sources = kept["sources"].set_index("source_id")
    return {
        "donor": donor,
        "donor_name": kept.country_names[donor],
        "kind_words": labels.AID_KIND["total"],
        "measure_words": "allocated",
        "publisher": sources.loc[source_id, "publisher"],
        "source_id": source_id,
        "claim_ids": (),
        "backing": "record",
        "disputed": False,
        "weak": False,
    }


def _given(kept: Record, iso3: str, totals: pd.DataFrame) -> Frame:
    """The country's running sum with the median of all countries that give, and its articles' totals."""
    name, sums = kept.country_names[iso3], _running_sums(kept)
    countries = sums.drop(columns=EU_INSTITUTIONS, errors="ignore")
    median = countries.median(axis="columns")
    monthly = kept["aid_monthly"]
    booked = set(monthly.loc[monthly["donor"] == iso3, "month"])
    common = _series_words(kept, iso3)
    rows = pd.DataFrame(
        [
            common
            | {
                "series": "curve",
                "booked_here": month in booked,
                "amount_eur": amount,
                "amount_words": labels.euros(amount),
                "median_eur": median[month],
                "median_words": labels.euros(median[month]),
                "start": "",
                "end": dates.latest(month).isoformat(),
                "period_words": f"to {dates.words(month)}",
                "mark": f"curve|{iso3}|{month}",
                "heading": f"{name}: {labels.euros(amount)} allocated to {dates.words(month)}, all kinds",
            }
            for month, amount in sums[iso3].items()
        ]
    )
    if len(totals):
        rows = pd.concat([totals.assign(median_words=""), rows], ignore_index=True)
    last, final = sums.index[-1], countries.iloc[-1]
    rank = int((final > final[iso3]).sum()) + 1
    place = "the most" if rank == 1 else _ordinal(rank)
    middle = labels.euros(median[last])
    side = "above" if final[iso3] > median[last] else "below" if final[iso3] < median[last] else "at"
    title = (
        f"{name}: {labels.euros(final[iso3])} allocated by {dates.words(last)}, {place} of "
        f"{labels.counted(len(final), 'country', 'countries')} and {side} the median of {middle}"
    )
    return Frame(
        "country-aid",
        title,
        fit(f"Running sum of aid to Ukraine. {title}."),
        rows,
        {**aid.COLUMNS, "median_words": "Median country"},
        aid.aid_source_line(kept, rows),
        "Allocated: set aside for a named purpose or delivery, all kinds together, without a country's share of what "
        "the EU gives."
        + (
            " Totals of the articles count other things over their own periods; they are never added."
            if len(totals)
            else ""
        ),
    )


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _received(kept: Record, iso3: str) -> Frame:
    """What each donor allocated, by the last month of the series; nothing is added up."""
    sums = _running_sums(kept)
    last = dates.words(sums.index[-1])
    final = sums.iloc[-1].sort_values(ascending=False, kind="stable")
    rows = pd.DataFrame(
        [
            _series_words(kept, donor)
            | {
                "series": "donor",
                "amount_eur": amount,
                "amount_words": labels.euros(amount),
                "period_words": f"to {last}",
                "mark": f"received|{donor}",
                "heading": f"{kept.country_names[donor]}: {labels.euros(amount)} allocated to {last}, all kinds",
            }
            for donor, amount in final.items()
        ]
    )
    top = [f"{row.donor_name} {row.amount_words}" for row in rows.head(3).itertuples()]
    title = f"Aid to {kept.country_names[iso3]} from {len(rows)} donors by {last}: {labels.listed(top)} gave the most"
    return Frame(
        "country-aid",
        title,
        fit(f"Bars by donor. {title}."),
        rows,
        aid.COLUMNS,
        aid.aid_source_line(kept, rows),
        "Allocated: set aside for a named purpose or delivery, all kinds together. A country's share of what the EU "
        "gives stands with the EU alone.",
    )


def events_frame(record: Record, view: CountryView) -> Frame | None:
    """Its events as the Timeline has them, from the first on; None without any."""
    made = timeline.frame(record, TimelineView(country=(view.country,), evidence=view.evidence))
    return dataclasses.replace(made, name="country-events") if len(made.rows) else None


def _mentions(kept: Record, iso3: str) -> tuple[str, ...]:
    """The claims that name the country or have it speak."""
    claims, name = kept["claims"], _named(kept.country_names[iso3])
    said = claims["statement"].str.contains(name) | claims["said_by"].str.contains(name)
    return tuple(claims.loc[said, "claim_id"])


def _named(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _conflicts(kept: Record, iso3: str, frames: Sequence[Frame | None]) -> pd.DataFrame:
    """Conflicts over the country's own facts; those that name it stand first, and `names_it` tells them apart."""
    lists = [ids for frame in frames if frame for ids in _own(frame)["claim_ids"]]
    found = kept.conflicts_of([claim_id for ids in lists for claim_id in ids])
    every, name = kept["conflicts"], _named(kept.country_names[iso3])
    named = every[every["topic"].str.contains(name) | every["explanation"].str.contains(name)]
    rows = pd.concat([named.assign(names_it=True), found.assign(names_it=False)])
    return rows.drop_duplicates("conflict_id")


def _own(frame: Frame) -> pd.DataFrame:
    """The rows about the country itself, without what it supplies to others."""
    return frame.rows[frame.rows["dealing"] != "gives"] if "dealing" in frame.rows else frame.rows


def _links(
    view: CountryView, standing: Frame | None, given: Frame | None, events: Frame | None
) -> tuple[tuple[str, View], ...]:
    """Other views of the same country."""
    one, evidence = (view.country,), view.evidence
    links: list[tuple[str, View]] = [
        ("On the map", InitiativesView(view="map", country=one, evidence=evidence)),
    ]
    ids = tuple(dict.fromkeys(standing.rows["initiative_id"])) if standing else ()
    if ids:
        # The bare matrix shows the two camps; this country's other initiatives need naming.
        chosen = () if set(ids) <= {i for camp in membership.CAMPS.values() for i in camp} else ids
        links.append(
            ("In the matrix", InitiativesView(view="matrix", initiative=chosen, country=one, evidence=evidence))
        )
    if events:
        links.append(("On the timeline", TimelineView(country=one, evidence=evidence)))
    if given and view.country in set(given.rows["donor"]):
        links.append(("Its aid", AidView(donor=one, evidence=evidence)))
        links.append(("Its published totals", AidView(view="reported", donor=one, evidence=evidence)))
    elif given:
        links.append(("All aid", AidView(evidence=evidence)))
    return tuple(links)
