"""The tables of evidence: sources, what they claim, where they disagree, what was mended or left out."""

from two_shields.contract.table import CELL_PATTERN, CLAIM_IDS, DATE_BASIS, DELETED, Column, Table, id_column
from two_shields.contract.vocabulary import CERTAINTIES, CONFLICT_REASONS, CORPORA, GRADES, HEADLINE

SOURCES = Table(
    "sources",
    "Sources",
    "One article, or one page of the public record.",
    ("source_id",),
    (
        id_column("source_id", "The source's id."),
        Column("corpus", "Which part of the record it belongs to.", required=True, enum=CORPORA),
        Column("grade", "How far its site can be relied on.", required=True, enum=GRADES),
        Column("publisher", "Who published it, as far as it is known.", required=True),
        Column(
            "title",
            "Its headline; in square brackets what it is about, in our words, where the headline is not known.",
            required=True,
        ),
        Column("author", "Who signed it."),
        Column("published", "When it was published, as far as it is known.", "date"),
        Column("url", "Where it can be read.", "url"),
        Column("language", "Its language, ISO 639-1.", required=True, pattern=r"[a-z]{2}"),
        Column("file", "The article's file name; blank for the public record."),
        Column("sha256", "The digest of that file.", pattern=r"[0-9a-f]{64}"),
        Column("note", "What to know about it: how its date was inferred, what is not known."),
    ),
)

CLAIMS = Table(
    "claims",
    "Claims",
    "One atomic statement that one source makes, in our own words.",
    ("claim_id",),
    (
        id_column("claim_id", "The claim's id."),
        Column("source_id", "The source that makes it.", required=True, refers_to="sources.source_id"),
        Column(
            "paragraph",
            "The paragraph it stands in: an article file's non-empty lines, counted from 1.",
            "integer",
            minimum=1,
        ),
        Column("statement", "What the source says, and no more.", required=True),
        Column(
            "said_by",
            f"Who says it, where that is not the source itself; `{HEADLINE}` where it stands in a headline alone.",
        ),
        Column("certainty", "How certain the source is.", required=True, enum=CERTAINTIES),
        Column("date", "When what it says happened.", "date"),
        DATE_BASIS,
        Column("note", "How a date or reading was inferred, or what to beware of."),
    ),
)

CONFLICTS = Table(
    "conflicts",
    "Conflicts",
    "Two or more claims that cannot all be right, or that do not mean the same.",
    ("conflict_id",),
    (
        id_column("conflict_id", "The conflict's id."),
        Column("topic", "What the sources disagree about.", required=True),
        CLAIM_IDS,
        Column(
            "cells",
            "The cells that it is about, each as `table/row_id/column`; blank where no cell of a table is disputed.",
            "list",
            pattern=CELL_PATTERN,
        ),
        Column("reason", "Why they disagree.", required=True, enum=CONFLICT_REASONS),
        Column("explanation", "The disagreement in a sentence or two.", required=True),
        Column("shown", "Which one the charts use, and why.", required=True),
    ),
)

CELL_CLAIMS = Table(
    "cell_claims",
    "Claims of cells",
    "Which claims of a row bear out one cell of it; a cell without a row here rests on all its row's claims.",
    ("table", "row_id", "column"),
    (
        Column("table", "The table of facts.", required=True),
        Column("row_id", "The row's id.", required=True),
        Column(
            "column",
            "The column; of a list also `column/item`, where an item has claims of its own.",
            required=True,
        ),
        Column(
            "claim_ids",
            "Those of the row's claims that bear the cell out.",
            "list",
            required=True,
            refers_to="claims.claim_id",
        ),
    ),
)

CORRECTIONS = Table(
    "corrections",
    "Corrections",
    "What was wrong in an earlier version of the record, and what it is now.",
    ("correction_id",),
    (
        id_column("correction_id", "The correction's id."),
        Column("date", "The day of the correction.", "date", required=True),
        Column("table", "The table.", required=True),
        Column(
            "row_id",
            "The row: its key; of several columns, their values with `/` between; then `/` and the column where one cell changed.",
            required=True,
        ),
        Column("was", "What stood there.", required=True),
        Column("now", f"What stands there now; `{DELETED}` where the row is gone.", required=True),
        Column("reason", "Why.", required=True),
    ),
)

LEFT_OUT = Table(
    "left_out",
    "Left out",
    "What was found and not used, and why.",
    ("left_out_id",),
    (
        id_column("left_out_id", "The entry's id."),
        Column("subject", "What it is about.", required=True),
        Column("publisher", "Who published it, as far as it is known.", required=True),
        Column("url", "Where it can be read.", "url"),
        Column("grade", "How far its site can be relied on.", required=True, enum=GRADES),
        Column("reason", "Why it is not in the record.", required=True),
    ),
)
