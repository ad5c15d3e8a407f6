"""A line of the table of results."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One thing measured: `value` in `unit`, and `ratio` of it to what it is compared with, where there is such a thing.

    `target` is the most that the ratio may be, or the value where there is no ratio; None where nothing is promised.
    """

    name: str
    value: float
    unit: str
    ratio: float | None
    target: float | None

    @property
    def kept(self) -> bool | None:
        """Whether the target is kept; None where there is none."""
        if self.target is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.target

    def __str__(self) -> str:
        compared = f"  ratio {self.ratio:.2f}" if self.ratio is not None else ""
        allowed = f"  (at most {self.target:g})" if self.target is not None else ""
        return f"{self.name:<58} {self.value:>10,.1f} {self.unit:<5}{compared}{allowed}"
