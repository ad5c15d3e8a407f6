"""How a camp looks on land and in keys: fill, pattern and outline, in the light and the dark theme.

Camps are composed, not coded: plain blue is the Sky Shield, orange lines on cream the French-led track, orange lines on
blue both. Whoever mixes the two up still sees which parts a state has; checked in greyscale.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fill:
    """A fill: its ground, its outline, and a pattern (Plotly's `/` or `.`) in a colour of its own, or none."""

    ground: str
    outline: str
    pattern: str = ""
    lines: str = ""
    solidity: float = 0.0
    width: float = 0.8

    def land(self, *, size: int) -> dict[str, object]:
        """What a filled scatter trace takes; `size` is the pattern's, in pixels."""
        look: dict[str, object] = {"fillcolor": self.ground, "line": {"width": self.width, "color": self.outline}}
        if self.pattern:
            look["fillpattern"] = self.tile(size=size)
        return look

    def tile(self, *, size: int) -> dict[str, object]:
        """The pattern alone, as bars and fills take it; empty where the fill is plain."""
        if not self.pattern:
            return {}
        return {
            "shape": self.pattern,
            "fgcolor": self.lines,
            "bgcolor": self.ground,
            "size": size,
            "solidity": self.solidity,
            "fillmode": "replace",
        }


#: By theme and by a state's standing between the camps.
FILLS: Mapping[str, Mapping[str, Fill]] = {
    "light": {
        "german_led": Fill("#a9cbe8", "#4186c0"),
        "french_led": Fill("#fdf3e1", "#b0741a", "/", "#cf8c2c", 0.27),
        "both": Fill("#a9cbe8", "#8a5a00", "/", "#e08a00", 0.34),
        "will_join": Fill("#ffffff", "#4186c0", ".", "#4d8fc6", 0.3),
        "receives": Fill("#fff1b8", "#8a6d00", width=1.4),
        "neither": Fill("#ffffff", "#a9b1ba"),
        "unknown": Fill("#e9ebee", "#ffffff"),
        "context": Fill("#f3f4f6", "#ffffff"),
    },
    "dark": {
        "german_led": Fill("#24507a", "#6aa9dd"),
        "french_led": Fill("#33270f", "#d6953a", "/", "#c9862a", 0.27),
        "both": Fill("#24507a", "#f0b357", "/", "#f0a53a", 0.34),
        "will_join": Fill("#10151c", "#6aa9dd", ".", "#6aa9dd", 0.3),
        "receives": Fill("#57490f", "#e3c54a", width=1.4),
        "neither": Fill("#10151c", "#5b6570"),
        "unknown": Fill("#232a33", "#10151c"),
        "context": Fill("#1a2028", "#10151c"),
    },
}

#: Words about a camp, at least 6:1 on the page's background.
WORDS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "german_led": "#1f5f99", "french_led": "#8f5600", "both": "#7a3d79", "eu": "#0b6a4f", "us": "#a33f1f",
        "neither": "#56616d", "grey": "#56616d", "text": "#1c2733",
    },
    "dark": {
        "german_led": "#8fc1ec", "french_led": "#e9b566", "both": "#d9a3d8", "eu": "#5fcaa5", "us": "#f09a7d",
        "neither": "#a4adb8", "grey": "#a4adb8", "text": "#e6ebf1",
    },
}  # fmt: skip

#: Lines and marks of a camp, at least 3:1 on the page's background.
MARKS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "german_led": "#2f7fc1", "french_led": "#c97a00", "both": "#a1529f", "neither": "#7d8590", "eu": "#12906b",
        "us": "#d1562f", "europe": "#1c2733",
    },
    "dark": {
        "german_led": "#5fa8e0", "french_led": "#e09a2f", "both": "#c583c3", "neither": "#8b949e", "eu": "#2fb08a",
        "us": "#e8785a", "europe": "#e6ebf1",
    },
}  # fmt: skip

#: Plotly's symbol of a camp.
CAMP_SYMBOL: Mapping[str, str] = {"german_led": "circle", "french_led": "square", "both": "diamond"}
#: A camp's sign before a name; these shapes stand for nothing else.
SYMBOL: Mapping[str, str] = {"german_led": "●", "french_led": "■", "both": "◆", "neither": "○", "unknown": "○"}
