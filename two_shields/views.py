"""Views: what a page shows, as a value that a URL carries.

Each page is one dataclass; each field is one parameter of its address, defined once for the parser,
the links, the widgets and the documentation. Parsing never raises: what is not understood is dropped
with a notice that names it. Links leave defaults out and use codes only.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self
from urllib.parse import urlencode

from two_shields.record import Record
from two_shields.schema import AID_KINDS, STAGES, TOPICS

Kind = Literal["one", "pick", "many", "day", "text"]
Codes = Callable[[Record], Iterable[str]]
Query = Mapping[str, Sequence[str]]

#: Parameters that are not ours and that we leave alone: Streamlit's own, and what mailers and networks append.
FOREIGN = re.compile(r"embed|embed_options|utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|ref")
MOST_VALUES = 60
LONGEST_TEXT = 120


def _is_legible(character: str) -> bool:
    return character.isprintable() or character.isspace()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a page's address.

    `one` is a code of a few, `pick` a code of many, `many` repeats, `day` is YYYY-MM-DD, `text` is free.
    A `hidden` one has no widget: links and marks set it. `codes` lists what is understood;
    `words` tells a reader what each code means where the record does not (see `labels`); `empty` what
    is shown where nothing is chosen.
    """

    name: str
    label: str
    kind: Kind
    help: str
    codes: Codes | None = None
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    default: Any = None
    empty: str = "all"
    hidden: bool = False

    def understand(self, text: str, record: Record) -> Any:
        """The value that a text of the link means, or None."""
        if self.kind == "day":
            try:
                return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
            except ValueError:
                return None
        if self.kind == "text":
            return " ".join("".join(filter(_is_legible, text)).split())[:LONGEST_TEXT] or None
        return {code.casefold(): code for code in self.codes(record)}.get(text.casefold())


@dataclass(frozen=True, slots=True)
class Notice:
    """A part of a link that was not understood, and what would be."""

    parameter: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"This link's `{_shown(self.parameter)}={_shown(self.value)}` was left out: {self.expected}."


def _shown(text: str) -> str:
    """As much of a link's text as a notice can show without harm."""
    text = "".join(character for character in text if character.isprintable() and character != "`")
    return text if len(text) <= 40 else text[:40] + "…"


def _parameter(name: str, label: str, kind: Kind, help: str, **more: Any) -> Any:
    default = more.pop("default", () if kind == "many" else None)
    parameter = Parameter(name, label, kind, help, default=default, **more)
    return dataclasses.field(default=default, metadata={"parameter": parameter})


def _one(name: str, label: str, words: Mapping[str, str], default: str, help: str) -> Any:
    return _parameter(name, label, "one", help, codes=lambda record: words, words=words, default=default)


def _many(name: str, label: str, codes: Codes, help: str, **more: Any) -> Any:
    return _parameter(name, label, "many", help, codes=codes, **more)


def _day(name: str, label: str, help: str) -> Any:
    return _parameter(name, label, "day", help)


def _evidence() -> Any:
    return _one(
        "evidence",
        "Evidence",
        {"all": "Articles and public record", "articles": "Articles only"},
        "all",
        "The five articles are the core of the record; the public record completes them.",
    )


def _countries(record: Record) -> Iterable[str]:
    return record["countries"]["iso3"]


def _initiatives(record: Record) -> Iterable[str]:
    return record["initiatives"]["initiative_id"]


def _donors(record: Record) -> Iterable[str]:
    return sorted({*record["aid"]["donor"], *record["aid_monthly"]["donor"]})


def _systems(record: Record) -> Iterable[str]:
    return record["systems"]["system_id"]


def _sources(record: Record) -> Iterable[str]:
    return record["sources"]["source_id"]


def _claims(record: Record) -> Iterable[str]:
    return record["claims"]["claim_id"]


READINGS = {"strict": "Strict", "signed": "Signed", "broad": "Broad"}


class View:
    """What every page's view can do. Subclasses are frozen dataclasses whose fields are parameters."""

    path: str
    title: str
    question: str

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        return tuple(field.metadata["parameter"] for field in dataclasses.fields(cls))

    @classmethod
    def parse(cls, query: Query, record: Record) -> tuple[Self, tuple[Notice, ...]]:
        """The view that a link's query means, and what of it was not understood."""
        values: dict[str, Any] = {}
        notices: list[Notice] = []
        for field in dataclasses.fields(cls):
            parameter: Parameter = field.metadata["parameter"]
            texts = list(query.get(parameter.name, ()))
            understood = []
            for text in texts:
                value = parameter.understand(text, record)
                if value is None:
                    notices.append(Notice(parameter.name, text, _expected(parameter, record)))
                elif value not in understood:
                    understood.append(value)
            if parameter.kind == "many":
                values[field.name] = tuple(understood[:MOST_VALUES])
                notices += [
                    Notice(parameter.name, str(value), f"a view holds at most {MOST_VALUES} of them")
                    for value in understood[MOST_VALUES:]
                ][:1]
            elif understood:
                values[field.name] = understood[-1]
        known = {parameter.name for parameter in cls.parameters()}
        notices += [
            Notice(
                name,
                texts[-1] if texts else "",
                f"this page has no parameter of that name; it knows {', '.join(sorted(known))}",
            )
            for name, texts in query.items()
            if name not in known and not FOREIGN.fullmatch(name)
        ]
        return cls(**values), tuple(notices)

    def query(self) -> dict[str, list[str]]:
        """The link's parameters: codes, without defaults."""
        query = {}
        for field in dataclasses.fields(self):
            parameter: Parameter = field.metadata["parameter"]
            value = getattr(self, field.name)
            if value == parameter.default:
                continue
            query[parameter.name] = [str(item) for item in value] if parameter.kind == "many" else [str(value)]
        return query

    def link(self) -> str:
        """The address of this view, from the root of the site."""
        query = urlencode(self.query(), doseq=True)
        return f"/{self.path}?{query}" if query else f"/{self.path}"

    def values(self) -> dict[str, Any]:
        """The value of each parameter by its name in the link."""
        return {field.metadata["parameter"].name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> Self:
        """The view with these values, by the parameters' names; missing ones are defaults."""
        fields = {field.name: field.metadata["parameter"] for field in dataclasses.fields(cls)}
        return cls(
            **{
                name: tuple(values[parameter.name]) if parameter.kind == "many" else values[parameter.name]
                for name, parameter in fields.items()
                if parameter.name in values
            }
        )

    def but(self, **changes: Any) -> Self:
        """The same view with some fields changed."""
        return dataclasses.replace(self, **changes)


def _expected(parameter: Parameter, record: Record) -> str:
    if parameter.kind == "day":
        return "a day is written YYYY-MM-DD"
    if parameter.kind == "text":
        return "it holds no legible text"
    codes = list(parameter.codes(record))
    if not codes:
        return "nothing to choose from in this evidence"
    if len(codes) <= 12:
        return f"use one of {', '.join(codes)}"
    return f"use a code such as {', '.join(codes[:3])}"


@dataclass(frozen=True)
class OverviewView(View):
    path = ""
    title = "Overview"
    question = "What is the state of play, in one screen?"

    evidence: str = _evidence()


@dataclass(frozen=True)
class InitiativesView(View):
    path = "initiatives"
    title = "Initiatives"
    question = "Who joined what, when, how firmly, and who is in both?"

    view: str = _one(
        "view",
        "View",
        {"map": "Map", "matrix": "Matrix", "growth": "Growth", "overlap": "Overlap"},
        "map",
        "Four ways to look at the same memberships.",
    )
    initiative: tuple[str, ...] = _many(
        "initiative", "Initiatives", _initiatives, "Leave empty for those of the two camps.", empty="the two camps"
    )
    reading: str = _one(
        "reading",
        "Who counts as in",
        READINGS,
        "signed",
        "Strict: a signed memorandum or contract. Signed: a letter of intent or joining, too. "
        "Broad: also a declared intent or an application.",
    )
    as_of: date | None = _day("as_of", "As of", "Only what had surely happened by that day; empty for the latest.")
    country: tuple[str, ...] = _many("country", "Countries", _countries, "Leave empty for all.")
    evidence: str = _evidence()


@dataclass(frozen=True)
class AidView(View):
    path = "aid"
    title = "Aid"
    question = "How much aid, from whom, of which kind, and why do totals differ?"

    view: str = _one(
        "view",
        "View",
        {"cumulative": "Over time", "monthly": "By month", "reported": "Totals compared"},
        "cumulative",
        "Totals and curves over time, month by month, or one donor's published totals side by side.",
    )
    donor: tuple[str, ...] = _many(
        "donor", "Donors", _donors, "Leave empty for the main donors.", empty="the main ones"
    )
    kind: tuple[str, ...] = _many(
        "kind", "Kinds of aid", lambda record: AID_KINDS, "Leave empty for all kinds.", words=AID_KINDS
    )
    since: date | None = _day("from", "From", "First day shown; empty for the beginning.")
    until: date | None = _day("to", "To", "Last day shown; empty for the latest.")
    evidence: str = _evidence()


@dataclass(frozen=True)
class SystemsView(View):
    path = "systems"
    title = "Systems"
    question = "Which systems go with which initiative; who makes, has, wants or was refused them?"

    view: str = _one(
        "view",
        "View",
        {"flows": "Flows", "matrix": "Matrix", "reference": "Reference"},
        "flows",
        "Who makes what for whom; countries by systems; the systems themselves.",
    )
    system: tuple[str, ...] = _many("system", "Systems", _systems, "Leave empty for all.")
    stage: tuple[str, ...] = _many("stage", "Stages", lambda record: STAGES, "Leave empty for all.", words=STAGES)
    evidence: str = _evidence()


@dataclass(frozen=True)
class TimelineView(View):
    path = "timeline"
    title = "Timeline"
    question = "What happened when?"

    topic: tuple[str, ...] = _many("topic", "Topics", lambda record: TOPICS, "Leave empty for all.", words=TOPICS)
    country: tuple[str, ...] = _many("country", "Countries", _countries, "Leave empty for all.")
    since: date | None = _day("from", "From", "First day shown; empty for the beginning.")
    until: date | None = _day("to", "To", "Last day shown; empty for the latest.")
    evidence: str = _evidence()


@dataclass(frozen=True)
class CountryView(View):
    path = "country"
    title = "Country"
    question = "Everything about one country"

    country: str = _parameter(
        "country", "Country", "pick", "Any country that the record names.", codes=_countries, default="FRA"
    )
    evidence: str = _evidence()


@dataclass(frozen=True)
class EvidenceView(View):
    path = "evidence"
    title = "Evidence"
    question = "Every claim, source and conflict; all downloads"

    q: str | None = _parameter("q", "Search the claims", "text", "Words that a claim, its speaker or its note holds.")
    source: tuple[str, ...] = _many("source", "Sources", _sources, "Leave empty for all.")
    claim: str | None = _parameter("claim", "Claim", "pick", "One claim, by its id.", codes=_claims, hidden=True)
    evidence: str = _evidence()


#: The pages in the order of the navigation, by path.
PAGES: Mapping[str, type[View]] = {
    page.path: page
    for page in (OverviewView, InitiativesView, AidView, SystemsView, TimelineView, CountryView, EvidenceView)
}
