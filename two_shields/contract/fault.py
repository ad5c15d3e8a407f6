"""What is wrong with a table, and where."""

from dataclasses import dataclass
from typing import Any, Self

SHOWN_OF_VALUE = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One place where a table does not keep the contract. `line` is the file's, header = 1; 0 is the whole file."""

    file: str
    line: int
    column: str
    value: str
    expected: str

    @classmethod
    def of(cls, table: str, row: Any, column: str, expected: str) -> Self:
        """The fault of a cell; `row` is one of `itertuples`, indexed by its line."""
        return cls(f"{table}.csv", row.Index, column, getattr(row, column), expected)

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        if self.column:
            place += f", column {self.column}"
        shown = self.value if len(self.value) <= SHOWN_OF_VALUE else self.value[:SHOWN_OF_VALUE] + "…"
        return f"{place}: {shown!r}: expected {self.expected}"
