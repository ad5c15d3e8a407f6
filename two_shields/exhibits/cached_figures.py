"""Figures as pages show them, drawn once for each view of a record and kept with the record."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go

from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.parameters import View

#: As many figures of one kind are kept; each takes some hundred kilobytes.
MOST = 64


def cached_figure(
    figure: Callable[..., go.Figure], frame: Frame, record: Record, view: View, theme: str, **size: int
) -> go.Figure:
    """What `figure(frame, theme, **size)` draws, for the frame that this view of the record has.

    Whoever changes a figure changes it for the next reader, and a copy costs as much as drawing it:
    so it is shown as it is, or copied first, as `image_export.annotated` does.
    """
    key = (frame.name, view, theme, tuple(sorted(size.items())))
    return record.cache.get_or_make(figure, key, lambda: figure(frame, theme, **size), MOST)
