"""The record as a whole on the page Evidence: its data dictionary, its files, its method."""

from collections.abc import Iterable
from functools import partial

import streamlit as st

from two_shields.contract.schema import TABLES
from two_shields.exhibits.evidence import method
from two_shields.export import table_files
from two_shields.export.datapackage import TYPE_WORDS, description
from two_shields.export.examples import EXAMPLES, written_for
from two_shields.record.record import Record
from two_shields.ui import share


def dictionary() -> None:
    """Every table with its columns and the meanings of its codes, as the schema says them."""
    st.subheader(f"{len(TABLES)} tables hold the record", anchor=False)
    st.markdown(
        "A source makes claims. A row of fact names in `claim_ids` the claims that it rests on. A conflict names claims "
        "that cannot all be right, and says which one the charts use. A blank cell: not known, or does not apply."
    )
    for table in TABLES:
        with st.expander(f"`{table.name}` {table.description}"):
            st.markdown("\n".join(_columns(table)))


def _columns(table) -> Iterable[str]:
    yield f"A row is identified by {', '.join(f'`{name}`' for name in table.key)}."
    yield ""
    for column in table.columns:
        blank = "never blank" if column.required else "may be blank"
        yield f"- `{column.name}` ({TYPE_WORDS[column.type]}, {blank}): {description(column)}"
        if column.refers_to and column.type != "list":
            yield f"    - refers to `{column.refers_to}`"
        for value, code in column.enum.items():
            yield f"    - `{value}`: {code.meaning}"


def files(record: Record) -> None:
    """Every table as CSV, JSON and XLSX, and all of them in one archive; made when asked for."""
    st.subheader(f"The whole record, version {record.data_version}", anchor=False)
    st.markdown(
        "The files hold the whole record, whatever is searched for or left out on this page. The CSV files are those of "
        "the project, in UTF-8; `datapackage.json` in the archive describes them to machines (Frictionless Data Package). "
        "Licence: CC-BY-4.0."
    )
    share.download(
        "All tables (zip)", partial(table_files.archive, record), f"two-shields-{record.data_version}.zip", "application/zip",
        "evidence:zip", icon=":material/folder_zip:", type="primary",
    )  # fmt: skip
    for table in TABLES:
        if table.name in record.lacks:
            continue
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            rows = f"{len(record[table.name]):,} {'row' if len(record[table.name]) == 1 else 'rows'}"
            st.markdown(f"**{table.title}** `{table.name}`  \n:small[{rows}. {table.description}]", width="stretch")
            for form, mime in table_files.MEDIA_TYPES.items():
                share.download(
                    form.upper(), partial(table_files.table_file, record, table.name, form),
                    f"{table.name}-{record.data_version}.{form}", mime, f"evidence:{table.name}:{form}",
                    icon=":material/download:", help=f"{table.title} as {form.upper()}",
                )  # fmt: skip

    st.subheader("From elsewhere", anchor=False)
    st.markdown("Every table has an address of its own, for programs and spreadsheets; `/openapi.json` lists them.")
    for name, (example, language) in EXAMPLES.items():
        st.caption(name)
        st.code(written_for(example, share.root()), language=language)


def how(record: Record) -> None:
    for title, text in method.sections(record):
        st.subheader(title, anchor=False)
        st.markdown(text)
