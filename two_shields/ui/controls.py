"""A page's controls: its kinds of view and what matters most in sight, the rest behind "More"."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import streamlit as st

from two_shields.domain import aid
from two_shields.record.record import Record
from two_shields.state.parameters import Parameter, View
from two_shields.state.views import AidView, InitiativesView, SystemsView, TimelineView
from two_shields.text import dates, phrases
from two_shields.ui import address, scrubber, streamlit_compat
from two_shields.ui.markdown import escape_markdown

#: What stands in sight beside a page's kinds of view.
IN_SIGHT: Mapping[type[View], tuple[str, ...]] = {
    InitiativesView: ("reading",),
    AidView: ("by", "donor", "kind"),
    SystemsView: ("system",),
    TimelineView: ("topic",),
}
#: Pixels of a list in sight.
WIDTH = 260


def controls(page: type[View], record: Record) -> None:
    """The view's switch first, then its filters. On a phone these are behind one button: the chart comes first."""
    values = address.shown(page).values()
    shown = [one for one in page.parameters() if one.name != "evidence" and not one.hidden and not one.why_not(values)]
    filters = [one for one in shown if one.name != "view"]
    is_narrow = streamlit_compat.is_narrow()
    names = () if is_narrow and len(filters) > 1 else IN_SIGHT.get(page, ())
    first = [one for one in filters if one.name in names]
    rest = [one for one in filters if one.name not in names]
    has_periods = page is AidView and values["view"] != "reported"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"{page.path}:controls"):
        for parameter in (*(one for one in shown if one.name == "view"), *first):
            with st.container(width="content" if parameter.kind == "one" else WIDTH):
                control(page, parameter, record)
        if has_periods and not is_narrow:
            with st.container(width="content"):
                _periods(page, address.shown(page), record)
        if rest:
            label = _summary(page, rest, record, "More" if first else "Filters")
            with st.popover(label, icon=":material/tune:", key=f"{page.path}:filters"):
                if has_periods and is_narrow:
                    _periods(page, address.shown(page), record)
                for parameter in rest:
                    control(page, parameter, record)
                if is_narrow:
                    _clear(page, filters, values)
        if not is_narrow:
            _clear(page, filters, values)
    if "as_of" in values:
        scrubber.row(page, record, address.shown(page))


def _inside(label: str) -> str:
    """A label within a sentence; only its first letter is smaller, as names keep theirs."""
    return label[:1].lower() + label[1:]


def _summary(page: type[View], filters: Iterable[Parameter], record: Record, name: str) -> str:
    """What was chosen, so that it need not be opened to be read."""
    values = address.shown(page).values()
    parts = [
        f"{_inside(one.label)}: {_said(one, values[one.name], record)}"
        for one in filters
        if values[one.name] != one.default
    ]
    return " · ".join([name, *parts])


def _said(parameter: Parameter, value: object, record: Record) -> str:
    if parameter.kind == "many":
        return phrases.join([parameter.label_of(code, record) for code in value], most=2)
    if isinstance(value, date):
        return dates.words(value.isoformat())
    words = parameter.label_of(value, record)
    return _inside(words) if parameter.kind == "one" else words


def _clear(page: type[View], filters: Iterable[Parameter], values: Mapping[str, object]) -> None:
    """One press to see all again, where something was chosen; how it is shown stays, and time has its own end."""
    chosen = {
        one.name
        for one in filters
        if one.kind in ("many", "day") and one.name != "as_of" and values[one.name] != one.default
    }
    if chosen:
        cleared = page.of_values({name: value for name, value in values.items() if name not in chosen})
        st.button(
            "Clear filters", icon=":material/filter_alt_off:", type="tertiary", key=f"{page.path}:clear",
            on_click=address.open_view, args=(cleared,),
        )  # fmt: skip


def evidence_switch(page: type[View]) -> None:
    key = address.key(page, "evidence")
    switch = address.switch(page)
    st.session_state[switch] = st.session_state[key] == "articles"

    def switched() -> None:
        address.set_value(page, "evidence", "articles" if st.session_state[switch] else "all")

    st.toggle(
        "Articles only", key=switch, on_change=switched,
        help="Shows what the five news articles say alone, and leaves out the wider public record that completes them.",
    )  # fmt: skip


def control(page: type[View], parameter: Parameter, record: Record) -> None:
    """The widget of a parameter; its value is in the session, put there from the address."""
    key = address.key(page, parameter.name)
    # One that did not apply to the view shown last has no value yet.
    st.session_state.setdefault(key, [] if parameter.kind == "many" else parameter.default)
    _WIDGETS[parameter.kind](page, parameter, record, key)


def _one(page: type[View], parameter: Parameter, record: Record, key: str) -> None:
    values = address.shown(page).values()
    codes = list(parameter.codes_beside(values))
    # It may have gone with another view. One that no browser has drawn yet, behind "More", forgets what it was told in
    # an earlier run and would show no option (1.67): its value is said anew in each.
    st.session_state[key] = values[parameter.name] if values[parameter.name] in codes else parameter.default
    st.segmented_control(
        parameter.label, codes, format_func=lambda code: parameter.label_of(code, record), required=True, key=key,
        label_visibility="collapsed" if parameter.name in ("view", "part") else "visible", help=parameter.help, on_change=address.touch,
    )  # fmt: skip


def _many(page: type[View], parameter: Parameter, record: Record, key: str) -> None:
    view = address.shown(page).values().get("view", "")
    most = parameter.most.get(view)
    picked = f"{key}:picked"
    # A list that no browser has drawn yet, behind "More", forgets what it was told in an earlier run and would show
    # nothing (1.67): its value is said anew, except after a pick in it, which would close it.
    if not st.session_state.pop(picked, False):
        st.session_state[key] = st.session_state.get(key, [])[:most]

    def pick() -> None:
        st.session_state[picked] = True
        address.touch()

    empty = parameter.empty_in.get(view, parameter.empty)
    empty = parameter.label_of(parameter.first, record) if most == 1 else phrases.capital(empty)
    st.multiselect(
        parameter.label if most != 1 else parameter.label.removesuffix("s"),
        sorted(parameter.codes(record), key=lambda code: parameter.label_of(code, record)), key=key,
        format_func=lambda code: parameter.label_of(code, record), placeholder=empty, max_selections=most,
        help=parameter.help, on_change=pick,
    )  # fmt: skip


def _day(page: type[View], parameter: Parameter, record: Record, key: str) -> None:
    """A day that is typed, and applies with Enter: Streamlit's own field takes it only when it is left (1.67)."""
    field, fault = f"{key}:typed", f"{key}:fault"
    day = st.session_state[key]
    st.session_state[field] = day.isoformat() if day else ""

    def typed() -> None:
        text = st.session_state[field].strip()
        found = parameter.parse(text, record) if text else None
        if text and found is None:
            st.session_state[fault] = text
        else:
            address.set_value(page, parameter.name, found)

    st.text_input(
        parameter.label, key=field, max_chars=10, placeholder="YYYY-MM-DD", help=parameter.help, on_change=typed, width=160
    )  # fmt: skip
    if text := st.session_state.pop(fault, None):
        st.warning(escape_markdown(f"“{text}” was not understood: a day is written like 2023-06-19."))


_WIDGETS: Mapping[str, Callable[[type[View], Parameter, Record, str], None]] = {"one": _one, "many": _many, "day": _day}


def _periods(page: type[View], view: View, record: Record) -> None:
    """A button per year and one for the whole time; the one that is shown is marked."""
    record = record.only(view.values()["evidence"])
    if not aid.has_series(record):
        return
    spans = {"Whole time": (None, None)} | {
        str(year): (date(year, 1, 1), date(year, 12, 31)) for year in aid.years(record)
    }
    now = (view.values()["from"], view.values()["to"])
    with st.container(horizontal=True, gap="small", key=f"{page.path}:periods"):
        for label, span in spans.items():
            st.button(
                label,
                type="primary" if span == now else "tertiary",
                key=f"{page.path}:period:{label}",
                on_click=_choose_period,
                args=(page, span),
            )


def _choose_period(page: type[View], span: tuple[date | None, date | None]) -> None:
    for name, day in zip(("from", "to"), span, strict=True):
        address.set_value(page, name, day)
