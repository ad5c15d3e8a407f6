"""Initiatives and who is in them: camps, kinds, statuses, and the readings of who counts as a member."""

from collections.abc import Mapping
from dataclasses import dataclass

from two_shields.contract.vocabulary.code import Code, Codes, Group

CAMPS = Codes(
    Code("german_led", "the German-led European Sky Shield Initiative", "Sky Shield"),
    Code("french_led", "the French-led track: EADS, Mistral, SAMP/T", "French-led track"),
    Code("other", "neither camp's own initiative", "Other"),
)
INITIATIVE_KINDS = Codes(
    Code("joint_procurement", "states that buy together", "joint purchase"),
    Code("programme", "a programme that develops, makes or promotes systems"),
    Code("bilateral", "an agreement between two sides", "agreement between two sides"),
    Code("finance", "money for Ukraine"),
    Code("national", "one state's own project", "national project"),
)


@dataclass(frozen=True)
class Standing(Code):
    """Where a country stands between the two camps; `mark` goes before its name."""

    mark: str = ""


STATES = Codes(
    Standing("both", "counts as in both camps", "in both camps", "◆"),
    Standing("german_led", "counts as in the Sky Shield alone", "Sky Shield (ESSI)", "●"),
    Standing("french_led", "counts as in an initiative of the French-led track alone", "French-led track", "■"),
    Standing("neither", "has a row in the record, and counts as in neither camp", "not in either camp", "○"),
    Standing("unknown", "has no row in the record that says where it stands", "not in the record"),
)


@dataclass(frozen=True)
class Reading(Code):
    """Who counts as a member: `counts` names them; `scope` goes before a finding, where the reading is not the default."""

    counts: str = ""
    scope: str = ""


READINGS = Codes(
    Reading(
        "strict", "who leads the initiative, or signed a memorandum or contract for it", "Bound by signature",
        "countries that lead an initiative or signed a memorandum or contract for it",
        "counting only who leads or is bound by signature",
    ),
    Reading(
        "signed", "also who signed a letter of intent, or joined", "Joined",
        "countries that lead an initiative, signed for it (a letter of intent is enough) or joined it",
    ),
    Reading(
        "broad", "also who declared that it means to join, or applied", "Joined or plans to",
        "countries that lead an initiative, signed for it, joined it, applied to join or said that they will",
        "counting also who plans to join",
    ),
)  # fmt: skip


STATUS_GROUPS = Codes(
    Group("bound", "leads, or is bound by a signature", fill="filled"),
    Group("joined", "joined, or signed a letter of intent", fill="hollow"),
    Group("intends", "says that it will join, or applied"),
    Group("outside", "observes, asked to be let in, or was invited"),
    Group("declined", "stays out", sign="×"),
)


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


#: From the firmest to the loosest.
MEMBERSHIP_STATUSES = Codes(
    Status("lead", "leads the initiative", "leads", "leads {}", "★", 0, "bound", "strict"),
    Status(
        "party", "is a party to it: it signed a contract or agreement", "party", "is a party to {}",
        "P", 1, "bound", "strict",
    ),
    Status(
        "signed_memorandum", "signed the memorandum that binds it to buy together", "signed memorandum",
        "signed the memorandum of {}", "M", 1, "bound", "strict",
    ),
    Status("joined", "joined, as the source words it", "joined", "joined {}", "J", 2, "joined", "signed"),
    Status(
        "signed_letter_of_intent", "signed a letter of intent", "signed letter of intent",
        "signed a letter of intent for {}", "L", 2, "joined", "signed",
    ),
    Status("applied", "applied to join", "applied to join", "applied to join {}", "a", 3, "intends", "broad"),
    Status(
        "declared_intent", "declared that it means to join", "says it will join", "says that it will join {}",
        "d", 3, "intends", "broad",
    ),
    Status("observer", "watches from within, without a vote", "observer", "is an observer in {}", "o", 4, "outside"),
    Status("requested", "asked to be let in", "asked to be let in", "asked to be let into {}", "r", 5, "outside"),
    Status("invited", "was invited", "invited", "was invited to {}", "i", 5, "outside"),
    Status(
        "declined", "stayed out, by its own word or in others' judgement", "stays out", "stays out of {}",
        "×", 6, "declined",
    ),
)  # fmt: skip
#: The statuses that each reading counts as in: each adds to the one before.
COUNTS_AS_IN: Mapping[str, frozenset[str]] = {
    reading: frozenset(
        code for code, status in MEMBERSHIP_STATUSES.items() if status.reading in tuple(READINGS)[: place + 1]
    )
    for place, reading in enumerate(READINGS)
}
