"""What an exhibit is: one finding of one page, declared beside its frame and its figure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

import plotly.graph_objects as go

from two_shields.charts.page_form import on_page
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.parameters import View

#: `figure(frame, theme, *, narrow=False)`; a narrow one is read on a phone.
Figure = Callable[..., go.Figure]
#: As many of an exhibit's frames are kept with a record, and as many of its figures, of some hundred kilobytes each.
MOST_FRAMES, MOST_FIGURES = 128, 64
#: Pixels: a chart that is higher is made too small by a frame, and scrolls in a narrow one; the widths for which a narrow one and a card are laid out.
TALLEST, NARROW, CARD = 500, 358, 580


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One exhibit of a page, declared as `EXHIBIT` in its own module; the registry finds it there.

    `view` is the code of the page's parameter `view`, blank on a page that has no such parameter; there several
    exhibits may stand under each other, by `order`. `frame(record, view)` is given the record as the view's
    evidence shows it, and gives None where the page leaves this exhibit out.
    `panels` are its charts, side by side on a wide screen and under each other on a narrow one; a table has none.
    `wide` is how many pixels its column has on a desk: the whole page's, if it is not said. Of one that `resizes` this
    depends on what stands beside it.
    `first_rows(frame, theme)` is what a narrow screen shows of a long chart until its reader asks for all of it.
    `card` is the chart of its card, where the first panel would be too tall for it. `in_full` gives the view of
    another page that a brief exhibit stands for, `alone` the exhibit that draws its frame where the page around it, which is
    its key, is missing, and `describe(record, view)` what a head says of the page, if not the alt text.
    `left_out(record, view)`, given the whole record, says what of the choice the view's evidence does not hold.
    """

    name: str
    page: type[View]
    frame: Callable[[Record, Any], Frame | None]
    view: str = ""
    panels: tuple[Figure, ...] = ()
    wide: int = 1160
    resizes: bool = False
    card: Figure | None = None
    first_rows: Figure | None = None
    order: int = 0
    in_full: Callable[[Any], View] | None = None
    alone: Self | None = None
    describe: Callable[[Record, Any], str] | None = None
    left_out: Callable[[Record, Any], tuple[str, ...]] | None = None

    def applies_to(self, view: View) -> bool:
        return isinstance(view, self.page) and self.view in ("", getattr(view, "view", ""))

    def full(self, view: View) -> View:
        """The view that shows all of it, by the same data; of an exhibit that is no brief one, the view itself."""
        return self.in_full(view).replace(data=view.data) if self.in_full else view

    def frame_of(self, record: Record, view: View) -> Frame | None:
        """Its frame in this view, made once for each record; the reader may change its rows."""
        frame = self._kept(record, view)
        return frame and frame.copy()

    def _kept(self, record: Record, view: View) -> Frame | None:
        return record.cache.get_or_make((self, "frames"), view, lambda: self._made(record, view), MOST_FRAMES)

    def _made(self, record: Record, view: View) -> Frame | None:
        frame = self.frame(record.only(view.values()["evidence"]), view)
        if frame is None or frame.rows.empty or self.left_out is None:
            return frame
        return replace(frame, notes=(*self.left_out(record, view), *frame.notes))

    def figures_of(self, record: Record, view: View, theme: str, *, narrow: bool = False) -> tuple[go.Figure, ...]:
        """Its charts in this view, drawn once for each record; none where there is nothing to draw.

        They are shown as they are or copied first: whoever changes one changes it for the next reader, and a copy
        costs as much as drawing.
        """
        frame = self._kept(record, view)
        if frame is None or frame.rows.empty:
            return ()

        def draw() -> tuple[go.Figure, ...]:
            drawn = tuple(on_page(panel(frame.copy(), theme, narrow=narrow), theme) for panel in self.panels)
            if not narrow and not self.resizes and len(drawn) == 1:
                # Streamlit (1.67) draws a chart that does not say its width twice, and shows it the second time.
                drawn[0].layout.width = self.wide
            for figure in drawn:
                # Each run asks for it, and a deep copy takes longer than all else that Streamlit does with a chart.
                figure.to_dict = figure.to_dict().copy
            return drawn

        return record.cache.get_or_make((self, "figures"), (view, theme, narrow), draw, MOST_FIGURES)

    def framed(self, record: Record, view: View, theme: str, *, narrow: bool = False) -> tuple[go.Figure | None, int]:
        """What a frame on another site shows, and the width it needs: the first chart, or of one too high the card's.

        A narrow frame shows the first chart at any height: the card's letters would be too small there.
        """
        picture = next(iter(self.figures_of(record, view, theme, narrow=True)), None)
        if picture is not None and self.alone:
            picture = on_page(self.alone.panels[0](self.frame_of(record, view), theme, narrow=True), theme)
        if picture is not None and self.card and picture.layout.height > TALLEST and not narrow:
            card = self.card(self.frame_of(record, view), theme)
            return on_page(card, theme), (card.layout.meta or {}).get("width", CARD)
        return picture, NARROW
