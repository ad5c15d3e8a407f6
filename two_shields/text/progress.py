"""How far long work has come: a bar in a terminal, a few plain lines elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tqdm import tqdm

#: Lines where there is no terminal.
LINES = 10


def progress(items: Iterable[Any], what: str, total: int) -> Iterator[Any]:
    """The items, one by one, with how many of `total` are done."""
    if sys.stderr.isatty():
        yield from tqdm(items, desc=what, total=total, leave=False)
        return
    printed = 0
    for number, item in enumerate(items, 1):
        yield item
        if number * LINES // max(1, total) > printed:
            printed = number * LINES // total
            print(f"{what}: {number} of {total}", file=sys.stderr, flush=True)
