"""How the record is made and read, in words: its meanings from the schema, its counts from the record."""

from collections.abc import Iterator
from dataclasses import dataclass

from two_shields.contract.project import LICENCE, TITLE
from two_shields.contract.vocabulary import (
    AID_MEASURES,
    CERTAINTIES,
    CONFLICT_REASONS,
    CORPORA,
    DATE_BASES,
    EVENT_WEIGHTS,
    GRADES,
    MEMBERSHIP_STATUSES,
    READINGS,
    STAGES,
    Codes,
)
from two_shields.record import data_version
from two_shields.record.record import Record
from two_shields.text import dates, phrases

#: How a reader tells us of an error, in Markdown.
REPORTING = (
    "Open an issue or a pull request in the repository of this dashboard, and name the id of the claim or row: a "
    "claim's id stands under it. Say what the source says instead, and where. `CONTRIBUTING.md` there describes how a "
    "row is changed. The old value stays readable under *Corrections*, and an id never changes."
)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, in Markdown."""

    title: str
    text: str


def citation(record: Record) -> str:
    """The record as a reference: title, version, day, licence."""
    day = data_version.day(record.data_version)
    parts = [
        f"{TITLE}: the European Sky Shield Initiative, the French-led track and aid to Ukraine.",
        f"Data version {record.data_version}" + (f", {dates.words(day)}." if day else "."),
        f"Licence {LICENCE['name']}.",
    ]
    return " ".join(parts)


def sections(record: Record) -> tuple[Section, ...]:
    """The method, from how a claim is written to how the record is cited."""
    return (
        Section("How a claim is written", "\n".join(_curation(record))),
        Section("How far a source can be relied on", "\n".join(_grades(record))),
        Section("How certain a claim is", "\n".join(_certainties(record))),
        Section("How much an event weighs", "\n".join(_weights())),
        Section("Who counts as a member", "\n".join(_readings())),
        Section("How far a system has come", "\n".join(_meanings(STAGES))),
        Section("What an amount of aid measures", "\n".join(_measures())),
        Section("Why sources disagree", "\n".join(_conflicts(record))),
        Section("What this dashboard cannot know", "\n".join(_limits(record))),
        Section("How to report an error", REPORTING),
        Section("How to cite", "\n".join(_citing(record))),
    )


def _meanings(codes: Codes) -> Iterator[str]:
    yield from (f"- **{code.label}**: {code.meaning}" for code in codes.values())


def _curation(record: Record) -> Iterator[str]:
    counts = record["sources"]["corpus"].value_counts()
    yield (
        f"The record holds {phrases.count(len(record['claims']), 'claim')}. A claim is one statement that one source "
        "makes. Every row of fact, and so every mark of a chart, names the claims that it rests on."
    )
    yield ""
    for code, corpus in CORPORA.items():
        yield f"- **{corpus.label}** ({counts.get(code, 0)}): {corpus.meaning}"
    yield ""
    yield "What holds for all of them:"
    yield ""
    yield "- A claim says what its source says and no more: an intent is not an order, an order is not a delivery, a"
    yield "  request is not a transfer, and a wish is not a membership."
    yield "- It is in our own words. Where its source is one of the articles, the number of the paragraph leads to the"
    yield "  place: non-empty lines, counted from 1."
    yield "- What a source leaves open stays open. A group is spelled out only where its members are beyond doubt; the"
    yield "  claim is then marked as inferred, and its note says how it follows."
    yield "- Dates are as long as they are sure: a year, a month or a day."
    yield f"  A date is *stated* where {DATE_BASES['stated'].meaning}, and *inferred* where {DATE_BASES['inferred'].meaning}."
    yield "- Where not all claims of a row bear out each cell of it, the record says which do. With the articles alone, a"
    yield "  cell that no article's claim bears out is blank, and a row that says nothing without it is left out."
    yield "- Where sources disagree, both claims stay. A conflict says why, which one the charts use, and which cells it is"
    yield "  about: only these carry its sign."


def _grades(record: Record) -> Iterator[str]:
    counts = record["sources"]["grade"].value_counts()
    yield "A grade is about the site, not about the single statement; an official page can be wrong, too."
    yield ""
    for code, grade in GRADES.items():
        yield f"- **{code}** ({phrases.count(int(counts.get(code, 0)), 'source')}): {grade.meaning}"


def _certainties(record: Record) -> Iterator[str]:
    counts = record["claims"]["certainty"].value_counts()
    for code, certainty in CERTAINTIES.items():
        yield f"- **{certainty.label}** ({phrases.count(int(counts.get(code, 0)), 'claim')}): {certainty.meaning}"


def _weights() -> Iterator[str]:
    yield "Each event has a weight. It is a judgement, made by hand by this rule:"
    yield ""
    yield from (f"- **{weight}**: {meaning}" for weight, meaning in EVENT_WEIGHTS.items())


def _readings() -> Iterator[str]:
    yield "Honest sources count different numbers of members of one initiative, because they do not count the same"
    yield "step. Three readings keep the steps apart; each adds to the one before."
    yield ""
    for code, reading in READINGS.items():
        added = [status.meaning for status in MEMBERSHIP_STATUSES.values() if status.reading == code]
        yield f"- **{reading.label}**, {reading.meaning}: who {'; '.join(added)}"
    outside = [status.meaning for status in MEMBERSHIP_STATUSES.values() if not status.reading]
    yield f"- **Never a member**: who {'; '.join(outside)}"
    yield ""
    yield "Buying a system does not make a country a member: purchases and membership are kept apart."


def _measures() -> Iterator[str]:
    yield from _meanings(AID_MEASURES)
    yield ""
    yield "Totals overlap, and are never added up: neither parts to their wholes, nor commitments to allocations, nor a"
    yield "member's share of what the EU gives to the EU's own amount."


def _conflicts(record: Record) -> Iterator[str]:
    counts = record.disagreements["reason"].value_counts()
    for code, reason in CONFLICT_REASONS.items():
        number = phrases.count(int(counts.get(code, 0)), "conflict")
        yield f"- **{reason.label}** ({number}): {reason.meaning}"


def _limits(record: Record) -> Iterator[str]:
    claims = record["claims"]
    undated = int((claims["date"] == "").sum())
    inferred = int((claims["date_basis"] == "inferred").sum())
    languages = record["sources"]["language"].nunique()
    latest = max(filter(None, record["sources"]["published"]), default="")
    yield "- It knows what its sources say, not what happened: what was never made public is missing."
    yield "- A country without a row is *not in the record*. That is not a no; a no has a row of its own."
    yield "- Sources count members whom they do not name: the names can be fewer than the number."
    yield "- An order or a pledge says nothing about when, or whether, the thing arrives."
    yield f"- Of {len(claims)} claims, {inferred} have a date that is inferred, and {undated} have none."
    yield f"- The public record is what was found in {phrases.count(languages, 'language')}; a country that is written"
    yield "  about more has more rows. What was found and not used is listed under *Left out*, with the reason."
    if latest:
        yield f"- Its latest source was published on or in {dates.words(latest)}: what came later is not in it."
    yield "- Pages of the public record can change or disappear after they were read."


def _citing(record: Record) -> Iterator[str]:
    yield f"> {citation(record)}"
    yield ""
    yield "The version is a day and a digest of all tables: the same digest, the same data. What changed from one version"
    yield "to the next stands in `CHANGELOG.md`, and what was wrong under *Corrections*. The tables are licensed under"
    yield f"[{LICENCE['title']}]({LICENCE['path']}). For a single fact, give its claim's id and cite the source itself."
    yield ""
    yield "The monthly series of aid is the Kiel Institute's: cite it as Trebesch et al., Ukraine Support Tracker."
