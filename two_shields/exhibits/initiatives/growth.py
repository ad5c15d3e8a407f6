"""The frame of members over time: steps by name, and the counts that sources give."""

from __future__ import annotations

from datetime import date

import pandas as pd

from two_shields.domain import membership
from two_shields.exhibits.frame import Frame, fit, notes_on, source_line, with_evidence
from two_shields.exhibits.initiatives.readings import caption, day_words, sentence, when_words
from two_shields.record.record import Record, where
from two_shields.state.views import InitiativesView
from two_shields.text import dates, phrases


def growth_frame(record: Record, view: InitiativesView) -> Frame:
    """Steps of membership: `named` counts countries that the record names, `counted` what a source counts."""
    shown = view.initiative or tuple(i for i in ("essi", "mistral-joint-purchase") if i in record.initiative_names)
    named = _named_steps(record, view, shown)
    rows = with_evidence(record, _one_where_both(named, _counted_steps(record, view, shown)))
    names = record.initiative_names
    parts = []
    for initiative_id in shown:
        steps = rows[rows["initiative_id"] == initiative_id]
        by_name = (
            int(steps.loc[steps["series"] == "named", "members"].max()) if (steps["series"] == "named").any() else 0
        )
        counts = steps[steps["series_short"] != "by name"]
        counts = counts.sort_values("when", key=_last_days, kind="stable")
        last_count = int(counts["members"].iloc[-1]) if len(counts) else 0
        if last_count > by_name:
            parts.append(f"{names[initiative_id]}: {last_count} counted, {by_name} of them known by name")
        elif by_name:
            parts.append(f"{names[initiative_id]}: {phrases.count(by_name, 'member')} by name")
    title = sentence(day_words(view), "; ".join(parts) or "the record counts no member under this reading")
    first = rows[rows["initiative_id"] == shown[0]] if shown else rows
    first = first.sort_values("when", key=_last_days, kind="stable")
    return Frame(
        "initiatives-growth",
        title,
        fit(
            f"Members over time. {title}.",
            " ".join(f"{row.date_words}: {row.members}." for row in first.itertuples()),
        ),
        rows,
        {
            "initiative": "Initiative",
            "date_words": "Date",
            "members": "Members",
            "series_words": "What is counted",
            "who": "Who, or what the source counts",
        },
        source_line(record, rows["claim_ids"]),
        caption(view) + " A bar marks when a step dated only to the month or year may have been.",
        notes_on(record, rows),
    )


def _last_days(days: pd.Series) -> pd.Series:
    """The key that sorts a column of dates of any length."""
    return days.map(_last_day)


def _last_day(day: str) -> date:
    """The last day that a date can mean; a blank one comes before all."""
    return dates.latest(day) if day else date.min


STEP_COLUMNS = [
    "initiative_id", "initiative", "series", "series_words", "series_short", "when", "date_words",
    "members", "who", "mark", "heading", "claim_ids", "facts",
]  # fmt: skip


def _named_steps(record: Record, view: InitiativesView, shown: tuple[str, ...]) -> pd.DataFrame:
    rows = membership.standings(record, view.reading, view.as_of, shown or ("",))
    rows = rows[rows["inside"]]
    if view.country:
        rows = rows[rows["iso3"].isin(view.country)]
    entries: dict[str, dict[str, list]] = {}
    for row in rows.itertuples(index=False):
        entries.setdefault(row.initiative_id, {}).setdefault(row.since, []).append(row)
    steps = []
    for initiative_id, days in sorted(entries.items()):
        total = 0
        for day in sorted(days, key=lambda day: (_last_day(day), day)):
            entering = days[day]
            total += len(entering)
            who = phrases.join([record.country_names[row.iso3] for row in entering])
            when = when_words(day, all(row.since_from_publication for row in entering)) or "date not given"
            claim_lists = [row.since_claim_ids for row in entering]
            facts = tuple(fact for row in entering for fact in row.since_facts)
            steps.append(
                _step(record, initiative_id, "named", day, when, total, who, f"{when}: {who}", claim_lists, facts)
            )
    return pd.DataFrame(steps, columns=STEP_COLUMNS)


def _counted_steps(record: Record, view: InitiativesView, shown: tuple[str, ...]) -> pd.DataFrame:
    if view.country:
        return pd.DataFrame(columns=STEP_COLUMNS)
    rows = record["member_counts"]
    rows = rows[rows["initiative_id"].isin(shown)]
    rows = rows[rows["reading"] == view.reading]
    if view.as_of:
        rows = rows[where(bool(day) and dates.latest(day) <= view.as_of for day in rows["date"])]
    rows = rows.sort_values("date", key=_last_days, kind="stable")
    return pd.DataFrame(
        [
            _step(
                record,
                row.initiative_id,
                "counted",
                row.date,
                dates.words(row.date),
                members,
                row.basis,
                f"{dates.words(row.date)}: {members} {row.basis}",
                [row.claim_ids],
                (f"member_counts/{row.count_id}",),
            )
            for row, members in zip(rows.itertuples(), rows["count"].astype(int), strict=True)
        ],
        columns=STEP_COLUMNS,
    )


def _one_where_both(named: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Both kinds of steps; where a source's count is what the names add up to that day, one step for both."""
    told = counted.to_dict("records")
    twins: dict[tuple, list[dict]] = {}
    for step in told:
        twins.setdefault((step["initiative_id"], step["when"], step["members"]), []).append(step)
    merged = named.to_dict("records")
    for step in merged:
        for twin in twins.pop((step["initiative_id"], step["when"], step["members"]), ()):
            step["claim_ids"] = tuple(dict.fromkeys((*step["claim_ids"], *twin["claim_ids"])))
            step["facts"] = (*step["facts"], *twin["facts"])
            step["series_words"] = "members that the record names and a source counts"
            step["series_short"] = "named and counted"
    rest = {step["mark"] for steps in twins.values() for step in steps}
    merged += [step for step in told if step["mark"] in rest]
    return pd.DataFrame(merged, columns=STEP_COLUMNS)


def _step(record, initiative_id, series, when, date_words, members, who, heading, claim_lists, facts) -> dict:
    return {
        "initiative_id": initiative_id,
        "initiative": record.initiative_names[initiative_id],
        "series": series,
        "series_words": {"named": "members that the record names", "counted": "members that a source counts"}[series],
        "series_short": {"named": "by name", "counted": "as counted"}[series],
        "when": when,
        "date_words": date_words,
        "members": members,
        "who": who,
        "mark": f"{series}|{initiative_id}|{when}|{members}",
        "heading": f"{record.initiative_names[initiative_id]}, {heading}",
        "claim_ids": tuple(dict.fromkeys(claim_id for ids in claim_lists for claim_id in ids)),
        "facts": facts,
    }
