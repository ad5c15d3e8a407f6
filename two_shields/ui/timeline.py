"""The parts that only the Timeline and a country's events have: the list by year, and what lies before it."""

import pandas as pd
import streamlit as st

from two_shields.exhibits.frame import Frame
from two_shields.exhibits.timeline.threads import SHOWN_FROM, by_period, earlier
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import View
from two_shields.state.views import CountryView, TimelineView
from two_shields.text import phrases
from two_shields.ui import claims
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown

#: As many countries are linked; of more, the table has the names.
MOST_LINKS = 6


def before(record: Record, view: TimelineView) -> None:
    """How many events lie before the first day shown, and the way to them."""
    days = earlier(record, view)
    if days:
        first = min(days)
        words = phrases.count(len(days), "event", "events")
        link(f"{words} before {view.since or SHOWN_FROM.year}: from {first.year} on", view.replace(since=first))


def by_years(frame: Frame, record: Record, view: View) -> None:
    """The events by year, newest first; then those that no source dates."""
    for year, events in by_period(frame.rows).items():
        label, key = f"{year} · {phrases.count(len(events), 'event')}", f"{frame.name}:list:{year}"
        with st.expander(label, key=key, on_change="rerun") as part:
            if part.open:
                entries(events, record, view, frame.name)
    if not frame.rows["placed"].all():
        undated = frame.rows[~frame.rows["placed"]]
        label = f"Date not given · {phrases.count(len(undated), 'event')}"
        with st.expander(label, key=f"{frame.name}:list:undated", on_change="rerun") as part:
            if part.open:
                st.caption("The sources do not say when, so the chart does not show these.")
                entries(undated, record, view, frame.name)


def entries(events: pd.DataFrame, record: Record, view: View, name: str) -> None:
    """Each event: its date in words, what happened, its countries as links, and its claims on request."""
    narrowed = record.only(view.evidence)
    for event in tuples(events):
        inferred = " (inferred)" if event.date_basis == "inferred" else ""
        with st.container(gap=None, key=f"{name}:entry:{event.mark}"):
            st.markdown(f"**{escape_markdown(event.title)}**")
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(
                    f"{event.date_words}{inferred} · {event.thread_words}, {event.topic_words.lower()}", width="content"
                )
                others = [iso3 for iso3 in event.iso3 if view.values()["country"] != iso3]
                for iso3 in others[:MOST_LINKS]:
                    link(record.country_names[iso3], CountryView(country=iso3, evidence=view.evidence))
                if len(others) > MOST_LINKS:
                    st.caption(f"and {len(others) - MOST_LINKS} more", width="content")
                with st.popover(
                    "Evidence", type="tertiary", icon=":material/fact_check:", on_change="rerun",
                    key=f"{name}:why:{event.mark}",
                ) as why:  # fmt: skip
                    if why.open:
                        claims.evidence(event.claim_ids, narrowed)
