"""The parts that only the Overview has: headline figures and findings, each a link to its view."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from two_shields.exhibits.overview.findings import Finding, Headline
from two_shields.exhibits.registry import exhibits_of
from two_shields.record.record import Record
from two_shields.state.views import OverviewView
from two_shields.ui import exhibit
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown


def headlines(figures: Iterable[Headline]) -> None:
    with st.container(horizontal=True, key="headlines"):
        for figure in figures:
            with st.container(border=True, width="stretch", gap="xsmall"):
                st.metric(figure.label, figure.value, help=figure.help)
                link(figure.link, figure.view)


def charts(kept: Record, view: OverviewView) -> None:
    """The page's exhibits, side by side."""
    exhibits = exhibits_of(view)
    for column, one in zip(side_by_side(len(exhibits)), exhibits, strict=True):
        with column:
            exhibit.show(one, kept, view)


def findings(sentences: Iterable[Finding]) -> None:
    st.subheader("Findings", anchor=False)
    sentences = list(sentences)
    for column, finding in zip(side_by_side(len(sentences)), sentences, strict=True):
        with column, st.container(border=True, gap="xsmall"):
            st.markdown(escape_markdown(finding.sentence) + ".")
            link(finding.link, finding.view)


def side_by_side(number: int) -> list[st.delta_generator.DeltaGenerator]:
    return st.columns(number, gap="medium")
