"""Cards: always a picture of the right size, with the chart where it can be drawn, in words where not."""

import io
import re
import threading

import anyio
import pytest
from PIL import Image, ImageDraw
from starlette.applications import Starlette
from web_client import answered, ask, run

from two_shields import web
from two_shields.charts.style import BACKGROUND, TEXT
from two_shields.domain.membership import stops
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.registry import lead
from two_shields.export import image_export
from two_shields.state.views import PAGES, CountryView, InitiativesView, SystemsView
from two_shields.web import cards, charts, lifespan, preview
from two_shields.web.disk_cache import DiskCache

APP = Starlette(routes=preview.ROUTES)
RED = (200, 20, 20)


@pytest.fixture
def disk(monkeypatch, tmp_path):
    """A disk cache of this test alone."""
    made = DiskCache("test-cards")
    monkeypatch.setattr(preview, "card_cache", lambda: made)
    return made


@pytest.fixture
def drawn(monkeypatch, disk):
    """Charts are red areas; width, height and form of each that was asked for."""
    calls = []

    def draw(figure, form):
        calls.append((figure.layout.width, figure.layout.height, form))
        buffer = io.BytesIO()
        Image.new("RGB", (figure.layout.width * 2, figure.layout.height * 2), RED).save(buffer, "PNG")
        return buffer.getvalue()

    monkeypatch.setattr(image_export, "draw", draw)
    return calls


@pytest.fixture
def no_browser(monkeypatch, disk):
    def draw(figure, form):
        raise image_export.ImageUnavailable("no browser")

    monkeypatch.setattr(image_export, "draw", draw)


def picture(answer):
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    opened = Image.open(io.BytesIO(answer.body)).convert("RGB")
    assert opened.size == (1200, 630)
    return opened


def has_chart(card):
    return RED in {colour for _, colour in card.getcolors(1200 * 630)}


@pytest.mark.parametrize("name", preview.PAGE_NAMES)
def test_every_page_has_a_card(name, drawn):
    card = picture(ask(APP, f"/preview/{name}"))
    assert has_chart(card) == (name != "evidence.png")


def test_without_a_browser_a_card_is_in_words_and_asked_for_again_soon(no_browser):
    for name in preview.PAGE_NAMES:
        answer = ask(APP, f"/preview/{name}")
        card = picture(answer)
        assert not has_chart(card) and len(card.getcolors(1200 * 630)) > 10
        assert ("max-age=60" in answer.headers["cache-control"]) == (name != "evidence.png")
    assert ask(APP, "/preview/aid.chart.webp").status == 404, "a chart's picture has no words to be in"


def test_a_card_is_drawn_once_per_view(drawn):
    first = ask(APP, "/preview/aid.png?view=reported")
    again = ask(APP, "/preview/aid.png?utm_source=x&view=reported")
    assert first.body == again.body and len(drawn) == 1
    assert ask(APP, "/preview/aid.png").body != first.body


def test_what_is_not_understood_gives_the_default_view(drawn):
    query = "view=globe&%FF=%00&as_of=2022-99-99&country=XXX&<>=<>"
    assert ask(APP, f"/preview/initiatives.png?{query}").body == ask(APP, "/preview/initiatives.png").body


def test_an_unknown_card_is_a_404_that_names_the_known_ones():
    for path in ("/preview/", "/preview/aid", "/preview/aid.svg", "/preview/tanks.png", "/preview/../x"):
        answer = ask(APP, path)
        assert answer.status == 404 and "/preview/overview.png" in answer.text
        assert "tanks" not in answer.text, "it repeats nothing of what was asked for"


@pytest.mark.parametrize("error", [RuntimeError("the browser died"), ValueError("bad figure"), OSError("gone")])
def test_whatever_fails_in_drawing_there_is_a_card(error, monkeypatch, disk):
    def draw(figure, form):
        raise error

    monkeypatch.setattr(image_export, "draw", draw)
    answer = ask(APP, "/preview/aid.png")
    assert not has_chart(picture(answer))
    assert answer.body != cards.bare()


def test_whatever_fails_before_there_is_a_card(monkeypatch, disk):
    monkeypatch.setattr(preview, "lead", lambda *_: 1 / 0)
    picture(ask(APP, "/preview/aid.png"))
    monkeypatch.setattr(preview.http, "record", lambda: 1 / 0)
    picture(ask(APP, "/preview/aid.png"))


def test_one_who_would_wait_too_long_gets_words_and_the_loop_stays_free(monkeypatch, disk):
    monkeypatch.setattr(preview, "MAX_WAIT", 2)
    release, begun = threading.Event(), threading.Event()

    def draw(figure, form):
        begun.set()
        release.wait(20)
        raise image_export.ImageUnavailable("too late")

    monkeypatch.setattr(image_export, "draw", draw)

    async def both():
        try:
            with anyio.fail_after(15):
                return await answered(APP, path="/preview/aid.png")
        finally:
            release.set()

    preview.drawing_slot.cache_clear()
    try:
        answer = run(both)
    finally:
        preview.drawing_slot.cache_clear()
    assert begun.is_set()
    assert not has_chart(picture(answer))
    assert "max-age=60" in answer.headers["cache-control"]


def test_a_queue_that_is_full_gives_words_at_once(monkeypatch, drawn):
    monkeypatch.setattr(image_export, "MAX_QUEUE", 0)
    assert not has_chart(picture(ask(APP, "/preview/aid.png")))
    assert not drawn


@pytest.mark.parametrize(
    ("address", "size", "drawn_at"),
    [("overview.chart.webp", (716, 612), (358, 306)), ("aid.chart.webp?width=wide&theme=dark", (1450, 588), (1160, 470)),
     ("initiatives.chart.webp?width=narrow", (716, 812), (358, 406))],
)  # fmt: skip
def test_the_picture_of_a_chart_has_the_size_of_the_live_one(address, size, drawn_at, drawn):
    answer = ask(APP, f"/preview/{address}")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/webp")
    opened = Image.open(io.BytesIO(answer.body))
    assert (opened.format, opened.size) == ("WEBP", size)
    assert drawn == [(*drawn_at, "png")]
    assert ask(APP, f"/preview/{address}").body == answer.body and len(drawn) == 1


@pytest.mark.parametrize("width", charts.WIDTHS)
@pytest.mark.parametrize("theme", charts.THEMES)
def test_the_picture_of_a_chart_has_the_ground_and_the_ink_of_its_theme(theme, width, monkeypatch, drawn):
    figures = []
    draw = image_export.draw
    monkeypatch.setattr(image_export, "draw", lambda figure, form: (figures.append(figure), draw(figure, form))[1])
    assert ask(APP, f"/preview/aid.chart.webp?view=reported&width={width}&theme={theme}").status == 200
    (figure,) = figures
    assert (figure.layout.paper_bgcolor, figure.layout.font.color) == (BACKGROUND[theme], TEXT[theme])


def test_where_there_is_no_picture_of_a_chart_nobody_keeps_the_answer(drawn):
    for asked in ("evidence.chart.webp", "tanks.chart.webp", "aid.chart.webp?width=999", "aid.chart.webp?theme=<b>",
                  "systems.chart.webp?view=reference"):  # fmt: skip
        answer = ask(APP, f"/preview/{asked}")
        assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")
        assert "picture" in answer.text and not drawn


def test_charts_of_the_default_views_are_drawn_ahead_until_the_server_ends(monkeypatch, record, drawn, disk, capsys):
    monkeypatch.setattr(image_export, "can_draw", lambda: True)
    ended = threading.Event()
    ended.set()
    preview.prerender(disk, ended)
    assert not drawn
    preview.prerender(disk, threading.Event())
    views = [page() for page in PAGES.values()]
    pictured = [one for view in views for one in charts.pictures_of(record, view, lead(record, view))]
    assert len(pictured) == len(drawn) == len(list(disk.folder.iterdir())) == 6 * 4
    assert all(disk.get(preview.cache_key(record, one.link)) for one in pictured)
    assert capsys.readouterr().err.splitlines()[-1] == "Pictures: 24 of 24"
    preview.prerender(disk, threading.Event())
    assert len(drawn) == 6 * 4 and not capsys.readouterr().err


def test_every_page_and_every_step_of_time_on_the_maps_is_drawn_ahead_until_the_server_ends(monkeypatch, record):
    shown = []
    monkeypatch.setattr(Exhibit, "figures_of", lambda exhibit, record, view, theme: shown.append((exhibit.name, view)))
    ended = threading.Event()
    web._draw_views(record, ended)
    days = stops(record, "signed")
    assert len(days) > 5
    assert {view.as_of for name, view in shown if name == "overview-map"} == {None, *days}
    assert {view.as_of for name, view in shown if name == "initiatives-map"} == {None, *days}
    assert {type(view) for _, view in shown} == set(PAGES.values())
    ended.set()
    shown.clear()
    web._draw_views(record, ended)
    assert not shown


TALL = [InitiativesView(view="matrix"), SystemsView(), SystemsView(view="matrix")]


def chosen(figure) -> set[str]:
    """The marks that a figure has."""
    return {mark[0] for trace in figure.data if trace.customdata is not None for mark in trace.customdata}


@pytest.mark.parametrize("view", TALL, ids=lambda view: view.link())
def test_a_chart_too_tall_for_a_card_is_drawn_short(view, record):
    shown = lead(record, view)
    figure = cards.chart(shown)
    assert figure.layout.height <= 576
    assert set() < chosen(figure) < chosen(shown.draw()[0])


@pytest.mark.parametrize(
    ("view", "words", "whose"), [(TALL[0], "", "state"), (TALL[2], ": those with systems of both camps, .*", "whose")]
)
def test_a_short_matrix_keeps_who_is_in_both_camps_and_says_how_many_of_how_many(view, words, whose, record):
    shown = lead(record, view)
    figure, rows = cards.chart(shown), shown.frame.rows.set_index("mark")
    drawn = rows.loc[list(chosen(figure)), "iso3"]
    some, every = re.fullmatch(rf"(\d+) of (\d+) countries{words}", cards.note(figure)).groups()
    assert (int(some), int(every)) == (drawn.nunique(), rows.loc[rows["iso3"] != "", "iso3"].nunique())
    assert set() < set(rows.loc[rows[whose] == "both", "iso3"]) <= set(drawn)


def test_what_can_be_read_is_drawn_whole_and_without_a_note(record):
    for view in (InitiativesView(), InitiativesView(view="matrix", country=("FRA", "DEU")), CountryView()):
        shown = lead(record, view)
        figure, rows = cards.chart(shown), shown.frame.rows
        placed = rows.loc[rows.get("placed", rows["mark"].ne("")), "mark"]
        assert chosen(figure) == chosen(shown.draw()[0]) == set(placed)
        assert cards.note(figure) == ""


def test_the_note_of_a_short_chart_is_written_on_the_card(record, drawn, monkeypatch):
    texts = []
    set_text = ImageDraw.ImageDraw.text

    def written(self, xy, text, *more, **options):
        texts.append(text)
        set_text(self, xy, text, *more, **options)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", written)
    view = InitiativesView(view="matrix")
    cards.with_chart(record, view, lead(record, view))
    assert re.fullmatch(r"14 of \d+ countries", texts[-1])
    assert f"Data {record.data_version}" in texts


def test_a_title_is_made_to_fit_and_at_worst_cut():
    size, lines = cards.fit("A short one", 56, 1100, 400)
    assert (size, lines) == (56, ["A short one"])
    size, lines = cards.fit("many words " * 100, 56, 400, 400)
    assert size == 26 and lines[-1].endswith("…") and len(lines) * 31 <= 400
    letters = cards.font(26, "Bold")
    _, lines = cards.fit("W" * 200, 56, 400, 400)
    assert all(letters.getlength(line) <= 400 for line in lines)


def test_letters_know_the_names_of_the_record(record):
    letters = cards.font(30, "Bold")
    unknown = letters.getmask("\U0010fffd").getbbox(), bytes(letters.getmask("\U0010fffd"))
    text = "".join({*"".join(record.country_names.values()), *"€≠–·“”’…"} - {" "})
    drawn = {letter: (letters.getmask(letter).getbbox(), bytes(letters.getmask(letter))) for letter in text}
    assert not [letter for letter, shape in drawn.items() if shape == unknown]


def test_a_disk_cache_is_bounded_and_forgets_what_was_asked_for_the_longest_ago():
    disk = DiskCache("test", most=3)
    for key in "abc":
        disk.put(key, key.encode())
    assert disk.get("a") == b"a"
    disk.put("d", b"d")
    assert [disk.get(key) for key in "abcd"] == [b"a", None, b"c", b"d"]
    assert len(list(disk.folder.iterdir())) == 3


def test_no_card_outlives_the_server(monkeypatch):
    preview.card_cache.cache_clear()
    monkeypatch.setattr(image_export, "can_draw", lambda: False)

    async def life():
        async with lifespan(None):
            folder = preview.card_cache().folder
            preview.card_cache().put("a", b"a")
            assert folder.is_dir()
        return folder

    assert not run(life).exists()
