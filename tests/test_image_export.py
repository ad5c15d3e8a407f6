"""Pictures to print: of the promised size, nothing cut off, with finding, sources, link and data version as text."""

import io
import xml.etree.ElementTree as ET

import plotly.graph_objects as go
import pytest
from PIL import Image, ImageChops, ImageColor

from two_shields.charts.style import BACKGROUND, TEXT
from two_shields.exhibits import registry
from two_shields.exhibits.country import portrait as country
from two_shields.exhibits.country.standing import figure as standing_figure
from two_shields.export import image_export, picture
from two_shields.export.picture import Picture
from two_shields.export.typeface import font
from two_shields.state.views import AidView, CountryView

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
LINK = "https://shields.example/aid?view=reported&donor=FRA"


@pytest.fixture(scope="module", autouse=True)
def browser_that_draws():
    """Open for these tests, whatever ended it before, and ended after them."""
    with image_export.browser_lifespan():
        yield
    image_export._closed = False


@pytest.fixture(scope="module")
def shown(record):
    """The picture of aid over time, in either theme."""

    def make(theme):
        lead = registry.lead(record, AidView(view="cumulative"))
        return Picture(lead.draw(theme)[0], lead.frame, theme, LINK, record.version)

    return make


def opened(picture):
    return Image.open(io.BytesIO(picture.png())).convert("RGB")


def texts(svg):
    return [" ".join("".join(element.itertext()).split()) for element in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("view", ["aid", "country"])
def test_a_png_has_its_chart_as_on_the_page_between_words_and_even_margins(view, shown, record):
    made = shown("light")
    if view == "country":  # a title of several lines, and a link that needs two
        frame = country.portrait(record, CountryView(country="DEU")).standing
        made = Picture(standing_figure(frame, "light"), frame, "light", LINK * 6, record.version)
    drawn = opened(made)
    assert drawn.size == (2 * picture.WIDTH, 2 * made.height)
    assert made.height > made.figure.layout.height + 2 * picture.MARGIN
    empty = Image.new("RGB", drawn.size, BACKGROUND["light"])
    box = ImageChops.difference(drawn, empty).getbbox()
    margin = 2 * picture.MARGIN
    for side, wanted in zip(box, (0, 0, *drawn.size), strict=True):  # letters end a little before their box
        assert margin - 6 <= abs(side - wanted) <= margin + 80
    # The words above and below are there.
    for top, bottom in ((0, made.top), (made.height - picture.MARGIN - 20, made.height)):
        strip = (0, 2 * top, drawn.width, 2 * bottom)
        assert ImageChops.difference(drawn.crop(strip), empty.crop(strip)).getbbox()


def test_an_svg_says_all_that_it_needs_to_stand_by_itself(shown, record):
    made = shown("dark")
    svg = ET.fromstring(made.svg())
    assert svg.tag == f"{SVG}svg"
    assert (float(svg.get("width")), float(svg.get("height"))) == (picture.WIDTH, made.height)
    squeezed = " ".join(texts(svg)).replace(" ", "")
    for said in (made.frame.title, made.frame.source_line, LINK, f"data {record.version}"):
        assert said.replace(" ", "") in squeezed, said
    # For those who do not see it: what it is called, and what it shows.
    assert svg.get("role") == "img"
    assert svg.find(f"{SVG}title").text == made.frame.title
    assert svg.find(f"{SVG}desc").text == made.frame.alt
    assert next(iter(svg)).tag == f"{SVG}title"
    assert "data:font/woff2;base64," in svg.find(f"{SVG}style").text
    # The chart stands in it, below the finding.
    (chart,) = svg.findall(f"{SVG}svg")
    assert (float(chart.get("x")), float(chart.get("y"))) == (picture.MARGIN, made.top)


def test_words_in_an_svg_keep_their_width_whatever_typeface_its_reader_has():
    drawing = go.Figure(layout={"height": 100, "xaxis_visible": False, "yaxis_visible": False})
    drawing.add_annotation(text="Which millimetre<br>is wide", showarrow=False, font={"size": 24})
    drawing.add_annotation(text="wide", showarrow=False, font={"size": 24})
    svg = ET.fromstring(image_export.draw(image_export.sized(drawing, 600, "light"), "svg"))
    widths = {line.text: float(line.get("textLength")) for line in svg.iter() if line.text and line.get("textLength")}
    assert widths == {
        words: pytest.approx(font(24, "Regular").getlength(words), abs=1)
        for words in ("Which millimetre", "is wide", "wide")
    }


def test_words_in_a_chart_are_in_the_typeface_of_the_page():
    words = "Which millimetre is wide"
    drawing = go.Figure(layout={"height": 100, "xaxis_visible": False, "yaxis_visible": False, "plot_bgcolor": "white"})
    drawing.add_annotation(text=words, showarrow=False, font={"size": 24})
    png = image_export.draw(image_export.sized(drawing, 600, "light"), "png")
    ink = ImageChops.invert(Image.open(io.BytesIO(png)).convert("L")).getbbox()
    assert abs(ink[2] - ink[0] - font(48, "Regular").getlength(words)) < 8  # others are wider by 30 or more


@pytest.mark.parametrize("theme", BACKGROUND)
def test_a_picture_has_the_ground_and_the_ink_of_its_theme(theme, shown):
    drawn = opened(shown(theme))
    colours = {colour for _, colour in drawn.getcolors(1 << 24)}
    corners = {drawn.getpixel((x, y)) for x in (0, drawn.width - 1) for y in (0, drawn.height - 1)}
    assert corners == {ImageColor.getrgb(BACKGROUND[theme])}
    assert ImageColor.getrgb(TEXT[theme]) in colours
