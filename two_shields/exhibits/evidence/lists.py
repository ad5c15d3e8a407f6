"""The lists of the page Evidence: claims and their search, sources, conflicts, corrections, what was left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from two_shields.contract.vocabulary import CERTAINTIES, CONFLICT_REASONS, CORPORA, GRADES
from two_shields.domain.search import folded, found, matcher
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, resting_on, sources_counted, with_evidence
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
    corpora = rows.drop_duplicates("source_id")["backing"]
    title, line = _search_title(record, view, len(rows), corpora), resting_on(len(rows), corpora)
    return Frame.of(record, "evidence-claims", title, "", rows, CLAIM_COLUMNS, source_line=line, rests_on="")


def found_ids(record: Record, view: EvidenceView) -> list[str]:
    chosen, sources = set(view.source), record.sources_of_claims
    held = found(record, view.q) if view.q else dict.fromkeys(sources, True)
    ids = [i for i in held if sources[i].source_id in chosen] if chosen else held
    return [i for i in ids if held[i]] + [i for i in ids if not held[i]]


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
            "mark": claims["claim_id"].tolist(),
            "heading": claims["statement"].tolist(),
            "claim_ids": [(claim_id,) for claim_id in claims["claim_id"]],
            "statement": claims["statement"].tolist(),
            "who": [said_by or "the source itself" for said_by in claims["said_by"]],
            "certainty_words": claims["certainty"].map(CERTAINTIES.labels).tolist(),
            "when": [dates.based(day, basis) for day, basis in zip(claims["date"], claims["date_basis"], strict=True)],
            "place": [*map(_place, *(claims[name].tolist() for name in PLACE))],
            "publisher": claims["source_publisher"].tolist(),
            "grade_words": claims["source_grade"].map(grade_words).tolist(),
            "source_id": claims["source_id"].tolist(),
            "backing": claims["source_corpus"].tolist(),
            "disputed": [claim_id in in_conflict for claim_id in claims["claim_id"]],
            "weak": claims["source_grade"].isin(WEAK).tolist(),
        }
    )


def grade_words(grade: str) -> str:
    """`B: established press`; a weak grade says so."""
    return f"{grade}: {GRADES[grade].label}" + (", weak alone" if grade in WEAK else "")


#: What says where a claim stands.
PLACE = ("paragraph", "source_title", "source_publisher", "source_published")


def _place(paragraph: int | None, title: str, publisher: str, published: str) -> str:
    begin = f"paragraph {paragraph} of " if pd.notna(paragraph) else ""
    return f"{begin}“{title}”, {publisher}{f', {dates.words(published)}' if published else ''}"


def _search_title(record: Record, view: EvidenceView, claims: int, corpora: Iterable[str]) -> str:
    words = f" with “{view.q}”" if view.q else ""
    chosen = ""
    if view.source:
        publishers = dict(zip(record["sources"]["source_id"], record["sources"]["publisher"], strict=True))
        names = dict.fromkeys(publishers[source] for source in view.source if source in publishers)
        chosen = f" in {phrases.join(list(names), most=3)}" if names else " in the sources chosen"
    if not claims:
        return f"No claim{words}{chosen}"
    number = claims if not (words or chosen) else f"{claims} of {len(record['claims'])}"
    return f"{number} {'claim' if number == 1 else 'claims'}{words}{chosen}, from {sources_counted(corpora)}"


def hidden_by_evidence(record: Record, view: EvidenceView) -> int:
    """How many claims the same search would find besides, if the public record were let in."""
    if view.evidence == "all":
        return 0
    everything = found_ids(record, view.replace(evidence="all"))
    return len(everything) - len(found_ids(record.only(view.evidence), view))


EXHIBIT = Exhibit("evidence-claims", EvidenceView, frame=frame, order=1)


@dataclass(frozen=True)
class Listing:
    """A table that stands for itself: a sentence that counts it, and its rows under readable headings."""

    name: str
    title: str
    table: pd.DataFrame


def grade_short(grade: str) -> str:
    """`B: established press`, `C: weak alone`: for a column of a table."""
    return f"{grade}: {'weak alone' if grade == 'C' else GRADES[grade].label}"


def sources(record: Record, view: EvidenceView) -> Frame:
    """The sources that the search finds claims in: articles first, then the newest first; a row per source."""
    filtered = record.only(view.evidence)
    found: dict[str, list[str]] = {}
    for claim_id in found_ids(filtered, view):
        found.setdefault(filtered.sources_of_claims[claim_id].source_id, []).append(claim_id)
    rows = filtered["sources"]
    rows = rows[rows["source_id"].isin(found)].sort_values(["published"], ascending=False, kind="stable")
    rows = rows.sort_values("corpus", kind="stable")
    rows = rows.assign(
        mark=rows["source_id"],
        heading=rows["source_id"].map(filtered.source_names),
        title=rows["title"].map(phrases.title),
        claim_ids=[tuple(found[source_id]) for source_id in rows["source_id"]],
        claims=[len(found[source_id]) for source_id in rows["source_id"]],
        grade_words=rows["grade"].map(grade_words),
        grade_short=rows["grade"].map(grade_short),
        corpus_words=rows["corpus"].map(CORPORA.labels),
        backing=rows["corpus"],
        disputed=False,
        weak=rows["grade"].isin(WEAK),
    )
    grades = rows["grade"].value_counts()
    parts = [f"{grades[code]} {grade.counted}" for code, grade in GRADES.items() if grades.get(code)]
    holding = f" with “{view.q}”" if view.q else ""
    title = f"{sources_counted(rows['corpus'])}{holding}: {phrases.join(parts)}" if len(rows) else "No source found"
    return Frame.of(filtered, "evidence-sources", title, "", rows, SOURCE_COLUMNS, rests_on="")


SOURCE_COLUMNS = {
    "grade_short": "Grade",
    "published": "Date",
    "publisher": "Publisher",
    "title": "Title",
    "url": "Link",
    "corpus_words": "Part",
    "claims": "Number of claims",
    "note": "Note",
}


def conflicts(record: Record, view: EvidenceView) -> Frame:
    """The conflicts by reason, the most frequent first; narrowed to those that the search or a found claim is about."""
    filtered = record.only(view.evidence)
    rows = filtered.disagreements
    if view.q or view.source:
        found = set(found_ids(filtered, view))
        matches = matcher(view.q)
        texts = (rows["topic"] + " \n " + rows["explanation"] + " \n " + rows["shown"]).map(folded)
        own = texts.map(matches).astype(bool) & (not view.source)
        rows = rows[own | rows["claim_ids"].map(lambda ids: not found.isdisjoint(ids)).astype(bool)]
    counts = rows["reason"].value_counts()
    order = sorted(counts.index, key=lambda reason: (-counts[reason], reason))
    rows = rows.assign(rank=rows["reason"].map(order.index) if len(rows) else 0).sort_values("rank", kind="stable")
    rows = with_evidence(
        filtered,
        rows.assign(
            mark=rows["conflict_id"],
            heading=rows["topic"],
            reason_words=rows["reason"].map(CONFLICT_REASONS.labels),
            meaning=[CONFLICT_REASONS[reason].meaning for reason in rows["reason"]],
        ),
    )
    number = phrases.count(len(rows), "conflict").capitalize()
    by_reason = phrases.join([f"{counts[reason]} by {CONFLICT_REASONS[reason].label}" for reason in order])
    title = f"{number} between or within sources: {by_reason}" if len(rows) else "No disagreement found"
    return Frame.of(filtered, "evidence-conflicts", title, "", rows, CONFLICT_COLUMNS, rests_on="")


CONFLICT_COLUMNS = {
    "reason_words": "Reason",
    "topic": "Topic",
    "explanation": "Explanation",
    "shown": "What the charts show",
}


def corrections(record: Record) -> Listing:
    rows = record["corrections"].sort_values("date", ascending=False, kind="stable")
    title = (
        f"{phrases.count(len(rows), 'correction')} so far, the latest on {dates.words(rows['date'].iloc[0])}"
        if len(rows)
        else "None so far: no value of the record has been corrected"
    )
    headings = {"date": "Date", "table": "Table", "row_id": "Row", "was": "Was", "now": "Now", "reason": "Reason"}
    return Listing("evidence-corrections", title, rows[list(headings)].rename(columns=headings))


def left_out(record: Record) -> Listing:
    """What was found and not used, the least reliable first."""
    rows = record["left_out"]
    rows = rows.assign(grade=rows["grade"].map(grade_short)).sort_values("grade", ascending=False, kind="stable")
    weak = int(record["left_out"]["grade"].isin(WEAK).sum())
    title = (
        f"{phrases.count(len(rows), 'finding')} left out of the record, {weak} of them from a weak source"
        if len(rows)
        else "Nothing was left out of the articles; the list is about the public record"
    )
    headings = {"subject": "Subject", "reason": "Why", "publisher": "Publisher", "grade": "Grade", "url": "Link"}
    return Listing("evidence-left-out", title, rows[list(headings)].rename(columns=headings))


def groups(frame: Frame, column: str) -> Iterator[tuple[str, pd.DataFrame]]:
    for value in dict.fromkeys(frame.rows[column]):
        yield value, frame.rows[frame.rows[column] == value]
