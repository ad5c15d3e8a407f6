"""What is left where no fact names a country: the claims that name it, or nothing."""

from two_shields.domain import search
from two_shields.exhibits.country import aid, events, standing, systems
from two_shields.exhibits.country.summary import alliances
from two_shields.exhibits.evidence.lists import CLAIM_COLUMNS, claim_rows
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.views import CountryView
from two_shields.text import phrases


def frame(record: Record, view: CountryView) -> Frame | None:
    """A row per claim; no rows where the record is silent, and None where it has facts of the country."""
    if any(part.EXHIBIT.frame_of(record, view) is not None for part in (standing, systems, aid, events)):
        return None
    name, mentions = record.country_names[view.country], naming(record, view.country)
    if mentions:
        count = phrases.count(len(mentions), "claim names", "claims name")
        title = f"{count} {name}, and the record has no more"
    else:
        part = "the five articles say" if view.evidence == "articles" else "the record says"
        title = f"{name}: so far {part} nothing about it"
    rows = claim_rows(record, mentions)
    return Frame.of(record, "country-mentions", title, "", rows, CLAIM_COLUMNS, rests_on="")


def naming(record: Record, iso3: str) -> tuple[str, ...]:
    """The ids of the claims that name a country."""
    return tuple(search.found(record, record.country_names[iso3]))


def describe(record: Record, view: CountryView) -> str:
    return f"{record.country_names[view.country]}. {alliances(record, view.country)}."


EXHIBIT = Exhibit("country-mentions", CountryView, frame=frame, order=5, describe=describe)
