"""What a frame is: rows, and the sentences that are made from the same rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, Self

import pandas as pd

from two_shields.contract.vocabulary import CORPORA
from two_shields.record.cache import cached
from two_shields.record.cells import WEAK, Cell, cells_of_facts, rows_by_id
from two_shields.record.record import Record, united
from two_shields.text import phrases

#: Screen readers read the alt text out in one breath; longer texts are for the table.
LONGEST_ALT = 300
#: What a row rests on, in words.
RESTS_ON = {"article": "articles", "record": "public record", "both": "articles and public record", "": ""}


@dataclass(frozen=True)
class Frame:
    """One exhibit: what its chart, table, alt text and file are made of.

    `rows` has a row per mark, with at least `mark` (unique), `heading` (for the evidence of that mark)
    and `claim_ids`; with `facts` (`table/row_id`, or `table/row_id/column` for one cell) it names what the mark shows.
    `columns` names the table's columns and heads them. `title` states the finding,
    `alt` says it with its numbers, `source_line` counts what it rests on, `notes` tell what the whole
    chart has to be read with, a sentence each; `key` explains the chart's signs and stands before it, `wide_key` those
    that a phone's form does not draw. `rests_on` heads the column that says in words what the chart shows by shade and
    sign; it is blank where there is none, as lists of evidence say it in columns of their own.
    `until` is the last day that the rows speak for, where a chart's lines end there.
    """

    name: str
    title: str
    alt: str
    rows: pd.DataFrame
    columns: Mapping[str, str]
    source_line: str
    key: str = ""
    wide_key: str = ""
    caption: str = ""
    notes: tuple[str, ...] = ()
    rests_on: str = "Rests on"
    until: date | None = None

    def __post_init__(self) -> None:
        if len(self.alt) > LONGEST_ALT:
            raise ValueError(f"{self.name}: the alt text has {len(self.alt)} characters, more than {LONGEST_ALT}")

    @classmethod
    def of(
        cls, record: Record, name: str, title: str, picture: str, rows: pd.DataFrame, columns: Mapping[str, str],
        *sentences: str, source_line: str = "", **more: Any,
    ) -> Self:  # fmt: skip
        """A frame with its source line, and with an alt text: what is pictured (blank: nothing), the title, more sentences."""
        if rows.empty:  # an empty list has no type, and headings are text
            rows = rows.astype({"heading": str})
        alt = fit(f"{picture}. {title}." if picture else f"{title}.", *sentences)
        return cls(name, title, alt, rows, columns, source_line or sources_of(record, rows), **more)

    @property
    def read_with(self) -> str:
        """What the chart is read with: its key and its caption."""
        return f"{self.key_of(narrow=False)} {self.caption}".strip()

    def key_of(self, *, narrow: bool) -> str:
        return self.key if narrow else f"{self.key} {self.wide_key}".strip()

    @property
    def table(self) -> pd.DataFrame:
        """The rows as a reader sees them, with the ids of the claims as their last column."""
        table = self.rows[list(self.columns)].set_axis(list(self.columns.values()), axis="columns")
        more = {self.rests_on: self._signs} if self.rests_on else {}
        return table.assign(**more, Claims=[" ".join(ids) for ids in self.rows["claim_ids"]])

    @property
    def _signs(self) -> list[str]:
        """What each row rests on, and whether its sources disagree or are all weak."""
        names = ("backing", "inferred_words", "headline", "disputed", "weak")
        columns = [self.rows[name] if name in self.rows else [""] * len(self.rows) for name in names]
        return [
            RESTS_ON[backing]
            + (f"; {inferred}" if isinstance(inferred, str) and inferred else "")
            # truths, or numbers where rows were put below none (pandas 3.1)
            + ("; from a headline alone" if headline == 1 else "")
            + ("; sources disagree" if disputed == 1 else "")
            + ("; weak alone" if weak == 1 else "")
            for backing, inferred, headline, disputed, weak in zip(*columns, strict=True)
        ]

    def copy(self, *, deep: bool = False) -> Self:
        """The same frame with rows of its own; without `deep` they share their data until somebody changes them."""
        return replace(self, rows=self.rows.copy(deep=deep))

    def row(self, mark: str) -> pd.Series | None:
        found = self.rows[self.rows["mark"] == mark]
        return None if found.empty else found.iloc[0]


def backing(record: Record, claim_ids: Iterable[str]) -> str:
    """Which corpus bears a row out: `article`, `record` or `both`."""
    corpora = record.corpora_of(claim_ids)
    return "both" if len(corpora) == 2 else next(iter(corpora), "")


def facts_of(table: str, row_ids: Iterable[str]) -> list[tuple[str]]:
    return [(f"{table}/{row_id}",) for row_id in row_ids]


class _Evidence(NamedTuple):
    """What a mark has to say of itself; `disputed` are the conflicts about it."""

    backing: str
    disputed: frozenset[str]
    weak: bool
    inferred: bool
    inferred_words: str
    inferred_core: bool
    headline: bool


@cached(most=8_192)
def _evidence(record: Record, claim_ids: tuple[str, ...], facts: tuple[str, ...] | None) -> _Evidence:
    """Of a mark with these claims, which shows these facts; without any, it shows its claims."""
    sources, cells = record.sources_of_claims, cells_of_facts(record, facts or ())
    core = [cell for cell in cells if cell.is_core]
    return _Evidence(
        backing(record, claim_ids),
        record.conflict_ids_of(claim_ids) if facts is None else frozenset().union(*(cell.conflict_ids for cell in cells)),
        any(cell.weak for cell in core) if cells else bool(claim_ids) and all(sources[i].grade in WEAK for i in claim_ids),
        any(cell.inferred for cell in cells),
        _inferred_words(cells),
        any(cell.inferred for cell in core),
        bool(cells) and all(cell.headline_only for cell in cells),
    )  # fmt: skip


def _evidence_by_row(record: Record, rows: pd.DataFrame) -> list[_Evidence]:
    columns = [
        rows[name] if name in rows else [blank] * len(rows) for name, blank in (("claim_ids", ()), ("facts", None))
    ]
    return [_evidence(record, *row) for row in zip(*columns, strict=True)]


def _conflicts_by_row(record: Record, rows: pd.DataFrame) -> list[frozenset[str]]:
    """The conflicts about what each mark shows; about its claims where it shows these and no fact."""
    return [row.disputed for row in _evidence_by_row(record, rows)]


def conflicts_about(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    found = frozenset().union(*_conflicts_by_row(record, rows))
    conflicts = record["conflicts"]
    return conflicts[conflicts["conflict_id"].isin(found)]


def conflicts_of_the_whole(by_row: list[frozenset[str]]) -> frozenset[str]:
    """The conflicts that touch more than a fifth of the rows: they are about the chart, and no mark stands out by them."""
    touched = Counter(conflict_id for conflict_ids in by_row for conflict_id in conflict_ids)
    return frozenset(conflict_id for conflict_id, times in touched.items() if times > max(3, len(by_row) / 5))


def with_evidence(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what their marks have to say of themselves.

    `backing`; `disputed` (beyond what is disputed of them all); `weak` (grade C or D alone). Of rows with `facts` also
    `inferred` (a cell that the mark shows is), `inferred_words` (which), `inferred_core` (one without which there would
    be no mark) and `headline` (all is from a headline alone).
    """
    by_row = _evidence_by_row(record, rows)
    whole = conflicts_of_the_whole([row.disputed for row in by_row])
    names = _Evidence._fields if "facts" in rows else ("backing", "disputed", "weak")
    columns = {name: [getattr(row, name) for row in by_row] for name in names}
    return rows.assign(**columns | {"disputed": [bool(row.disputed - whole) for row in by_row]})


def _inferred_words(cells: Iterable[Cell]) -> str:
    """`inferred` where all is, `date inferred` where that cell is; of several facts that differ, `partly inferred`."""
    facts: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        facts.setdefault((cell.table, cell.row_id), []).append(cell)
    words = {_inferred_of_fact(shown) for shown in facts.values()}
    return "partly inferred" if len(words) > 1 else next(iter(words), "")


def _inferred_of_fact(cells: list[Cell]) -> str:
    inferred = [cell.title.lower() for cell in cells if cell.inferred]
    if len(inferred) == len(cells):
        return "inferred"
    return f"{phrases.join(inferred)} inferred" if inferred else ""


def source_line(record: Record, lists: Iterable[Iterable[str]]) -> str:
    """`Rests on 12 claims from 2 articles and 3 pages of the public record.`"""
    claim_ids = united(lists)
    sources = {*map(record.sources_of_claims.__getitem__, claim_ids)}
    return resting_on(len(claim_ids), [source.corpus for source in sources])


def resting_on(claims: int, corpora: Iterable[str]) -> str:
    """The same of a number of claims, and of the corpora of their sources."""
    if not claims:
        return "Rests on no claim: there is nothing to show."
    return f"Rests on {phrases.count(claims, 'claim')} from {sources_counted(corpora)}."


def sources_counted(corpora: Iterable[str]) -> str:
    """`3 articles and 12 pages of the public record`."""
    counts = Counter(corpora)
    kinds = [(counts[code], corpus) for code, corpus in CORPORA.items() if counts[code]]
    return phrases.join([phrases.count(number, corpus.one, corpus.many) for number, corpus in kinds])


def sources_of(record: Record, rows: pd.DataFrame) -> str:
    """The same of rows, of which those without claims may be values of a published series."""
    pairs = zip(rows["claim_ids"], rows["source_id"], strict=True) if "source_id" in rows else ()
    without = [source_id for claim_ids, source_id in pairs if not claim_ids]
    series = [*filter(None, dict.fromkeys(without))]
    if not series:
        return source_line(record, rows["claim_ids"])
    begin = "Rests" if len(without) == len(rows) else f"{source_line(record, rows['claim_ids'])} And"
    sources = rows_by_id(record, "sources")
    titles = phrases.join([f"{sources[source_id]['publisher']}, {sources[source_id]['title']}" for source_id in series])
    return f"{begin} on {phrases.count(len(series), 'series', 'series')}: {titles}."


def notes_on(record: Record, rows: pd.DataFrame) -> tuple[str, ...]:
    """The conflicts about the chart as a whole, a sentence each."""
    whole = conflicts_of_the_whole(_conflicts_by_row(record, rows))
    conflicts = record["conflicts"]
    return conflict_sentences(conflicts[conflicts["conflict_id"].isin(whole)]) if whole else ()


def conflict_sentences(conflicts: pd.DataFrame) -> tuple[str, ...]:
    """Each conflict for a note: what about, why, and which value is shown."""
    columns = (conflicts[name] for name in ("topic", "explanation", "shown"))
    return tuple(f"{topic}: {explanation} {shown}" for topic, explanation, shown in zip(*columns, strict=True))


def fit(*sentences: str) -> str:
    """As many of the sentences as an alt text holds, in order; the first is cut rather than left out."""
    text = sentences[0]
    if len(text) > LONGEST_ALT:
        return text[: LONGEST_ALT - 1] + "…"
    for sentence in sentences[1:]:
        if sentence and len(text) + 1 + len(sentence) <= LONGEST_ALT:
            text += " " + sentence
    return text
