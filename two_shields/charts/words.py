"""Plain words of a figure as one trace of text: the page draws them in half the time that it takes for annotations."""

from math import floor
from typing import Any

import plotly.graph_objects as go

#: What the letters of the page's typeface take above and below their line, of their size; Plotly's own distance of lines,
#: and where it puts a text's first line, below the text's middle.
_ABOVE, _BELOW, _LINE, _FIRST = 1.024, 0.326, 1.3, 0.25
#: Where a text stands that is held at this side.
_BESIDE = {"left": "right", "center": "center", "right": "left"}


def in_one_trace(figure: go.Figure) -> go.Figure:
    """The figure with its plain words in a trace that cannot be chosen, each as high as it was to the pixel.

    Words in a box, or on one that would cover a trace, or of several sizes, or placed by the paper stay annotations, and so
    do all where the axes decide in the browser how many pixels they have.
    """
    layout = figure.layout.to_plotly_json()
    x_axis, y_axis, margin = layout["xaxis"], layout["yaxis"], layout["margin"]
    if any(axis.get("visible", True) or isinstance(axis.get("range", "-")[0], str) for axis in (x_axis, y_axis)):
        return figure
    bottom, top = y_axis["range"]
    unit = (top - bottom) / (layout["height"] - margin["t"] - margin["b"])
    above = [
        shape for shape in layout.get("shapes", []) if shape.get("layer", "above") == "above" and shape.get("fillcolor")
    ]
    plain, others = [], []
    for note in layout.get("annotations", []):
        covered = any(_lies_on(shape, note) for shape in above)
        (plain if _is_plain(note) and not covered else others).append(note)
    if not plain:
        return figure
    moved = [_place(note, (top - note["y"]) / unit) for note in plain]
    words: dict[str, Any] = {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
        "x": [note["x"] + right * unit for note, (right, _) in zip(plain, moved, strict=True)],
        "y": [top - down * unit for _, down in moved],
        "text": [note["text"] for note in plain],
        "textposition": [f"middle {_BESIDE[_side(note)]}" for note in plain],
        "textfont": {key: [note["font"][key] for note in plain] for key in ("size", "color")},
        # Once a mark is chosen all else pales, unless the chosen has a look of its own; none of these can be chosen.
        "selected": {"textfont": {"color": layout["font"]["color"]}},
    }  # fmt: skip
    figure.add_trace(words)
    return figure.update_layout(annotations=others, overwrite=True)


def _is_plain(note: dict[str, Any]) -> bool:
    is_aligned = "<br>" not in note["text"] or note.get("align", "center") == _side(note)
    return is_aligned and "font-size" not in note["text"] and not note.keys() & {"bgcolor", "xref", "yref", "textangle"}


def _lies_on(shape: dict[str, Any], note: dict[str, Any]) -> bool:
    if "xref" in shape or "xref" in note:
        return False
    across, down = sorted((shape["x0"], shape["x1"])), sorted((shape["y0"], shape["y1"]))
    return across[0] <= note["x"] <= across[1] and down[0] <= note["y"] <= down[1]


def _side(note: dict[str, Any]) -> str:
    return note.get("xanchor", "center")


def _place(note: dict[str, Any], down: float) -> tuple[float, float]:
    """How many pixels right of its place a text begins, and how far down its middle is, for a note so far down."""
    size, lines = note["font"]["size"], note["text"].count("<br>")
    pad = 1 + note.get("borderpad", 1)  # a note has a border, seen or not
    above, below = round(_ABOVE * size), round(_BELOW * size)
    height = round(above + below + _LINE * size * lines + 2 * pad)
    upper = {"top": down, "middle": down - height / 2, "bottom": down - height}[note.get("yanchor", "middle")]
    upper = floor(upper - note.get("yshift", 0) + 0.5) + pad + above  # whole pixels, as Plotly counts them
    beside = {"left": pad, "center": 0, "right": -pad}[_side(note)]
    return note.get("xshift", 0) + beside, upper - _FIRST * size + _LINE * size * lines / 2
