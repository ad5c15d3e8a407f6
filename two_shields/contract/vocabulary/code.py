"""A code as one value, and an enumeration of codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar


@dataclass(frozen=True)
class Code:
    """A code with its meaning for the data dictionary; `label` is what a reader sees, by default the code's words."""

    code: str
    meaning: str
    label: str = ""

    def __post_init__(self) -> None:
        if not self.label:
            object.__setattr__(self, "label", self.code.replace("_", " "))


@dataclass(frozen=True)
class Group(Code):
    """Codes that are drawn alike: `filled` or `hollow` in the shape of the camp, or a `sign` of their own."""

    fill: str = ""
    sign: str = ""


C = TypeVar("C", bound=Code)


class Codes(Mapping[str, C], Generic[C]):
    """An enumeration: its codes by name, in their order."""

    def __init__(self, *codes: C) -> None:
        self._codes = {code.code: code for code in codes}

    def __getitem__(self, code: str) -> C:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What a reader sees for each code."""
        return {name: code.label for name, code in self._codes.items()}
