"""What a measurement hands over: one line of the table of results."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measured value; where it is compared with another one, their ratio, and the most that the ratio may be."""

    name: str
    value: float
    unit: str
    ratio: float | None
    target: float | None

    def __str__(self) -> str:
        compared = f"  ratio {self.ratio:.2f}" if self.ratio is not None else ""
        allowed = f"  (at most {self.target:g})" if self.target is not None else ""
        return f"{self.name:<58} {self.value:>10,.1f} {self.unit:<5}{compared}{allowed}"
