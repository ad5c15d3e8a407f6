"""Where a country stands: its status in each initiative over time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, READINGS, STATUS_GROUPS
from two_shields.domain import membership
from two_shields.exhibits.country.summary import comma, describe, the, when_words
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, facts_of, fit, notes_on, source_line, with_evidence
from two_shields.exhibits.timeline.levels import levels, room_of_a_mark
from two_shields.record.record import Record
from two_shields.state.views import CountryView
from two_shields.text import dates, phrases

#: How much of the narrowest chart's width a mark with its letter takes.
LETTER_SHARE = 0.08


#: A step's colour and symbol, by the group of its status.
STATUS_LOOKS: Mapping[str, tuple[str, str]] = {
    "bound": (style.BLUE, "square"),
    "joined": (style.GREEN, "circle"),
    "intends": (style.ORANGE, "diamond"),
    "outside": (style.PURPLE, "triangle-up"),
    "declined": (style.GREY, "x"),
}
GROUP_OF: Mapping[str, str] = {code: status.group for code, status in MEMBERSHIP_STATUSES.items()}


def frame(kept: Record, view: CountryView) -> Frame | None:
    """One row per change of status, with a `level` within its initiative's lane; None without any."""
    iso3 = view.country
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
        date_words=[when_words(row) or "date not given" for row in rows.itertuples()],
        start=[first for first, _ in spans],
        end=[last for _, last in spans],
        placed=(rows["when"] != "").astype(bool),
        unsure=(rows["from_publication"] | (rows["date_basis"] == "inferred")).astype(bool),
        lane_words=[
            f"{names[i]}: {MEMBERSHIP_STATUSES[current.loc[i, 'status']].label}{comma(when_words(current.loc[i]))}"
            for i in rows["initiative_id"]
        ],
        mark=rows["initiative_id"] + "|" + iso3 + "|" + rows["status"] + "|" + rows["date"],
    )
    rows["heading"] = [
        f"{name}, {row.initiative}: {row.status_words}{comma(when_words(row))}"
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
        MEMBERSHIP_STATUSES[row.status].verb.format(names[row.Index])
        for row in current[~current["inside"]].itertuples()
    ]
    parts = [f"is in {phrases.join(inside)}"] if inside else []
    parts += outside
    title = f"{the(name)} {'; '.join(parts)}"
    letters = {row.letter: row.status_words for row in rows.itertuples() if row.letter}
    caption = (
        ["Letters: " + ", ".join(f"{letter} {words}" for letter, words in letters.items()) + "."] if letters else []
    )
    if rows["unsure"].any():
        caption.append("Hollow: the date is inferred, or is the day on which a source reported it.")
    caption.append(f"Counted as members: {READINGS['signed'].counts}.")
    return Frame(
        "country-standing",
        title,
        fit(f"Steps of status over time, a line per initiative. {title}.", "Now: " + "; ".join(dict.fromkeys(rows["lane_words"])) + "."),
        rows,
        {"initiative": "Initiative", "status_words": "Status", "date_words": "Date", "date_basis": "Date stated or inferred"},
        source_line(kept, rows["claim_ids"]),
        " ".join(caption),
        notes_on(kept, rows),
    )  # fmt: skip


def _stacked(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a level within their initiative, so that no letter covers another; -1 without a date."""
    level = pd.Series(-1, index=rows.index)
    placed = rows[rows["placed"]]
    if len(placed):
        room = room_of_a_mark(placed["start"].min(), placed["end"].max(), LETTER_SHARE)
        for _, lane in placed.groupby("initiative_id"):
            level.loc[lane.index] = levels(lane["start"], lane["end"], room)
    return rows.assign(level=level)


LEVEL_PX, NAME_PX = 26, 22


CAMP_COLOUR = {**style.STATE_COLOUR, "other": style.GREY}


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """A line per initiative, headed by the status now; a letter, a shape and a colour per step."""
    rows = frame.rows
    floor, bottom = {}, 0.0
    for initiative_id, lane in reversed(list(rows.groupby("initiative_id", sort=False))):
        floor[initiative_id] = bottom
        bottom += max(lane["level"].max(), 0) + 1 + NAME_PX / LEVEL_PX + 0.35
    made = Drawing(theme, height=int(bottom * LEVEL_PX) + 90)
    placed = rows[rows["placed"]]
    if placed.empty:
        return made.figure()
    first, last = placed["start"].min(), placed["end"].max()
    # A single day gets a year around it, so that the axis has something to say.
    room = max(room_of_a_mark(first, last, LETTER_SHARE), timedelta(days=0 if (last - first).days > 300 else 200))
    left, right = _at(first) - room, _at(last) + room
    for initiative_id, lane in rows.groupby("initiative_id", sort=False):
        base = floor[initiative_id]
        top = base + max(lane["level"].max(), 0)
        made.add_shape(
            type="line", x0=left, x1=right, y0=base, y1=base, line={"width": 1, "color": style.GRID}, layer="below",
        )  # fmt: skip
        made.add_annotation(
            x=0, xref="paper", y=top + 0.55 + NAME_PX / LEVEL_PX / 2, xanchor="left", yanchor="middle", showarrow=False,
            text=lane["lane_words"].iloc[0], font={"size": 12.5, "color": style.lettering(CAMP_COLOUR[lane["camp"].iloc[0]], theme)},
        )  # fmt: skip
        for group, (colour, symbol) in STATUS_LOOKS.items():
            steps = lane[lane["placed"] & (lane["status"].map(GROUP_OF) == group)]
            if len(steps):
                _steps(made, steps.assign(y=base + steps["level"]), colour, symbol)
    made.update_yaxes(visible=False, range=[-0.8, bottom])
    made.update_xaxes(type="date", range=[left, right], showgrid=True, gridcolor=style.GRID, tickangle=0, nticks=7)
    for group, (colour, symbol) in STATUS_LOOKS.items():
        if (placed["status"].map(GROUP_OF) == group).any():
            made.add_scatter(x=[None], y=[None], mode="markers", name=STATUS_GROUPS[group].meaning, showlegend=True, hoverinfo="skip",
                           marker={"symbol": symbol, "size": 11, "color": colour})  # fmt: skip
    made.update_layout(showlegend=True, legend={"y": -30 / made.height, "x": 0})
    return made.figure()


def _at(day) -> datetime:
    return datetime.combine(day, time(12))


def _steps(made: Drawing, steps: pd.DataFrame, colour: str, symbol: str) -> None:
    """Marks with their letters; a bar over the month or year where no day is known."""
    for step in steps[steps["start"] != steps["end"]].itertuples():
        made.add_scatter(x=[_at(step.start), _at(step.end)], y=[step.y, step.y], mode="lines", hoverinfo="skip",
                       showlegend=False, line={"color": style.faded(colour, 0.28), "width": 14})  # fmt: skip
    ink = style.ink(colour, steps["backing"])
    on_ink = style.on_ink(colour, steps["backing"], made.theme)
    letters = [made.text if unsure else letter for unsure, letter in zip(steps["unsure"], on_ink, strict=True)]
    made.add_scatter(
        x=[_at(step.start + (step.end - step.start) / 2) for step in steps.itertuples()],
        y=steps["y"],
        mode="markers+text",
        marker={
            "symbol": [f"{symbol}-open" if unsure else symbol for unsure in steps["unsure"]],
            "size": 20,
            "color": ink,
            "line": {"width": 1.8, "color": ink},
        },
        text=[f"<b>{letter}</b>" for letter in steps["letter"]],
        textfont={"size": 11, "color": letters},
        customdata=steps["mark"].to_numpy()[:, None],
        hovertext=style.marked(steps["heading"], steps["disputed"]),
        hoverinfo="text",
        showlegend=False,
    )


EXHIBIT = Exhibit("country-standing", CountryView, frame=frame, panels=(figure,), order=0, describe=describe)
