"""Taking up a release: a workbook with every quirk that the institute's have had, and workbooks that are refused."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from checked_in import RECORD

from tools.import_aid import main
from tools.kiel_workbook import MAIN, SUMMARY, Refused, read, release_number

HEADER = [
    "activity_id", "sub_activity_id", "donor", "announcement_date", "aid_type_general", "measure",
    "tot_activity_value_EUR", "tot_sub_activity_value_EUR", "tot_sub_activity_value_EUR_redistr", None, "month",
    "month_exists_dummy",
]  # fmt: skip
EU = "EU (Commission and Council)"
M = 1e6
#: donor, date, kind, measure, activity's value, raw value, redistributed value, month, dummy.
ROWS = [
    ("Germany", date(2022, 3, 5), "Military", "Allocation", 30 * M, 10 * M, 10 * M, 3, 1),
    ("Germany", date(2022, 4, 5), "Military", "Allocation", None, 20 * M, 20 * M, 4, 1),
    ("Germany", None, "Financial", "Commitment", 500 * M, None, None, 5, 1),
    ("Germany", date(2022, 5, 1), "Humanitarian ", "Allocation", 7 * M, 7 * M, 7 * M, 5, 1),
    ("Germany", date(2022, 5, 1), "Humanitarian", "Allocation", ".", ".", ".", 5, 1),
    ("Germany", None, "Military", "Allocation", 174.493 * M, 174.493 * M, 0, 0, 1),
    ("Bulgaria", date(2022, 8, 1), "Military", "Allocation", 3.512 * M, 3.512 * M, 36.606 * M, 8, 1),
    ("Bulgaria", date(2023, 8, 1), "Military", "Allocation", 18.888 * M, 18.888 * M, 196.847 * M, 20, 1),
    ("Bulgaria", "until 12/31/2022", "Military", "Allocation", 211.053 * M, 211.053 * M, 0, 0, 0),
    ("France", None, "Military", "Allocation", 324.141 * M, 324.141 * M, 324.141 * M, 28, 0),
    ("Luxembourg", date(2024, 10, 3), "Military", "Allocation", 89.885 * M, 89.885 * M, 89.885 * M, 34, 0),
    ("Austria", date(2024, 12, 13), "Humanitarian", "Allocation", 2 * M, 2 * M, 2 * M, 39, 1),
    ("Czech Republic", date(2023, 1, 9), "Military", "Allocation", 100 * M, 100 * M, 100 * M, 13, 1),
    ("Czechia", date(2023, 2, 9), "Military", "Allocation", -61.97 * M, -61.97 * M, -61.97 * M, 14, 1),
    (EU, date(2022, 3, 9), "Financial", "Allocation", 80 * M, 80 * M, 80 * M, 3, 1),
    ("European Investment Bank", date(2022, 3, 9), "Financial", "Allocation", 3 * M, 3 * M, 3 * M, 3, 1),
    ("European Peace Facility", None, "Military", "Commitment", 0, None, None, 3, 1),
    ("Slovenia", None, "Military", "Allocation", 6.647 * M, 6.647 * M, 0, 0, 0),
    ("Turkiye", date(2026, 7, 9), "Military", "Allocation", "1,500,000", "1,500,000", "1,500,000", 55, 1),
    *(
        (name, date(2022, 2, 25), "Humanitarian", "Allocation", M, M, M, 2, 1)
        for name in ("Australia", "Belgium", "Canada", "China", "Croatia", "Cyprus", "Denmark", "Estonia", "Finland",
                     "Greece", "Hungary", "Iceland", "India", "Ireland", "Italy", "Japan", "South Korea", "Taiwan")
    ),
]  # fmt: skip


def number(cell: object) -> float:
    return float(str(cell).replace(",", "")) if cell not in (None, ".", "Not given") else 0.0


def summary_of(rows: list[tuple]) -> dict[str, Counter]:
    """What the institute's summary has: the bank within the EU, Slovenia without its undated row."""
    sums: defaultdict[str, Counter] = defaultdict(Counter)
    called = {"European Investment Bank": EU, "European Peace Facility": EU, "Czech Republic": "Czechia"}
    for donor, _, kind, measure, activity, value, _, month, _ in rows:
        row = sums[called.get(donor, donor)]
        if donor == "Slovenia" and not month:
            continue
        row["all"] += number(activity)
        if measure == "Allocation":
            row[kind.strip()] += number(value)
    return sums


def workbook(
    folder: Path, rows: list[tuple] = ROWS, *, name: str = "1f2e-Ukraine_Support_Tracker_Release_31v2.xlsx", **changed: object
) -> Path:  # fmt: skip
    """A workbook of these rows; `main` and `header` rename the sheet and its columns, `wrong` spoils the summary."""
    book = openpyxl.Workbook()
    book.active.title = "ReadMe"
    sheet = book.create_sheet(str(changed.get("main", MAIN)))
    sheet.append([f" {cell} " if cell == "month" else cell for cell in changed.get("header", HEADER)])
    for place, (donor, day, kind, measure, activity, value, redistributed, month, dummy) in enumerate(rows):
        ids = (f"A{place}", f"A{place}.1")
        sheet.append([*ids, donor, day, kind, measure, activity, value, redistributed, None, month, dummy])
    summary = book.create_sheet(SUMMARY)
    for _ in range(7):
        summary.append([None, "Country Summary"])
    kinds = ("Financial", "Humanitarian", "Military")
    names = [f"{kind} {what}" for what in ("allocations", "commitments") for kind in (*kinds, "Total bilateral")]
    summary.append([None, "Country", "EU member", *names, "GDP (2021)", "GDP (2021)", *names])
    summary.append([None, None, None, *["€ billion"] * 8, "$ billion", "€ billion", *["% 2021 GDP"] * 8])
    for country, sums in summary_of(rows).items():
        given = [(sums[kind] + float(changed.get("wrong", 0))) / 1e9 for kind in kinds]
        summary.append([None, country, 1, *given, sum(given), 0, 0, 0, sums["all"] / 1e9, 9, 8, *[0.5] * 8])
    summary.append([None, "Total", None, *[99.0] * 8])
    path = folder / name
    book.save(path)
    return path


CODES = dict(zip(RECORD["countries"]["name"], RECORD["countries"]["iso3"], strict=True))


def test_every_quirk_is_read_as_the_institute_means_it(tmp_path):
    release = read(workbook(tmp_path), CODES)
    assert release.number == 31 and release.last_day == "2026-07-31"
    months = {key: amount / M for key, amount in release.months.items()}
    assert {key: amount for key, amount in months.items() if key[0] in {"DEU", "BGR", "CZE", "EUU", "SVN", "TUR"}} == {
        ("BGR", "", "military"): 211.053,  # the raw value, not the redistributed one
        ("BGR", "2022-08", "military"): 3.512,
        ("BGR", "2023-08", "military"): 18.888,
        ("CZE", "2023-01", "military"): 100.0,
        ("CZE", "2023-02", "military"): -61.97,
        ("DEU", "", "military"): 174.493,
        ("DEU", "2022-03", "military"): 10.0,
        ("DEU", "2022-04", "military"): 20.0,
        ("DEU", "2022-05", "humanitarian"): 7.0,
        ("EUU", "2022-03", "financial"): 83.0,
        ("SVN", "", "military"): 6.647,
        ("TUR", "2026-07", "military"): 1.5,
    }
    assert months["FRA", "2024-04", "military"] == 324.141, "month 28, without a date"
    assert months["LUX", "2024-10", "military"] == 89.885
    assert months["AUT", "2025-03", "humanitarian"] == 2.0, "its month, not its date"
    assert release.committed["DEU"] / M == 711.493, "over all rows, of both measures"
    assert [warning.split(":")[0] for warning in release.warnings] == [
        "SVN, Military allocations", "SVN, Total bilateral commitments",
    ]  # fmt: skip


def test_the_release_is_in_the_name():
    assert release_number(Path("x-Ukraine_Support_Tracker_Release_30v2.xlsx")) == 30
    assert release_number(Path("Ukraine-Support-Tracker-Release-25.xlsx")) == 25


def changed_row(place: int, cell: int, value: object) -> list[tuple]:
    rows = list(ROWS)
    rows[place] = (*rows[place][:cell], value, *rows[place][cell + 1 :])
    return rows


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"main": "Bilateral Assistance MAIN DATA"}, [f"the sheet `{MAIN}` is not there"]),
        (
            {"header": ["ID", "Countries", *HEADER[3:5], "Type of donation", *HEADER[6:], "Sum"]},
            [f"{MAIN}: the column `{name}` is not there" for name in ("donor", "measure")],
        ),
        ({"rows": changed_row(0, 0, "Atlantis")}, [f"{MAIN}, row 2, donor: `Atlantis` is not known"]),
        ({"rows": changed_row(1, 2, "Moral")}, [f"{MAIN}, row 3, aid_type_general: `Moral` is no kind that is known"]),
        ({"rows": changed_row(2, 3, "Wish")}, [f"{MAIN}, row 4, measure: `Wish` is neither Allocation nor Commitment"]),
        ({"rows": changed_row(0, 5, "Not given")}, [f"{MAIN}, row 2, tot_sub_activity_value_EUR: `Not given` is no number"]),
        ({"name": "tracker.xlsx"}, ["tracker.xlsx: the name does not say which release it is, as in …_Release_30.xlsx"]),
        ({"rows": ROWS[:12]}, [f"{MAIN}: fewer than 20 donors; is the file cut off?"]),
    ],
)  # fmt: skip
def test_a_workbook_that_is_not_as_expected_is_refused_with_what_is_missing(tmp_path, arguments, expected):
    with pytest.raises(Refused) as refused:
        read(workbook(tmp_path, **arguments), CODES)
    assert list(refused.value.problems) == expected


def test_rows_that_do_not_add_up_to_the_summary_are_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        read(workbook(tmp_path, wrong=5 * M), CODES)
    told = "AUS, Humanitarian allocations: the rows add up to 1.000, the summary has 6.000 € million"
    assert told in refused.value.problems


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_a_release_is_taken_up_and_a_second_time_changes_nothing(tables, tmp_path, capsys):
    folder = tables().path
    before = contents(folder)
    arguments = [str(workbook(tmp_path)), "--data", str(folder), "--published", "2026-10-05"]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "Release 31, to 2026-07-31, is in" in told
    assert "TUR    military            10.000" not in told
    line = next(line for line in told.splitlines() if line.startswith("FRA    military"))
    assert line.split()[2:] == ["6,231.602", "-5,907.461", "+0.000", "324.141"]
    after = contents(folder)
    assert {name for name in after if after[name] != before[name]} == {
        "aid.csv", "aid_monthly.csv", "claims.csv", "sources.csv",
    }  # fmt: skip
    assert b"BGR,,military,211053000,false,kiel-ukraine-support-tracker-31\n" in after["aid_monthly.csv"]
    assert b"bgr-total-allocated-kiel-2026-07-31,BGR,UKR,total,allocated,233453000,2022-01-24," in after["aid.csv"]
    assert main(arguments) == 0
    assert "nothing changes" in capsys.readouterr().out
    assert contents(folder) == after


def test_a_refused_workbook_leaves_the_tables_alone(tables, tmp_path, capsys):
    folder = tables().path
    before = contents(folder)
    assert main([str(workbook(tmp_path, main="Data")), "--data", str(folder)]) == 1
    assert "nothing was written" in capsys.readouterr().err
    # A release whose months lie after every source's day breaks the contract.
    assert main([str(workbook(tmp_path, changed_row(18, 7, 68))), "--data", str(folder)]) == 1
    assert "a day not after the newest source's" in capsys.readouterr().err
    assert contents(folder) == before
