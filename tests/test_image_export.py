"""Pictures to print: of the promised size, nothing cut off, with finding, sources, link and data version as text."""

import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image, ImageChops, ImageColor

from two_shields.charts.style import BACKGROUND, TEXT
from two_shields.exhibits import registry
from two_shields.exhibits.country import portrait as country
from two_shields.exhibits.country.standing import figure as standing_figure
from two_shields.export import image_export
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
    """A frame with a long title and its picture's figure, in either theme."""

    def make(theme, *, width=image_export.WIDTH):
        lead = registry.lead(record, AidView(view="cumulative"))
        frame, figure = lead.frame, lead.draw(theme)[0]
        return frame, image_export.annotated(figure, frame, theme, link=LINK, version=record.version, width=width)

    return make


def texts(svg):
    return [" ".join("".join(element.itertext()).split()) for element in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("view", ["aid", "country"])
def test_a_png_has_the_promised_size_and_nothing_touches_its_edge(view, shown, record):
    frame, figure = shown("light")
    if view == "country":  # a chart that is made taller than it needs to be
        frame = country.portrait(record, CountryView(country="DEU")).standing
        plain = standing_figure(frame, "light")
        figure = image_export.annotated(plain, frame, "light", link=LINK * 3, version=record.version)
    picture = Image.open(io.BytesIO(image_export.draw(figure, "png"))).convert("RGB")
    assert picture.size == (2 * image_export.WIDTH, 2 * image_export.HEIGHT)
    empty = Image.new("RGB", picture.size, BACKGROUND["light"])
    left, top, right, bottom = ImageChops.difference(picture, empty).getbbox()
    assert min(left, top) >= 8 and right <= picture.width - 8 and bottom <= picture.height - 8
    # The words above and below are there: the top and the bottom strip hold something.
    for strip in ((0, 0, picture.width, 120), (0, picture.height - 160, picture.width, picture.height)):
        assert ImageChops.difference(picture.crop(strip), empty.crop(strip)).getbbox()


def test_an_svg_says_all_that_it_needs_to_stand_by_itself(shown, record):
    frame, figure = shown("dark")
    svg = ET.fromstring(image_export.draw(figure, "svg"))
    assert svg.tag == f"{SVG}svg"
    assert (float(svg.get("width")), float(svg.get("height"))) == (image_export.WIDTH, image_export.HEIGHT)
    whole = " ".join(texts(svg))
    squeezed = whole.replace(" ", "")
    for said in (frame.title, frame.source_line, LINK, f"data {record.version}"):
        assert said.replace(" ", "") in squeezed, said
    # For those who do not see it: what it is called, and what it shows.
    assert svg.get("role") == "img"
    assert svg.find(f"{SVG}title").text == frame.title
    assert svg.find(f"{SVG}desc").text == frame.alt
    assert next(iter(svg)).tag == f"{SVG}title"


@pytest.mark.parametrize("theme", BACKGROUND)
def test_a_picture_has_the_ground_and_the_ink_of_its_theme(theme, shown):
    _, figure = shown(theme)
    picture = Image.open(io.BytesIO(image_export.draw(figure, "png"))).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 24)}
    corners = {picture.getpixel((x, y)) for x in (0, picture.width - 1) for y in (0, picture.height - 1)}
    assert corners == {ImageColor.getrgb(BACKGROUND[theme])}
    assert ImageColor.getrgb(TEXT[theme]) in colours
