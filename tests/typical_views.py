"""Views that readers ask for: of every exhibit its own address with each evidence, and each filter of its page once.

A pinned version of the data has tests of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.registry import EXHIBITS
from two_shields.record.record import Record
from two_shields.state.parameters import Parameter, View

#: Values of filters about which the record has much, little and nothing, by the parameter's name.
CHOSEN = {
    "country": ("FRA", "EST", "UKR", "MDA", "MKD"),
    "donor": ("DEU",),
    "system": ("samp-t", "mistral"),
    "stage": ("contracted",),
    "initiative": ("essi",),
    "topic": ("aid",),
    "source": ("mistral-letter",),
    "claim": ("mistral-letter-p1a",),
    "q": ("Mistral",),
}
DAYS = {"from": date(2024, 1, 1), "to": date(2023, 6, 30), "as_of": date(2023, 7, 1)}


def default(exhibit: Exhibit) -> View:
    """The view at which a reader meets the exhibit."""
    return exhibit.page.of_values({"view": exhibit.view})


def _choices(parameter: Parameter, record: Record) -> list:
    """A value or two of the parameter, other than its default."""
    if parameter.kind == "day":
        return [DAYS[parameter.name]]
    if parameter.kind == "one":
        return [code for code in parameter.codes(record) if code != parameter.default]
    codes = CHOSEN.get(parameter.name) or tuple(parameter.codes(record))[:1]
    return (
        [codes[:1], codes]
        if parameter.kind == "many" and len(codes) > 1
        else [codes]
        if parameter.kind == "many"
        else list(codes)
    )


def typical(exhibit: Exhibit, record: Record) -> Iterator[View]:
    """The exhibit's typical views, each once."""
    own = default(exhibit)
    views = [own, own.replace(evidence="articles")]
    for parameter in exhibit.page.parameters():
        if parameter.name not in ("view", "evidence", "data"):
            views += [
                type(own).of_values({**own.values(), parameter.name: value}) for value in _choices(parameter, record)
            ]
    yield from dict.fromkeys(views)


def every_exhibit(record: Record) -> Iterator[tuple[Exhibit, View]]:
    """Every exhibit in every typical view in which its page shows it."""
    for exhibit in EXHIBITS:
        for view in typical(exhibit, record):
            if exhibit.frame_of(record, view) is not None:
                yield exhibit, view
