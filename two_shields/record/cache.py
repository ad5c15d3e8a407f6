"""What was made of a record, kept with that record: asked again, it is there.

Nothing is kept for longer than the record that it was made of: new data are a new record, and with the old one
goes all that was made of it. What is handed out can be changed by whoever asked without changing it for the next.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from types import MappingProxyType
from typing import Any


class Cache:
    """Values by function and arguments; of one function's, those are forgotten first that nobody asked for longest."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, OrderedDict[Hashable, Any]] = {}
        self._changing = threading.Lock()

    def get_or_make(self, what: Hashable, key: Hashable, make: Callable[[], Any], most: int) -> Any:
        """The value that was made for the key, or the one that `make` makes now.

        Two who ask at the same time may both make it; they get equal values.
        """
        with self._changing:
            kept = self._kept.setdefault(what, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        value = make()
        with self._changing:
            kept[key] = value
            while len(kept) > most:
                kept.popitem(last=False)
        return value


def cached(most: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A pure function of a record and hashable arguments, made once for each and kept for the `most` latest asked.

    A value with a `copy` is handed out as one: of a table or a frame the copy shares its data until somebody
    changes it. Any other value has to be one that cannot be changed.
    """

    def keeping(make: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(make)
        def recalled(record: Any, *arguments: Hashable, **named: Hashable) -> Any:
            key = (arguments, tuple(sorted(named.items())))
            value = record.cache.get_or_make(make, key, lambda: make(record, *arguments, **named), most)
            can_change = hasattr(value, "copy") and not isinstance(value, MappingProxyType)
            return value.copy(deep=False) if can_change else value

        return recalled

    return keeping
