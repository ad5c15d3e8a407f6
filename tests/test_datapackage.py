"""The descriptor and the data dictionary are what the schema gives, and others can read them."""

import re
import shutil

import pytest

from tools import datapackage
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.record.record import DATA

RESOURCES = {resource["name"]: resource for resource in datapackage.descriptor()["resources"]}


def field(table, name):
    return next(field for field in RESOURCES[table]["schema"]["fields"] if field["name"] == name)


@pytest.mark.parametrize("name", ["datapackage.json", "README.md"])
def test_what_is_checked_in_is_what_the_schema_gives(name):
    assert (DATA / name).read_text(encoding="utf-8") == datapackage.files()[name], (
        f"data/{name} differs from the schema: run make datapackage"
    )


def test_the_descriptor_has_every_table_and_column_in_order():
    assert list(RESOURCES) == [table.name for table in TABLES]
    for table in TABLES:
        schema = RESOURCES[table.name]["schema"]
        assert tuple(field["name"] for field in schema["fields"]) == table.column_names
        assert schema["primaryKey"] == list(table.key)
        assert schema["missingValues"] == [""]


@pytest.mark.parametrize(
    ("table", "column", "good", "bad"),
    [
        ("claims", "date", ["2022", "2022-10", "2022-10-13"], ["22", "2022-13", "2022-10-32", "2022-10-13 "]),
        ("aid_monthly", "month", ["2022-10"], ["2022", "2022-10-13"]),
        ("events", "claim_ids", ["a-1", "a-1;b"], ["", "a;", ";a", "A", "a; b"]),
        ("events", "iso3", ["FRA", "FRA;DEU"], ["fra", "FRA,DEU"]),
        ("systems", "aliases", ["MAMBA", "MAMBA;SAMP T"], ["", "MAMBA;;"]),
    ],
)
def test_lists_and_partial_dates_are_strings_with_a_pattern(table, column, good, bad):
    described = field(table, column)
    assert described["type"] == "string"
    pattern = described["constraints"]["pattern"]
    assert "(?" not in pattern  # XML Schema's syntax has no such groups
    assert all(re.fullmatch(pattern, text) for text in good)
    assert not any(re.fullmatch(pattern, text) for text in bad)


def test_licences():
    descriptor = datapackage.descriptor()
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]
    cited = "Trebesch et al., Ukraine Support Tracker, Kiel Institute"
    assert RESOURCES["aid_monthly"]["sources"] == [{"title": cited}]
    assert all(part in descriptor["description"] for part in (cited, "geometry/README.md"))


def test_the_dictionary_names_every_column_and_every_value_with_its_meaning():
    text = datapackage.dictionary()
    for table in TABLES:
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"| `{column.name}` |" in section
            assert column.description.replace("|", r"\|") in section
            for value, code in column.enum.items():
                assert f"- `{value}`: {code.meaning}" in section


def test_the_dictionary_leads_to_its_own_sections():
    text = datapackage.dictionary()
    assert set(re.findall(r"\]\(#(\w+)\)", text)) == set(TABLE_BY_NAME)


def test_frictionless_reads_the_descriptor_and_finds_the_data_valid():
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package(str(DATA / "datapackage.json"))
    assert package.resource_names == [table.name for table in TABLES]
    report = package.validate()
    assert report.valid, report.flatten(["name", "type", "rowNumber", "fieldName", "note"])[:10]


def test_frictionless_finds_what_breaks_the_contract(small):
    frictionless = pytest.importorskip("frictionless")
    shutil.copy(DATA / "datapackage.json", small.path)
    assert frictionless.Package(str(small.path / "datapackage.json")).validate().valid
    broken = [
        ["constraint-error", small.set("sources", "alpha", grade="E")],
        ["type-error", small.set("claims", "alpha-p1a", paragraph="one")],
        ["foreign-key", small.set("claims", "page-b", source_id="gone")],
        ["constraint-error", small.set("claims", "page-a", date="13.10.2022")],
        ["constraint-error", small.set("events", "plan", claim_ids="page-a;")],
    ]
    report = frictionless.Package(str(small.path / "datapackage.json")).validate()
    assert sorted(report.flatten(["type", "rowNumber"])) == sorted(broken)
