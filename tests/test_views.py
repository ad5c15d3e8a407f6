"""Links: what they carry, what they leave out, and what they say about what they do not understand."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from checked_in import RECORD
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from two_shields.state.parameters import FIRST_DAY, LAST_DAY, LONGEST_TEXT, MOST_VALUES, Notice, View, many
from two_shields.state.parameters import parameter as declared
from two_shields.state.views import PAGES, AidView, EvidenceView, InitiativesView, OverviewView, SystemsView
from two_shields.web import http


def views(page: type[View]) -> st.SearchStrategy[View]:
    """Any view of a page that its widgets can show."""

    def values(parameter):
        codes = sorted(parameter.codes(RECORD)) if parameter.codes else []
        match parameter.kind:
            case "one" | "pick":
                return st.sampled_from([parameter.default, *codes])
            case "many":
                return st.lists(st.sampled_from(codes), unique=True, max_size=MOST_VALUES).map(tuple)
            case "day":
                return st.none() | st.dates(FIRST_DAY, LAST_DAY)
            case "text":
                return st.none() | st.text("abcxyzÄé9&+%", min_size=1, max_size=20)
            case kind:
                raise NotImplementedError(f"no strategy for parameters of the kind {kind}")

    return st.fixed_dictionaries({p.name: values(p) for p in page.parameters()}).map(page.of_values)


# Round trips.


def any_view() -> st.SearchStrategy[View]:
    """Any view of any page."""
    return st.sampled_from(list(PAGES.values())).flatmap(views)


def as_served(link: str) -> View:
    """The view that the server understands a request for the link to mean."""
    path, _, query = link.partition("?")
    scope = {"type": "http", "path": path, "root_path": "", "query_string": query.encode("ascii"), "headers": []}
    return http.shown(Request(scope), PAGES[http.path(scope).strip("/")])[1]


@settings(max_examples=5 * settings().max_examples)
@given(view=any_view(), order=st.randoms(use_true_random=False))
def test_views_go_into_links_and_come_back_in_app_and_server(view, order):
    view = view.replace(data=None)  # the codes of a version are its own
    link = view.link()
    pairs = parse_qsl(urlsplit(link).query, keep_blank_values=True)
    assert type(view).parse(parse_qs(urlsplit(link).query), RECORD) == (view, ())
    assert as_served(link) == view and type(view).of_values(view.values()) == view
    # Whoever passes a link on may put its parameters in another order; those of one name stay in theirs.
    names = list(dict.fromkeys(name for name, _ in pairs))
    order.shuffle(names)
    shuffled = urlencode([pair for name in names for pair in pairs if pair[0] == name])
    assert as_served(f"{urlsplit(link).path}?{shuffled}") == view
    # Short: no default, nothing twice, codes and no names.
    assert len(pairs) == len(set(pairs))
    for parameter in view.parameters():
        texts = [text for name, text in pairs if name == parameter.name]
        value = view.values()[parameter.name]
        if value == parameter.default:
            assert not texts
        elif parameter.codes:
            assert texts and set(texts) <= set(parameter.codes(RECORD))
        else:
            assert len(texts) == 1
    assert {name for name, _ in pairs} <= {parameter.name for parameter in view.parameters()}


def test_the_default_view_is_the_bare_address():
    for page in PAGES.values():
        assert page.parse({}, RECORD) == (page(), ())
        assert (page().query(), page().link()) == ({}, f"/{page.path}")


def test_codes_stand_in_the_order_of_the_page_and_lists_repeat():
    view = InitiativesView(view="matrix", initiative=("essi", "eads"), as_of=date(2023, 2, 14), country=("FRA",))
    assert view.link() == "/initiatives?view=matrix&initiative=essi&initiative=eads&as_of=2023-02-14&country=FRA"


def test_the_fields_of_a_period_are_called_from_and_to():
    view, notices = AidView.parse({"from": ["2022-02-24"], "to": ["2023-02-23"], "donor": ["FRA", "EUU"]}, RECORD)
    assert notices == ()
    assert (view.since, view.until, view.donor) == (date(2022, 2, 24), date(2023, 2, 23), ("FRA", "EUU"))
    assert view.link() == "/aid?donor=FRA&donor=EUU&from=2022-02-24&to=2023-02-23"


def test_links_are_escaped_and_a_change_is_one_of_a_copy():
    assert "EU+U%26" in AidView(donor=("EU U&",)).link()
    view = OverviewView()
    assert (view.replace(evidence="articles").link(), view.link()) == ("/?evidence=articles", "/")


# What is understood.


def test_codes_are_read_in_any_case_and_written_once_in_the_order_of_the_link():
    query = {"country": ["Pol", "fra", "POL"], "view": ["MATRIX"], "initiative": ["ESSI"]}
    view, notices = InitiativesView.parse(query, RECORD)
    assert notices == ()
    assert view.query() == {"view": ["matrix"], "initiative": ["essi"], "country": ["POL", "FRA"]}


def test_of_several_values_for_one_the_last_counts():
    view, (notice,) = InitiativesView.parse({"view": ["matrix", "growth"]}, RECORD)
    assert view.view == "growth"
    assert str(notice) == (
        "This link's `view=matrix` was left out: the link says it more than once, and the last one counts."
    )


# Notices.


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("view", "globe", "use one of map, matrix, growth, overlap"),
        ("reading", "loose", "use one of strict, signed, broad"),
        ("evidence", "none", "use one of all, articles"),
        ("country", "France", "use a code such as ALB"),
        ("as_of", "14.02.2023", "a day is written YYYY-MM-DD"),
        ("as_of", "2023-02-30", "a day is written YYYY-MM-DD"),
        ("as_of", "2023-02", "a day is written YYYY-MM-DD"),
        ("as_of", "20230228", "a day is written YYYY-MM-DD"),
        ("as_of", "2023-W09-2", "a day is written YYYY-MM-DD"),
        ("as_of", "", "a day is written YYYY-MM-DD"),
    ],
)
def test_a_bad_value_is_dropped_with_a_notice(name, value, expected):
    view, (notice,) = InitiativesView.parse({name: [value]}, RECORD)
    assert view == InitiativesView()
    assert (notice.parameter, notice.value) == (name, value)
    assert notice.expected.startswith(expected)
    assert str(notice) == f"This link's `{name}={value}` was left out: {notice.expected}."


def test_of_a_text_stays_what_is_legible_and_not_too_long_and_a_notice_says_so():
    for text, kept in (("a\x00b", "ab"), ("a\u202eb c", "ab c"), ("A" * 8_000, "A" * LONGEST_TEXT), ("\x00", None)):
        view, (notice,) = EvidenceView.parse({"q": [text]}, RECORD)
        assert (view.q, notice.parameter) == (kept, "q")
    assert EvidenceView.parse({"q": ["  a   b "]}, RECORD) == (EvidenceView(q="a b"), ())


def test_a_bad_value_does_not_take_good_ones_with_it():
    view, notices = InitiativesView.parse({"country": ["FRA", "XXX", "POL"], "reading": ["broad"]}, RECORD)
    assert (view.country, view.reading) == (("FRA", "POL"), "broad")
    assert [(notice.parameter, notice.value) for notice in notices] == [("country", "XXX")]


def test_an_unknown_name_is_noticed():
    for name in ("countries", "View", "donor", "<script>"):
        view, (notice,) = InitiativesView.parse({name: ["FRA"]}, RECORD)
        assert (view, notice.parameter, notice.value) == (InitiativesView(), name, "FRA")
        assert notice.expected.endswith("it knows as_of, country, data, evidence, initiative, reading, view")


def test_foreign_names_are_not_noticed():
    foreign = ("utm_source", "utm_campaign", "embed", "embed_options", "fbclid", "gclid", "ref")
    for page in PAGES.values():
        assert page.parse({name: ["anything"] for name in foreign}, RECORD) == (page(), ())


def test_a_notice_shows_little_of_what_it_does_not_understand():
    text = str(Notice("country", "`x\n" + "n" * 100, "use a code"))
    assert text == f"This link's `country=x{'n' * 39}…` was left out: use a code."
    _, (notice,) = OverviewView.parse({"`**\n" + "n" * 1000: ["x"]}, RECORD)
    assert str(notice).count("`") == 2 and "\n" not in str(notice) and len(str(notice)) < 200


def test_more_values_than_a_page_can_use_are_noticed(small):
    """Two-letter combinations of invented countries, one more than the most."""
    codes = [f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(MOST_VALUES + 1)]
    for code in codes:
        small.add("countries", iso3=code, name=code, in_europe="false", lat="1", lon="1")
    view, notices = InitiativesView.parse({"country": codes}, small.load())
    assert view.country == tuple(codes[:MOST_VALUES])
    assert [notice.parameter for notice in notices] == ["country"]


def test_a_code_that_is_not_in_this_evidence_is_noticed(small):
    small.add("initiatives", initiative_id="new-plan", name="New plan", short_name="New plan", camp="other",
              kind="programme", description="What it is.", claim_ids="page-a")  # fmt: skip
    record = small.load()
    query = {"initiative": ["new-plan"]}
    assert InitiativesView.parse(query, record) == (InitiativesView(initiative=("new-plan",)), ())
    view, (notice,) = InitiativesView.parse(query, record.only("articles"))
    assert (view.initiative, notice.parameter, notice.value) == ((), "initiative", "new-plan")


def test_a_day_that_no_calendar_of_ours_offers_is_left_out_with_a_notice():
    for day in ("1979-12-31", "2036-01-01", "0001-01-01"):
        view, (notice,) = AidView.parse({"from": [day]}, RECORD)
        assert (view, notice.parameter, notice.value) == (AidView(), "from", day)
        assert "from 1980-01-01 to 2035-12-31" in str(notice)


# What applies to some views of a page alone.


def test_a_value_that_the_view_does_not_use_is_left_out_and_named():
    query = {"view": ["reference"], "stage": ["delivered", "contracted"], "system": ["mistral"]}
    view, (notice,) = SystemsView.parse(query, RECORD)
    assert view == SystemsView(view="reference", system=("mistral",))
    assert str(notice) == (
        "This link's `stage=delivered, contracted` was left out: the view reference does not use it; "
        "it applies to matrix, flows."
    )


def test_another_view_of_the_page_leaves_behind_what_it_does_not_use():
    view = SystemsView(view="flows", stage=("delivered",), system=("mistral",))
    assert view.replace(view="reference").link() == "/systems?view=reference&system=mistral"
    assert view.replace(view="matrix").link() == "/systems?view=matrix&system=mistral&stage=delivered"
    assert SystemsView.of_values({"view": "reference", "stage": ["delivered"]}) == SystemsView(view="reference")


def test_a_link_to_systems_that_names_a_system_or_a_stage_still_shows_the_flows():
    for name, code in (("system", "mistral"), ("stage", "delivered")):
        view, notices = SystemsView.parse({name: [code]}, RECORD)
        assert (view, notices) == (SystemsView(view="flows", **{name: (code,)}), ())
        assert SystemsView.parse(view.query(), RECORD)[0] == view
    assert SystemsView.parse({}, RECORD)[0] == SystemsView(view="reach") == SystemsView()
    assert SystemsView.parse({"system": ["mistral"], "view": ["matrix"]}, RECORD)[0].view == "matrix"
    view, (notice,) = SystemsView.parse({"system": ["mistral"], "view": ["reach"]}, RECORD)
    assert (view, notice.parameter) == (SystemsView(), "system")


def test_a_rule_of_its_own_says_why_a_value_does_not_apply():
    def alone(values):
        return "it goes with one donor alone" if len(values["donor"]) > 1 else ""

    @dataclass(frozen=True)
    class Sums(View):
        path = "sums"
        donor: tuple[str, ...] = many("donor", "Donors", lambda record: {"FRA": "France", "DEU": "Germany"}, "")
        eu: str = declared("eu", "EU", "pick", "", codes=lambda record: {"shared": "Shared"}, applies=alone)

    assert Sums.parse({"eu": ["shared"], "donor": ["FRA"]}, RECORD) == (Sums(donor=("FRA",), eu="shared"), ())
    view, (notice,) = Sums.parse({"eu": ["shared"], "donor": ["FRA", "DEU"]}, RECORD)
    assert view == Sums(donor=("FRA", "DEU"))
    assert str(notice) == "This link's `eu=shared` was left out: it goes with one donor alone."
