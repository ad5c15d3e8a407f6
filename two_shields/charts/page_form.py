"""A figure in the form in which a page shows it."""

import re
from math import ceil
from typing import Any

import plotly.graph_objects as go

from two_shields.charts import letters
from two_shields.charts.style import BACKGROUND, TEXT, faded
from two_shields.charts.words import in_one_trace

#: The page's typeface, as Streamlit (1.67) names it.
_FAMILY = '"Source Sans", sans-serif'
_TAG = re.compile("<[^>]*>")
#: What Streamlit's theme for charts would say of each axis.
_AXES: dict[str, dict[str, Any]] = {
    "xaxis": {"automargin": True, "showgrid": False, "zeroline": False},
    "yaxis": {"automargin": True},
}


def on_page(figure: go.Figure, theme: str) -> go.Figure:
    """The figure itself, in the look of the page, so that the browser draws it once.

    Streamlit (1.67) puts its theme on a chart as a template, once before the chart is drawn and once after that. To Plotly (4)
    a template that is not the same object is another one, as is each list without `datarevision`: it drew every chart
    twice. Another figure is another chart to Streamlit, which then begins anew, so the revision need not change.
    """
    shown = in_one_trace(figure)
    layout = shown.layout.to_plotly_json()
    axes = {name: _AXES[name[:5]] | axis for name, axis in layout.items() if name[:5] in _AXES}
    margin = {"pad": 8} | layout["margin"]
    margin["l"] = max(margin["l"], _room(layout.get("yaxis", {})))
    look = {
        "datarevision": 1, "dragmode": "pan", "hovermode": "closest", "template": None,
        "font": {"family": _FAMILY, "weight": 400} | layout["font"], "margin": margin,
        "legend": {"valign": "top"} | layout["legend"],
        "hoverlabel": {
            "bgcolor": BACKGROUND[theme], "bordercolor": faded(TEXT[theme], 0.2),
            "font": {"family": _FAMILY, "size": 12, "color": TEXT[theme]},
        } | layout["hoverlabel"],
    }  # fmt: skip
    shown.update_layout(axes | look, overwrite=True)
    return shown


def _room(axis: dict[str, Any]) -> int:
    """Pixels for an axis' words and what lies beside them. Where Plotly has to find out, it draws the whole chart again."""
    words = [_TAG.sub("", text) for text in axis.get("ticktext") or () if axis.get("visible", True)]
    return ceil(max(letters.width(text, axis["tickfont"].get("size", 12)) for text in words)) + 13 if words else 0
