"""What every page begins with: the record, its heading, its notices and its controls."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import timedelta

import streamlit as st

from two_shields import dates, labels, membership
from two_shields.parameters import FIRST_DAY, LAST_DAY, LONGEST_TEXT, Parameter, View
from two_shields.record import BrokenRecord, Record
from two_shields.ui import address, links
from two_shields.views import PAGES

_HEADED = "page:headed"


@st.cache_resource(show_spinner=False)
def load_record() -> Record:
    kept = Record.load()
    # Streamlit looks for garbage among all objects after every run (1.67), which took a third of the time of many
    # readers' runs. What is there by now stays for good: it is put aside.
    gc.collect()
    gc.freeze()
    return kept


def record() -> Record:
    """The record, once per process; where it is broken, a message instead of a page."""
    try:
        return load_record()
    except BrokenRecord as broken:
        st.error(
            "The tables under `data/` do not keep their contract; nothing is shown until they do.\n\n"
            + "\n".join(f"- {fault}" for fault in broken.faults[:20]),
            title="The record is broken",
        )
        st.stop()


def navigation() -> st.Page:
    """Registers all pages with Streamlit and returns the one that the address names."""
    return st.navigation(
        [
            st.Page(
                f"pages/{path or 'overview'}.py", title=page.title, url_path=path, default=not path, help=page.question
            )
            for path, page in PAGES.items()
        ],
        position="hidden",
    )


def header(here: type[View]) -> None:
    """What stands above every page: links to all pages, each as the reader left it, the evidence switch, notices."""
    st.session_state[_HEADED] = True
    _comes_back()
    links.begin(here)
    kept = record()
    notices = address.read(here, kept)
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.markdown("**Two Shields**", width="content")
        evidence = st.session_state[address.key(here, "evidence")]
        for path, page in PAGES.items():
            # A link to the open page would change it without its address: it leads to what is shown.
            query = address.shown(here).query() if page is here else address.last_query(page, evidence)
            st.page_link(f"pages/{path or 'overview'}.py", query_params=query)
        st.space("stretch")
        _control(here, next(parameter for parameter in here.parameters() if parameter.name == "evidence"), kept)
    for notice in notices:
        st.warning(str(notice), icon=":material/link_off:")


@st.fragment(run_every=timedelta(hours=12))
def _comes_back() -> None:
    """Nothing to see: with it, a browser that has lost its session asks for a run as soon as it has a new one.

    Without a fragment that runs by itself it waits for the reader's next click (1.67), which the new session, on
    another server or after two minutes without a network, does not know what to do with: the click would be lost.
    """


def begin(page: type[View]) -> Record:
    """The page's heading, and the record that it shows."""
    if not st.session_state.pop(_HEADED, False):
        # A new server that is asked for a page first takes the folder `pages/` for Streamlit's older kind of
        # multi-page app and runs the page without `app.py` (1.67). Registering the pages ends that.
        navigation()
        st.rerun()
    st.title(page.title, anchor=False)
    st.caption(page.question)
    return record()


def open_page(page: type[View]) -> tuple[Record, View]:
    """Heading and controls of a page; the view that they say, also in the address."""
    kept = begin(page)
    _controls(page, kept)
    view = address.shown(page)
    address.write(view)
    return kept, view


def _controls(page: type[View], kept: Record) -> None:
    """The view's switch first, then its filters."""
    parameters = [parameter for parameter in page.parameters() if parameter.name != "evidence"]
    for parameter in (p for p in parameters if p.name == "view"):
        _control(page, parameter, kept)
    filters = [parameter for parameter in parameters if parameter.name != "view" and not parameter.hidden]
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


def _summary(page: type[View], filters: list[Parameter], kept: Record) -> str:
    """What the filters say, so that they need not be opened to be read."""
    parts = []
    values = address.shown(page).values()
    for parameter in filters:
        value = values[parameter.name]
        if parameter.kind == "many":
            shown = labels.listed([labels.of_code(parameter, code, kept) for code in value], most=2) or parameter.empty
        elif parameter.kind == "day":
            shown = dates.words(value.isoformat()) if value else {"from": "the start"}.get(parameter.name, "the latest")
        else:
            shown = labels.of_code(parameter, value, kept) if value else parameter.empty
            shown = shown.lower() if parameter.kind == "one" else shown
        parts.append(f"{parameter.label.lower()}: {shown}")
    return "Filters · " + " · ".join(parts)


def _control(page: type[View], parameter: Parameter, kept: Record) -> None:
    """The widget of a parameter; its value is in the session, put there from the address."""
    key = address.key(page, parameter.name)

    def words(code: str) -> str:
        return labels.of_code(parameter, code, kept)

    common = {"key": key, "help": parameter.help, "on_change": address.touch}
    match parameter.kind:
        case "one":
            st.segmented_control(
                parameter.label,
                list(parameter.codes(kept)),
                format_func=words,
                required=True,
                label_visibility="collapsed" if parameter.name in ("view", "evidence") else "visible",
                **common,
            )
        case "many":
            options = sorted(parameter.codes(kept), key=words)
            st.multiselect(
                parameter.label, options, format_func=words, placeholder=parameter.empty.capitalize(), **common
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
