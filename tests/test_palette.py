"""The palette can be read on both backgrounds, and told apart without colour."""

import re
import tomllib
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from checked_in import RECORD
from typical_views import default

from two_shields.charts import palette, style
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, STATES, STATUS_GROUPS
from two_shields.exhibits import registry
from two_shields.exhibits.aid import monthly
from two_shields.exhibits.initiatives import matrix
from two_shields.state.views import AidView, CountryView
from two_shields.web import head

ROOT = Path(__file__).resolve().parent.parent
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
THEMES = ("light", "dark")
BACKGROUND = {theme: THEME[theme]["backgroundColor"] for theme in THEMES}
COLOURS = {name: getattr(style, name) for name in "BLUE ORANGE PURPLE GREEN VERMILION SKY GREY".split()}

#: Linear RGB as a dichromat sees it, at full strength (Machado, Oliveira and Fernandes, 2009).
DICHROMATS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
EYES = {"most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)), **DICHROMATS}
#: Differences of colour (CIE 1976) that an eye tells apart at the size of a mark.
TOLD_APART = 15
#: States of which something is known; the others have no mark.
KNOWN = [state for state in STATES if state != "unknown"]


def channels(colour: str) -> tuple[float, float, float, float]:
    """Red, green, blue from 0 to 1, and opacity."""
    if colour.startswith("#"):
        return (*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)), 1.0)
    red, green, blue, opacity = (float(part) for part in re.findall(r"[\d.]+", colour))
    return red / 255, green / 255, blue / 255, opacity


def over(colour: str, background: str) -> tuple[float, float, float]:
    """The colour as it shows on a background."""
    *top, opacity = channels(colour)
    *below, _ = channels(background)
    return tuple(opacity * a + (1 - opacity) * b for a, b in zip(top, below, strict=True))


def linear(rgb) -> list[float]:
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in rgb]


def luminance(rgb) -> float:
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear(rgb), strict=True))


def contrast(colour: str, background: str, behind: str = "#ffffff") -> float:
    """WCAG 2's contrast of a colour on a background, either of which may let through what lies `behind`."""
    below = over(background, behind)
    *top, opacity = channels(colour)
    seen = [opacity * a + (1 - opacity) * b for a, b in zip(top, below, strict=True)]
    dark, light = sorted((luminance(seen), luminance(below)))
    return (light + 0.05) / (dark + 0.05)


def lab(linear_rgb) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, value)) for value in linear_rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, matrix) -> float:
    """How far apart two colours are for one kind of eye."""
    seen = [
        lab([sum(m * value for m, value in zip(row, linear(channels(colour)[:3]), strict=True)) for row in matrix])
        for colour in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("rgba(0,0,0,0)", "#ffffff") == pytest.approx(1)


@pytest.mark.parametrize("theme", THEMES)
def test_series_and_states_read_on_both_backgrounds(theme):
    marks = {state: palette.MARKS[theme][state] for state in KNOWN}
    pale = {name for name, colour in (COLOURS | marks).items() if contrast(colour, BACKGROUND[theme]) < 3}
    assert not pale
    words = [style.lettering(colour, theme) for colour in COLOURS.values()]
    assert all(contrast(colour, BACKGROUND[theme]) >= 4.5 for colour in words)
    assert len(set(words)) == len(words), "each keeps its hue"


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_and_is_the_page_s_own(theme):
    assert style.TEXT[theme] == THEME[theme]["textColor"]
    assert contrast(style.TEXT[theme], BACKGROUND[theme]) >= 7
    assert contrast(THEME[theme]["linkColor"], BACKGROUND[theme]) >= 4.5
    assert head.LINKS[theme] == THEME[theme]["linkColor"], "the page's own, before any script runs"


#: Every chart at its own address, and for who receives aid.
CHARTS = {
    f"{exhibit.name} {view.link()}": (exhibit, view, panel)
    for exhibit in registry.EXHIBITS
    for view in (default(exhibit), *([CountryView(country="UKR")] if exhibit.page is CountryView else []))
    for panel in exhibit.panels
}


@cache
def chart(name: str, theme: str):
    exhibit, view, panel = CHARTS[name]
    return panel(exhibit.frame_of(RECORD, view), theme)


def each(value, number: int) -> list:
    """A value of Plotly's, which stands for each mark alike or is a list of them."""
    return list(value) if isinstance(value, (list, tuple)) else [value] * number


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "name",
    [name for name in CHARTS if name.startswith(("initiatives-matrix", "initiatives-g", "initiatives-o", "aid-rep"))],
)
def test_every_mark_has_a_fill_or_an_edge_that_reads(name, theme):
    """A place to click without a colour of its own lies on words or on a mark; what is paler has an edge."""
    figure = chart(name, theme)
    seen: set[tuple] = {(words.x, words.y) for words in figure.layout.annotations}
    unseen: list[tuple] = []
    for trace in figure.data:
        if trace.customdata is None or not len(trace.customdata):
            continue
        number = len(trace.customdata)
        edges = each(trace.marker.line.color if trace.marker.line.width else None, number)
        marks = zip(trace.x, trace.y, trace.customdata, each(trace.marker.color, number), edges, strict=True)
        for x, y, (mark, *_), fill, edge in marks:
            if not channels(fill)[3]:
                unseen.append((x, y))
                continue
            seen.add((x, y))
            contrasts = [contrast(colour, BACKGROUND[theme]) for colour in (fill, edge) if colour and colour != "white"]
            assert max(contrasts) >= 3, f"{mark}: {max(contrasts):.2f}"
    assert set(unseen) <= seen


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", CHARTS)
def test_every_word_of_a_chart_reads(name, theme):
    """Words beside marks on the page, letters on their marks; the map's codes have a halo of the page's own."""
    figure = chart(name, theme)
    whole = figure.layout.font.color
    for words in figure.layout.annotations:
        assert contrast(words.font.color or whole, BACKGROUND[theme]) >= 4.5, words.text
    assert contrast(whole, BACKGROUND[theme]) >= 7
    beneath: dict[tuple, str] = {}
    for trace in figure.data:
        if trace.type != "scatter" or "text" not in (trace.mode or ""):
            if trace.type == "scatter" and "markers" in (trace.mode or ""):
                beneath |= zip(zip(trace.x, trace.y, strict=True), each(trace.marker.color, len(trace.x)), strict=False)
            continue
        on_marks = (trace.textposition or "middle center") == "middle center"
        if on_marks and "markers" in trace.mode:
            symbols = each(trace.marker.symbol, len(trace.x))
            grounds = [
                BACKGROUND[theme] if symbol.endswith("-open") else colour
                for symbol, colour in zip(symbols, each(trace.marker.color, len(trace.x)), strict=True)
            ]
        elif on_marks:
            grounds = [beneath[place] for place in zip(trace.x, trace.y, strict=True)]
        else:
            grounds = [BACKGROUND[theme]] * len(trace.x)
            beneath |= zip(zip(trace.x, trace.y, strict=True), each(trace.marker.color, len(trace.x)), strict=False)
        inks = each(trace.textfont.color or whole, len(trace.x))
        for text, ink, ground in zip(trace.text, inks, grounds, strict=True):
            if text:
                ink = {"white": "#ffffff", "black": "#000000"}.get(ink, ink)
                assert contrast(ink, ground, BACKGROUND[theme]) >= 4.5, (text, ink, ground)


def looks(trace, ground: str) -> list[tuple]:
    """How each mark of a trace looks: its hue, and everything besides by which it can be told; places to click have none.

    A mark filled with the page's ground is hollow: its edge has its colour.
    """
    number = len(trace.customdata)
    fills, edges = each(trace.marker.color, number), each(trace.marker.line.color, number)
    if trace.type == "bar":
        shapes = [(shape,) for shape in each(trace.marker.pattern.shape, number)]
    else:
        shapes = list(zip(each(trace.marker.symbol, number), each(trace.line.dash, number), strict=True))
    return [
        (channels(edge if fill == ground else fill)[:3], (*shape, fill == ground))
        for fill, edge, shape in zip(fills, edges, shapes, strict=True)
        if fill and channels(fill)[3]
    ]


#: Grids in which a shape says how firmly, and a colour which camp; each column is one camp's and has words above it.
GRIDS = ("initiatives-matrix", "systems-matrix", "country-standing")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "name",
    [name for name in CHARTS if not name.startswith(("timeline", "country-events", "aid-monthly", "aid-ranking"))],
)
def test_marks_of_two_colours_differ_in_shape_or_dash_too(name, theme):
    """On the figures themselves. On the timeline the lane tells the topic; stacked months have a test of their own.

    In the ranking the kinds of aid are dark, middle and light. In a grid the column tells the camp.
    """
    by_second: dict[tuple, set] = {}
    clickable = False
    for trace in chart(name, theme).data:
        if trace.customdata is None or not len(trace.customdata):
            continue
        clickable = True
        columns = [mark[0].split("|")[0] if name.startswith(GRIDS) else "" for mark in trace.customdata]
        for column, (colour, second) in zip(columns, looks(trace, style.BACKGROUND[theme]), strict=False):
            by_second.setdefault((column, *second), set()).add(colour)
    assert clickable
    for second, colours in by_second.items():
        assert len(colours) == 1, (second, colours)


@pytest.mark.parametrize("theme", THEMES)
def test_stacked_donors_have_a_pattern_each_and_what_has_no_month_another(theme, record):
    """Bars of two donors lie on each other: a pattern of each donor's own tells them to any eye."""
    figure = monthly.figure(registry.frame_of(record, AidView(view="monthly")), theme)
    dated = [trace for trace in figure.data if trace.customdata[0][0].split("|")[1] != "undated"]
    patterns = [trace.marker.pattern.shape for trace in dated]
    assert len(set(patterns)) == len(patterns) > 3
    assert {trace.marker.pattern.shape for trace in figure.data if trace not in dated} == {"/"}
    assert "/" not in patterns


def test_no_two_series_share_a_colour_or_a_symbol():
    colours, symbols = zip(*style.SERIES, strict=True)
    assert len(set(colours)) == len(set(symbols)) == len(style.SERIES)


def test_each_state_has_a_symbol_of_its_own_and_each_known_state_a_fill_of_its_own():
    assert set(STATES) <= set(palette.SYMBOL)
    assert len({palette.SYMBOL[state] for state in KNOWN}) == len(KNOWN)
    assert len(set(palette.CAMP_SYMBOL.values())) == len(palette.CAMP_SYMBOL) == len(KNOWN) - 1
    for theme in THEMES:
        fills = [palette.FILLS[theme][state] for state in STATES]
        assert len({(fill.ground, fill.pattern, fill.lines) for fill in fills}) == len(fills)


def test_a_status_looks_unlike_another_whatever_the_eye():
    """In one column the colour is the same: the shape alone tells how firmly."""
    of_group = {MEMBERSHIP_STATUSES[code].group: code for code in MEMBERSHIP_STATUSES if code != "lead"}
    assert set(of_group) <= set(STATUS_GROUPS)
    statuses = ["lead", *of_group.values()]
    for camp in ("german_led", "french_led"):
        assert len({matrix._symbol(status, camp)[0] for status in statuses}) == len(statuses) > 4


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_states_are_told_apart_whatever_the_eye(eye, theme):
    """The two camps by their colours; others that an eye confuses by symbol, and by pattern or ground."""
    marks, fills = palette.MARKS[theme], palette.FILLS[theme]
    for one, other in combinations(KNOWN, 2):
        if distance(marks[one], marks[other], EYES[eye]) < TOLD_APART:
            assert eye in DICHROMATS and {one, other} != {"german_led", "french_led"}
            assert palette.SYMBOL[one] != palette.SYMBOL[other]
            assert (fills[one].pattern, fills[one].ground) != (fills[other].pattern, fills[other].ground)
