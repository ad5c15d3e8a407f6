"""The parts that only the Overview has: headline figures and findings, each a link to its view."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from two_shields.exhibits.overview.frames import Finding, Headline
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown


def headlines(figures: Iterable[Headline]) -> None:
    with st.container(horizontal=True, key="headlines"):
        for figure in figures:
            with st.container(border=True, width="stretch", gap="xsmall"):
                st.metric(figure.label, figure.value, help=figure.help)
                link(figure.link, figure.view)


def findings(sentences: Iterable[Finding]) -> None:
    st.subheader("Findings", anchor=False)
    sentences = list(sentences)
    for column, finding in zip(side_by_side(len(sentences)), sentences, strict=True):
        with column, st.container(border=True, gap="xsmall"):
            st.markdown(escape_markdown(finding.sentence) + ".")
            link(finding.link, finding.view)


def side_by_side(number: int) -> list[st.delta_generator.DeltaGenerator]:
    return st.columns(number, gap="medium")
