"""The narrow form of the threads: rails at the left, and a line of words for each event that the wide form names."""

from collections.abc import Iterable, Mapping, Sequence

from two_shields.charts import letters
from two_shields.charts.palette import WORDS
from two_shields.charts.style import FROM_HERE, GRID, Drawing, faded
from two_shields.charts.threads import PAGE, Event, colours, labels, scale, span, strokes

WIDTH = 358.0
ROW, YEAR_ROW, RAIL, WORDS_LEFT = 17.0, 26.0, 15.0, 78.0
LETTERS = 11.5


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
        drawing.write(1, y, words, size=LETTERS, **FROM_HERE)
        y -= ROW
    begin = y - 4
    for event in sorted(heaviest, key=lambda one: (one.middle, one.mark)):
        if event.middle.year != year:
            year = event.middle.year
            y -= YEAR_ROW
            drawing.write(WORDS_LEFT, y + 20, f"<b>{year}</b>", grey, LETTERS, **FROM_HERE)
            drawing.line(WORDS_LEFT, y + 2, WIDTH, y + 2, GRID)
        short = event.when.removesuffix(f" {year}")
        short = "" if short == str(year) else event.when if short == "by" else short
        lines = letters.wrap(f"{short} {event.words}".strip(), WIDTH - WORDS_LEFT - 8, LETTERS)
        shown = "<br>".join(lines)
        shown = f"<b>{short}</b>{shown[len(short) :]}" if short and shown.startswith(short) else shown
        middle, x = y - ROW / 2, rails[event.thread]
        drawing.write(WORDS_LEFT, y - 1, shown, size=LETTERS, **FROM_HERE)
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
    drawing.in_pixels(WIDTH, bottom)


def _key_lines(threads: Sequence[str], names: Mapping[str, str]) -> list[list[str]]:
    """The names of the threads, in as many lines as they need."""
    lines: list[list[str]] = []
    for thread in threads:
        longer = " · ".join(names[one] for one in (*(lines[-1] if lines else ()), thread))
        if lines and letters.width(longer, LETTERS, bold=True) < WIDTH - 10:
            lines[-1].append(thread)
        else:
            lines.append([thread])
    return lines


def _rails(drawing: Drawing, rails, events, heaviest, anchors, ends: tuple[float, float], points) -> None:
    """The rails with their strokes; between two named events time runs evenly."""
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
    """The height of a day between the stops before and after it."""
    before = max((stop for stop in stops if stop[0] <= day), key=lambda stop: (stop[0], -stop[1]), default=stops[0])
    after = min((stop for stop in stops if stop[0] > day), key=lambda stop: (stop[0], -stop[1]), default=stops[-1])
    if after[0] <= before[0]:
        return before[1]
    return before[1] + (after[1] - before[1]) * (day - before[0]) / (after[0] - before[0])
