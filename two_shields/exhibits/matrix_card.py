"""A matrix that is too tall for a card, cut to its first countries; `layout.meta["note"]` says which these are."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from two_shields.exhibits.frame import Frame


def first_countries(rows: pd.DataFrame, weight: pd.Series, most: int) -> pd.DataFrame:
    """The rows of the countries that weigh the most; of equals, those with more rows, then by name."""
    size = rows["country"].value_counts()
    countries = sorted(rows["country"].unique(), key=lambda name: (-weight.get(name, 0), -size[name], name))
    return rows[rows["country"].isin(countries[:most])]


def noted(made: go.Figure, frame: Frame, kept: pd.DataFrame, which: str) -> go.Figure:
    number, of = kept["country"].nunique(), frame.rows["country"].nunique()
    return made.update_layout(meta={"note": f"{number} of {of} countries: {which}" if number < of else ""})
