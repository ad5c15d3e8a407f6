"""What the record says, shows and gives away, in short, as JSON: the same in any surroundings.

`tests/test_surroundings.py` runs it in odd ones; the arguments are folders of other tables, to be accepted or refused.
"""

import hashlib
import json
import locale
import sys
import time
from pathlib import Path

from tests import golden_figures
from two_shields.exhibits import registry
from two_shields.exhibits.registry import lead
from two_shields.export import sharing
from two_shields.record.record import BrokenRecord, Record
from two_shields.state.views import PAGES, AidView, CountryView, EvidenceView
from two_shields.web import cards, data


def said(folders: list[str]) -> dict[str, object]:
    record = Record.load()
    views = [*(page() for page in PAGES.values()), CountryView(country="TUR"), EvidenceView(q="MISTRAL SIGNED IN")]
    frame, link = registry.frame_of(record, AidView(view="reported")), "https://shields.example/aid?view=reported"
    return {
        "version": record.version,
        "pages": {view.link(): [lead(record, view).title, lead(record, view).description] for view in views},
        "rows": {view.link(): digest(lead(record, view).table.to_csv()) for view in views},
        "asked for in capitals": PAGES["country"].parse({"country": ["ita"]}, record)[0].link(),
        "figures": {name: digest(golden_figures.text(one)) for name, one in golden_figures.made(record).items()},
        "files": {name: digest(data.content(record, name)) for name in data.names()},
        "shared": {
            "csv": digest(sharing.csv_bytes(frame)),
            "json": digest(sharing.json_bytes(frame, record, link)),
            "zip": digest(sharing.zip_bytes(frame, record, AidView(view="reported"), link)),
            "citation": sharing.Reference.of(frame, record, link).plain(),
        },
        "card": digest(cards.in_words(record, views[0], lead(record, views[0]))),
        "refused": [refused(Path(folder)) for folder in folders],
    }


def digest(content: bytes | str) -> str:
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()[:16]


def refused(folder: Path) -> list[str]:
    """The faults for which a folder of tables is refused; none where it is accepted."""
    try:
        Record.load(folder)
    except BrokenRecord as broken:
        return [str(fault) for fault in broken.faults]
    return []


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")  # Python alone leaves sorting, numbers and months as they are in C
    locales = locale.setlocale(locale.LC_ALL)
    print(
        json.dumps(
            {
                "locale": locales,
                "year": time.localtime().tm_year,
                "optimised": sys.flags.optimize,
                "said": said(sys.argv[1:]),
            }
        )
    )
