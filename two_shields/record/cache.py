"""Values derived from a record, cached with it.

They live as long as the record: new data are a new record with an empty cache. Callers get copies that they may change.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from types import MappingProxyType
from typing import Any


class Cache:
    """Values by function and arguments; of each function's, the least recently used go first."""

    def __init__(self) -> None:
        self._values: dict[Hashable, OrderedDict[Hashable, Any]] = {}
        self._lock = threading.Lock()

    def get_or_make(self, what: Hashable, key: Hashable, make: Callable[[], Any], most: int) -> Any:
        """The cached value, or what `make` returns now; two threads at once may both make it, and get equal values."""
        with self._lock:
            values = self._values.setdefault(what, OrderedDict())
            if key in values:
                values.move_to_end(key)
                return values[key]
        value = make()
        with self._lock:
            values[key] = value
            while len(values) > most:
                values.popitem(last=False)
        return value


def cached(most: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Cache a pure function of a record and hashable arguments: its `most` last used values, with the record.

    A value with a `copy` is returned as a copy on write, as tables and frames are; any other has to be immutable.
    """

    def decorate(make: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(make)
        def wrapper(record: Any, *arguments: Hashable, **named: Hashable) -> Any:
            key = (arguments, *sorted(named.items())) if named else arguments
            value = record.cache.get_or_make(make, key, lambda: make(record, *arguments, **named), most)
            can_change = hasattr(value, "copy") and not isinstance(value, MappingProxyType | frozenset)
            return value.copy(deep=False) if can_change else value

        return wrapper

    return decorate
