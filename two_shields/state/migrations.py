"""Names that have changed in this site's addresses, each with its day and its reason: links never die.

An old link is translated here, before anything else reads it. A name that
changes gets an entry at the end of `MIGRATIONS`, and its golden links stay in `tests/golden/links.txt` beside the new
ones. An entry is never taken out, and an old name never gets another meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Migration:
    """A change, with its day and its reason; what it says nothing of stays as it is."""

    day: date
    reason: str

    def path(self, path: str) -> str:
        return path

    def query(self, path: str, query: Query) -> Query:
        return query


@dataclass(frozen=True, slots=True)
class PageMoved(Migration):
    """A page's path became another one; both without a slash before them."""

    was: str
    now: str

    def path(self, path: str) -> str:
        return self.now if path == self.was else path


@dataclass(frozen=True, slots=True)
class ParameterRenamed(Migration):
    """A parameter got another name, on the page of that path, or where `page` is None on all."""

    page: str | None
    was: str
    now: str

    def query(self, path: str, query: Query) -> Query:
        if self.page not in (None, path) or self.was not in query:
            return query
        # A link that has both says the newer one last, which is the one that counts.
        values = [*query[self.was], *query.get(self.now, ())]
        return {name: texts for name, texts in query.items() if name != self.was} | {self.now: values}


@dataclass(frozen=True, slots=True)
class ValueRenamed(Migration):
    """A code of a parameter became another one, on the page of that path, or where `page` is None on all."""

    page: str | None
    parameter: str
    was: str
    now: str

    def query(self, path: str, query: Query) -> Query:
        if self.page not in (None, path) or self.parameter not in query:
            return query
        values = [self.now if text.casefold() == self.was.casefold() else text for text in query[self.parameter]]
        return dict(query) | {self.parameter: values}


@dataclass(frozen=True, slots=True)
class DefaultChanged(Migration):
    """A link that leaves a parameter out used to mean `was` by it, and means `now`.

    Links with one of the parameters `beside`, which `was` uses and `now` does not, keep their meaning.
    """

    page: str
    parameter: str
    was: str
    now: str
    beside: tuple[str, ...]

    def query(self, path: str, query: Query) -> Query:
        if path != self.page or self.parameter in query or not any(query.get(name) for name in self.beside):
            return query
        return {self.parameter: [self.was], **query}


#: In the order of their days.
MIGRATIONS: tuple[Migration, ...] = (
    DefaultChanged(
        date(2026, 11, 21), "The page begins with the layers that each camp covers, whoever has them.",
        "systems", "view", "flows", "reach", ("system", "stage"),
    ),
)  # fmt: skip


def migrate(path: str, query: Query) -> tuple[str, Query]:
    """A page's path and query in the names of today; a name that changed twice goes both steps."""
    for migration in MIGRATIONS:
        query = migration.query(path, query)
        path = migration.path(path)
    return path, query


def redirects() -> dict[str, str]:
    """Old paths of pages, each with the path of today."""
    return {
        migration.was: migrate(migration.was, {})[0] for migration in MIGRATIONS if isinstance(migration, PageMoved)
    }
