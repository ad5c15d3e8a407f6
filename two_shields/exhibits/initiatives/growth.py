"""Members over time: named ones one by one, counted ones as sources count them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import SERIES, Drawing
from two_shields.domain import membership
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, notes_on, source_line, with_evidence
from two_shields.exhibits.initiatives.readings import caption, scope, when_words
from two_shields.record.record import Record, where
from two_shields.state.views import InitiativesView
from two_shields.text import dates, phrases


def frame(record: Record, view: InitiativesView) -> Frame:
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
            parts.append(f"{names[initiative_id]}: sources count {last_count} members and name {by_name}")
        elif by_name:
            parts.append(f"{names[initiative_id]}: {phrases.count(by_name, 'member')}")
    title = phrases.capital(scope(record, view) + ("; ".join(parts) or "no member is known, as counted here"))
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
        caption(record, view, shown) + " A bar covers the month or year of a step whose day is not known.",
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
        "series_short": {"named": "by name", "counted": "counted by sources"}[series],
        "when": when,
        "date_words": date_words,
        "members": members,
        "who": who,
        "mark": f"{series}|{initiative_id}|{when}|{members}",
        "heading": f"{record.initiative_names[initiative_id]}, {heading}",
        "claim_ids": tuple(dict.fromkeys(claim_id for ids in claim_lists for claim_id in ids)),
        "facts": facts,
    }


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False, height: int = 420) -> go.Figure:
    """Members over time, as steps; nothing is drawn between what is known."""
    rows = frame.rows[frame.rows["when"] != ""]
    made = Drawing(theme, height=height)
    last_day = max((dates.latest(day) for day in rows["when"]), default=None)
    initiatives = list(dict.fromkeys(rows["initiative_id"]))
    starts = []
    for (initiative_id, series), steps in rows.groupby(["initiative_id", "series"], sort=False):
        colour, _, symbol = SERIES[initiatives.index(initiative_id) % len(SERIES)]
        counted = series == "counted"
        # A step stands where it had surely happened; the bar before it is when it may have.
        days = [dates.latest(day) for day in steps["when"]]
        # Counts beside names are marks only: the line is that of the names.
        both = rows[(rows["initiative_id"] == initiative_id) & (rows["series_short"] == "named and counted")]
        if not counted or both.empty:
            label = f"{steps['initiative'].iloc[0]}, {steps['series_short'].iloc[-1]}"
            starts.append((days[0], int(steps["members"].iloc[0]), label, colour))
            made.add_scatter(
                x=[*days, last_day],
                y=[*steps["members"], steps["members"].iloc[-1]],
                mode="lines",
                line={"shape": "hv", "color": colour, "width": 2, "dash": "dot" if counted else "solid"},
                hoverinfo="skip",
            )
        for step in steps.itertuples():
            first, last = dates.span(step.when)
            if first != last:
                made.add_scatter(
                        x=[first, last], y=[step.members] * 2, mode="lines", hoverinfo="skip",
                        line={"color": style.faded(colour, 0.3), "width": 10},
                    )  # fmt: skip
        made.add_scatter(
            x=days,
            y=steps["members"],
            mode="markers+text",
            marker={
                "symbol": f"{symbol}-open" if counted else symbol,
                "size": 13,
                "color": style.ink(colour, steps["backing"]),
                "line": {"width": 2, "color": colour},
            },
            text=style.marked(steps["members"], steps["disputed"]),
            # Two lines may pass through one point: their numbers stand on either side of it.
            textposition="top right" if initiatives.index(initiative_id) % 2 else "top center",
            customdata=steps["mark"].to_numpy()[:, None],
            hovertext=steps["heading"],
            hoverinfo="text",
        )
    for day, members, label, colour in starts:
        made.add_annotation(
            x=day, y=members, text=label, font={"color": style.lettering(colour, theme), "size": 12}, showarrow=False,
            xanchor="left", yanchor="top", yshift=-10, xshift=-6,
        )  # fmt: skip
    top = max(rows["members"], default=1)
    made.update_yaxes(range=[-0.06 * top, 1.18 * top], nticks=6)
    made.update_xaxes(type="date")
    return made.figure()


EXHIBIT = Exhibit("initiatives-growth", InitiativesView, view="growth", frame=frame, panels=(figure,))
