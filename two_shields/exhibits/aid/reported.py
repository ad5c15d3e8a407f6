"""One donor's published totals, each with what it counts and until when, and why they differ."""

from collections.abc import Mapping

import pandas as pd

from two_shields.charts.style import DISPUTED
from two_shields.contract.vocabulary import AID_KINDS, AID_MEASURES
from two_shields.exhibits.aid import reported_figure
from two_shields.exhibits.aid.totals import COLUMNS, totals, totals_sentence
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, conflict_sentences, conflicts_about
from two_shields.record.cells import cells_of_facts, rows_by_id
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import MAIN_DONOR, AidView
from two_shields.text import dates, phrases

NAME = "aid-reported"
#: A period that begins by then counts from the beginning of the war.
SINCE_THE_START = "2022-03"
#: As many letters of a claim's note stand below a total.
LONGEST_REMARK = 46


def frame(record: Record, view: AidView) -> Frame:
    """All published totals for one donor: from the loosest measure to the firmest, within each from the largest."""
    donor = view.donor[0] if view.donor else MAIN_DONOR
    rows = totals(record, view, [donor])
    name = record.country_names.get(donor, donor)
    measures = list(AID_MEASURES)
    told, marks = tuples(rows), set(rows["mark"])
    whole_of = {row.mark: row.part_of for row in told if row.part_of in marks}
    rows = rows.assign(
        rank=rows["measure"].map(measures.index),
        is_part=rows["part_of"].isin(marks),
        until=[_until(row) for row in told],
        who=[_who(record, row) for row in told],
        root=[_root(row.mark, whole_of) for row in told],
        placed=True,
        remark=[_remark(record, row.claim_ids) for row in told],
        statement=[_statement(record, row.mark) for row in told],
    )
    rows = rows.sort_values(["rank", "is_part", "amount_eur"], ascending=[True, True, False], kind="stable")
    rows = rows.reset_index(drop=True)
    counted = phrases.join([AID_MEASURES[code].label for code in rows["measure"].unique() if code != "yearly_rate"])
    caption = "One row per total; the day up to which it counts stands beside its mark. Never add them up."
    if len(view.donor) > 1:
        others = phrases.join([record.country_names[donor] for donor in view.donor[1:]])
        caption += f" One donor at a time: {name}, and not {others}."
    return Frame.of(
        record, NAME, _title(rows, name, view), "Published totals of aid to Ukraine", rows,
        {**COLUMNS, "remark": "To know about it"}, f"Counted: {counted}." if " and " in counted else "",
        key=_key(rows), caption=caption, notes=conflict_sentences(conflicts_about(record, rows)),
    )  # fmt: skip


def _title(rows: pd.DataFrame, name: str, view: AidView) -> str:
    wholes = rows.loc[~rows["is_part"] & (rows["measure"] != "yearly_rate"), ["kind", "period_start", "amount_eur"]]
    if rows.empty:
        return f"The sources chosen give no published total for {name}"
    if len(wholes) < 2:
        return totals_sentence(rows)
    # Totals of single years or months stand in the chart; what makes the title are those from the beginning.
    whole_time = wholes[wholes["period_start"].between("2022", SINCE_THE_START)]
    wholes = whole_time if len(whole_time) > 1 else wholes
    compared = wholes[wholes["kind"] == "total"] if (wholes["kind"] == "total").sum() > 1 else wholes
    least, most = phrases.euros(compared["amount_eur"].min()), phrases.euros(compared["amount_eur"].max())
    kinds = compared["kind"].unique()
    what = f"{AID_KINDS[kinds[0]].label} aid" if len(kinds) == 1 and kinds[0] not in ("total", "loan") else "aid"
    which = " of all kinds" if len(compared) < len(wholes) else ""
    return (
        f"Published totals of {what} to Ukraine from {name}{_chosen(view)} run from {least} to {most}: "
        f"{len(compared)} totals{which} count different things up to different days"
    )


def _chosen(view: AidView) -> str:
    """The days that were chosen; a total belongs to them where some of its time does."""
    first, last = (day.isoformat() if day else "" for day in (view.since, view.until))
    if first and last:
        return f" that touch {dates.whole_year(first, last) or dates.period(first, last)}"
    return f" that touch the time {dates.period(first, last)}" if first or last else ""


def _root(mark: str, whole_of: Mapping[str, str]) -> str:
    while mark in whole_of:
        mark = whole_of[mark]
    return mark


def _until(row) -> str:
    """The day up to which it counts, or the time that it covers."""
    start, end = row.period_start, row.period_end or row.as_of
    if not end:
        return "period not stated"
    if year := dates.whole_year(start, end):
        return f"for {year} alone"
    if start > SINCE_THE_START and row.period_end:
        return dates.period(start[:7], end[:7]) if start[:7] != end[:7] else f"in {dates.words(start[:7])}"
    return f"to {dates.words(end)}" if row.period_end else f"told {dates.words(end)}"


def _who(record: Record, row) -> str:
    """Who counts: by whose word, otherwise who published it."""
    if row.backing in ("article", "both"):
        return "the articles"
    said = next(filter(None, (rows_by_id(record, "claims")[claim_id]["said_by"] for claim_id in row.claim_ids)), "")
    return said.removeprefix("the ").split(",")[0] or row.publisher


def _remark(record: Record, claim_ids: tuple[str, ...]) -> str:
    """What its claims' notes say first, in as few words as stand beside a mark."""
    for claim_id in claim_ids:
        sentence = (
            rows_by_id(record, "claims")[claim_id]["note"].split(". ")[0].split(";")[0].split(": ")[0].rstrip(".")
        )
        if sentence and len(sentence) <= LONGEST_REMARK:
            return sentence
    return ""


def _statement(record: Record, aid_id: str) -> str:
    """What the first claim of an amount says it is: two parts of one total may be of one kind."""
    cells = cells_of_facts(record, (f"aid/{aid_id}/amount_eur",))
    return rows_by_id(record, "claims")[next(claim_id for cell in cells for claim_id in cell.claim_ids)]["statement"]


def _key(rows: pd.DataFrame) -> str:
    """What the signs mean, of those that the chart has."""
    wholes = rows[~rows["is_part"]]
    signs = {
        "Hollow: known from weak sources alone.": wholes["weak"].any(),
        "A small mark: a part of that row's total.": rows["is_part"].any(),
        f"{DISPUTED}: sources disagree.": wholes["disputed"].any(),
    }
    return " ".join(sign for sign, is_drawn in signs.items() if is_drawn)


EXHIBIT = Exhibit(
    NAME, AidView, view="reported", frame=frame, panels=(reported_figure.figure,), card=reported_figure.card
)
