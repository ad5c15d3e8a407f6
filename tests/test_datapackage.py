"""The descriptor and the data dictionary are what the schema gives, and others can read them."""

import json
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


def test_writing_twice_changes_nothing(tmp_path):
    datapackage.main(["--data", str(tmp_path)])
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    datapackage.main(["--data", str(tmp_path)])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert set(first) == {"datapackage.json", "README.md"}


def test_the_descriptor_has_every_table_and_column_in_order():
    assert list(RESOURCES) == [table.name for table in TABLES]
    for table in TABLES:
        schema = RESOURCES[table.name]["schema"]
        assert tuple(field["name"] for field in schema["fields"]) == table.column_names
        assert schema["primaryKey"] == list(table.key)
        assert schema["missingValues"] == [""]


def test_the_descriptor_says_nothing_that_changes_with_the_data():
    text = json.dumps(datapackage.descriptor())
    assert not re.search(r'"(hash|bytes|rows|created|version)":', text)


def test_types_and_constraints():
    assert field("sources", "source_id")["constraints"] == {
        "required": True, "unique": True, "pattern": "[a-z0-9]+(-[a-z0-9]+)*",
    }  # fmt: skip
    assert field("sources", "grade")["constraints"] == {"required": True, "enum": ["A", "B", "C", "D"]}
    assert field("sources", "url")["format"] == "uri"
    assert field("claims", "paragraph") | {"description": ""} == {
        "name": "paragraph", "type": "integer", "description": "", "constraints": {"minimum": 1},
    }  # fmt: skip
    assert field("countries", "lat")["constraints"] == {"required": True, "minimum": -90, "maximum": 90}
    assert field("aid_monthly", "dated")["trueValues"] == ["true"]


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


def test_descriptions_say_the_rule_of_items_and_dates():
    assert field("events", "claim_ids")["description"].endswith(
        "A list: items between semicolons, each one of claims.claim_id."
    )
    assert field("claims", "date")["description"].endswith("YYYY, YYYY-MM or YYYY-MM-DD.")


def test_foreign_keys_are_those_of_single_values():
    assert RESOURCES["aid"]["schema"]["foreignKeys"] == [
        {"fields": ["recipient"], "reference": {"resource": "countries", "fields": ["iso3"]}},
        {"fields": ["part_of"], "reference": {"resource": "", "fields": ["aid_id"]}},
    ]
    assert "foreignKeys" not in RESOURCES["countries"]["schema"]


def test_licences():
    descriptor = datapackage.descriptor()
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]
    cited = "Trebesch et al., Ukraine Support Tracker, Kiel Institute"
    assert RESOURCES["aid_monthly"]["sources"] == [{"title": cited}]
    for text in (descriptor["description"], datapackage.dictionary()):
        assert "geometry/README.md" in text
        assert cited in text


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
