"""What the Overview says in words: headline figures and findings, recomputed from the record."""

from __future__ import annotations

from dataclasses import dataclass

from two_shields.contract.vocabulary import READINGS
from two_shields.domain import membership
from two_shields.exhibits.aid import reported
from two_shields.exhibits.initiatives import growth, overlap
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import AidView, InitiativesView, OverviewView
from two_shields.text import phrases


@dataclass(frozen=True)
class Headline:
    """One figure of the Overview: a name, a value, a word of help, and the view that shows it."""

    label: str
    value: str
    help: str
    link: str
    view: View


@dataclass(frozen=True)
class Finding:
    """One sentence, and the view that shows it."""

    sentence: str
    link: str
    view: View


@cached(most=8)
def headlines(record: Record, view: OverviewView) -> tuple[Headline, ...]:
    """Members of the two camps, how many are in both, and the largest loan."""
    narrowed = record.only(view.evidence)
    steps_of = growth.EXHIBIT.frame_of(record, InitiativesView(view="growth", evidence=view.evidence)).rows
    states = membership.states(narrowed, "signed")["state"].value_counts()
    made = []
    for initiative_id, label in (("essi", "In the Sky Shield"), ("mistral-joint-purchase", "In the Mistral purchase")):
        steps = steps_of[steps_of["initiative_id"] == initiative_id]
        if steps.empty:
            continue
        top = steps.loc[steps["members"].astype(int).idxmax()]
        named = int(steps.loc[steps["series"] == "named", "members"].max() or 0)
        made.append(
            Headline(
                label,
                str(int(top["members"])),
                f"{top['date_words']}. Sources name {named} of them. Counted: {READINGS['signed'].counts}.",
                "How it grew",
                InitiativesView(view="growth", initiative=(initiative_id,), evidence=view.evidence),
            )
        )
    made.append(
        Headline(
            "In both camps",
            str(int(states.get("both", 0))),
            "Countries in the Sky Shield that are also in a French-led initiative.",
            "Which they are",
            InitiativesView(view="overlap", evidence=view.evidence),
        )
    )
    loans = narrowed["aid"].loc[lambda aid: aid["kind"] == "loan"]
    if not loans.empty:
        largest = loans.loc[loans["amount_eur"].idxmax()]
        made.append(
            Headline(
                "Largest loan",
                phrases.euros(largest["amount_eur"], short=True),
                f"{narrowed.country_names[largest['donor']]}, for Ukraine: a loan, never added to aid.",
                "Other totals",
                AidView(view="reported", donor=(largest["donor"],), evidence=view.evidence),
            )
        )
    return tuple(made)


@cached(most=8)
def findings(record: Record, view: OverviewView) -> tuple[Finding, ...]:
    """Three sentences, each with the view that shows it: who is in both, who counts as in, how much aid."""
    both = InitiativesView(view="overlap", evidence=view.evidence)
    strict = InitiativesView(view="growth", initiative=("essi",), reading="strict", evidence=view.evidence)
    totals = AidView(view="reported", evidence=view.evidence)
    return (
        Finding(overlap.EXHIBIT.frame_of(record, both).title, "The overlap of the camps", both),
        Finding(_readings_sentence(record.only(view.evidence)), "Bound by signature", strict),
        Finding(reported.EXHIBIT.frame_of(record, totals).title, "Published totals compared", totals),
    )


def _readings_sentence(record: Record) -> str:
    """How many members the Sky Shield has by name, under each of the three readings."""
    members = {}
    for reading in READINGS:
        members[reading] = int(membership.standings(record, reading, None, ("essi",))["inside"].sum())
    return (
        f"The Sky Shield has {phrases.count(members['strict'], 'member')} if only signed memorandums and contracts count, "
        f"{members['signed']} if letters of intent and joining count too, and {members['broad']} with those who plan to join"
    )
