"""Rows of a table as plain values."""

from collections import namedtuple
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd


def tuples(table: pd.DataFrame, row: type[tuple] | None = None) -> list[Any]:
    """The rows as named tuples: of the columns that `row` names, or else of all, of which there has to be one.

    As `itertuples` without an index, in a quarter of its time (3.1), and with few columns in a tenth.
    """
    names = row._fields if row else tuple(table.columns)
    row = row or _row(names)
    return [*map(row._make, zip(*(table[name].tolist() for name in names), strict=True))]


def grouped(pairs: Iterable[tuple[Hashable, Any]]) -> Mapping[Any, tuple[Any, ...]]:
    """The values of each key, in their order."""
    found: dict[Hashable, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return MappingProxyType({key: tuple(values) for key, values in found.items()})


_row = lru_cache(maxsize=256)(lambda names: namedtuple("Row", names, rename=True))
