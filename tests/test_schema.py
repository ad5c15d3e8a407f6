"""The contract is whole in itself: names, references, enumerations, promises."""

import re

from two_shields.contract import vocabulary
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.domain import membership
from two_shields.record.record import DATA


def test_each_file_has_its_table_with_columns_that_differ():
    assert {path.stem for path in DATA.glob("*.csv")} == set(TABLE_BY_NAME) and len(TABLE_BY_NAME) == len(TABLES)
    for table in TABLES:
        assert len(set(table.column_names)) == len(table.columns)
        assert set(table.key) <= set(table.column_names)


def test_a_column_says_what_it_holds_and_a_reference_leads_to_a_unique_one(subtests):
    for table in TABLES:
        for column in table.columns:
            with subtests.test(f"{table.name}.{column.name}"):
                assert re.fullmatch(r"[a-z0-9_]+", column.name)
                assert column.description.endswith(".")
                for value, code in column.enum.items():
                    assert re.fullmatch(r"[a-z0-9_]+|[A-D]", value) and code.meaning
                if column.refers_to:
                    target, name = column.refers_to.split(".")
                    assert TABLE_BY_NAME[target].column(name).unique


def test_every_table_of_facts_rests_on_claims():
    facts = {table.name for table in TABLES if table.rests_on_claims}
    assert facts == {
        "initiatives", "memberships", "member_counts", "systems", "initiative_systems", "transfers", "aid", "events",
    }  # fmt: skip
    assert all(TABLE_BY_NAME[name].column("claim_ids").required for name in facts)


def test_every_status_and_stage_belongs_to_a_group():
    assert {status.group for status in vocabulary.MEMBERSHIP_STATUSES.values()} == set(vocabulary.STATUS_GROUPS)
    assert {stage.group for stage in vocabulary.STAGES.values()} == set(vocabulary.STAGE_GROUPS)


def test_a_status_makes_a_sentence_and_is_told_apart_by_its_letter():
    statuses = vocabulary.MEMBERSHIP_STATUSES.values()
    assert vocabulary.MEMBERSHIP_STATUSES["signed_memorandum"].verb.format("ESSI") == "signed the memorandum of ESSI"
    assert all(status.verb.count("{}") == 1 for status in statuses)
    assert len({status.letter for status in statuses}) == len(statuses)


def test_an_event_belongs_to_one_thread():
    assert vocabulary.thread_of("aid", ("german_led",), concerns_ukraine=False) == "ukraine"
    assert vocabulary.thread_of("delivery", ("french_led",), concerns_ukraine=True) == "ukraine"
    assert vocabulary.thread_of("membership", ("other", "german_led"), concerns_ukraine=True) == "sky_shield"
    assert vocabulary.thread_of("procurement", ("french_led",), concerns_ukraine=False) == "french_led"
    assert vocabulary.thread_of("diplomacy", ("other",), concerns_ukraine=True) == "talks"


def test_camps_are_initiatives_of_that_camp(record):
    camp_of = dict(zip(record["initiatives"]["initiative_id"], record["initiatives"]["camp"], strict=True))
    assert set(membership.CAMPS) == set(vocabulary.CAMPS) & set(vocabulary.STATES)
    for camp, initiatives in membership.CAMPS.items():
        assert {camp_of[initiative_id] for initiative_id in initiatives} == {camp}
