"""What every measurement gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured value. `ratio` is its part of what it is compared with, `target` the most that this may be."""

    name: str
    value: float
    unit: str
    ratio: float | None
    target: float | None
