"""One view, one number: card, head, summary, chart, table and file of a view say the same.

Each view is asked for as a stranger asks, over the routes of the server. What is compared are numbers: how many countries
per state, how many euros per donor, how many events per topic.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.routing import Route
from test_web_head import shell
from web_client import Html, ask

from two_shields.contract.vocabulary import STATES
from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.overview import summary as overview
from two_shields.exhibits.registry import lead
from two_shields.export import image_export, sharing
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES, InitiativesView, OverviewView
from two_shields.text import phrases
from two_shields.web import MIDDLEWARE, ROUTES, cards, head, http, preview
from two_shields.web.disk_cache import DiskCache

LINKS = [
    "/", "/?evidence=articles", "/initiatives?reading=strict", "/initiatives?evidence=articles",
    "/initiatives?view=matrix", "/initiatives?view=matrix&country=POL&country=DEU&country=FRA",
    "/initiatives?view=growth", "/initiatives?view=growth&initiative=essi&reading=broad",
    "/initiatives?view=overlap", "/aid", "/aid?donor=FRA&donor=DEU&kind=military&to=2024-06-30",
    "/aid?view=monthly", "/aid?view=ranking", "/aid?view=reported", "/aid?view=reported&evidence=articles",
    "/systems", "/systems?view=flows", "/systems?evidence=articles", "/systems?view=matrix",
    "/systems?view=reference", "/timeline", "/timeline?topic=procurement&country=DEU",
    "/timeline?evidence=articles", "/country", "/country?country=USA", "/country?country=EST&evidence=articles",
    "/evidence", "/evidence?q=Mistral&evidence=articles",
]  # fmt: skip

#: The server with a page of Streamlit's behind it.
SITE = Starlette(routes=[*ROUTES, Route("/{path:path}", shell)], middleware=MIDDLEWARE)


@dataclass(frozen=True)
class Card:
    """A card as it was drawn: its texts in their order, and the figure on it."""

    texts: tuple[str, ...]
    figure: Any


@dataclass(frozen=True)
class Seen:
    """A view as readers get it."""

    link: str
    view: View
    record: Record
    html: Html
    card: Card

    @cached_property
    def frame(self) -> Frame:
        """What the live page draws and what its Share menu gives away."""
        return registry.frame_of(self.record, self.view)

    @cached_property
    def figure(self) -> Any:
        """The chart of the page; None where the view is a table."""
        shown = lead(self.record, self.view)
        return shown.draw()[0] if shown.has_chart else None

    @cached_property
    def file(self) -> list[dict[str, str]]:
        """The rows of the CSV of this view."""
        return list(csv.DictReader(io.StringIO(sharing.csv_bytes(self.frame).decode("utf-8"))))


@pytest.fixture(scope="module")
def card_of():
    """Draws the card of a link as the server does, and keeps what was put on it."""
    texts: list[str] = []
    figures: list[Any] = []
    set_text = ImageDraw.ImageDraw.text

    def write(self, xy, text, *more, **settings):
        texts.append(text)
        return set_text(self, xy, text, *more, **settings)

    def draw(figure, form):
        figures.append(figure)
        buffer = io.BytesIO()
        Image.new("RGB", (20, 20)).save(buffer, "PNG")
        return buffer.getvalue()

    def drawn(link: str) -> Card:
        texts.clear()
        figures.clear()
        answer = ask(SITE, link)
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
        return Card(tuple(texts), figures[-1] if figures else None)

    with pytest.MonkeyPatch.context() as patch:
        disk = DiskCache("test-agreement")
        patch.setattr(preview, "card_cache", lambda: disk)
        patch.setattr(ImageDraw.ImageDraw, "text", write)
        patch.setattr(image_export, "draw", draw)
        yield drawn


@pytest.fixture(scope="module", params=LINKS)
def seen(request, card_of) -> Seen:
    link, place, record = request.param, urlsplit(request.param), http.record()
    view, notices = PAGES[place.path[1:]].parse(parse_qs(place.query), record)
    assert not notices and view.link() == link
    html = Html(ask(SITE, link).text)
    return Seen(link, view, record, html, card_of(html.meta["og:image"].removeprefix("https://shields.example")))


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.,]*", text)


# The words: one finding, one count of sources, one version.


def test_head_summary_and_card_give_the_finding_of_the_chart(seen):
    title = seen.frame.title
    assert seen.html.texts["title"] == [f"{title} · Two Shields"]
    assert [seen.html.meta["og:title"], seen.html.meta["twitter:title"], *seen.html.texts["h1"]] == [title] * 3
    assert f"{title} " in " ".join((*seen.card.texts, "")), seen.card.texts


def test_summary_and_card_count_the_sources_of_the_chart(seen):
    line = seen.frame.source_line
    assert line in seen.html.texts["main"][0]
    (said,) = (text for text in seen.card.texts if text.startswith("Rests on"))
    assert line == said or line.startswith(said.removesuffix("…").rstrip())
    count, *_ = numbers(line)
    assert numbers(said)[0] == count
    if claim_ids := {claim_id for row in seen.file for claim_id in row["Claims"].split()}:
        claims = seen.record.claims.loc[sorted(claim_ids)]
        assert count == f"{len(claim_ids):,}"
        # A card's line holds the counts, whatever else it has to cut.
        counts = claims.drop_duplicates("source_id")["source_corpus"].value_counts()
        assert numbers(said)[1 : 1 + len(counts)] == [str(counts[c]) for c in ("article", "record") if c in counts]


def test_every_place_names_the_version_of_the_data(seen):
    edition = seen.record.data_version
    assert f"Data {edition}" in seen.card.texts
    assert f"version {edition}" in seen.html.texts["main"][0]
    assert any(f'"version": "{edition}"' in text for text in seen.html.texts["script"])
    assert edition in sharing.Reference.of(seen.frame, seen.record, seen.link).plain()


# The rows: the summary's table is the head of the file.


def test_the_table_of_the_summary_is_the_head_of_the_file(seen):
    columns = [name for name in seen.file[0] if name != "Claims"]
    assert seen.html.texts["th"] == columns
    cells = seen.html.texts["td"]
    shown = [cells[i : i + len(columns)] for i in range(0, len(cells), len(columns))]
    assert len(shown) == min(head.MAX_ROWS, len(seen.file))
    for row, line in zip(shown, seen.file, strict=False):
        for cell, name in zip(row, columns, strict=True):
            said = line[name].removeprefix("'")
            try:
                assert float(cell.replace(",", "")) == float(said)
            except ValueError:
                assert cell == said, name
    if len(seen.file) > head.MAX_ROWS:
        assert seen.html.texts["caption"] == [f"{head.MAX_ROWS} of {len(seen.file)} rows"]


# The marks: what is plotted is what the file says, number by number.


BILLION = 1e9


def marks(figure: Any) -> set[str]:
    """What can be chosen on a figure, by its mark."""
    return {item[0] for trace in figure.data if trace.customdata is not None for item in trace.customdata}


def written(figure: Any) -> list[str]:
    """The words on a figure, without their layout, in the order in which they are drawn."""
    return [re.sub("<br>", " ", re.sub("</?b>", "", note.text)) for note in figure.layout.annotations]


def _map(figure, file, title, drawn_on_card):
    _camps(title, file)
    assert marks(drawn_on_card) == marks(figure)


def _overview_map(figure, file, title, drawn_on_card):
    states = Counter(row["Between the camps"] for row in file)
    german, both, french = (states[STATES[state].label] for state in ("german_led", "both", "french_led"))
    told = re.match(r"(?:The articles name )?(\w+) states .*, (\w+) on the French-led track, (\w+) in both$", title)
    expected = [phrases.number(number) for number in (german + both, french + both, both)]
    assert [word.lower() for word in told.groups()] == expected
    assert marks(drawn_on_card) == marks(figure)


def _overlap(figure, file, title, drawn_on_card):
    words, states = written(figure), Counter(row["Between the camps"] for row in file)
    heads = (("● Sky Shield only", "german_led"), ("◆ In both", "both"), ("■ French-led only", "french_led"))
    assert {f"{head}: {states[STATES[state].label]}" for head, state in heads} <= set(words)
    assert sorted(words[words.index(row["Country"])] for row in file) == sorted(row["Country"] for row in file)
    _camps(title, file)


def _camps(title, file):
    """The title names those whom the file has in both camps; where there is none, its numbers are the file's."""
    of = {
        state: [row["Country"] for row in file if row["Between the camps"] == STATES[state].label] for state in STATES
    }
    finding = re.sub("^(As of [^,]+, )?([Cc]ounting [^,]+, )?", "", title)
    if of["both"]:
        count, names = re.fullmatch(r"(\w+) countr(?:y is|ies are) in both camps: (.+)", finding).groups()
        assert count.lower() == phrases.number(len(of["both"]))
        assert names.replace(" (inferred)", "") == phrases.join(sorted(of["both"]))
    else:
        assert numbers(finding) == [str(len(of[state])) for state in ("german_led", "french_led")]
        assert finding.endswith("none known to be in both")


def _initiatives_matrix(figure, file, title, drawn_on_card):
    words = written(figure)
    groups = {(row["Between the camps"], row["Country"]) for row in file}
    for group, count in Counter(group for group, _ in groups).items():
        assert any(re.fullmatch(rf"{group} · {count}( of \d+)?", text) for text in words)
    assert {country for _, country in groups} <= set(words)
    inside = Counter(row["Initiative"] for row in file if row["Counts as in"] == "yes")
    for initiative in {row["Initiative"] for row in file}:
        assert f"{initiative.partition(' (')[0]} {inside[initiative]} in" in words
    for count, name in re.findall(r"(\w+)(?: countr(?:y is|ies are))?(?: named)? in the ([^,;]+), \w+ bound", title):
        assert count.lower() == phrases.number(inside[name])


def _growth(figure, file, title, drawn_on_card):
    last = {row["Of"].lower(): row["Members"] for row in file if "names" in row["What is counted"]}
    ends = {name.lower(): count for count, name in (words.split(" ", 1) for words in written(figure))}
    assert ends == last


def _cumulative(figure, file, title, drawn_on_card):
    if not any("|" in mark for mark in marks(figure)):
        told = sorted(round(float(row["Euros"])) for row in file if row["Period"] != "period not stated")
        chosen = [trace for trace in figure.data if trace.customdata is not None]
        assert sorted(round(y * BILLION) for trace in chosen for y in trace.y) == told


def _monthly(figure, file, title, drawn_on_card):
    plotted = sum(y * BILLION for trace in figure.data for y in trace.y)
    assert plotted == pytest.approx(sum(float(row["Euros"]) for row in file))


def _reported(figure, file, title, drawn_on_card):
    drawn = sorted(round(x * BILLION) for trace in figure.data for x in trace.x)
    assert drawn == sorted(round(float(row["Euros"])) for row in file)


def _ranking(figure, file, title, drawn_on_card):
    lengths: dict[str, float] = Counter()
    for trace in figure.data:
        if trace.type == "bar":
            for mark, x in zip(trace.customdata, trace.x, strict=True):
                lengths[mark[0]] += x * BILLION
    amounts = {round(float(row["Euros"]), -3) for row in file}
    assert {round(length, -3) for length in lengths.values()} <= amounts


def _systems(figure, file, title, drawn_on_card):
    assert len(marks(figure)) == len(file)
    texts = [text for trace in figure.data if isinstance(trace.text, tuple) for text in trace.text]
    words = "\n".join([*texts, *(note.text for note in figure.layout.annotations)])
    for row in file:
        # Under a box, who signed nothing is counted and named on hover alone.
        names = (row["System"],) if "Goes with" in row else (row["System"], row["Country"])
        assert all(name.split()[0] in words for name in names if name), row
    if found := re.search(r"(\d+) countries have supplied", title):
        givers = {row["Given or sold by"] for row in file if row["Who gets it"].startswith("Ukraine")}
        assert int(found[1]) <= len(givers)


def _timeline(figure, file, title, drawn_on_card):
    threads = Counter(row["Thread"] for row in file if row["Date"] != "date not given")
    words = written(figure)
    for thread, count in threads.items():
        assert words[words.index(thread) + 1] == phrases.count(count, "event")
    assert sum(words.count(phrases.count(count, "event")) for count in set(threads.values())) == len(threads)
    if found := re.search(r": (\d+) events from (\d{4}) to (\d{4})", title):
        years = sorted(row["Date"][-4:] for row in file)
        assert found.groups() == (str(len(file)), years[0], years[-1])


def _standing(figure, file, title, drawn_on_card):
    """What is written beside a mark is a row: its day, where its lane has several the initiative, and the status."""
    rows = {(row["Initiative"].partition(" (")[0], row["Status"]) for row in file}
    dates = {row["Date"] for row in file}
    told = [re.match(r"((?:by )?(?:\d+ )?(?:\w{3} )?\d{4}) (?:(.+): )?(.+)", words) for words in written(figure)]
    assert any(told)
    for day, initiative, status in (found.groups() for found in told if found):
        assert any(status == said and initiative in (None, name) for name, said in rows)
        assert any(re.sub(r"([A-Z]\w\w)\w*", r"\1", date) == day for date in dates), day


def _country_aid(figure, file, title, drawn_on_card):
    country, amount, place = re.match(r"(.+?): (€[\d.,]+ \w+) of .*, (\d+)\w\w of", title).groups()
    (own,) = (row for row in file if row["Donor"] == country)
    more = sum(float(row["Euros"]) > float(own["Euros"]) for row in file)
    assert (phrases.euros(float(own["Euros"])), int(place)) == (amount, more + 1)
    assert f"{amount}: {place}" in "\n".join(written(figure))


MARKS = {
    "overview-map": _overview_map,
    "initiatives-map": _map,
    "initiatives-overlap": _overlap,
    "initiatives-matrix": _initiatives_matrix,
    "initiatives-growth": _growth,
    "aid-cumulative": _cumulative,
    "aid-monthly": _monthly,
    "aid-ranking": _ranking,
    "aid-reported": _reported,
    "systems-reach": _systems,
    "systems-flows": _systems,
    "systems-matrix": _systems,
    "timeline": _timeline,
    "country-standing": _standing,
    "country-aid": _country_aid,
}


def test_the_chart_plots_the_numbers_of_the_file_and_the_card_shows_that_chart(seen):
    assert len(seen.file) == len(seen.frame.rows) > 0
    if seen.figure is None:
        assert seen.card.figure is None
        assert seen.frame.name in ("systems-reference", "evidence-claims")
        assert int(numbers(seen.frame.title)[0].replace(",", "")) == len(seen.file)
        first = next(iter(seen.file[0]))
        starts = [row[first].split()[0] for row in seen.file[: cards.MAX_ROWS]]
        told = [text for text in seen.card.texts if text.split()[0] in starts]
        assert len(told) >= min(cards.MAX_ROWS, len(seen.file)) - 1
        return
    expected = cards.chart(lead(seen.record, seen.view))
    drawn = [(trace.type, tuple(trace.x), tuple(trace.y)) for trace in expected.data]
    assert [(trace.type, tuple(trace.x), tuple(trace.y)) for trace in seen.card.figure.data] == drawn
    rows = seen.frame.rows
    if not seen.frame.name.startswith("aid-"):  # whose marks are months, sums and bars; each has its check below
        assert marks(seen.figure) == set(
            rows.loc[rows["placed"].astype(bool), "mark"] if "placed" in rows else rows["mark"]
        )
    assert set() < marks(seen.card.figure) <= marks(seen.figure)
    MARKS[seen.frame.name](seen.figure, seen.file, seen.frame.title, seen.card.figure)


def test_the_views_are_many_and_of_every_page_and_every_chart():
    views = [PAGES[urlsplit(link).path[1:]].parse(parse_qs(urlsplit(link).query), http.record())[0] for link in LINKS]
    assert {(type(view), view.evidence) for view in views} == set(product(PAGES.values(), ("all", "articles")))
    assert set(MARKS) <= {registry.frame_of(http.record(), view).name for view in views}


# The Overview and the views that it leads to.


@pytest.mark.parametrize("evidence", ["all", "articles"])
def test_overview_matrix_and_growth_count_the_same_members_and_signatures(evidence):
    record = http.record()
    tile = overview.tiles(record, OverviewView(evidence=evidence))[0]
    members, bound = re.fullmatch(
        r"German-led\. Of all (\d+), (\w+) (?:is|are) bound by a signature", tile.about
    ).groups()
    matrix = registry.frame_of(record, InitiativesView(view="matrix", evidence=evidence)).title
    told = re.match(r"(\w+) countries are(?: named)? in the Sky Shield \(ESSI\), (\w+) bound by a signature", matrix)
    assert (told[1].lower(), told[2]) == (phrases.number(int(members)), bound)
    growth = registry.frame_of(record, InitiativesView(view="growth", evidence=evidence)).title
    assert growth.startswith(f"Sky Shield: {members} ")
