"""One claim: the claims next to it, what rests on it, and how many conflicts it is part of."""

from two_shields.exhibits.evidence.resting import rests_on
from two_shields.exhibits.evidence.search import CLAIM_COLUMNS, claim_rows
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, source_line
from two_shields.record.record import Record
from two_shields.state.views import EvidenceView
from two_shields.text import phrases


def neighbours(record: Record, claim_id: str) -> tuple[str | None, str | None]:
    """The claims before and after one in its source, by paragraph, then in the order of the table; None at either end."""
    claims = record["claims"]
    source = claims.loc[claims["claim_id"] == claim_id, "source_id"].iloc[0]
    of_source = claims[claims["source_id"] == source].sort_values("paragraph", kind="stable", na_position="last")
    ids = [None, *of_source["claim_id"], None]
    place = ids.index(claim_id)
    return ids[place - 1], ids[place + 1]


def claim_sentence(record: Record, claim_id: str, evidence: str = "all") -> str:
    """`3 rows rest on this claim, and 1 conflict touches it`."""
    resting = len(rests_on(record, claim_id, evidence))
    touching = len(record.only(evidence).conflicts_of((claim_id,)))
    verbs = ("rests" if resting < 2 else "rest", "touches" if touching < 2 else "touch")
    rows, conflicts = phrases.count(resting, "row"), phrases.count(touching, "conflict")
    return f"{rows} of fact {verbs[0]} on this claim, and {conflicts} {verbs[1]} it".capitalize()


def frame(record: Record, view: EvidenceView) -> Frame | None:
    """The claim that stands open; None where there is none, or the evidence does not hold it."""
    if view.claim is None or view.claim not in record.claims.index:
        return None
    rows, statement = claim_rows(record, (view.claim,)), record.claims.loc[view.claim, "statement"]
    alt = fit(f"{claim_sentence(record, view.claim, view.evidence)}.")
    line = source_line(record, rows["claim_ids"])
    return Frame("evidence-claim", statement, alt, rows, CLAIM_COLUMNS, line, rests_on="")


EXHIBIT = Exhibit("evidence-claim", EvidenceView, frame=frame, order=0)
