"""Members over time as steps: a line per camp, its last number and name at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from two_shields.charts.palette import CAMP_SYMBOL, MARKS, WORDS
from two_shields.charts.style import GRID, Drawing

#: Pixels between the chart's edge and the first day.
LEFT = 6


@dataclass(frozen=True)
class Step:
    """From `day` on there are `members`; `mark` is what a click chooses. `camp` says whom a published count is of."""

    day: date
    members: int
    mark: str
    hover: str
    camp: str = ""


@dataclass(frozen=True)
class Line:
    """A camp's steps, in order of time, and its name."""

    camp: str
    name: str
    steps: tuple[Step, ...]


def draw_steps(
    drawing: Drawing,
    lines: Sequence[Line],
    span: tuple[date, date],
    *,
    right: int,
    width: float = 600,
    letters: float = 12,
    counts: Sequence[Step] = (),
) -> None:
    """The lines from the first to the last day of the span, with `right` pixels for their names, in a chart so wide.

    Sky Shield's line has a number at each step; `counts`, which sources published, are crosses apart from the lines.
    """
    first, last = span
    top = max((step.members for line in lines for step in line.steps), default=1)
    top = max([top, *(count.members for count in counts)])
    # How many pixels a day and a member take.
    room, rise = (width - right - LEFT) / max((last - first).days, 1), (drawing.height - 38) / (1.15 * top)
    colours, words = MARKS[drawing.theme], WORDS[drawing.theme]
    for year in range(first.year + 1, last.year + 1):
        drawing.line(date(year, 1, 1), 0, date(year, 1, 1), 1, GRID, yref="paper", layer="below")
    for line in lines:
        if not line.steps:
            continue
        # What came before the first day drawn is where the line begins, with the mark of the last of it.
        before = [step for step in line.steps if step.day < first][-1:]
        steps = [*before, *(step for step in line.steps if step.day >= first)]
        days, members = [max(step.day, first) for step in steps], [step.members for step in steps]
        start = members[0] if before else 0
        drawing.add_scatter(
            x=[first, *days, last], y=[start, *members, members[-1] if members else start], mode="lines", hoverinfo="skip",
            line={"shape": "hv", "color": colours[line.camp], "width": 2.4 if line.camp != "both" else 1.6},
        )  # fmt: skip
        drawing.add_scatter(
            x=days,
            y=members,
            mode="markers+text" if line.camp == "german_led" else "markers",
            marker={
                "symbol": CAMP_SYMBOL.get(line.camp, "circle"), "size": 8, "color": drawing.ground,
                "line": {"width": 2, "color": colours[line.camp]},
            },
            text=_numbers(days, members, room, rise) if line.camp == "german_led" else None,
            textposition="top center",
            textfont={"size": letters - 0.5, "color": words[line.camp]},
            customdata=[[step.mark] for step in steps],
            hovertext=[step.hover for step in steps],
            hoverinfo="text",
            cliponaxis=False,
        )  # fmt: skip
    if counts:
        drawing.add_scatter(
            x=[count.day for count in counts],
            y=[count.members for count in counts],
            mode="markers",
            marker={"symbol": "cross-thin-open", "size": 12, "line": {"width": 1.6}, "color": [colours[c.camp] for c in counts]},
            customdata=[[count.mark] for count in counts],
            hovertext=[count.hover for count in counts],
            hoverinfo="text",
        )  # fmt: skip
    _ends(drawing, lines, last, letters, top)
    drawing.update_layout(margin={"l": LEFT, "r": right, "t": 16, "b": 22})
    drawing.update_xaxes(type="date", range=[first, last], tickformat="%Y", dtick="M12", showgrid=False)
    drawing.update_yaxes(visible=False, range=[-0.03 * top, 1.12 * top])


def _numbers(days: Sequence[date], members: Sequence[int], room: float, rise: float) -> list[str]:
    """A number above each step; where two would touch, the later one has it."""
    texts = [str(number) for number in members]
    for at in range(len(texts) - 2, -1, -1):
        after = next(later for later in range(at + 1, len(texts)) if texts[later])
        if (days[after] - days[at]).days * room < 20 and abs(members[after] - members[at]) * rise < 16:
            texts[at] = ""
    return texts


def _ends(drawing: Drawing, lines: Sequence[Line], last: date, letters: float, top: int) -> None:
    """Number and name at each line's end, moved apart where the ends are close."""
    apart = 1.35 * letters / max(drawing.height - 38, 1) * 1.15 * top
    floor = float("-inf")
    for line in sorted((line for line in lines if line.steps), key=lambda line: line.steps[-1].members):
        members = line.steps[-1].members
        floor = max(float(members), floor + apart)
        text, ink = f"<b>{members}</b> {line.name}", WORDS[drawing.theme][line.camp]
        drawing.write(last, floor, text, ink, letters, xanchor="left", xshift=8, yanchor="middle")
