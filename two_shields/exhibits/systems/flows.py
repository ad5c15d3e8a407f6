"""The flows: who makes what for whom, and how far it has come.

The flow is drawn as one small tree per system, not as a Sankey: each link ends at its own country, in the
column of the stage that it has reached. So links never cross, a line that stops short of delivery is seen
to stop, every end can be clicked, and a narrow screen holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import CAMPS, STAGES
from two_shields.exhibits import card_bars
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, source_line
from two_shields.exhibits.systems.looks import LOOKS, hover
from two_shields.exhibits.systems.standings import (
    by_group,
    firm_title,
    firmness,
    shown_systems,
    standings,
    stationed,
)
from two_shields.exhibits.systems.words import COLUMNS, capital, caption, notes, nothing, unnamed
from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.text import phrases

#: As many bars as a card can hold.
MOST_BARS = 10


def frame(record: Record, view: SystemsView) -> Frame:
    """Who makes what for whom: every pair of a system and a country, at the stage that it has reached."""
    systems = shown_systems(record, view)
    rows = standings(record, systems, view.stage)
    own = rows[rows["track"] == "own"]
    if rows.empty:
        title = nothing(record, view, systems)
    elif rows["system_id"].nunique() == 1:
        countries = phrases.count(own["iso3"].nunique(), "country", "countries")
        parts = "; ".join(filter(None, (", ".join(by_group(rows)), stationed(rows))))
        title = (
            f"{rows['system'].iloc[0]} and {countries}: {parts}" if len(own) else f"{rows['system'].iloc[0]}: {parts}"
        )
    else:
        title = firm_title(own) if len(own) else capital(stationed(rows))
    camps = [
        f"{CAMPS[camp].label}: {firmness(pairs)}"
        for camp, pairs in rows.groupby("camp", sort=False)
        if rows["camp"].nunique() > 1
    ]
    return Frame(
        "systems-flows",
        title,
        fit(f"Which countries have, ordered or want which systems. {title}.", *(f"{part}." for part in camps)),
        rows,
        COLUMNS,
        source_line(record, rows["claim_ids"]),
        "Each line runs from the makers' country to the system and on to a country, as far as the system has come; on "
        "broken lines nothing is signed. “+”: something less firm was reported later, such as a further order."
        + "".join(f" {part}." for part in camps)
        + caption(view),
        notes(record, view, systems, rows),
    )


#: The columns of the flow, from the loosest to the firmest; the last is beside that order.
STAGE_COLUMNS: tuple[tuple[str, ...], ...] = (("unsigned",), ("ordered",), ("has",), ("refused", "stationed"))


LINE = 17  # px


LONGEST_NAME = 11


class _Chip(NamedTuple):
    """A country at the end of its link."""

    x: float
    y: float
    row: tuple


class _Words(NamedTuple):
    """Words that begin at a place, as high as it."""

    x: float
    y: float
    text: str
    size: int


@dataclass
class _Drawing:
    """What the flow is drawn of, collected from the top down; `y` counts lines."""

    y: float = 0
    lines: dict[str, tuple[list, list]] = field(default_factory=dict)
    chips: list[_Chip] = field(default_factory=list)
    words: list[_Words] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)

    def line(self, look: str, *points: tuple[float, float]) -> None:
        xs, ys = self.lines.setdefault(look, ([], []))
        xs += [*(x for x, _ in points), None]
        ys += [*(-y for _, y in points), None]

    def write(self, x: float, y: float, text: str, *, size: int) -> None:
        self.words.append(_Words(x, -y, text, size))


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """From the makers' country to the system, and on to each country in the column of its stage."""
    rows = frame.rows
    present = set(rows["group"])
    columns = [groups for groups in STAGE_COLUMNS if present & set(groups)]
    drawing = _Drawing()
    for camp, systems in rows.groupby("camp", sort=False):
        if rows["camp"].nunique() > 1:
            drawing.write(0, drawing.y, f"<b>{CAMPS[camp].label}</b>", size=15)
            drawing.y += 1.1
        _headings(drawing, columns, set(rows["stage"]))
        for _, countries in systems.groupby("system_id", sort=False):
            _tree(drawing, list(countries.itertuples(index=False)), columns)
        drawing.y += 0.3
    made = Drawing(theme, height=round(LINE * (drawing.y + 0.5)) + 8)
    for look, (xs, ys) in drawing.lines.items():
        line = (
            {"color": style.faded(style.GREY, 0.6), "width": 1.5}
            if look == "trunk"
            else {
                "color": style.faded(LOOKS[look].colour, 0.75),
                "width": LOOKS[look].width,
                "dash": LOOKS[look].dash,
            }
        )
        made.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip")
    _chips(made, drawing.chips)
    made.add_scatter(  # one trace: an annotation is drawn by itself, which takes a browser longer
            x=[words.x for words in drawing.words], y=[words.y for words in drawing.words],
            text=[words.text for words in drawing.words], mode="text", textposition="middle right",
            textfont={"size": [words.size for words in drawing.words], "color": style.TEXT[theme]},
            hoverinfo="skip", cliponaxis=False,
        )  # fmt: skip
    for y in drawing.rules:
        made.add_shape(type="line", x0=0, x1=len(columns), y0=-y, y1=-y, line={"color": style.GRID, "width": 1})
    made.update_xaxes(visible=False, range=[0, len(columns)])
    made.update_yaxes(visible=False, range=[-drawing.y - 0.2, 0.9])
    made.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4})
    return made.figure()


def _headings(drawing: _Drawing, columns: list[tuple[str, ...]], stages: set[str]) -> None:
    """Each column's stages, in words."""
    for place, groups in enumerate(columns):
        shown = [
            LOOKS[group].heading if group != "refused" or "refused" in stages else STAGES["declined"].label
            for group in groups
            if any(STAGES[stage].group == group for stage in stages)
        ]
        text = ",<br>".join(shown)
        drawing.write(place + 0.02, drawing.y + 0.5, text, size=11)
    drawing.y += 1.45
    drawing.rules.append(drawing.y)
    drawing.y += 0.8


def _tree(drawing: _Drawing, rows: list, columns: list[tuple[str, ...]]) -> None:
    """One system: its origin and name, a trunk to the right, and under each stage its countries."""
    drawing.write(0, drawing.y, f"{rows[0].made_in or 'origin not given'} → <b>{rows[0].system}</b>", size=13)
    top = drawing.y + 0.75
    deepest, last = top, 0
    for place, groups in enumerate(columns):
        y = top
        for group in groups:
            pairs = sorted((row for row in rows if row.group == group), key=_from)
            if not pairs:
                continue
            rail, last = place + 0.02, place
            start = top if y == top else y
            for words, givers in groupby(pairs, key=_from):
                if words:
                    lines = words.count("<br>") + 1
                    y += 0.35 + 0.6 * lines
                    drawing.write(place + 0.07, y - 0.3 * (lines - 1), words, size=10)
                for row in givers:
                    y += 1
                    drawing.line(group, (rail, y), (place + 0.09, y))
                    drawing.chips.append(_Chip(place + 0.1, -y, row))
            drawing.line(group, (rail, start), (rail, y))
        deepest = max(deepest, y)
    drawing.line("trunk", (0, top), (last + 0.02, top))
    drawing.y = deepest + 1.45


def _from(row) -> str:
    """Who gives it, where that is not whoever makes it: `from EST, NOR`."""
    makers = row.made_in
    if not row.givers or row.giver_words == makers:
        return ""
    return "from " + ",<br>".join(", ".join(row.givers[i : i + 2]) for i in range(0, len(row.givers), 2))


def _chips(made: Drawing, chips: list[_Chip]) -> None:
    """The countries: a mark of their stage, and their name."""
    for group in dict.fromkeys(chip.row.group for chip in chips):
        look, ends = LOOKS[group], [chip for chip in chips if chip.row.group == group]
        made.add_scatter(
            x=[chip.x for chip in ends],
            y=[chip.y for chip in ends],
            mode="markers+text",
            text=[_label(chip, chips) for chip in ends],
            textposition="middle right",
            textfont={"size": 11},
            marker={
                "symbol": look.symbol,
                "size": 10,
                "color": style.ink(look.colour, [chip.row.backing for chip in ends]),
            },
            customdata=[[chip.row.mark] for chip in ends],
            hovertext=[hover(chip.row) for chip in ends],
            hoverinfo="text",
            name=look.words,
        )


def _label(chip: _Chip, chips: list[_Chip]) -> str:
    """The country's name with its signs; its code where the name would run into the next column."""
    has_neighbour = any(chip.x < other.x < chip.x + 1.5 and abs(other.y - chip.y) < 0.9 for other in chips)
    row = chip.row
    name = row.iso3 if len(row.country) > LONGEST_NAME - 3 * has_neighbour else row.country
    signs = ("+" if row.more else "") + (style.DISPUTED if row.disputed else "")
    return f"{name} {signs}".rstrip()


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """How many countries stand at which stage of each system."""
    names = list(dict.fromkeys(frame.rows["system"]))
    sizes = frame.rows["system"].value_counts()
    shown = sorted(names, key=lambda name: (-sizes[name], names.index(name)))[:MOST_BARS]
    names = [name for name in names if name in shown][::-1]
    made = Drawing(theme, height=card_bars.HEIGHT)
    for (group, look), pattern in zip(LOOKS.items(), card_bars.PATTERNS, strict=False):
        counts = frame.rows.loc[frame.rows["group"] == group, "system"].value_counts().reindex(names).dropna()
        if counts.empty:
            continue
        made.add_bar(
            x=counts,
            y=list(counts.index),
            orientation="h",
            name=look.words,
            marker=card_bars.area(look.colour, pattern),
            text=[f"<b>{count:.0f}</b>" for count in counts],
            textposition="inside",
            textangle=0,
            insidetextfont={"size": card_bars.LETTERS, "color": style.on_ink(look.colour, ("article",), theme)[0]},
            showlegend=True,
        )
    made.update_xaxes(visible=False)
    made.update_yaxes(categoryorder="array", categoryarray=names, showgrid=False, tickfont={"size": card_bars.LETTERS})
    total = frame.rows["system"].nunique()
    return card_bars.stacked(
        made, "countries per system" + (f", {len(names)} of {total} systems" if len(names) < total else "")
    )


EXHIBIT = Exhibit(
    "systems-flows", SystemsView, view="flows", frame=frame, panels=(figure,), card=card, left_out=unnamed
)
