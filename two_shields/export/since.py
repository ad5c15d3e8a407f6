"""What has changed in a view since a version of the data: its rows by that version beside its rows of today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of
from two_shields.export import values
from two_shields.record import versions
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import View
from two_shields.text import dates, phrases

#: What a row of before and after says, by column heading.
COLUMNS = ("Row", "What", "Before", "Now", "Why")
_NEW, _GONE = "new row", "row taken out"
#: As many views are kept with a record.
_MOST = 64


@dataclass(frozen=True)
class Since:
    """The differences of a view. `rows` has the columns of `COLUMNS`, a row per cell that differs, or per row that came
    or went; `of` counts the view's rows then and now, `changed` those of them that differ. `findings` are the titles
    that say something else now, each as before and now."""

    rows: pd.DataFrame
    of: int
    changed: int
    findings: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """`Since then 3 of 28 rows changed`."""
        if not self.changed:
            return "Since then nothing has changed in this view"
        new, gone = (int((self.rows["What"] == kind).sum()) for kind in (_NEW, _GONE))
        kinds = [f"{number} {word}" for number, word in ((new, "new"), (gone, "taken out")) if number]
        counted = f" ({phrases.join(kinds)})" if kinds else ""
        return f"Since then {self.changed} of {phrases.count(self.of, 'row')} changed{counted}"


def since(before: Record, now: Record, view: View) -> Since:
    """What differs in the view between a version and today, over all exhibits of its page."""
    key = (before.data_version, view)
    return now.cache.get_or_make(since, key, lambda: _since(before, now, view), _MOST)


def _since(before: Record, now: Record, view: View) -> Since:
    newest = view.replace(data=None)
    rows: list[tuple[str, str, str, str, str]] = []
    marks, changed, findings = 0, 0, []
    why = reasons(now, versions.day(before.data_version))
    for exhibit in exhibits_of(view):
        old, new = exhibit.frame_of(before, view), exhibit.frame_of(now, newest)
        if old is None or new is None:
            continue
        if old.title != new.title:
            findings.append((old.title, new.title))
        then, today = _by_mark(old), _by_mark(new)
        marks += len(then | today)
        for mark in then | today:
            differences = list(_differences(mark, then, today))
            changed += bool(differences)
            heading, facts = (today.get(mark) or then[mark])[:2]
            because = "; ".join(dict.fromkeys(reason for fact in facts for reason in why.get(fact, ())))
            rows += [(heading, *difference, because) for difference in differences]
    return Since(pd.DataFrame(rows, columns=list(COLUMNS)), marks, changed, tuple(findings))


def reasons(record: Record, after: str) -> Mapping[str, tuple[str, ...]]:
    """The reasons of the corrections that were made after a day, by `table/row_id`."""
    found: dict[str, tuple[str, ...]] = {}
    for row in tuples(record.tables["corrections"]):
        if row.date > after:
            fact = f"{row.table}/{row.row_id.partition('/')[0]}"
            found[fact] = (*found.get(fact, ()), row.reason)
    return found


Rows = Mapping[str, tuple[str, tuple[str, ...], Mapping[str, object]]]


def _by_mark(frame: Frame) -> Rows:
    rows, headings = frame.rows, [*frame.columns.values()]
    facts = map(_facts, rows["facts"] if "facts" in rows else [None] * len(rows), rows["claim_ids"])
    cells = tuples(rows[[*frame.columns]])
    return {
        mark: (heading, of, dict(zip(headings, row, strict=True)))
        for mark, heading, of, row in zip(rows["mark"], rows["heading"], facts, cells, strict=True)
    }


def _facts(facts: object, claim_ids: Iterable[str]) -> tuple[str, ...]:
    """The facts that a row shows, each `table/row_id`; of one that shows none, its claims."""
    if not isinstance(facts, (tuple, list)):
        facts = [f"claims/{claim_id}" for claim_id in claim_ids]
    return tuple("/".join(fact.split("/")[:2]) for fact in facts)


def _differences(mark: str, then: Rows, today: Rows) -> Iterator[tuple[str, str, str]]:
    """What, before and now, of each cell of a row that differs for a reader, or of the whole row."""
    if mark not in then:
        yield _NEW, "", _whole(today[mark][2].values())
    elif mark not in today:
        yield _GONE, _whole(then[mark][2].values()), ""
    else:
        before, now = then[mark][2], today[mark][2]
        for name in now:
            # Of a missing number it is not known whether it equals another: words tell.
            if name not in before or (before[name] != now[name]) is False:
                continue
            words = values.in_words(before[name]), values.in_words(now[name])
            if words[0] != words[1]:
                yield name, *words


def _whole(cells: Iterable[object]) -> str:
    return "; ".join(filter(None, map(values.in_words, cells)))


def missing(record: Record, view: View) -> tuple[str, ...]:
    """What a version did not have yet and this view would use, a sentence each."""
    given = view.values()
    sentences = (
        (
            "cell_claims" in record.lacks and given["evidence"] == "articles",
            "It does not say which claim bears out which cell, so “Articles only” cannot be applied: all evidence is shown",
        ),
        (
            "events.weight" in record.lacks and view.path in ("", "timeline"),
            "Its events had no weights, so all of them count the same",
        ),
        (
            "country_reference" in record.lacks and (given.get("per", "euro") != "euro" or given.get("eu") == "shared"),
            "It had no figures on economies, populations and shares in the EU’s aid, so amounts are in euros",
        ),
        (
            "cell_claims" in record.lacks and view.path == "evidence",
            "Its files are as they were published: without ids of rows and without the table of claims by cell",
        ),
    )
    return tuple(f"{sentence}." for applies, sentence in sentences if applies)


def pinned_to(record: Record) -> str:
    """`Data of 20 November 2026 (version 2026-11-20-bf1662be)`."""
    return f"Data of {dates.words(versions.day(record.data_version))} (version {record.data_version})"
