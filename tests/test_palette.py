"""The palette can be read on both backgrounds, and told apart without colour."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from two_shields.figures import aid as aid_figures
from two_shields.figures import initiatives as initiative_figures
from two_shields.figures import template
from two_shields.frames import aid, initiatives
from two_shields.membership import STATES
from two_shields.views import AidView, InitiativesView

ROOT = Path(__file__).resolve().parent.parent
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
THEMES = ("light", "dark")
BACKGROUND = {theme: THEME[theme]["backgroundColor"] for theme in THEMES}
COLOURS = {name: getattr(template, name) for name in "BLUE ORANGE PURPLE GREEN VERMILION SKY GREY".split()}

#: Linear RGB as a dichromat sees it, at full strength (Machado, Oliveira and Fernandes, 2009).
DICHROMATS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
#: Differences of colour (CIE 1976) that an eye tells apart at the size of a mark.
TOLD_APART = 15


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
@pytest.mark.parametrize("name", COLOURS)
def test_a_series_reads_on_both_backgrounds(name, theme):
    assert contrast(COLOURS[name], BACKGROUND[theme]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_a_state_s_mark_reads_on_both_backgrounds(state, theme):
    assert contrast(template.STATE_COLOUR[state], BACKGROUND[theme]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_and_is_the_page_s_own(theme):
    assert template.TEXT[theme] == THEME[theme]["textColor"]
    assert contrast(template.TEXT[theme], BACKGROUND[theme]) >= 7
    assert contrast(THEME[theme]["linkColor"], BACKGROUND[theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("frames", "figures", "view"),
    [
        (initiatives, initiative_figures, InitiativesView(view="matrix")),
        (initiatives, initiative_figures, InitiativesView(view="growth")),
        (initiatives, initiative_figures, InitiativesView(view="overlap")),
        (aid, aid_figures, AidView(view="reported")),
    ],
    ids=lambda value: getattr(value, "view", ""),
)
def test_every_mark_has_a_fill_or_an_edge_that_reads(frames, figures, view, theme, record):
    """Lighter marks, which rest on the public record alone, are marks too: those need an edge."""
    figure = figures.FIGURES[view.view](frames.frame(record, view), theme)
    for trace in figure.data:
        if trace.customdata is None or not len(trace.customdata):
            continue
        edge = trace.marker.line.color if trace.marker.line.width else None
        edges = edge if isinstance(edge, (list, tuple)) else [edge] * len(trace.customdata)
        fills = trace.marker.color if not isinstance(trace.marker.color, str) else [trace.marker.color] * len(edges)
        for mark, fill, edge in zip(trace.customdata, fills, edges, strict=True):
            seen = [contrast(colour, BACKGROUND[theme]) for colour in (fill, edge) if colour and colour != "white"]
            assert max(seen) >= 3, f"{mark[0]}: {max(seen):.2f}"


@pytest.mark.parametrize("theme", THEMES)
def test_the_letters_of_the_matrix_read_on_their_cells(theme, record):
    figure = initiative_figures.matrix_figure(initiatives.frame(record, InitiativesView(view="matrix")), theme)
    cells = [trace for trace in figure.data if trace.customdata is not None]
    letters = [trace for trace in figure.data if trace.customdata is None and trace.mode == "text"]
    assert len(cells) == len(letters) > 0
    for cell, letter in zip(cells, letters, strict=True):
        inks = letter.textfont.color
        inks = [inks] * len(letter.text) if isinstance(inks, str) else inks
        for mark, fill, ink in zip(cell.customdata, cell.marker.color, inks, strict=True):
            ink = "#ffffff" if ink == "white" else ink
            assert contrast(ink, fill, BACKGROUND[theme]) >= 3, mark[0]


def test_no_two_series_share_colour_dash_and_symbol_and_no_two_share_dash_and_symbol_alone():
    assert len(set(template.SERIES)) == len(template.SERIES)
    assert len({(dash, symbol) for _, dash, symbol in template.SERIES}) == len(template.SERIES)
    assert len({colour for colour, _, _ in template.SERIES}) == len(template.SERIES)


def test_each_state_has_a_symbol_of_its_own_and_each_known_state_a_pattern_of_its_own():
    assert set(template.STATE_COLOUR) == set(template.STATE_PATTERN) == set(template.STATE_SYMBOL) == set(STATES)
    assert len(set(template.STATE_SYMBOL.values())) == len(STATES)
    known = [template.STATE_PATTERN[state] for state in STATES if state != "unknown"]
    assert len(set(known)) == len(known)


def test_what_leads_looks_unlike_what_joins_whatever_the_eye():
    looks = [(symbol, colour) for colour, symbol, _ in initiative_figures.FIRMNESS.values()]
    assert len({symbol for symbol, _ in looks}) == len({colour for _, colour in looks}) == len(looks)


@pytest.mark.parametrize("eye", DICHROMATS)
def test_the_two_camps_are_told_apart_by_colour_whatever_the_eye(eye):
    one, other = template.STATE_COLOUR["german_led"], template.STATE_COLOUR["french_led"]
    assert distance(one, other, DICHROMATS[eye]) >= TOLD_APART


@pytest.mark.parametrize("eye", DICHROMATS)
def test_series_that_an_eye_confuses_differ_in_dash_or_symbol(eye):
    for one, other in combinations(template.SERIES, 2):
        if distance(one[0], other[0], DICHROMATS[eye]) < TOLD_APART:
            assert one[1:] != other[1:], (one, other)


@pytest.mark.parametrize("eye", DICHROMATS)
def test_states_that_an_eye_confuses_differ_in_symbol_and_in_pattern_or_strength(eye):
    for one, other in combinations(STATES, 2):
        if distance(template.STATE_COLOUR[one], template.STATE_COLOUR[other], DICHROMATS[eye]) < TOLD_APART:
            assert template.STATE_SYMBOL[one] != template.STATE_SYMBOL[other]
            assert template.STATE_PATTERN[one] != template.STATE_PATTERN[other]


def test_measures_of_aid_have_looks_of_their_own():
    looks = aid_figures._MEASURE_LOOK.values()
    assert len({symbol for _, symbol in looks}) == len({colour for colour, _ in looks}) == len(looks)
