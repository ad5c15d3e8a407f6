"""What differs between two versions of the data, or between the last one and the data as they are.

`python tools/compare_versions.py [BEFORE [AFTER]]` prints a CSV: table, row, column, kind, was, now, reason (blank).
"""

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from two_shields.contract.snapshot import DATA, Snapshot
from two_shields.record import versions
from two_shields.record.changes import COLUMNS, changes


def main(arguments: list[str]) -> None:
    before = arguments[0] if arguments else versions.published()[-1]
    after = versions.files_of(arguments[1]) if len(arguments) > 1 else Snapshot.take(DATA).contents
    writer = csv.writer(sys.stdout, lineterminator="\n")
    found = changes(versions.text_tables(versions.files_of(before)), versions.text_tables(after))
    writer.writerow(COLUMNS)
    writer.writerows(change[: len(COLUMNS)] for change in found)


if __name__ == "__main__":
    main(sys.argv[1:])
