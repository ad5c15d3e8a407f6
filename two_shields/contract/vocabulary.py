"""The record's vocabulary: every code as one value, from `vocabulary.toml`, and what the values of a code mean."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

_WRITTEN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@dataclass(frozen=True)
class Code:
    """A code with its meaning for the data dictionary; `label` is what a reader sees, by default the code's words."""

    code: str
    meaning: str
    label: str = ""

    def __post_init__(self) -> None:
        if not self.label:
            object.__setattr__(self, "label", self.code.replace("_", " "))


class Codes(dict[str, Any]):
    """An enumeration: its codes by name, in their order."""

    @classmethod
    def of(cls, name: str, kind: type[Code] = Code) -> Self:
        return cls((code, kind(code, **values)) for code, values in _WRITTEN[name].items())

    @cached_property
    def labels(self) -> Mapping[str, str]:
        return {name: code.label for name, code in self.items()}


@dataclass(frozen=True)
class Corpus(Code):
    """`one` and `many` are the nouns that count its sources."""

    one: str = ""
    many: str = ""


@dataclass(frozen=True)
class Grade(Code):
    """`counted` follows a number of sources; a `weak` grade is not enough alone."""

    counted: str = ""
    weak: bool = False


@dataclass(frozen=True)
class Standing(Code):
    """Where a country stands between the two camps; `mark` goes before its name."""

    mark: str = ""


@dataclass(frozen=True)
class Reading(Code):
    """Who counts as a member: `counts` names them; `scope` goes before a finding, where the reading is not the default."""

    counts: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Group(Code):
    """Codes that are drawn alike: `filled` or `hollow` in the shape of the camp, or a `sign` of their own."""

    fill: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Status(Code):
    """What a country is in an initiative.

    `verb` makes a sentence with the initiative's name; `rank` orders from the firmest (0), equals alike; `group` is
    one of `STATUS_GROUPS`; `reading` is the first of `READINGS` that counts it as in, blank where none does.
    """

    verb: str = ""
    letter: str = ""
    rank: int = 0
    group: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Stage(Code):
    """How far a system has come on its way to a country; `buys` where a buyer stands at it, else given or refused."""

    letter: str = ""
    group: str = ""
    buys: bool = False


@dataclass(frozen=True)
class Relation(Code):
    """How a system goes with an initiative: `sentence` names both; `of_camp` where it makes it one of its camp's."""

    sentence: str = ""
    of_camp: bool = False


@dataclass(frozen=True)
class SystemKind(Code):
    """`air_defence` where it is made to shoot down what flies."""

    air_defence: bool = False


@dataclass(frozen=True)
class Topic(Code):
    """`ukraine`: an event of this topic belongs to Ukraine's thread `always`, where it `concerns` Ukraine, or never."""

    ukraine: str = ""


CORPORA = Codes.of("CORPORA", Corpus)
GRADES = Codes.of("GRADES", Grade)
CERTAINTIES = Codes.of("CERTAINTIES")
DATE_BASES = Codes.of("DATE_BASES")
CONFLICT_REASONS = Codes.of("CONFLICT_REASONS")
#: Who says what stands in a headline alone: in `claims.said_by`.
HEADLINE = "a headline"

CAMPS = Codes.of("CAMPS")
INITIATIVE_KINDS = Codes.of("INITIATIVE_KINDS")
STATES = Codes.of("STATES", Standing)
READINGS = Codes.of("READINGS", Reading)
STATUS_GROUPS = Codes.of("STATUS_GROUPS", Group)
MEMBERSHIP_STATUSES = Codes.of("MEMBERSHIP_STATUSES", Status)
#: The statuses that each reading counts as in: each adds to the one before.
COUNTS_AS_IN: Mapping[str, frozenset[str]] = {
    reading: frozenset(
        code for code, status in MEMBERSHIP_STATUSES.items() if status.reading in tuple(READINGS)[: place + 1]
    )
    for place, reading in enumerate(READINGS)
}

STAGE_GROUPS = Codes.of("STAGE_GROUPS", Group)
STAGES = Codes.of("STAGES", Stage)
#: The stages of a system that is on its way, or there, from the firmest to the loosest.
ON_THE_WAY = tuple(code for code, stage in STAGES.items() if stage.group not in ("stationed", "refused"))
SYSTEM_RELATIONS = Codes.of("SYSTEM_RELATIONS", Relation)
SYSTEM_KINDS = Codes.of("SYSTEM_KINDS", SystemKind)
SAID_LAYERS = Codes.of("SAID_LAYERS")
LAYERS = Codes(SAID_LAYERS | {"disputed": Code("disputed", "sources disagree on the layer", "layer disputed")})

AID_KINDS = Codes.of("AID_KINDS")
AID_MEASURES = Codes.of("AID_MEASURES")
REFERENCE_MEASURES = Codes.of("REFERENCE_MEASURES")

THREADS = Codes.of("THREADS")
TOPICS = Codes.of("TOPICS", Topic)
#: Judged by hand, by this rule; the texts are its words.
EVENT_WEIGHTS = {int(weight): meaning for weight, meaning in _WRITTEN["EVENT_WEIGHTS"].items()}


def thread_of(topic: str, camps: Collection[str], *, concerns_ukraine: bool) -> str:
    """The thread of an event, from its topic and the camps of its initiatives, or else of its systems."""
    ukraine = TOPICS[topic].ukraine
    if ukraine == "always" or (ukraine == "concerns" and concerns_ukraine):
        return "ukraine"
    ours = [camp for camp in camps if camp != "other"]
    return {"german_led": "sky_shield", "french_led": "french_led"}[ours[0]] if ours else "talks"
