"""The search over the claims: a row per claim."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from two_shields.contract.vocabulary import CERTAINTIES, GRADES
from two_shields.domain.search import found, matcher, texts
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, sources_counted
from two_shields.record.cache import cached
from two_shields.record.cells import WEAK
from two_shields.record.record import Record
from two_shields.state.views import EvidenceView
from two_shields.text import dates, phrases

CLAIM_COLUMNS = {
    "statement": "Claim",
    "who": "Who says it",
    "certainty_words": "Certainty",
    "when": "When",
    "place": "Source",
    "grade_words": "Grade",
}


def frame(record: Record, view: EvidenceView) -> Frame:
    """The claims that hold all words of `view.q`, of the sources chosen; those whose statement holds them come first.

    A row per claim: mark and claim_ids are its id, the other columns its words. A whole claim id finds that claim.
    """
    rows = claim_rows(record, found_ids(record, view)) if view.q or view.source else _in_words(record)
    title = _search_title(record, view, rows)
    return Frame.of(record, "evidence-claims", title, "", rows, CLAIM_COLUMNS, rests_on="")


def found_ids(record: Record, view: EvidenceView) -> list[str]:
    chosen, sources = set(view.source), record.sources_of_claims
    ids = [claim_id for claim_id, source in sources.items() if not chosen or source.source_id in chosen]
    if not view.q:
        return ids
    matches, searched = matcher(view.q), texts(record)
    held = [claim_id for claim_id, holds in zip(ids, found(record, ids, view.q), strict=True) if holds]
    return sorted(held, key=lambda claim_id: not matches(searched[claim_id][0]))


def claim_rows(record: Record, claim_ids: Iterable[str]) -> pd.DataFrame:
    places = _places(record)
    return _in_words(record).take([places[claim_id] for claim_id in claim_ids]).reset_index(drop=True)


@cached(most=1)
def _places(record: Record) -> Mapping[str, int]:
    return MappingProxyType({claim_id: place for place, claim_id in enumerate(record.tables["claims"]["claim_id"])})


@cached(most=1)
def _in_words(record: Record) -> pd.DataFrame:
    """All claims in words, once for a record: a search picks its rows from them."""
    claims = record.claims
    in_conflict = {claim_id for claim_ids in record["conflicts"]["claim_ids"] for claim_id in claim_ids}
    return pd.DataFrame(
        {
            "mark": list(claims["claim_id"]),
            "heading": list(claims["statement"]),
            "claim_ids": [(claim_id,) for claim_id in claims["claim_id"]],
            "statement": list(claims["statement"]),
            "who": [said_by or "the source itself" for said_by in claims["said_by"]],
            "certainty_words": list(claims["certainty"].map(CERTAINTIES.labels)),
            "when": [dates.based(day, basis) for day, basis in zip(claims["date"], claims["date_basis"], strict=True)],
            "place": [_place(claim) for claim in claims.itertuples()],
            "publisher": list(claims["source_publisher"]),
            "grade_words": list(claims["source_grade"].map(grade_words)),
            "source_id": list(claims["source_id"]),
            "backing": list(claims["source_corpus"]),
            "disputed": [claim_id in in_conflict for claim_id in claims["claim_id"]],
            "weak": list(claims["source_grade"].isin(WEAK)),
        }
    )


def grade_words(grade: str) -> str:
    """`B: established press`; a weak grade says so."""
    return f"{grade}: {GRADES[grade].label}" + (", weak alone" if grade in WEAK else "")


def _place(claim) -> str:
    paragraph = f"paragraph {claim.paragraph} of " if pd.notna(claim.paragraph) else ""
    published = f", {dates.words(claim.source_published)}" if claim.source_published else ""
    return f"{paragraph}“{claim.source_title}”, {claim.source_publisher}{published}"


def _search_title(record: Record, view: EvidenceView, rows: pd.DataFrame) -> str:
    words = f" with “{view.q}”" if view.q else ""
    chosen = ""
    if view.source:
        publishers = dict(zip(record["sources"]["source_id"], record["sources"]["publisher"], strict=True))
        names = dict.fromkeys(publishers[source] for source in view.source if source in publishers)
        chosen = f" in {phrases.join(list(names), most=3)}" if names else " in the sources chosen"
    if rows.empty:
        return f"No claim{words}{chosen}"
    number = len(rows) if not (words or chosen) else f"{len(rows)} of {len(record['claims'])}"
    claims = "claim" if number == 1 else "claims"
    return f"{number} {claims}{words}{chosen}, from {sources_counted(rows.drop_duplicates('source_id')['backing'])}"


def hidden_by_evidence(record: Record, view: EvidenceView) -> int:
    """How many claims the same search would find besides, if the public record were let in."""
    if view.evidence == "all":
        return 0
    everything = found_ids(record, view.replace(evidence="all"))
    return len(everything) - len(found_ids(record.only(view.evidence), view))


EXHIBIT = Exhibit("evidence-claims", EvidenceView, frame=frame, order=1)
