"""The rows of a table that a request's parameters select, and headers on which parameters were understood."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from two_shields.export import selection, table_files
from two_shields.state import pinned
from two_shields.state.parameters import DATA, FOREIGN
from two_shields.web import http

#: Headers for what was understood and what was not, both written as a query.
SELECTED, LEFT_OUT = "Two-Shields-Selected", "Two-Shields-Left-Out"
#: The most that a header repeats of a query that is not understood.
_MOST_NAMED, _LONGEST = 20, 60


@dataclass(frozen=True)
class Selected:
    """A part's bytes and their tag, both None where the request chooses nothing; and headers that say what it chose."""

    content: bytes | None
    etag: str | None
    headers: dict[str, str]


def select(request: Request, name: str) -> Selected:
    """What the request chooses of the file of that name. Nothing that it says is an error."""
    query = http.query(request)
    table, _, form = name.rpartition(".")
    if table not in selection.SELECTIONS:
        return Selected(None, None, _named(LEFT_OUT, [(one, texts[-1]) for one, texts in query.items()]))
    record, chosen, notices = pinned.read(selection.SELECTIONS[table], query)
    headers = _named(LEFT_OUT, [(notice.parameter, notice.value) for notice in notices])
    if not chosen.query():
        return Selected(None, None, headers)
    is_whole = set(chosen.query()) == {DATA} and table not in record.lacks
    rows = None if is_whole else selection.rows(record, table, chosen)
    content = table_files.table_file(record, table, form, rows)
    selected = urlencode(chosen.query(), doseq=True)
    digest = hashlib.sha256(selected.encode() + content).hexdigest()[:16]
    return Selected(content, f'"{record.version}-{name}-{digest}"', headers | {SELECTED: selected})


def _named(header: str, pairs: list[tuple[str, str]]) -> dict[str, str]:
    ours = [(name[:_LONGEST], text[:_LONGEST]) for name, text in pairs if not FOREIGN.fullmatch(name)]
    return {header: urlencode(ours[:_MOST_NAMED], errors="replace")} if ours else {}
