"""How to read the data from elsewhere: short programs for readers, each asking the same question.

They need a server that answers under `/data` (`streamlit run server.py`); `{root}` is its address.
"""

PYTHON = """\
import csv
import io
from urllib.request import urlopen

with urlopen("{root}/data/memberships.csv") as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8")))

signed = {{row["iso3"] for row in rows if row["initiative_id"] == "essi" and row["status"] == "signed_memorandum"}}
print(len(signed), "parties to the Sky Shield's memorandum by name:", " ".join(sorted(signed)))
"""

R = """\
rows <- read.csv("{root}/data/memberships.csv", encoding = "UTF-8")
signed <- subset(rows, initiative_id == "essi" & status == "signed_memorandum")
cat(length(unique(signed$iso3)), "parties:", sort(unique(signed$iso3)), "\\n")
"""

SPREADSHEET = '=IMPORTDATA("{root}/data/memberships.csv")'

#: The examples by the name of what runs them, with the language that they are written in.
EXAMPLES = {"Python": (PYTHON, "python"), "R": (R, "r"), "Spreadsheet (Google Sheets)": (SPREADSHEET, None)}


def written_for(example: str, root: str) -> str:
    """The example for a server at that address, without a slash at its end."""
    return example.format(root=root)
