"""Views that readers ask for: of every exhibit its own address with each evidence, each filter of its page once, and some at once.

A pinned version of the data has tests of its own.
"""

from collections.abc import Iterator
from datetime import date

from two_shields.contract.vocabulary import READINGS
from two_shields.exhibits.exhibit import Exhibit
from two_shields.record.record import Record
from two_shields.state.parameters import Parameter, View
from two_shields.state.views import AidView, InitiativesView, SystemsView, TimelineView

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
#: Filters of a page beyond one at a time.
FURTHER: dict[type[View], tuple[dict, ...]] = {
    InitiativesView: (
        {}, {"country": ("FRA", "EST")}, {"country": ("MLT",)}, {"initiative": ("essi",)},
        {"initiative": ("fcas", "mistral-joint-purchase")}, {"as_of": date(2023, 6, 19), "reading": "broad"},
        *({"reading": reading, "as_of": day} for reading, day in zip(READINGS, (date(2021, 1, 1), date(2022, 10, 13), None), strict=True)),
    ),
    AidView: (
        {}, {"donor": ("FRA",)}, {"donor": ("DEU", "POL")}, {"donor": ("EUU",)}, {"donor": ("AUT",)},  # of whom no total is told
        {"kind": ("military",)}, {"kind": ("loan",)}, {"kind": ("financial", "humanitarian")}, {"to": date(2023, 2, 28)},
        {"from": date(2023, 1, 1), "to": date(2024, 6, 30), "donor": ("FRA", "GBR")},
    ),
    SystemsView: (
        {}, {"system": ("mistral",)}, {"system": ("iron-dome",)}, {"stage": ("deployed",)}, {"stage": ("wanted", "refused")},
    ),
    TimelineView: ({"country": ("FRA",)}, {"topic": ("aid",)}),
}  # fmt: skip
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
    return list(dict.fromkeys((codes[:1], codes))) if parameter.kind == "many" else list(codes)


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


def further(exhibit: Exhibit) -> Iterator[View]:
    """Views of the exhibit with several filters at once, or with one of which little or nothing is left."""
    for evidence in ("articles", "all"):
        for more in FURTHER.get(exhibit.page, ()):
            yield exhibit.page.of_values({"view": exhibit.view, "evidence": evidence, **more})
