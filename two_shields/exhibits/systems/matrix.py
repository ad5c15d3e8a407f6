"""The matrix of countries by systems."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import CAMPS, STAGES
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, source_line
from two_shields.exhibits.matrix_card import first_countries, noted
from two_shields.exhibits.systems.looks import LOOKS, hover
from two_shields.exhibits.systems.standings import (
    FIRM,
    by_group,
    firmness,
    shown_systems,
    standings,
    stationed,
)
from two_shields.exhibits.systems.words import COLUMNS, caption, notes, nothing, unnamed
from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.text import phrases

#: As many countries as a card can hold.
MOST_CELLS = 11


def frame(record: Record, view: SystemsView) -> Frame:
    """Countries by systems: the same pairs, a cell each."""
    systems = shown_systems(record, view)
    rows = standings(record, systems, view.stage)
    title = _matrix_title(rows) if len(rows) else nothing(record, view, systems)
    own = rows[rows["track"] == "own"]
    return Frame(
        "systems-matrix",
        title,
        fit(
            f"Matrix of {phrases.count(rows['iso3'].nunique(), 'country', 'countries')} by "
            f"{phrases.count(rows['system_id'].nunique(), 'system')}. {title}.",
            f"Of {len(own)} pairs, {firmness(rows)}.",
        ),
        rows,
        COLUMNS,
        source_line(record, rows["claim_ids"]),
        f"{_letters(rows['stage'])}. An empty cell: nothing is reported." + caption(view),
        notes(record, view, systems, rows),
    )


def _matrix_title(rows: pd.DataFrame) -> str:
    """Who has or ordered systems of both camps; where only one camp is shown, who has or ordered the most."""
    firm = rows[rows["group"].isin(FIRM)]
    camps = firm[firm["camp"] != "other"].groupby("country")["camp"].nunique()
    both = sorted(camps[camps == 2].index)
    if both:
        verb = "has or ordered" if len(both) == 1 else "have or ordered"
        return f"{phrases.join(both, most=6)} {verb} systems of both camps"
    if {"german_led", "french_led"} <= set(rows["camp"]):
        return "No country is known to have or to have ordered systems of both camps"
    shown = rows["system_id"].nunique()
    if shown == 1 or firm.empty:
        return f"{phrases.join(list(rows['system'].unique()), most=3)}: {', '.join(by_group(rows)) or stationed(rows)}"
    counts = firm.groupby("country")["system_id"].nunique()
    most = sorted(counts[counts == counts.max()].index)
    verb = "has or ordered" if len(most) == 1 else "each have or ordered"
    return f"{phrases.join(most, most=4)} {verb} {counts.max()} of {shown} systems, the most"


def _letters(stages: pd.Series) -> str:
    """What the letters of the matrix mean, for those that it has."""
    present = [stage for code, stage in STAGES.items() if code in set(stages)]
    return ", ".join(f"{stage.letter} {stage.label}" for stage in present)


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Countries by systems: a letter, a shape and a colour per stage."""
    rows = frame.rows
    countries = sorted(rows["country"].unique())
    systems = list(dict.fromkeys(rows["system"]))
    twice = rows.duplicated(["system_id", "iso3"], keep=False)
    aside = min(0.24, 0.03 * len(systems))
    rows = rows.assign(
        x=rows["system"].map(systems.index) + twice * rows["track"].map({"own": -aside, "stationed": aside}),
        y=rows["country"].map(countries.index),
        twice=twice,
    )
    steep = len(systems) > 3
    made = Drawing(theme, height=(150 if steep else 70) + 26 * len(countries) + 100)
    for group, look in LOOKS.items():
        cells = rows[rows["group"] == group]
        if cells.empty:
            continue
        made.add_scatter(
            x=cells["x"],
            y=cells["y"],
            mode="markers",
            marker={
                "symbol": look.symbol,
                "size": [14 if double else 20 for double in cells["twice"]],
                "opacity": 1,
                "color": style.ink(look.colour, cells["backing"]),
            },
            customdata=cells["mark"].to_numpy()[:, None],
            hovertext=[hover(cell) for cell in cells.itertuples()],
            hoverinfo="text",
            name=look.words,
            showlegend=True,
        )
        made.add_scatter(
            x=cells["x"],
            y=cells["y"],
            mode="text",
            text=[
                "" if STAGES[stage].group == "refused" else f"<b>{STAGES[stage].letter}</b>" for stage in cells["stage"]
            ],
            textfont={
                "size": [9 if double else 11 for double in cells["twice"]],
                "color": style.on_ink(look.colour, cells["backing"], theme),
            },
            hoverinfo="skip",
            showlegend=False,
        )
    disputed = rows[rows["disputed"].astype(bool)]  # of no rows, a column of truths is taken for a choice of columns
    made.add_scatter(
            x=disputed["x"], y=disputed["y"], mode="text", text=[f"      {style.DISPUTED}"] * len(disputed),
            textposition="middle right", textfont={"size": 11}, hoverinfo="skip", showlegend=False,
        )  # fmt: skip
    made.update_layout(showlegend=True)
    _camps(made, rows, systems, len(countries))
    made.update_xaxes(
        side="top", tickvals=list(range(len(systems))),
        ticktext=systems if steep else [name.replace(" ", "<br>", 1) for name in systems],
        tickangle=-60 if steep else 0, range=[-0.6, len(systems) - 0.4], showgrid=False, zeroline=False,
    )  # fmt: skip
    made.update_yaxes(
        tickvals=list(range(len(countries))), ticktext=countries, range=[len(countries) + 0.6 * (rows["camp"].nunique() > 1) - 0.4, -0.6],
        gridcolor=style.GRID, showgrid=True, zeroline=False,
    )  # fmt: skip
    return made.figure()


def _camps(made: Drawing, rows: pd.DataFrame, systems: list[str], depth: int) -> None:
    """The camps' names under their systems, and a line between them."""
    if rows["camp"].nunique() < 2:
        return
    for camp, pairs in rows.groupby("camp", sort=False):
        places = sorted({systems.index(system) for system in pairs["system"]})
        made.add_annotation(
            x=sum(places) / len(places), y=depth - 0.25, text=f"<b>{CAMPS[camp].label}</b>", showarrow=False,
            font={"size": 11},
        )  # fmt: skip
        if places[0]:
            edge = places[0] - 0.5
            made.add_shape(
                type="line", x0=edge, x1=edge, y0=-0.6, y1=depth + 0.2, line={"color": style.GREY, "width": 1},
                opacity=0.6,
            )  # fmt: skip


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """The matrix of the countries that have or ordered the most systems, those with systems of both camps first."""
    firm = frame.rows[frame.rows["group"].isin(FIRM)]
    camps = firm[firm["camp"] != "other"].groupby("country")["camp"].nunique()
    weight = firm.groupby("country")["system_id"].nunique().add(100 * (camps > 1), fill_value=0)
    kept = first_countries(frame.rows, weight, MOST_CELLS)
    made = figure(replace(frame, rows=kept), theme)
    return noted(made, frame, kept, "those that have or ordered systems of both camps, then the most")


EXHIBIT = Exhibit(
    "systems-matrix", SystemsView, view="matrix", frame=frame, panels=(figure,), card=card, left_out=unnamed
)
