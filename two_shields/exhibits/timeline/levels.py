"""Levels for marks on an axis of time, so that no two touch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

#: How much of the narrowest chart's width a mark takes: marks closer than that go on levels of their own.
MARK_SHARE = 0.042


def room_of_a_mark(first: date, last: date, share: float = MARK_SHARE) -> timedelta:
    """The days that a mark takes on the narrowest chart between two days: an even number, so that halves are days."""
    return timedelta(days=2 * math.ceil(max(30, (last - first).days) * share / 2))


def levels(starts: Sequence[date], ends: Sequence[date], room: timedelta) -> list[int]:
    """The lowest level for each period, in order, on which nothing touches it.

    A mark stands in the middle of its period and takes at least `room`.
    """
    taken: list[list[tuple[date, date]]] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        middle = start + (end - start) / 2
        left, right = min(start, middle - room / 2), max(end, middle + room / 2)
        free = (
            place
            for place, periods in enumerate(taken)
            if all(right <= other[0] or left >= other[1] for other in periods)
        )
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append((left, right))
        found.append(place)
    return found
