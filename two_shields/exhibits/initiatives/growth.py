"""Members over time: a line per camp, or per initiative chosen, and the numbers that sources published."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.steps import Line, Step, draw_steps
from two_shields.charts.style import Drawing
from two_shields.domain import membership
from two_shields.domain.membership import steps
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, notes_on, with_evidence
from two_shields.exhibits.initiatives.places import caption, scope
from two_shields.record.record import Record, united, where
from two_shields.record.table import tuples
from two_shields.state.views import InitiativesView
from two_shields.text import dates, phrases

#: The lines of the default view, with their names at their ends.
CAMP_LINES = {"german_led": "Sky Shield", "french_led": "French-led", "both": "in both"}
#: The first day drawn, unless a step of what was chosen lies before it: the initiatives are younger.
DRAWN_FROM = date(2022, 7, 1)
COLUMNS = {
    "line_name": "Of", "date_words": "Date", "members": "Members", "series_words": "What is counted",
    "who": "Who came in, or what the source counts",
}  # fmt: skip


def frame(record: Record, view: InitiativesView) -> Frame:
    """A row per step of a line (`series` named), and per number that a source published (`series` counted)."""
    if view.initiative or view.country:
        shown = view.initiative or tuple(i for i in ("essi", "mistral-joint-purchase") if i in record.initiative_names)
        named, counted = _named_steps(record, view, shown), _counted_steps(record, view, shown)
    else:
        shown = ("essi",)
        named, counted = _camp_steps(record, view), _counted_steps(record, view, shown)
    rows = with_evidence(record, pd.concat([named, counted], ignore_index=True)[STEP_COLUMNS])
    title = phrases.capital(
        scope(record, view) + (_finding(record, view, rows) or "no member is known, as counted here")
    )
    first = named[named["line"] == named["line"].iloc[0]] if len(named) else named
    members = " ".join(f"{phrases.capital(row.date_words)}: {row.members}." for row in tuples(first))
    crosses = "A cross is a number that a source published." if len(counted) else ""
    return Frame.of(
        record, "initiatives-growth", title, "Members over time", rows, COLUMNS, members,
        key=crosses, caption=caption(record, view, shown), notes=notes_on(record, rows), until=view.as_of or record.last_day,
    )  # fmt: skip


def _finding(record: Record, view: InitiativesView, rows: pd.DataFrame) -> str:
    """`Sky Shield 15 members on 13 October 2022, 23 since February 2025; French-led …`: each line's first and last step."""
    if len(view.country) == 1:
        name, since = record.country_names[view.country[0]], rows["line_name"] + " since " + rows["date_words"]
        return (
            f"{name}: in the {phrases.join(list(since.str.replace(' since by ', ' by ')))}"
            if len(rows)
            else f"{name} is in none of the initiatives, as counted here"
        )
    articles, parts = view.evidence == "articles", []
    for _, line in rows[rows["series"] == "named"].groupby("line", sort=False):
        last = line.iloc[-1]
        members = phrases.count(last["members"], "named member" if articles else "member")
        since = "" if last["date_words"].startswith("by ") else "since "
        parts.append(
            f"{last['line_name']}: {members} {since}{last['date_words']}"
            if not parts
            else f"{last['line_name']}: {last['members']}"
        )
    counted = rows[rows["series"] == "counted"]
    if not parts and len(counted):
        last = counted.iloc[-1]
        return f"{last['line_name']}: {last['members']} counted by a source, {last['date_words']}, none of them known by name"
    return "; ".join(parts)


def _last_day(day: str) -> date:
    """The last day that a date can mean; a blank one comes before all."""
    return dates.latest(day) if day else date.min


STEP_COLUMNS = [
    "line", "line_name", "camp", "series", "series_words", "when", "date_words", "members", "who", "mark", "heading",
    "claim_ids", "facts",
]  # fmt: skip
#: What a step counts, in words.
SERIES = {"named": "countries that the record names", "counted": "a number that a source published"}


def _camp_steps(record: Record, view: InitiativesView) -> pd.DataFrame:
    history = steps(record, view.reading)
    if view.as_of:
        history = history[history["day"] <= view.as_of]
    names = record.country_names
    whens: dict[tuple[str, date], set[str]] = {}
    for row in tuples(membership.changes(record, view.as_of)):
        if row.when:
            words = dates.known(row.when, row.from_publication)
            whens.setdefault((row.iso3, dates.latest(row.when)), set()).add(words)
    found = []
    for camp, name in CAMP_LINES.items():
        for row in tuples(history[history["camp"] == camp]):
            parts = [phrases.join([names[iso3] for iso3 in row.entered])] if row.entered else []
            parts += [f"without {phrases.join([names[iso3] for iso3 in row.left])}"] if row.left else []
            day, who = row.day.isoformat(), "; ".join(parts)
            words = _day_words(whens, row)
            found.append(_step(camp, name, camp, "named", day, words, row.members, who, row.claim_ids, row.facts))
    return pd.DataFrame(found, columns=STEP_COLUMNS)


def _day_words(whens: Mapping[tuple[str, date], set[str]], step) -> str:
    """The date of a step as precise as its sources give it: `February 2025`, where the line has its last day."""
    words = {words for iso3 in (*step.entered, *step.left) for words in whens.get((iso3, step.day), ())}
    plain = {text.removeprefix("by ") for text in words}
    if len(plain) > 1:
        return f"by {dates.words(step.day.isoformat())}"
    return min(words, key=lambda text: not text.startswith("by "), default=dates.words(step.day.isoformat()))


def _named_steps(record: Record, view: InitiativesView, shown: tuple[str, ...]) -> pd.DataFrame:
    rows = membership.standings(record, view.reading, view.as_of, shown or ("",))
    rows = rows[rows["inside"]]
    if view.country:
        rows = rows[rows["iso3"].isin(view.country)]
    entries: dict[str, dict[str, list]] = {}
    for row in tuples(rows):
        entries.setdefault(row.initiative_id, {}).setdefault(row.since, []).append(row)
    found = []
    for initiative_id, days in sorted(entries.items()):
        total = 0
        for day in sorted(days, key=lambda day: (_last_day(day), day)):
            entering = days[day]
            total += len(entering)
            who = phrases.join([record.country_names[row.iso3] for row in entering])
            when = dates.known(day, all(row.since_from_publication for row in entering)) or "date not given"
            rests_on = united(row.since_claim_ids for row in entering), united(row.since_facts for row in entering)
            found.append(_step(*_line(record, initiative_id), "named", day, when, total, who, *rests_on))
    return pd.DataFrame(found, columns=STEP_COLUMNS)


def _line(record: Record, initiative_id: str) -> tuple[str, str, str]:
    return initiative_id, record.initiative_names[initiative_id], membership.CAMP_OF.get(initiative_id, "neither")


def _counted_steps(record: Record, view: InitiativesView, shown: tuple[str, ...]) -> pd.DataFrame:
    if view.country:
        return pd.DataFrame(columns=STEP_COLUMNS)
    rows = record["member_counts"]
    rows = rows[rows["initiative_id"].isin(shown)]
    rows = rows[rows["reading"] == view.reading]
    if view.as_of:
        rows = rows[where(bool(day) and dates.latest(day) <= view.as_of for day in rows["date"])]
    rows = rows.sort_values("date", key=lambda days: days.map(_last_day), kind="stable")
    steps = [
        _step(
            *_line(record, row.initiative_id), "counted", row.date, dates.words(row.date), members, row.basis, row.claim_ids,
            (f"member_counts/{row.count_id}",),
        )
        for row, members in zip(tuples(rows), rows["count"].astype(int), strict=True)
    ]  # fmt: skip
    return pd.DataFrame(steps, columns=STEP_COLUMNS)


def _step(line, line_name, camp, series, when, date_words, members, who, claim_ids, facts) -> dict:
    return {
        "line": line, "line_name": line_name, "camp": camp, "series": series, "series_words": SERIES[series], "when": when,
        "date_words": date_words, "members": members, "who": who, "mark": f"{series}|{line}|{when}|{members}",
        "heading": f"{line_name}, {date_words}: {members}" + (f", {who}" if who else ""), "claim_ids": claim_ids, "facts": facts,
    }  # fmt: skip


def lines_of(rows: pd.DataFrame) -> list[Line]:
    dated = rows[(rows["series"] == "named") & (rows["when"] != "")]
    return [
        Line(line["camp"].iloc[0], line["line_name"].iloc[0], tuple(_steps(line)))
        for _, line in dated.groupby("line", sort=False)
    ]


def _steps(rows: pd.DataFrame) -> list[Step]:
    return [Step(dates.latest(row.when), row.members, row.mark, row.heading, row.camp) for row in tuples(rows)]


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Members over time, as steps; nothing is drawn between what is known."""
    drawing = Drawing(theme, height=300 if narrow else 420)
    counted = frame.rows[(frame.rows["series"] == "counted") & (frame.rows["when"] != "")]
    lines = lines_of(frame.rows)
    counts = _steps(counted)
    days = [step.day for line in lines for step in line.steps] + [count.day for count in counts]
    if days:
        first = min(DRAWN_FROM, *days) if max(days) < DRAWN_FROM else DRAWN_FROM
        room = 150 if any(len(line.name) > 12 for line in lines) else 110
        span = (first, max(*days, frame.until or first))
        width, letters = (358, 12) if narrow else (700, 13)
        draw_steps(drawing, lines, span, right=room, width=width, letters=letters, counts=counts)
    return drawing.figure()


EXHIBIT = Exhibit("initiatives-growth", InitiativesView, view="growth", frame=frame, panels=(figure,))
