"""What every page begins with: the record, its heading, its notices and its controls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import streamlit as st

from two_shields.domain import membership
from two_shields.record import live
from two_shields.record.record import BrokenRecord, Record
from two_shields.state import migrations
from two_shields.state import pinned as pinned_views
from two_shields.state.parameters import FIRST_DAY, LAST_DAY, LONGEST_TEXT, MARK, Notice, Parameter, View
from two_shields.state.views import PAGES, AidView
from two_shields.text import dates, phrases
from two_shields.ui import address, drawer, embed, footer, links, period, pinned, scrubber, share, streamlit_compat
from two_shields.ui.markdown import escape_markdown

#: A link can be wrong in a thousand places; a page says so in a few.
MOST_NOTICES = 5

_HEADED, _RECORD, _WHOLE, _NOTICES = "page:headed", "page:record", "page:whole", "page:notices"
#: What of the header a change of a filter can put out of date: its link to the open page, and what it tells.
_OWN_LINK, _TOLD = "page:own-link", "page:told"
#: How often the filtered part runs by itself, in seconds; None where it does not.
_EVERY = "page:every"
_STYLE = Path(__file__).with_name("style.css")


def load_record() -> Record:
    """The last good record; where there has been none, a message instead of a page."""
    try:
        return live.record()
    except BrokenRecord as broken:
        st.error(
            "The tables under `data/` have errors; nothing is shown until they are corrected.\n\n"
            + "\n".join(f"- {escape_markdown(str(fault))}" for fault in broken.faults[:20]),
            title="The record is broken",
        )
        st.stop()


def record() -> Record:
    """The record of this run, from its first line to its last, whatever is taken up meanwhile."""
    if _RECORD not in st.session_state:
        st.session_state[_RECORD] = load_record()
    return st.session_state[_RECORD]


def refused(refusal: live.Refusal, kept: Record) -> str:
    """What a reader is told of newer data that are not used: how many faults, where the first, what is shown instead."""
    first = refusal.faults[0]
    place = ", ".join(
        filter(None, (first.file, first.line and f"line {first.line}", first.column and f"column {first.column}"))
    )
    faults = "a fault" if len(refusal.faults) == 1 else f"{len(refusal.faults)} faults, the first"
    return (
        f"Newer data have been ignored since {dates.words(refusal.since.date().isoformat())} at {refusal.since:%H:%M} UTC: "
        f"they have {faults} in {place}. This page shows the last valid data, version {kept.version}."
    )


def navigation() -> st.Page:
    """Registers all pages with Streamlit and returns the one that the address names; an old path leads to its page."""
    pages = [
        st.Page(f"pages/{path or 'overview'}.py", title=page.title, url_path=path, default=not path, help=page.question)
        for path, page in PAGES.items()
    ]
    # To Streamlit an old path is a page, too; nobody comes to see it.
    pages += [st.Page(_nothing, title=PAGES[now].title, url_path=was) for was, now in migrations.redirects().items()]
    opened = st.navigation(pages, position="hidden")
    if opened.url_path in migrations.redirects():
        address.forward(opened.url_path)
    return opened


def _nothing() -> None:
    """What stands on a page that has moved."""


def header(here: type[View]) -> None:
    """What stands above every page: links to all pages, each as the reader left it, the evidence switch, notices."""
    st.session_state[_HEADED] = True
    st.html(_STYLE)
    streamlit_compat.window()
    _comes_back()
    links.begin(here)
    drawer.begin()
    load_record()
    kept, notices = address.read(here)
    st.session_state[_RECORD] = kept
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.markdown("**Two Shields**", width="content")
        now = address.shown(here)
        for path, page in PAGES.items():
            if page is here:
                st.session_state[_OWN_LINK] = st.container(width="content")
            else:
                query = address.last_query(page, now)
                st.page_link(f"pages/{path or 'overview'}.py", query_params=query)
        st.space("stretch")
        _control(here, next(parameter for parameter in here.parameters() if parameter.name == "evidence"), kept)
    if refusal := live.refusal():
        st.info(escape_markdown(refused(refusal, kept)), icon=":material/history:")
    st.session_state[_TOLD] = refusal, bool(notices)
    st.session_state[_NOTICES] = st.container()
    with st.session_state[_NOTICES]:
        for notice in notices[:MOST_NOTICES]:
            st.warning(str(notice), icon=":material/link_off:")
        if more := notices[MOST_NOTICES:]:
            st.warning(f"{len(more)} more of this link was left out.", icon=":material/link_off:")


def embedded(here: type[View]) -> None:
    """What a frame on another site shows of a page, instead of the page."""
    st.html(_STYLE)
    streamlit_compat.window()
    load_record()
    kept, view, _ = pinned_views.read(here, {name: st.query_params.get_all(name) for name in st.query_params})
    embed.embed(kept, view)


def finish(here: type[View]) -> None:
    """What comes after every page: a word on a mark that none of its charts has, and the footer."""
    if (mark := address.mark()) and not drawer.has_opened():
        address.drop_mark(here)
        st.session_state[_TOLD] = st.session_state[_TOLD][0], True
        with st.session_state[_NOTICES]:
            notice = Notice(MARK, mark, "no chart of this view has a mark of that name")
            st.warning(str(notice), icon=":material/link_off:")
    footer.footer(record())


def _own_link(here: type[View]) -> None:
    """The header's link to the open page. It would change the page without its address: it leads to what is shown.

    A part of a page that runs by itself can fill what stands around it, if it does so in each run (1.67).
    """
    with st.session_state[_OWN_LINK]:
        st.page_link(f"pages/{here.path or 'overview'}.py", query_params=address.shown(here).query())


@st.fragment(run_every=timedelta(hours=12))
def _comes_back() -> None:
    """Nothing to see: with it, a browser that has lost its session asks for a run as soon as it has a new one.

    Without a fragment that runs by itself it waits for the reader's next click (1.67), which the new session, on
    another server or after two minutes without a network, does not know what to do with: the click would be lost.
    """


def begin(page: type[View]) -> Record:
    """The page's heading, and the record that it shows."""
    kept = _heading(page)
    _own_link(page)
    return kept


def _registered() -> None:
    """See to it that `app.py` has run before the page."""
    if not st.session_state.pop(_HEADED, False):
        # A new server that is asked for a page first takes the folder `pages/` for Streamlit's older kind of
        # multi-page app and runs the page without `app.py` (1.67). Registering the pages ends that.
        navigation()
        st.rerun()


def _heading(page: type[View]) -> Record:
    _registered()
    st.title(page.title, anchor=False)
    # Headings in order: the page, its question, the findings that answer it.
    with st.container(key="question"):
        st.header(page.question, anchor=False)
    return record()


def open_page(page: type[View]) -> tuple[Record, View]:
    """Heading and controls of a page; the view that they say, also in the address."""
    kept = begin(page)
    above = st.container()
    _controls(page, kept)
    view = address.shown(page)
    with above:
        pinned.line(kept, view)
    address.write(view)
    letterhead(kept, view)
    return kept, view


def filtered(
    page: type[View],
    body: Callable[[Record, View], None],
    heading: Callable[[Record, View], str] | None = None,
) -> Record:
    """Heading and controls of a page, and its `body`: what the controls decide. A change in there runs that alone.

    A page with a `heading` says that sentence in place of its name and question, and has its controls in its body.
    """
    if heading:
        _registered()
    kept = record() if heading else _heading(page)
    st.session_state[_WHOLE] = True
    every = scrubber.EVERY if scrubber.is_playing() else None
    st.session_state[_EVERY] = every
    st.fragment(_filtered, run_every=every)(page, body, heading)
    return kept


def _filtered(
    page: type[View], body: Callable[[Record, View], None], heading: Callable[[Record, View], str] | None
) -> None:
    is_alone = not st.session_state.pop(_WHOLE, False)
    if is_alone:
        if not address.is_touched():
            scrubber.tick(page, record())
        if (st.session_state[_EVERY] is not None) is not scrubber.is_playing():
            address.lead()
            st.rerun()  # only a whole run makes the page run by itself, or no more
        if _is_outdated(page):
            address.lead()  # what the reader has just changed is right, and not the address
            st.rerun()
        address.go_on()
        drawer.begin()
    kept = record()
    view = address.shown(page)
    # What the reader waits for is made and sent first; the controls above it, of which little changes, after it.
    above = st.container()
    with links.within(page.path):
        body(kept, view)
    with above:
        pinned.line(kept, view)
        if heading:
            st.title(escape_markdown(heading(kept, view)), anchor=False)
        else:
            _controls(page, kept)
        if not scrubber.is_playing():
            address.write(view)
        _own_link(page)
        letterhead(kept, view)


def _is_outdated(page: type[View]) -> bool:
    """Whether the page around its filtered part has something else to say: other data, or no more of a link's faults."""
    refusal, has_notices = st.session_state[_TOLD]
    asked = pinned_views.record_of(address.shown(page).data)
    return asked is not record() or live.refusal() is not refusal or (has_notices and address.is_touched())


def letterhead(kept: Record, view: View) -> None:
    """What only a printed page shows: where it was printed from, and of which data."""
    with st.container(key="paper:letterhead"):
        st.text(f"Two Shields · {share.address(view)} · data version {kept.version}")


def _controls(page: type[View], kept: Record) -> None:
    """The view's switch first, then its filters."""
    values = address.shown(page).values()
    parameters = [parameter for parameter in page.parameters() if parameter.name != "evidence"]
    for parameter in (p for p in parameters if p.name == "view"):
        _control(page, parameter, kept)
    if page is AidView and values["view"] != "reported":
        period.quick(page, address.shown(page), kept)
    filters = [one for one in parameters if one.name != "view" and not one.hidden and not one.why_not(values)]
    if not filters:
        return
    with st.expander(_summary(page, filters, kept), icon=":material/tune:", key=f"{page.path}:filters"):
        for column, parameter in zip(_columns(len(filters)), filters, strict=True):
            with column:
                _control(page, parameter, kept)


def _columns(number: int) -> Iterable[st.delta_generator.DeltaGenerator]:
    columns: list[st.delta_generator.DeltaGenerator] = []
    while len(columns) < number:
        columns += st.columns(2)
    return columns[:number]


def _inside(label: str) -> str:
    """A label within a sentence; only its first letter is smaller, as names keep theirs."""
    return label[:1].lower() + label[1:]


def _summary(page: type[View], filters: list[Parameter], kept: Record) -> str:
    """What the filters say, so that they need not be opened to be read."""
    parts = []
    values = address.shown(page).values()
    for parameter in filters:
        value = values[parameter.name]
        if parameter.kind == "many":
            shown = phrases.join([parameter.label_of(code, kept) for code in value], most=2) or parameter.empty
        elif parameter.kind == "day":
            ends = "the start" if parameter.name == "from" else "the latest"
            shown = dates.words(value.isoformat()) if value else ends if parameter.empty == "all" else parameter.empty
        else:
            shown = parameter.label_of(value, kept) if value else parameter.empty
            shown = _inside(shown) if parameter.kind == "one" else shown
        parts.append(f"{_inside(parameter.label)}: {shown}")
    return "Filters · " + " · ".join(parts)


def _control(page: type[View], parameter: Parameter, kept: Record) -> None:
    """The widget of a parameter; its value is in the session, put there from the address."""
    key, values = address.key(page, parameter.name), address.shown(page).values()
    # One that did not apply to the view shown last has no value yet.
    st.session_state.setdefault(key, [] if parameter.kind == "many" else parameter.default)

    def words(code: str) -> str:
        return parameter.label_of(code, kept)

    common = {"key": key, "help": parameter.help, "on_change": address.touch}
    match parameter.kind:
        case "one":
            codes = list(parameter.codes_beside(values))
            if st.session_state.get(key) not in codes:  # it went with another view
                st.session_state[key] = parameter.default
            st.segmented_control(
                parameter.label,
                codes,
                format_func=words,
                required=True,
                label_visibility="collapsed" if parameter.name in ("view", "evidence") else "visible",
                **common,
            )
        case "many":
            options = sorted(parameter.codes(kept), key=words)
            most = parameter.most.get(values.get("view", ""))
            if most:
                st.session_state[key] = st.session_state.get(key, [])[:most]
            st.multiselect(
                parameter.label if most != 1 else parameter.label.removesuffix("s"),
                options,
                format_func=words,
                placeholder=parameter.empty.capitalize(),
                max_selections=most,
                **common,
            )
        case "pick":
            options = sorted(parameter.codes(kept), key=words)
            st.selectbox(parameter.label, options, format_func=words, **common)
        case "text":
            st.text_input(parameter.label, max_chars=LONGEST_TEXT, **common)
        case "day":
            st.date_input(parameter.label, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", **common)
            if parameter.name == "as_of":
                _stepper(page, parameter, kept)


def _stepper(page: type[View], parameter: Parameter, kept: Record) -> None:
    """Buttons that move `as_of` from one known change to the next."""
    chosen = st.session_state.get(address.key(page, "initiative"), ())
    days = membership.step_days(kept, tuple(chosen))
    now = st.session_state.get(address.key(page, parameter.name))
    before = [day for day in days if now is None or day < now]
    after = [day for day in days if now is not None and day > now]
    with st.container(horizontal=True):
        for label, icon, target in (
            ("Earlier", ":material/chevron_left:", before[-1] if before else None),
            ("Later", ":material/chevron_right:", after[0] if after else None),
        ):
            st.button(
                label,
                icon=icon,
                type="tertiary",
                disabled=target is None,
                help=f"To {dates.words(target.isoformat())}" if target else None,
                key=f"{page.path}:as_of:{label.lower()}",
                on_click=address.set_value,
                args=(page, parameter.name, target),
            )
