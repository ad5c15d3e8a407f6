"""What a reader takes away of one view: its citation, its embed snippet, its files.

Everything is made from the view's frame, so that a file says what the chart says.
"""

import html
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs

import pandas as pd
import plotly.graph_objects as go

from two_shields.contract.project import CITED, LICENCE, TITLE
from two_shields.exhibits.frame import Frame
from two_shields.export import values
from two_shields.record import versions
from two_shields.record.record import Record, united
from two_shields.state.parameters import View
from two_shields.text import dates
from two_shields.text.templates import environment

TEMPLATES = environment("two_shields.export")
#: Pixels of an embedded view: its title and sources, around the chart; the whole of one that is a table.
AROUND, TABLE = 180, 760
#: What TeX would take for its own, as text. Braces have words: BibTeX counts them even after a backslash.
_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}", "\\": r"\textbackslash{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


@dataclass(frozen=True)
class Reference:
    """A view as something to cite: its finding, its address, its data version."""

    title: str
    url: str
    version: str
    day: str

    @classmethod
    def of(cls, frame: Frame, record: Record, url: str) -> Self:
        return cls(frame.title, url, record.data_version, versions.day(record.data_version))

    @property
    def parameters(self) -> str:
        """What the link chooses, in words: `donor FRA, DEU; kind military`; blank for the default view."""
        chosen = parse_qs(self.url.partition("?")[2])
        return "; ".join(f"{name} {', '.join(values)}" for name, values in chosen.items())

    @property
    def note(self) -> str:
        return f"Data version {self.version}" + (f"; {self.parameters}" if self.parameters else "")

    @property
    def key(self) -> str:
        """A name for bibliographies: the page and the data version."""
        page = re.sub(r"\W+", "-", self.url.split("//")[-1].partition("/")[2].partition("?")[0]).strip("-")
        return f"two-shields-{page or 'overview'}-{self.version}"

    def plain(self) -> str:
        day = f", {dates.words(self.day)}" if self.day else ""
        chosen = f" View: {self.parameters}." if self.parameters else ""
        return f"{TITLE}: {self.title}. Data version {self.version}{day}.{chosen} {self.url}"

    def bibtex(self) -> str:
        """An entry of BibTeX and BibLaTeX; in a `url` both take the address as it is."""
        fields = {
            "title": f"{{{self.title.translate(_TEX)}}}",
            "author": f"{{{TITLE}}}",
            "year": self.day[:4],
            "date": self.day,
            "version": self.version,
            "note": self.note.translate(_TEX),
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}"

    def ris(self) -> str:
        lines = [
            "TY  - DATA",
            f"TI  - {self.title}",
            f"AU  - {TITLE}",
            *([f"PY  - {self.day[:4]}", f"DA  - {self.day.replace('-', '/')}"] if self.day else []),
            f"ET  - {self.version}",
            f"N1  - {self.note}",
            f"UR  - {self.url}",
            "ER  - ",
        ]
        return "\n".join(lines) + "\n"


def file_name(frame: Frame, record: Record, ending: str) -> str:
    """What a file of this view is called: it tells the version of the data that it holds."""
    return f"two-shields-{frame.name}-{record.data_version}.{ending}"


def embed(frame: Frame, url: str, chart: go.Figure | None) -> str:
    """The snippet for another page, as high as its chart needs; Streamlit leaves its own frame out of an embedded view."""
    height = AROUND + chart.layout.height if chart else TABLE
    separator = "&" if "?" in url else "?"
    return (
        f'<iframe src="{html.escape(url)}{html.escape(separator)}embed=true" title="{html.escape(frame.title)}" '
        f'width="100%" height="{height}" loading="lazy" style="border:0"></iframe>'
    )


def csv_bytes(frame: Frame) -> bytes:
    return values.spreadsheet_csv(frame.table)


def xlsx_bytes(frame: Frame, record: Record, url: str) -> bytes:
    """The view's table and its claims as a workbook, with a sheet on filters, sources, citation and data version."""
    reference = Reference.of(frame, record, url)
    about = {
        "Title": frame.title,
        "Caption": frame.read_with,
        **{f"Note {number}": note for number, note in enumerate(frame.notes, 1)},
        "Link": url,
        "Filters": reference.parameters or "none: the default view",
        "Sources": frame.source_line,
        "Data version": record.data_version,
        "Cite as": reference.plain(),
        "Licence": f"{LICENCE['name']}; monthly aid: {CITED['aid_monthly']}",
    }
    from two_shields.export import workbook  # as late as in `table_files`

    return workbook.workbook({"Table": frame.table, "Claims": _claims(frame, record)}, about, reference.day)


def json_bytes(frame: Frame, record: Record, url: str) -> bytes:
    """The view's rows with what they rest on: each claim and its source in full."""
    reference = Reference.of(frame, record, url)
    content = {
        "title": frame.title,
        "caption": frame.read_with,
        "notes": list(frame.notes),
        "sources": frame.source_line,
        "link": reference.url,
        "data_version": reference.version,
        "licence": LICENCE["name"],
        "rows": [
            {name: values.plain(value) for name, value in row.items()} | {"claim_ids": list(ids)}
            for row, ids in zip(
                frame.table.drop(columns="Claims").to_dict("records"), frame.rows["claim_ids"], strict=True
            )
        ],
        "claims": _claims(frame, record).to_dict("records"),
    }
    return values.as_json(content)


def zip_bytes(frame: Frame, record: Record, view: View, url: str) -> bytes:
    """The view's CSV and JSON with its claims and a README: active filters, fields, sources, citation."""
    readme = TEMPLATES.get_template("README.txt").render(
        frame=frame, record=record, url=url, filters=view.query(), citation=Reference.of(frame, record, url).plain(),
        licence=LICENCE, cited=CITED,
    )  # fmt: skip
    files = {
        "README.txt": readme.encode("utf-8"),
        f"{frame.name}.csv": csv_bytes(frame),
        f"{frame.name}.json": json_bytes(frame, record, url),
        "claims.csv": values.spreadsheet_csv(_claims(frame, record)),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


#: What a file says of a claim, with its source's columns under shorter names.
_OF_CLAIM = ("claim_id", "statement", "said_by", "certainty", "date", "date_basis", "paragraph")
_OF_SOURCE = {"source_title": "source", "source_publisher": "publisher", "source_grade": "grade", "source_url": "url"}


def _claims(frame: Frame, record: Record) -> pd.DataFrame:
    claims = record.claims.loc[list(united(frame.rows["claim_ids"])), [*_OF_CLAIM, *_OF_SOURCE, "note"]]
    claims = claims.rename(columns=_OF_SOURCE)
    return claims.assign(paragraph=[values.plain(value) for value in claims["paragraph"]]).reset_index(drop=True)
