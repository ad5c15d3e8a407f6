"""The frames of the page Country: everything that the record has about one country, in parts that may be missing.

Here are the portrait with its summary, its standing, events, mentions and conflicts; its systems and its aid have
modules of their own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES
from two_shields.domain import membership, procurement, search
from two_shields.exhibits.country.aid import aid_frame
from two_shields.exhibits.country.systems import comma, systems_frame, the
from two_shields.exhibits.frame import Frame, conflicts_about, facts_of, fit, notes_on, source_line, with_evidence
from two_shields.exhibits.timeline import frames as timeline
from two_shields.record.cache import cached
from two_shields.record.record import Record, where
from two_shields.state.parameters import View
from two_shields.state.views import AidView, CountryView, InitiativesView, TimelineView
from two_shields.text import dates, phrases

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

    def copy(self, *, deep: bool = False) -> Portrait:
        """The same portrait with frames and conflicts of its own, as `Frame.copy` makes them."""
        parts = {name: getattr(self, name) for name in ("standing", "systems", "aid", "events", "conflicts")}
        copies = {name: part.copy(deep=deep) for name, part in parts.items() if part is not None}
        return dataclasses.replace(self, **copies)

    @property
    def is_silent(self) -> bool:
        """Whether the record says nothing about the country."""
        return not (self.standing or self.systems or self.aid or self.events or self.mentions)


@cached(most=128)
def portrait(record: Record, view: CountryView) -> Portrait:
    """Everything about the view's country, from the record as the evidence switch shows it."""
    kept, iso3 = record.only(view.evidence), view.country
    standing, systems = standing_frame(kept, iso3), systems_frame(kept, iso3)
    given, events = aid_frame(kept, iso3), events_frame(record, view)
    known = any(part is not None for part in (standing, systems, given, events))
    return Portrait(
        iso3,
        kept.country_names[iso3],
        _alliances(kept, iso3),
        _summary(kept, iso3) if known else (),
        standing,
        systems,
        given,
        events,
        () if known else _mentions(kept, iso3),
        _conflicts(kept, (standing, systems, given)),
        _links(view, standing, given, events),
    )


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
    rows = membership.standings(kept, "signed", None, (), iso3)
    words = {
        camp: _standings_words(kept, rows[rows["initiative_id"].isin(ids)]) for camp, ids in membership.CAMPS.items()
    }
    german, french = words["german_led"], words["french_led"]
    both = "; ".join(filter(None, (german, french)))
    first = {
        "both": f"{the(name)} stands in both camps. {both}.",
        "german_led": f"{the(name)} stands in the German-led camp. {both}."
        + ("" if french else " Nothing in the record puts it on the French-led track."),
        "french_led": f"{the(name)} stands on the French-led track. {'; '.join(filter(None, (french, german)))}."
        + ("" if german else " Nothing in the record puts it in the Sky Shield."),
        "neither": f"{the(name)} counts as in neither camp. {both}.",
        "unknown": f"The record does not say where {the(name, middle=True)} stands between the two camps.",
    }[state]
    bought = procurement.purchases(kept)
    bought = bought[bought["iso3"] == iso3]
    names = kept.system_names
    sure = [names[i] for i in dict.fromkeys(bought.loc[bought["stage"].isin(procurement.BOUGHT), "system_id"])]
    meant = [names[i] for i in dict.fromkeys(bought.loc[~bought["stage"].isin(procurement.BOUGHT), "system_id"])]
    parts = [f"has or ordered {phrases.join(sure)}"] if sure else []
    parts += [f"chose, means to buy or wants {phrases.join(meant)}"] if meant else []
    without_joining = state != "both" and bool(set(bought["camp"]) - {state})
    second = f"Of the camps' systems it {' and '.join(parts)}" + (
        ": buying is not joining." if without_joining else "."
    )
    return (first, second) if parts else (first,)


def _standings_words(kept: Record, rows: pd.DataFrame) -> str:
    """`Sky Shield (ESSI): signed memorandum, October 2023; JAMIE: joined, 14 November 2024`"""
    return "; ".join(
        f"{kept.initiative_names[row.initiative_id]}: {MEMBERSHIP_STATUSES[row.status].label}{comma(_when(row))}"
        for row in rows.itertuples()
    )


def _when(row) -> str:
    if not row.when:
        return ""
    return f"by {dates.words(row.when)}" if row.from_publication else dates.words(row.when)


def standing_frame(kept: Record, iso3: str) -> Frame | None:
    """One row per change of status, with a `level` within its initiative's lane; None without any."""
    rows = membership.changes(kept, iso3=iso3)
    if rows.empty:
        return None
    name, names = kept.country_names[iso3], kept.initiative_names
    current = membership.standings(kept, "signed", None, (), iso3).set_index("initiative_id")
    camps = dict(zip(kept["initiatives"]["initiative_id"], kept["initiatives"]["camp"], strict=True))
    order = {"german_led": 0, "french_led": 1, "other": 2}
    spans = [dates.span(day) if day else (None, None) for day in rows["when"]]
    rows = rows.assign(
        country=name,
        initiative=rows["initiative_id"].map(names),
        camp=rows["initiative_id"].map(camps),
        status_words=rows["status"].map(MEMBERSHIP_STATUSES.labels),
        letter=["" if status == "declined" else MEMBERSHIP_STATUSES[status].letter for status in rows["status"]],
        date_words=[_when(row) or "date not given" for row in rows.itertuples()],
        start=[first for first, _ in spans],
        end=[last for _, last in spans],
        placed=(rows["when"] != "").astype(bool),
        unsure=(rows["from_publication"] | (rows["date_basis"] == "inferred")).astype(bool),
        lane_words=[
            f"{names[i]}: {MEMBERSHIP_STATUSES[current.loc[i, 'status']].label}{comma(_when(current.loc[i]))}"
            for i in rows["initiative_id"]
        ],
        mark=rows["initiative_id"] + "|" + iso3 + "|" + rows["status"] + "|" + rows["date"],
    )
    rows["heading"] = [
        f"{name}, {row.initiative}: {row.status_words}{comma(_when(row))}"
        + (" (inferred)" if row.date_basis == "inferred" else "")
        for row in rows.itertuples()
    ]
    rows = rows.sort_values(
        ["camp", "initiative", "known_on"], key=lambda c: c.map(order) if c.name == "camp" else c, kind="stable"
    ).reset_index(drop=True)
    rows = with_evidence(kept, _stacked(rows).assign(facts=facts_of("memberships", rows["membership_id"])))
    current = current.loc[list(dict.fromkeys(rows["initiative_id"]))]
    inside = [names[i] for i in current.index[current["inside"]]]
    outside = [
        f"{names[row.Index]} ({MEMBERSHIP_STATUSES[row.status].label})"
        for row in current[~current["inside"]].itertuples()
    ]
    parts = [f"counts as in: {phrases.join(inside)}"] if inside else []
    parts += [f"does not count as in: {phrases.join(outside)}"] if outside else []
    title = f"{the(name)} {'; '.join(parts)}"
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


def events_frame(record: Record, view: CountryView) -> Frame | None:
    """Its events as the Timeline has them, from the first on; None without any."""
    made = timeline.frame(record, TimelineView(country=(view.country,), evidence=view.evidence))
    return dataclasses.replace(made, name="country-events") if len(made.rows) else None


def _mentions(kept: Record, iso3: str) -> tuple[str, ...]:
    """The claims in which the search finds the country's name."""
    claim_ids = kept["claims"]["claim_id"]
    return tuple(claim_ids[where(search.found(kept, claim_ids, kept.country_names[iso3]))])


def _conflicts(kept: Record, frames: Sequence[Frame | None]) -> pd.DataFrame:
    """The conflicts about cells of the country's own facts."""
    lists = [facts for frame in frames if frame and "facts" in frame.rows for facts in _own(frame)["facts"]]
    facts = [fact for facts in lists if isinstance(facts, tuple) for fact in facts]
    return conflicts_about(kept, pd.DataFrame({"facts": [tuple(facts)]}))


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
