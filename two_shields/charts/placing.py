"""Where things stand in a drawing: labels that keep their distance, ticks at round values."""

import math
from collections.abc import Sequence


def spread(heights: Sequence[float], sizes: Sequence[float], lowest: float = -math.inf) -> list[float]:
    """Middles for labels of these sizes, as near to the heights as they can be without touching, none below the lowest."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    # Labels that touch stand together, around the middle of where they want to be.
    groups: list[tuple[float, list[int]]] = []
    for place in order:
        bottom, held = heights[place] - sizes[place] / 2, [place]
        while groups and groups[-1][0] + sum(sizes[one] for one in groups[-1][1]) > bottom:
            held = [*groups.pop()[1], *held]
            stacked = [sum(sizes[one] for one in held[:step]) + sizes[held[step]] / 2 for step in range(len(held))]
            bottom = sum(heights[one] - above for one, above in zip(held, stacked, strict=True)) / len(held)
        groups.append((max(bottom, lowest), held))
    moved, floor = list(heights), -math.inf
    for bottom, held in groups:
        floor = max(floor, bottom)
        for place in held:
            moved[place] = floor + sizes[place] / 2
            floor += sizes[place]
    return moved


def round_ticks(top: float, most: int = 5) -> list[float]:
    """Round values from 0 up to what lies below the top."""
    if top <= 0:
        return [0.0]
    step = 10 ** math.floor(math.log10(top / most))
    step *= next(factor for factor in (1, 2, 5, 10) if top / (step * factor) <= most)
    return [step * place for place in range(int(top / step + 1e-9) + 1)]
