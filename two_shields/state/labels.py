"""Words for codes: what a reader sees where the record has a code."""

from __future__ import annotations

from collections.abc import Mapping

from two_shields.record.record import Record
from two_shields.state.parameters import Parameter

STATUS: Mapping[str, str] = {
    "lead": "leads",
    "party": "party",
    "signed_letter_of_intent": "signed letter of intent",
    "joined": "joined",
    "signed_memorandum": "signed memorandum",
    "declared_intent": "declared intent",
    "applied": "applied",
    "requested": "asked to join",
    "invited": "invited",
    "observer": "observer",
    "declined": "stays out",
}
#: One letter per status, so that a cell never speaks by colour alone.
STATUS_LETTER: Mapping[str, str] = {
    "lead": "★",
    "party": "P",
    "signed_letter_of_intent": "L",
    "joined": "J",
    "signed_memorandum": "M",
    "declared_intent": "d",
    "applied": "a",
    "requested": "r",
    "invited": "i",
    "observer": "o",
    "declined": "×",
}
STAGE: Mapping[str, str] = {
    "wanted": "wanted",
    "proposed": "proposed",
    "offered": "offered",
    "intended": "intended",
    "selected": "chosen",
    "contracted": "ordered",
    "preparing": "being prepared",
    "delivered": "delivered",
    "deployed": "stationed there",
    "operates": "in service",
    "acquired": "bought",
    "refused": "refused",
    "declined": "declined",
}
#: One letter per stage, so that a cell never speaks by colour alone.
STAGE_LETTER: Mapping[str, str] = {
    "wanted": "w",
    "proposed": "p",
    "offered": "o",
    "intended": "i",
    "selected": "c",
    "contracted": "O",
    "preparing": "b",
    "delivered": "D",
    "deployed": "t",
    "operates": "S",
    "acquired": "B",
    "refused": "R",
    "declined": "×",
}
SYSTEM_KIND: Mapping[str, str] = {
    "surface_to_air_missile_system": "surface-to-air missile system",
    "missile": "missile",
    "gun_system": "air-defence gun",
    "aircraft": "combat aircraft",
    "cruise_missile": "cruise missile",
    "guided_bomb": "guided bomb",
    "howitzer": "howitzer",
    "armoured_vehicle": "armoured vehicle",
    "loitering_munition": "loitering munition",
}
#: How a system goes with an initiative, after the initiative's name.
SYSTEM_RELATION: Mapping[str, str] = {
    "based_on": "is built on it",
    "named_in_plan": "named in its plan",
    "joint_purchase": "bought together in it, or to be",
    "bought_by_members": "bought by members, not through it",
    "developed_in": "develops or makes it",
    "discussed_in": "discussed in its talks",
}
AID_KIND: Mapping[str, str] = {
    "total": "all kinds",
    "military": "military",
    "financial": "financial",
    "humanitarian": "humanitarian",
    "loan": "loan",
}
GRADE: Mapping[str, str] = {
    "A": "official",
    "B": "established press",
    "C": "republication or unknown outlet",
    "D": "state propaganda",
}
REASON: Mapping[str, str] = {
    "definition": "definition",
    "cut_off_date": "cut-off date",
    "counting_rule": "counting rule",
    "attribution": "attribution",
    "spelling": "spelling",
    "error": "error",
}
CERTAINTY: Mapping[str, str] = {
    "stated": "stated by the source",
    "reported": "reported by the source",
    "planned": "planned",
    "expected": "expected",
    "inferred": "inferred",
}


def of_code(parameter: Parameter, code: str, record: Record) -> str:
    """What a widget writes for a code of a parameter."""
    match parameter.name:
        case "country" | "donor":
            return record.country_names.get(code, code)
        case "initiative":
            return record.initiative_names.get(code, code)
        case "kind":
            return AID_KIND[code]
        case "stage":
            return STAGE[code]
        case "topic":
            return code
        case "system":
            return record.system_names.get(code, code)
        case "source":
            return record.source_names.get(code, code)
    return parameter.words.get(code, code)
