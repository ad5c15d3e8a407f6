"""The changes of the data by version, all of them or those that a link chooses: for the page, the feed and programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.record import changes, versions
from two_shields.record.changes import Change
from two_shields.record.record import Record
from two_shields.state.parameters import View, many, one
from two_shields.state.views import PARAMETERS
from two_shields.text import dates, phrases

_FACTS = ("initiatives", "memberships", "member_counts", "initiative_systems", "systems", "transfers", "aid", "events")
#: The tables that a page shows.
TABLES_OF = {
    "overview": ("memberships", "member_counts", "aid_monthly", "events"),
    "initiatives": ("initiatives", "memberships", "member_counts", "initiative_systems"),
    "aid": ("aid", "aid_monthly", "country_reference"),
    "systems": ("systems", "transfers", "initiative_systems"),
    "timeline": ("events",),
    "country": ("countries", *_FACTS, "aid_monthly", "country_reference"),
    "evidence": ("sources", "claims", "conflicts", "cell_claims", "corrections", "left_out"),
}
KINDS = {"added": "added", "changed": "changed", "removed": "taken out"}


@dataclass(frozen=True)
class ChangesView(View):
    """Which changes a link chooses, by the parameters of the views; several values of one are any of them."""

    path = "changes.atom"
    title = "Changes"
    question = "What has changed in the data?"

    page: str = one("page", "Page", {"": "All", **{name: name.capitalize() for name in TABLES_OF}}, "A page's tables.")
    country: tuple[str, ...] = many("country", "Countries", PARAMETERS["country"].codes, "All where none.")
    initiative: tuple[str, ...] = many("initiative", "Initiatives", PARAMETERS["initiative"].codes, "All where none.")
    system: tuple[str, ...] = many("system", "Systems", PARAMETERS["system"].codes, "All where none.")
    donor: tuple[str, ...] = many("donor", "Donors", PARAMETERS["donor"].codes, "All where none.")

    def keeps(self, change: Change) -> bool:
        tables = TABLES_OF.get(self.page, TABLE_BY_NAME)
        wanted = (self.country, self.initiative, self.system, self.donor)
        return change.table in tables and all(change.about.intersection(codes) for codes in wanted if codes)


@dataclass(frozen=True)
class Version:
    """A version, blank for data that are not published yet, with the changes that were chosen of those it brought."""

    name: str
    changes: tuple[Change, ...]

    @property
    def day(self) -> str:
        return versions.day(self.name)

    @property
    def title(self) -> str:
        return f"Data of {dates.words(self.day)}" if self.name else "Not published yet"

    def by_table(self) -> Iterator[tuple[str, tuple[Change, ...]]]:
        for table in TABLES:
            if found := tuple(change for change in self.changes if change.table == table.name):
                yield table.name, found


def counted(changes: Iterable[Change]) -> str:
    """`3 rows added, 12 cells changed and 1 row taken out`."""
    counts = Counter(change.kind for change in changes)
    parts = [
        f"{phrases.count(counts[kind], 'cell' if kind == 'changed' else 'row')} {words}"
        for kind, words in KINDS.items()
        if counts[kind]
    ]
    return phrases.join(parts)


def published(chosen: ChangesView) -> tuple[Version, ...]:
    """All published versions, the newest first, each with its changes that the link chooses."""
    return tuple(
        Version(name, tuple(filter(chosen.keeps, changes.brought_by(name)))) for name in reversed(versions.published())
    )


def so_far(record: Record, chosen: ChangesView) -> tuple[Version, ...]:
    """The same, with what has changed since the last of them first."""
    since = tuple(filter(chosen.keeps, changes.unpublished(record)))
    return (*([Version("", since)] if since else []), *published(chosen))


def as_json(chosen: ChangesView) -> list[dict[str, Any]]:
    return [
        {
            "version": version.name,
            "date": version.day,
            "changes": [
                {name: value for name, value in change._asdict().items() if name != "about"}
                for change in version.changes
            ],
        }
        for version in published(chosen)
    ]
