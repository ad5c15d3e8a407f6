"""Time under a map: a slider over every day on which somebody's standing changed, back, forward and play.

Play is a part of the page that runs by itself twice a second; each run goes one stop on. The address is written when it
rests. Whoever prefers reduced motion has no play: a style rule takes it away (`style.css`).
"""

from datetime import date

import streamlit as st

from two_shields.domain import membership
from two_shields.domain.membership import stops
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.text import dates, phrases
from two_shields.ui import address

#: Seconds between two stops.
EVERY = 0.5
_PLAYING, _SLIDER = "scrubber:playing", "scrubber:slider"
#: Nobody stood anywhere before it; a slider that began with the first contracts would be mostly empty.
FIRST_STOP = date(2022, 10, 1)
_NOW = None


def is_playing() -> bool:
    return bool(st.session_state.get(_PLAYING))


def row(page: type[View], record: Record, view: View) -> None:
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        buttons(page, record, view)
    with right:
        slider(page, record, view)


def buttons(page: type[View], record: Record, view: View) -> None:
    """Play, back and forward, and the day shown in words; they move the page's `as_of`."""
    days = _days(record, view)
    place = _place(days, view.as_of)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="scrubber"):
        label, icon = ("Pause", ":material/pause:") if is_playing() else ("Play", ":material/play_arrow:")
        st.button(label, icon=icon, key="scrubber:play", on_click=_play, args=(page, days, not is_playing()))
        for name, icon, step in (("earlier", ":material/chevron_left:", -1), ("later", ":material/chevron_right:", 1)):
            target = place + step
            there = 0 <= target < len(days)
            st.button(
                name.capitalize(), icon=icon, key=f"scrubber:{name}", disabled=not there, on_click=_go, args=(page, days, target),
                help=phrases.capital(_words(days[target], record)) if there else f"Nothing {name}",
            )  # fmt: skip
        st.markdown(f"**{phrases.capital(_words(view.as_of, record))}**", width="content")


def slider(page: type[View], record: Record, view: View) -> None:
    """A stop for every day on which somebody's standing changed, and the last for today."""
    days = _days(record, view)
    here = (page.path, tuple(days), days[_place(days, view.as_of)])
    number, there = st.session_state.get(_SLIDER, (0, here))
    # Moved by anything but itself it is another slider: the browser goes on to send where the old one stood, which
    # Streamlit (1.67) takes for a reader's move.
    number += here != there
    st.session_state[_SLIDER] = number, here
    with st.container(key="slider"):
        st.select_slider(
            "As of", days, here[-1], format_func=lambda day: _words(day, record), key=f"{_SLIDER}:{number}", on_change=_slide,
            args=(page, here, number), label_visibility="collapsed",
        )  # fmt: skip


def tick(page: type[View], record: Record) -> None:
    """One stop on, if the page plays; at the end it pauses."""
    if not is_playing():
        return
    view = address.shown(page)
    days = _days(record, view)
    place = _place(days, view.as_of)
    if place + 1 < len(days):
        st.session_state[address.key(page, "as_of")] = days[place + 1]
    if place + 2 >= len(days):
        st.session_state[_PLAYING] = False


def _days(record: Record, view: View) -> list[date | None]:
    """The stops: where initiatives are chosen the days on which theirs changed, else those of the two camps."""
    values = view.values()
    filtered, chosen = record.only(values["evidence"]), values.get("initiative", ())
    found = membership.step_days(filtered, chosen) if chosen else stops(filtered, values.get("reading", "signed"))
    return [*(day for day in found if day >= FIRST_STOP), _NOW]


def _place(days: list[date | None], as_of: date | None) -> int:
    """The stop that stands for a day: the last that is not after it."""
    if as_of is None:
        return len(days) - 1
    return max((place for place, day in enumerate(days) if day is not None and day <= as_of), default=0)


def _words(day: date | None, record: Record) -> str:
    if day is None:
        return f"today (data to {dates.words(record.last_day.isoformat())})" if record.last_day else "today"
    return f"as of {dates.words(day.isoformat())}"


def _go(page: type[View], days: list[date | None], place: int) -> None:
    st.session_state[_PLAYING] = False
    address.set_value(page, "as_of", days[place])


def _slide(page: type[View], here: tuple, number: int) -> None:
    day = st.session_state[f"{_SLIDER}:{number}"]
    if (number, here) != st.session_state[_SLIDER] or day == here[-1]:
        return
    st.session_state[_SLIDER] = number, (*here[:-1], day)
    st.session_state[_PLAYING] = False
    address.set_value(page, "as_of", day)


def _play(page: type[View], days: list[date | None], on: bool) -> None:
    """What the button said when it was pressed: a Pause that comes after the end does not begin again."""
    st.session_state[_PLAYING] = on
    if on and address.shown(page).as_of is None:  # from the end it begins again
        address.set_value(page, "as_of", days[0])
