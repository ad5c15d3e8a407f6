"""Quick choices of a period: the whole time, or one of the years that the monthly series has."""

from datetime import date

import streamlit as st

from two_shields.domain import aid
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.ui import address


def quick(page: type[View], view: View, record: Record) -> None:
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
                on_click=_choose,
                args=(page, span),
            )


def _choose(page: type[View], span: tuple[date | None, date | None]) -> None:
    for name, day in zip(("from", "to"), span, strict=True):
        address.set_value(page, name, day)
