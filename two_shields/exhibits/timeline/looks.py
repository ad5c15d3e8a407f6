"""How the topics look."""

from __future__ import annotations

from collections.abc import Mapping

from two_shields.charts import style

#: A colour per lane; the lane's own place and name tell it without.
COLOUR: Mapping[str, str] = {
    "membership": style.BLUE,
    "procurement": style.ORANGE,
    "delivery": style.GREEN,
    "production": style.PURPLE,
    "aid": style.VERMILION,
    "diplomacy": style.SKY,
}
