"""Sources, claims and conflicts: corpora, grades, certainties, bases of dates, reasons to disagree."""

from dataclasses import dataclass

from two_shields.contract.vocabulary.code import Code, Codes


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


CORPORA = Codes(
    Corpus("article", "one of the five articles that are the core of the record", "article", "article", "articles"),
    Corpus(
        "record", "a page of the public record that completes them", "public record",
        "page of the public record", "pages of the public record",
    ),
)  # fmt: skip
GRADES = Codes(
    Grade("A", "official: a government, parliament, the EU, NATO or an agency of theirs", "official", "official"),
    Grade(
        "B", "an established newsroom, trade press or research institute", "established press",
        "from the established press",
    ),
    Grade(
        "C", "a republication, or an outlet of unknown standing: weak alone", "republication or unknown outlet",
        "weak", weak=True,
    ),
    Grade("D", "state propaganda or spam: never alone", "state propaganda or spam", "propaganda or spam", weak=True),
)  # fmt: skip
CERTAINTIES = Codes(
    Code("stated", "the source says it in its own voice", "stated by the source"),
    Code(
        "reported",
        "the source passes on what somebody says: `said_by` names them where the source does",
        "reported by the source",
    ),
    Code("planned", "the source says that it is decided or intended, not done"),
    Code("expected", "the source says that somebody expects it"),
    Code("inferred", "the source does not say it outright; the note says how it follows"),
)
DATE_BASES = Codes(
    Code("stated", "the date is printed in the source"),
    Code("inferred", "the date, or its year, follows from the text; the claim's note says how"),
)
CONFLICT_REASONS = Codes(
    Code("definition", "the sources use one word for different things"),
    Code("cut_off_date", "the sources count up to different days", "cut-off date"),
    Code("counting_rule", "the sources count different things, or one thing differently"),
    Code("attribution", "the sources credit or quote different speakers or actors"),
    Code("spelling", "the sources write one name differently"),
    Code("error", "one of the sources is wrong"),
)
#: Who says what stands in a headline alone: in `claims.said_by`.
HEADLINE = "a headline"
