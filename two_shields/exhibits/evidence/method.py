"""How the record is made and read, in words: its meanings from the schema, its counts from the record."""

import re

from two_shields.contract import vocabulary
from two_shields.contract.project import LICENCE, TITLE
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES
from two_shields.record import versions
from two_shields.record.record import Record
from two_shields.text import dates, phrases
from two_shields.text.templates import environment

TEMPLATES = environment(__package__)
#: How a reader tells us of an error, in Markdown.
REPORTING = (
    "Open an issue or a pull request in the repository of this dashboard, and name the id of the claim or row: a "
    "claim's id stands under it. Say what the source says instead, and where. `CONTRIBUTING.md` there describes how a "
    "row is changed. The old value stays readable under *Corrections*, and an id never changes."
)


def citation(record: Record) -> str:
    day = versions.day(record.data_version)
    parts = [
        f"{TITLE}: the European Sky Shield Initiative, the French-led track and aid to Ukraine.",
        f"Data version {record.data_version}" + (f", {dates.words(day)}." if day else "."),
        f"Licence {LICENCE['name']}.",
    ]
    return " ".join(parts)


def sections(record: Record) -> tuple[tuple[str, str], ...]:
    """Headings, each with what stands under it, in Markdown."""
    latest = max(filter(None, record["sources"]["published"]), default="")
    text = TEMPLATES.get_template("method.md").render(
        record=record, claims=record["claims"], sources=record["sources"], statuses=MEMBERSHIP_STATUSES.values(),
        latest=latest and dates.words(latest), words=vocabulary, count=phrases.count, reporting=REPORTING,
        citation=citation(record), licence=LICENCE,
    )  # fmt: skip
    _, *parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return tuple((title, body.strip()) for title, body in zip(parts[::2], parts[1::2], strict=True))
