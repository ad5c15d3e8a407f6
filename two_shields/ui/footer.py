"""What stands below every page: what this is, who answers for it, licences, privacy, the date of the data."""

import streamlit as st

from two_shields.contract.project import CITED, LICENCE, contact
from two_shields.record import versions
from two_shields.record.record import Record
from two_shields.text import dates
from two_shields.ui.markdown import escape_markdown


def footer(record: Record) -> None:
    day = versions.day(record.data_version)
    of = f" of {dates.words(day)}" if day else ""
    sentences = (
        "**Two Shields** shows which European states joined the German-led Sky Shield or the French-led track, and on "
        "which sources each statement rests.",
        f"Data{of}, version {escape_markdown(record.data_version)}.",
        f"Who answers for it: {escape_markdown(contact())}.",
        f"Licence of the data: [{LICENCE['name']}]({LICENCE['path']}); monthly aid: {escape_markdown(CITED['aid_monthly'])}. "
        "Code: MIT.",
        "Privacy: no cookies that follow you, no counting of readers, nothing kept about you.",
    )
    with st.container(key="footer"):
        st.caption("  \n".join(sentences))
