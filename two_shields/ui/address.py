"""The page's address and its widgets, kept the same.

Streamlit's own `bind="query-params"` cannot carry this site's addresses: its parameter names are shared
by pages (`view`, `country`), and in Streamlit 1.67 a name bound on one page is filtered out of a link to
another, while each restored parameter adds a step to the browser's history. So the address is read into
the widgets at the start of a run unless a widget has just been touched, and written back once after them:
one step of history per change, and Back returns to it.
"""

import streamlit as st

from two_shields.record.record import Record
from two_shields.state import migrations, pinned
from two_shields.state.parameters import DATA, FOREIGN, MARK, Notice, View

_TOUCHED = "address:touched"
_VISITED = "address:visited"
_WIDGETS_LEAD = "address:widgets-lead"
_PUT_RIGHT = "address:put-right"
_MARK = "address:mark"


def key(page: type[View], parameter: str) -> str:
    return f"{page.path or 'overview'}:{parameter}"


def switch(page: type[View]) -> str:
    """The session key of a page's evidence switch, which stands for one parameter's code."""
    return f"{page.path or 'overview'}:articles"


def touch() -> None:
    """A widget's callback: in this run the widgets are right, and the address follows. No evidence stands open."""
    st.session_state[_MARK] = None
    lead()


def lead() -> None:
    """In the run that comes the widgets are right, and the mark that was chosen."""
    st.session_state[_TOUCHED] = True


def mark() -> str | None:
    return st.session_state.get(_MARK)


def choose_mark(named: str) -> None:
    touch()
    st.session_state[_MARK] = named


def is_touched() -> bool:
    """Whether a widget has been used for the run that comes, or has just begun."""
    return st.session_state.get(_TOUCHED, False)


def go_on() -> None:
    """A part of the page runs again by itself: the address has not changed since it was read."""
    st.session_state[_WIDGETS_LEAD] = st.session_state.pop(_TOUCHED, False)


def set_value(page: type[View], parameter: str, value: object) -> None:
    st.session_state[key(page, parameter)] = value
    touch()


def open_view(view: View) -> None:
    _fill(view)
    touch()


def shown(page: type[View]) -> View:
    before = st.session_state.get(_VISITED, {}).get(page.path)
    values = {
        parameter.name: st.session_state.get(key(page, parameter.name), parameter.default)
        for parameter in page.parameters()
    }
    for parameter in page.parameters():
        # A switch behind "More" that its browser has just drawn for the first time says None in the next run (1.67).
        if parameter.kind == "one" and values[parameter.name] is None:
            values[parameter.name] = before.values()[parameter.name] if before else parameter.default
    return page.of_values(values)


def drop_mark(page: type[View]) -> None:
    st.session_state[_MARK] = None
    write(shown(page))


def read(page: type[View]) -> tuple[Record, tuple[Notice, ...]]:
    """Put the address into the widgets' state; the record that it names, and what of it is not understood."""
    # Somebody may change a filter and go on to another page before the run comes: that page's widgets are not filled.
    filled = switch(page) in st.session_state
    st.session_state[_WIDGETS_LEAD] = st.session_state.pop(_TOUCHED, False) and filled
    if st.session_state[_WIDGETS_LEAD]:
        return pinned.record_of(st.session_state[key(page, DATA)]), ()
    query = _query()
    st.session_state[_MARK] = (query.get(MARK) or [None])[-1]
    record, view, notices = pinned.read(page, query)
    _fill(view)
    return record, notices


def write(view: View) -> None:
    """Put the view into the address, and remember it for the way back to this page.

    An address that says the view in other words (a default spelt out, a parameter left out with a notice) is
    put right once: a reader who goes back over it is not sent forward again.
    """
    st.session_state.setdefault(_VISITED, {})[view.path] = view
    now = {name: values for name, values in _query().items() if not name.startswith("embed")}
    foreign = {name: values for name, values in now.items() if FOREIGN.fullmatch(name)}
    wanted = foreign | view.query() | ({MARK: [mark()]} if mark() else {})
    if wanted == now:
        return
    if not st.session_state[_WIDGETS_LEAD]:
        migrate = st.session_state.setdefault(_PUT_RIGHT, set())
        said = (view.path, tuple((name, tuple(values)) for name, values in sorted(now.items())))
        if said in migrate:
            return
        migrate.add(said)
    st.query_params.from_dict(wanted)


def forward(path: str) -> None:
    """Go on to where the page of an old path stands today, with what its address asked for."""
    now, query = migrations.migrate(path, _query())
    st.switch_page(f"pages/{now or 'overview'}.py", query_params=query)


def last_query(page: type[View], here: View) -> dict[str, list[str]]:
    """How the reader left a page, with the evidence and the version of the data of the page that is open now."""
    view = st.session_state.get(_VISITED, {}).get(page.path, page())
    return view.replace(evidence=here.evidence, data=here.data).query()


def _fill(view: View) -> None:
    values = view.values()
    for parameter in view.parameters():
        value = values[parameter.name]
        st.session_state[key(type(view), parameter.name)] = list(value) if parameter.kind == "many" else value


def _query() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
