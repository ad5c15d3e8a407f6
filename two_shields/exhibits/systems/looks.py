"""How the stages of a system look, in the flows, in the matrix and on their cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from two_shields.charts import style


@dataclass(frozen=True)
class Look:
    """How a group of stages looks: a colour, a symbol and a dash each, so that no pair differs by colour alone."""

    words: str
    heading: str
    colour: str
    symbol: str
    dash: str
    width: float = 2


LOOKS: Mapping[str, Look] = {
    "unsigned": Look("wanted, offered or chosen", "nothing<br>signed yet", style.ORANGE, "diamond", "dash", 1.5),
    "ordered": Look("ordered", "ordered", style.GREEN, "circle", "solid"),
    "has": Look("delivered, bought or in service", "delivered,<br>in service", style.BLUE, "square", "solid", 3),
    "refused": Look("refused or declined", "refused", style.GREY, "x", "dashdot", 1.5),
    "stationed": Look("stationed there by its owner", "stationed", style.PURPLE, "star", "longdashdot", 1.5),
}


def hover(row) -> str:
    givers = f"<br>from {row.giver_words}" if row.giver_words else ""
    return f"{row.heading}{givers}<br>{row.history.replace('; ', '<br>')}"
