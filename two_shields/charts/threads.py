"""Events on threads of time: a stroke for each, and the weightiest with their words as far as there is room.

Wide, the threads lie under each other and time runs to the right; narrow, they are rails at the left, and time runs down.
All places are pixels of the form; the page stretches the wide one to its width.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from two_shields.charts import letters
from two_shields.charts.palette import FILLS, MARKS, WORDS
from two_shields.charts.style import FROM_HERE, GRID, Drawing, faded
from two_shields.text import phrases

WIDTH = 1160.0
LANE, HEAD, FOOT, END = 112.0, 6.0, 26.0, 1150.0
LETTERS, LINE = 12.5, 16.0
MOST_LABELS, MOST_WIDE, MOST_LINES = 16, 190.0, 3


@dataclass(frozen=True)
class Form:
    """Of the wide form: the least pixels that it is shown in, which its labels are kept apart for, and where time begins.

    Left of that stand the threads' names.
    """

    least: float
    begin: float


PAGE, CARD = Form(1000, 132), Form(620, 214)


@dataclass(frozen=True)
class Event:
    """What happened: the days that its date can mean, its weight (1 is the heaviest) and its words.

    `when` is the date as short as a label can have it; `mark` is what a click chooses.
    """

    thread: str
    start: date
    end: date
    when: str
    words: str
    weight: int
    mark: str
    hover: str
    is_inferred: bool = False

    @property
    def middle(self) -> date:
        return self.start + (self.end - self.start) / 2


@dataclass(frozen=True)
class Label:
    """An event with its words in lines, and the left edge of its box in pixels."""

    event: Event
    lines: tuple[str, ...]
    x: float
    left: float
    right: float


def colours(theme: str) -> Mapping[str, tuple[str, str]]:
    """By thread, the colour of its strokes and of its words. Ukraine's is that of its land on the map."""
    land, marks, words = FILLS[theme]["receives"].outline, MARKS[theme], WORDS[theme]
    return {
        "sky_shield": (marks["german_led"], words["german_led"]),
        "french_led": (marks["french_led"], words["french_led"]),
        "ukraine": (land, "#6b5600" if theme == "light" else land),
        "talks": (marks["neither"], words["grey"]),
    }


def labels(
    events: Iterable[Event], x_of: Callable[[date], float], form: Form = PAGE, lines_at_most: int = MOST_LINES
) -> dict[str, list[Label]]:
    """By thread, the labels that have room; where two would touch, the lighter, then the older event has none."""
    found: dict[str, list[Label]] = {}
    stretch = WIDTH / form.least
    for event in sorted(events, key=lambda one: (one.weight, -one.middle.toordinal(), one.mark)):
        if sum(map(len, found.values())) == MOST_LABELS:
            break
        lines = letters.narrowest(event.words, LETTERS, lines_at_most, MOST_WIDE)
        widths = [letters.width(line, LETTERS) for line in lines]
        wide = stretch * (max([letters.width(event.when, LETTERS, bold=True), *widths]) + 12)
        x = x_of(event.middle)
        for left in (x, x - wide):
            box = Label(event, tuple(lines), x, left, left + wide)
            here = found.setdefault(event.thread, [])
            inside = form.begin - 4 <= box.left and box.right <= WIDTH
            if inside and not any(box.left < other.right + 4 and other.left < box.right + 4 for other in here):
                here.append(box)
                break
    return found


def span(events: Iterable[Event]) -> tuple[date, date]:
    events = list(events)
    first, last = min(event.start for event in events), max(event.middle for event in events)
    return date(first.year, 1, 1), last + timedelta(days=max(20, (last - first).days // 60))


def scale(first: date, last: date, form: Form) -> Callable[[date], float]:
    scale = (END - form.begin) / (last - first).days
    return lambda day: form.begin + scale * (day - first).days


def draw_threads(drawing: Drawing, names: Mapping[str, str], events: Sequence[Event], form: Form) -> None:
    threads = [thread for thread in names if any(event.thread == thread for event in events)]
    first, last = span(events)
    x_of = scale(first, last, form)
    bottom = -(HEAD + LANE * len(threads))
    draw_years(drawing, first, last, x_of, bottom)
    placed = labels(events, x_of, form)
    points: list[tuple[float, float, Event, int]] = []
    for number, thread in enumerate(threads):
        top = -HEAD - LANE * number
        rail = top - LANE + 16
        colour, ink = colours(drawing.theme)[thread]
        here = [event for event in events if event.thread == thread]
        if number:
            drawing.line(0, top, WIDTH, top, GRID)
        name = letters.wrap(names[thread], 108, 13)
        drawing.write(1, top - 14, f"<b>{'<br>'.join(name)}</b>", ink, 13, **FROM_HERE)
        drawing.write(
            1, top - 18 - 16 * len(name), phrases.count(len(here), "event"), WORDS[drawing.theme]["grey"], **FROM_HERE
        )
        drawing.line(form.begin, rail, END, rail, faded(colour, 0.7), 1.2)
        named = {label.event.mark for label in placed.get(thread, ())}
        for inferred in (False, True):
            marked = [(x_of(one.middle), 9 if one.mark in named else 6) for one in here if one.is_inferred is inferred]
            strokes(drawing, [(x, rail - half, x, rail + half) for x, half in marked], colour, dotted=inferred)
        # The month or year that an imprecise date covers is a soft bar along the rail.
        covered = [(x_of(one.start), rail, min(x_of(one.end), END), rail) for one in here if one.start != one.end]
        strokes(drawing, covered, faded(colour, 0.3), width=6)
        for label in placed.get(thread, ()):
            draw_label(drawing, label, top, rail, colour, points)
        points += [(x_of(one.middle), rail, one, 14) for one in here]
    drawing.add_choices(points)
    drawing.in_pixels(WIDTH, bottom - FOOT)


def draw_years(drawing: Drawing, first: date, last: date, x_of, bottom: float) -> None:
    step = 1 if last.year - first.year < 12 else 2
    for year in range(first.year, last.year + 1, step):
        x = x_of(date(year, 1, 1))
        drawing.line(x, 0, x, bottom, GRID, layer="below")
        if x < END - 26:
            drawing.write(x + 3, bottom - 6, str(year), WORDS[drawing.theme]["grey"], **FROM_HERE)


def draw_label(drawing: Drawing, label: Label, top: float, rail: float, colour: str, points: list) -> None:
    """The stem from the rail, and the words beside its upper end: right of it, or where there is no room left of it."""
    upper = top - 14
    is_day = label.event.start == label.event.end
    drawing.line(label.x, upper, label.x, rail, colour if is_day else faded(colour, 0.4), 1.2)
    side, shift = ("left", 6) if label.left == label.x else ("right", -6)
    words = "<br>".join([f"<b>{label.event.when}</b>", *label.lines])
    drawing.write(
        label.x, upper + 2, words, size=LETTERS, xshift=shift, **{**FROM_HERE, "xanchor": side, "align": side}
    )
    for line in range(len(label.lines) + 1):
        for share in (0.25, 0.6):
            x = label.left + share * (label.right - label.left)
            points.append((x, upper - 8 - LINE * line, label.event, 26))


def strokes(
    drawing: Drawing, lines: Sequence[tuple[float, float, float, float]], colour: str, *, width: float = 2, dotted: bool = False
) -> None:  # fmt: skip
    """Lines from one place to another (x0, y0, x1, y1), as one trace with gaps. What is inferred is dotted."""
    if lines:
        drawing.add_scatter(
            x=[x for x0, _, x1, _ in lines for x in (x0, x1, None)],
            y=[y for _, y0, _, y1 in lines for y in (y0, y1, None)],
            mode="lines", hoverinfo="skip", line={"color": colour, "width": width, **({"dash": "2px,2px"} if dotted else {})},
        )  # fmt: skip


UPRIGHT_WIDTH = 358.0
ROW, YEAR_ROW, RAIL, WORDS_LEFT = 17.0, 26.0, 15.0, 78.0
UPRIGHT_LETTERS = 11.5


def draw_upright(drawing: Drawing, names: Mapping[str, str], events: Sequence[Event], *, whole: bool = False) -> None:
    """Threads that have events, as rails; those not named are strokes between the others. `whole` names every event."""
    threads = [thread for thread in names if any(event.thread == thread for event in events)]
    placed = labels(events, scale(*span(events), PAGE))
    heaviest = list(events) if whole else [label.event for named in placed.values() for label in named]
    rails = {thread: 8 + RAIL * number for number, thread in enumerate(threads)}
    grey, inks = WORDS[drawing.theme]["grey"], colours(drawing.theme)
    y, year, anchors, points = -4.0, 0, [], []
    for line in _key_lines(threads, names):
        words = " · ".join(f"<span style='color:{inks[thread][1]}'><b>{names[thread]}</b></span>" for thread in line)
        drawing.write(1, y, words, size=UPRIGHT_LETTERS, **FROM_HERE)
        y -= ROW
    begin = y - 4
    for event in sorted(heaviest, key=lambda one: (one.middle, one.mark)):
        if event.middle.year != year:
            year = event.middle.year
            y -= YEAR_ROW
            drawing.write(WORDS_LEFT, y + 20, f"<b>{year}</b>", grey, UPRIGHT_LETTERS, **FROM_HERE)
            drawing.line(WORDS_LEFT, y + 2, UPRIGHT_WIDTH, y + 2, GRID)
        short = event.when.removesuffix(f" {year}")
        short = "" if short == str(year) else event.when if short == "by" else short
        lines = letters.wrap(f"{short} {event.words}".strip(), UPRIGHT_WIDTH - WORDS_LEFT - 8, UPRIGHT_LETTERS)
        shown = "<br>".join(lines)
        shown = f"<b>{short}</b>{shown[len(short) :]}" if short and shown.startswith(short) else shown
        middle, x = y - ROW / 2, rails[event.thread]
        drawing.write(WORDS_LEFT, y - 1, shown, size=UPRIGHT_LETTERS, **FROM_HERE)
        colour = inks[event.thread][0]
        drawing.line(x, middle, WORDS_LEFT - 5, middle, faded(colour, 0.4))
        anchors.append((event.middle.toordinal(), middle))
        points += [(x, middle, event, 22)]
        points += [
            (WORDS_LEFT + share, middle - ROW * line, event, 26)
            for line in range(len(lines))
            for share in (40, 120, 200)
        ]
        y -= ROW * len(lines) + 5
    bottom = y - 6
    _rails(drawing, rails, events, heaviest, anchors, (begin, bottom), points)
    drawing.add_choices(points)
    drawing.in_pixels(UPRIGHT_WIDTH, bottom)


def _key_lines(threads: Sequence[str], names: Mapping[str, str]) -> list[list[str]]:
    lines: list[list[str]] = []
    for thread in threads:
        longer = " · ".join(names[one] for one in (*(lines[-1] if lines else ()), thread))
        if lines and letters.width(longer, UPRIGHT_LETTERS, bold=True) < UPRIGHT_WIDTH - 10:
            lines[-1].append(thread)
        else:
            lines.append([thread])
    return lines


def _rails(drawing: Drawing, rails, events, heaviest, anchors, ends: tuple[float, float], points) -> None:
    named = {event.mark for event in heaviest}
    first, last = span(events)
    stops = [(first.toordinal(), ends[0]), *anchors, (last.toordinal(), ends[1])]
    for thread, x in rails.items():
        colour = colours(drawing.theme)[thread][0]
        drawing.line(x, ends[0], x, ends[1], faded(colour, 0.7), 1.2)
        here = [event for event in events if event.thread == thread]
        heights = {one.mark: _between(stops, one.middle.toordinal()) for one in here if one.mark not in named}
        heights |= {event.mark: y for event, (_, y) in zip(_in_order(heaviest), anchors, strict=True)}
        for inferred in (False, True):
            marked = [(heights[one.mark], 6 if one.mark in named else 4) for one in here if one.is_inferred is inferred]
            strokes(drawing, [(x - half, y, x + half, y) for y, half in marked], colour, dotted=inferred)
        points += [(x, heights[one.mark], one, 14) for one in here if one.mark not in named]


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda one: (one.middle, one.mark))


def _between(stops: Sequence[tuple[int, float]], day: int) -> float:
    before = max((stop for stop in stops if stop[0] <= day), key=lambda stop: (stop[0], -stop[1]), default=stops[0])
    after = min((stop for stop in stops if stop[0] > day), key=lambda stop: (stop[0], -stop[1]), default=stops[-1])
    if after[0] <= before[0]:
        return before[1]
    return before[1] + (after[1] - before[1]) * (day - before[0]) / (after[0] - before[0])
