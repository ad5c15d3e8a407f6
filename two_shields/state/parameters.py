"""What a view is made of: parameters, each defined once for parser, links, widgets and documentation.

Parsing never raises: what is not understood is dropped with a notice that names it. Links leave
defaults out and use codes only.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, Self
from urllib.parse import urlencode

from two_shields.record.record import Record
from two_shields.state import migrations
from two_shields.state.migrations import Query

Kind = Literal["one", "pick", "many", "day", "text"]
#: The codes that a parameter understands, each with what a reader sees for it.
Codes = Callable[[Record], Mapping[str, str]]

#: Parameters that are not ours and that we leave alone: Streamlit's own, and what mailers and networks append.
FOREIGN = re.compile(r"embed|embed_options|utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|ref")
#: Whose evidence is open: a mark of a chart. It stands in every page's address, and is no part of what the page shows.
MARK = "mark"
#: Which version of the data is shown; it stands in every page's address, where it is not the newest.
DATA = "data"
MOST_VALUES = 60
#: The days that a calendar offers and a link may name.
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2035, 12, 31)
LONGEST_TEXT = 120
_CUT = f"what is legible, at most {LONGEST_TEXT} characters"


def _is_legible(character: str) -> bool:
    return character.isprintable() or character.isspace()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a page's address.

    `one` is a code of a few, `pick` a code of many, `many` repeats, `day` is YYYY-MM-DD, `text` is free.
    A `hidden` one has no widget: links and marks set it. `codes` are those that are understood,
    with their words; `words` are those of `one`, which no record changes; `empty` is what is shown where nothing is chosen, `empty_in`
    what a kind of view shows instead.
    `views` are the kinds of view of its page that it applies to, all where blank; `applies(values)`, given the values of
    all parameters by name, is for a richer rule, and says why it does not apply, or nothing where it does. `most` says
    how many values a kind of view shows at a time, where that is not all; of one at a time it shows `first` where none
    is chosen. `unknown` is what a notice says of a code that is none, before it names those that are.
    """

    name: str
    label: str
    kind: Kind
    help: str
    codes: Codes | None = None
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    default: Any = None
    empty: str = "all"
    empty_in: Mapping[str, str] = dataclasses.field(default_factory=dict)
    hidden: bool = False
    views: tuple[str, ...] = ()
    applies: Callable[[Mapping[str, Any]], str] | None = None
    unknown: str = ""
    most: Mapping[str, int] = dataclasses.field(default_factory=dict)
    first: str = ""

    def codes_beside(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """The codes of `one` that mean something beside the other values of a view, in their order."""
        return tuple(code for code in self.words if not self.why_not({**values, self.name: code}))

    def why_not(self, values: Mapping[str, Any]) -> str:
        """Why it means nothing beside the other values of a view; blank where it applies."""
        if self.views and values.get("view", self.views[0]) not in self.views:
            return f"the view {values['view']} does not use it; it applies to {', '.join(self.views)}"
        return self.applies(values) if self.applies else ""

    def parse(self, text: str, record: Record) -> Any:
        if self.kind == "day":
            return _day_of(text)
        if self.kind == "text":
            return " ".join("".join(filter(_is_legible, text)).split())[:LONGEST_TEXT] or None
        return {code.casefold(): code for code in self.codes(record)}.get(text.casefold())

    def label_of(self, code: str, record: Record) -> str:
        """What a reader sees for a code; the code itself where the record does not know it."""
        return self.codes(record).get(code, code)


def _day_of(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


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


def parameter(name: str, label: str, kind: Kind, help: str, **more: Any) -> Any:
    default = more.pop("default", () if kind == "many" else None)
    metadata = {"parameter": Parameter(name, label, kind, help, default=default, **more)}
    return dataclasses.field(default=default, metadata=metadata)


def one(name: str, label: str, words: Mapping[str, str], help: str, *, default: str = "", **more: Any) -> Any:
    """One of a few codes; the first where no other is the default."""
    default = default or next(iter(words))
    return parameter(name, label, "one", help, codes=lambda record: words, words=words, default=default, **more)


def many(name: str, label: str, codes: Codes, help: str, **more: Any) -> Any:
    return parameter(name, label, "many", help, codes=codes, **more)


def day(name: str, label: str, help: str, **more: Any) -> Any:
    return parameter(name, label, "day", help, **more)


class View:
    """What every page's view can do. Subclasses are frozen dataclasses whose fields are parameters."""

    path: str
    title: str
    question: str

    @classmethod
    @cache
    def _fields(cls) -> Mapping[str, Parameter]:
        """The parameters by the names of their fields, which are Python's, as `from` cannot be one."""
        return MappingProxyType({field.name: field.metadata["parameter"] for field in dataclasses.fields(cls)})

    @classmethod
    @cache
    def parameters(cls) -> tuple[Parameter, ...]:
        return tuple(cls._fields().values())

    @classmethod
    def views(cls) -> tuple[str, ...]:
        """The codes of the page's kinds of view; one blank code where it has one kind alone."""
        return next((tuple(one.words) for one in cls.parameters() if one.name == "view"), ("",))

    @classmethod
    def parse(cls, query: Query, record: Record) -> tuple[Self, tuple[Notice, ...]]:
        """The view that a link's query means, in today's names or in older ones, and what of it was not understood."""
        _, query = migrations.migrate(cls.path, query)
        values: dict[str, Any] = {}
        notices: list[Notice] = []
        for field, parameter in cls._fields().items():
            parsed = []
            for text in query.get(parameter.name, ()):
                value = parameter.parse(text, record)
                if value is None:
                    notices.append(Notice(parameter.name, text, _expected(parameter, record)))
                elif value not in parsed:
                    parsed.append(value)
                if value is not None and parameter.kind == "text" and value != " ".join(text.split()):
                    notices.append(Notice(parameter.name, text, f"of it stays {_CUT}"))
            if parameter.kind == "many":
                values[field] = tuple(parsed[:MOST_VALUES])
                notices += [
                    Notice(parameter.name, str(value), f"a view holds at most {MOST_VALUES} of them")
                    for value in parsed[MOST_VALUES:]
                ][:1]
            elif parsed:
                values[field] = parsed[-1]
                notices += [
                    Notice(parameter.name, str(value), "the link says it more than once, and the last one counts")
                    for value in parsed[:-1]
                ]
        known = {parameter.name for parameter in cls.parameters()}
        notices += [
            Notice(
                name,
                texts[-1] if texts else "",
                f"this page has no parameter of that name; it knows {', '.join(sorted(known))}",
            )
            for name, texts in query.items()
            if name not in (*known, MARK) and not FOREIGN.fullmatch(name)
        ]
        view = cls(**values)
        settled, left_out = view._settled()
        given = view.query()
        notices += [Notice(name, ", ".join(given[name]), why) for name, why in left_out.items()]
        return settled, tuple(notices)

    def _settled(self) -> tuple[Self, dict[str, str]]:
        """The view without values that do not apply beside the others, and why each of those was left out.

        Parameters are asked in their order, each beside what is left of those before it.
        """
        values, left_out = self.values(), {}
        for parameter in self.parameters():
            if values[parameter.name] != parameter.default and (why := parameter.why_not(values)):
                values[parameter.name] = parameter.default
                left_out[parameter.name] = why
        settled = {field: values[parameter.name] for field, parameter in self._fields().items()}
        return type(self)(**settled) if left_out else self, left_out

    def query(self) -> dict[str, list[str]]:
        values = self.values()
        return {
            one.name: list(map(str, values[one.name])) if one.kind == "many" else [str(values[one.name])]
            for one in self.parameters()
            if values[one.name] != one.default
        }

    def link(self) -> str:
        """The address of this view, from the root of the site."""
        query = urlencode(self.query(), doseq=True)
        return f"/{self.path}?{query}" if query else f"/{self.path}"

    def values(self) -> dict[str, Any]:
        """The value of each parameter by its name in the link."""
        return {parameter.name: getattr(self, field) for field, parameter in self._fields().items()}

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> Self:
        """The view with these values, by the parameters' names; missing ones, and what does not apply, are defaults."""
        given = {
            field: tuple(values[parameter.name]) if parameter.kind == "many" else values[parameter.name]
            for field, parameter in cls._fields().items()
            if parameter.name in values
        }
        return cls(**given)._settled()[0]

    def replace(self, **changes: Any) -> Self:
        """The same view with some fields changed, without what then does not apply."""
        return dataclasses.replace(self, **changes)._settled()[0]


def _expected(parameter: Parameter, record: Record) -> str:
    if parameter.kind == "day":
        return f"a day is written YYYY-MM-DD, from {FIRST_DAY} to {LAST_DAY}"
    if parameter.kind == "text":
        return "it holds no legible text"
    codes = list(parameter.codes(record))
    if not codes:
        return "nothing to choose from in this evidence"
    if len(codes) <= 12:
        return f"{parameter.unknown}use one of {', '.join(codes)}"
    return f"{parameter.unknown}use a code such as {', '.join(codes[:3])}"
