"""The matrix of countries by initiatives: a status and its date in each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, STATUS_GROUPS
from two_shields.domain import membership
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, notes_on, source_line, with_evidence
from two_shields.exhibits.initiatives.places import QUESTION
from two_shields.exhibits.initiatives.readings import caption, scope, when_words
from two_shields.exhibits.matrix_card import first_countries, noted
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView
from two_shields.text import phrases

#: As many countries as a card can hold.
MOST_COUNTRIES = 8


def frame(record: Record, view: InitiativesView) -> Frame:
    countries, initiatives = record.country_names, record.initiative_names
    # With the articles alone, an initiative that none of them tells of is no column.
    columns = tuple(i for i in view.initiative or QUESTION if i in initiatives)
    rows = membership.standings(record, view.reading, view.as_of, columns or ("",))
    if view.country:
        rows = rows[rows["iso3"].isin(view.country)]
    rows = rows.assign(
        country=rows["iso3"].map(countries),
        initiative=rows["initiative_id"].map(initiatives),
        status_words=rows["status"].map(MEMBERSHIP_STATUSES.labels),
        date_words=[when_words(row.when, row.from_publication) for row in rows.itertuples()],
        short_date=[f"by {row.when}" if row.from_publication else row.when for row in rows.itertuples()],
        column=rows["initiative_id"].map({initiative_id: place for place, initiative_id in enumerate(columns)}),
        counts=rows["inside"].map({True: "yes", False: "no"}),
        mark=rows["initiative_id"] + "|" + rows["iso3"],
    )
    rows["heading"] = rows["country"] + ", " + rows["initiative"] + ": " + rows["status_words"]
    rows = with_evidence(record, rows).sort_values(["country", "initiative"])
    inside = rows[rows["inside"]]
    totals = inside.groupby("initiative_id")["iso3"].nunique()
    parts = [f"{initiatives[i]} {totals.get(i, 0)}" for i in columns]
    several = inside.groupby("country")["initiative_id"].nunique()
    most = several[several > 1].sort_values(ascending=False, kind="stable")
    finding = (
        f"{most.index[0]} is in {most.iloc[0]} of {len(columns)} initiatives, more than any other country"
        if len(most) and (len(most) == 1 or most.iloc[0] > most.iloc[1])
        else f"{phrases.spelled(len(most), 'country is', 'countries are')} in more than one of {len(columns)} initiatives"
    )
    title = phrases.capital(scope(record, view) + finding)
    return Frame(
        "initiatives-matrix",
        title,
        fit(
            f"Matrix of {phrases.count(rows['iso3'].nunique(), 'country', 'countries')} by "
            f"{phrases.count(len(columns), 'initiative')}. {title}.",
            f"Members by initiative: {', '.join(parts)}.",
        ),
        rows,
        {
            "country": "Country",
            "initiative": "Initiative",
            "status_words": "Status",
            "date_words": "Date",
            "counts": "Counted as a member",
        },
        source_line(record, rows["claim_ids"]),
        caption(record, view, columns) + _letters(rows["status"]),
        notes_on(record, rows),
    )


def _letters(statuses: pd.Series) -> str:
    """What the letters of the matrix mean, for those that it has."""
    present = [status for code, status in MEMBERSHIP_STATUSES.items() if code in set(statuses)]
    return " " + ", ".join(f"{status.letter} {status.label}" for status in present) + "."


#: The colour and symbol of each group of statuses.
STATUS_LOOKS: Mapping[str, tuple[str, str]] = {
    "bound": (style.BLUE, "square"),
    "joined": (style.GREEN, "circle"),
    "intends": (style.ORANGE, "diamond"),
    "outside": (style.PURPLE, "triangle-up"),
    "declined": (style.GREY, "x"),
}
GROUP_OF: Mapping[str, str] = {code: status.group for code, status in MEMBERSHIP_STATUSES.items()}


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Countries by initiatives: a letter, a shape and a colour per status, its date beside it."""
    rows = frame.rows
    countries = sorted(rows["country"].unique(), reverse=True)
    initiatives = list(dict.fromkeys(rows.sort_values("column")["initiative"]))
    made = Drawing(theme, height=100 + 50 * max(len(countries), 2))
    groups = rows["status"].map(GROUP_OF)
    for group, (colour, symbol) in STATUS_LOOKS.items():
        cells = rows[groups == group]
        if cells.empty:
            continue
        made.add_scatter(
            x=cells["initiative"],
            y=cells["country"],
            mode="markers+text",
            marker={
                "symbol": symbol,
                "size": 22,
                "color": style.ink(colour, cells["backing"]),
                "line": {"width": 1.5, "color": colour},
            },
            text=style.marked(cells["short_date"], cells["disputed"]),
            textposition="bottom center",
            textfont={"size": 10},
            customdata=cells["mark"].to_numpy()[:, None],
            hovertext=cells["heading"] + "<br>" + cells["date_words"],
            hoverinfo="text",
            name=STATUS_GROUPS[group].meaning,
            showlegend=True,
        )
        made.add_scatter(
            x=cells["initiative"],
            y=cells["country"],
            mode="text",
            text=[f"<b>{MEMBERSHIP_STATUSES[status].letter}</b>" for status in cells["status"]],
            textfont={"size": 12, "color": style.on_ink(colour, cells["backing"], theme)},
            hoverinfo="skip",
            showlegend=False,
        )
    made.update_layout(showlegend=True)
    made.update_xaxes(
        side="top", categoryorder="array", categoryarray=initiatives,
        tickvals=initiatives, ticktext=[_wrapped(name) for name in initiatives],
        tickangle=0, range=[-0.5, max(len(initiatives), 1) - 0.5], showgrid=False,
    )  # fmt: skip
    made.update_yaxes(
        categoryorder="array",
        categoryarray=countries,
        range=[-0.6, max(len(countries), 1) - 0.4],
        gridcolor=style.GRID,
        tickson="boundaries",
        showgrid=True,
    )
    return made.figure()


def _wrapped(name: str) -> str:
    return name.replace(" ", "<br>", 1)


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """The matrix of the countries that are in the most initiatives."""
    inside = frame.rows[frame.rows["inside"]].groupby("country")["initiative_id"].nunique()
    kept = first_countries(frame.rows, inside, MOST_COUNTRIES)
    made = figure(replace(frame, rows=kept), theme)
    return noted(made, frame, kept, "those in the most initiatives")


EXHIBIT = Exhibit("initiatives-matrix", InitiativesView, view="matrix", frame=frame, panels=(figure,), card=card)
