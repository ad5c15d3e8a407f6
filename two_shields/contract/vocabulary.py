"""The record's enumerations: each code with its meaning in plain words."""

from __future__ import annotations

CORPORA = {
    "article": "one of the five articles that are the core of the record",
    "record": "a page of the public record that completes them",
}
GRADES = {
    "A": "official: a government, parliament, the EU, NATO or an agency of theirs",
    "B": "an established newsroom, trade press or research institute",
    "C": "a republication, or an outlet of unknown standing: weak alone",
    "D": "state propaganda or spam: never alone",
}
CERTAINTIES = {
    "stated": "the source says it in its own voice",
    "reported": "the source passes on what somebody says: `said_by` names them where the source does",
    "planned": "the source says that it is decided or intended, not done",
    "expected": "the source says that somebody expects it",
    "inferred": "the source does not say it outright; the note says how it follows",
}
DATE_BASES = {
    "stated": "the date is printed in the source",
    "inferred": "the date, or its year, follows from the text; the claim's note says how",
}
CONFLICT_REASONS = {
    "definition": "the sources use one word for different things",
    "cut_off_date": "the sources count up to different days",
    "counting_rule": "the sources count different things, or one thing differently",
    "attribution": "the sources credit or quote different speakers or actors",
    "spelling": "the sources write one name differently",
    "error": "one of the sources is wrong",
}
CAMPS = {
    "german_led": "the German-led European Sky Shield Initiative",
    "french_led": "the French-led track: EADS, Mistral, SAMP/T",
    "other": "neither camp's own initiative",
}
INITIATIVE_KINDS = {
    "joint_procurement": "states that buy together",
    "programme": "a programme that develops, makes or promotes systems",
    "bilateral": "an agreement between two sides",
    "finance": "money for Ukraine",
    "national": "one state's own project",
}
MEMBERSHIP_STATUSES = {
    "lead": "leads the initiative",
    "party": "is a party to it: it signed a contract, or makes the thing",
    "signed_letter_of_intent": "signed a letter of intent",
    "joined": "joined, as the source words it",
    "signed_memorandum": "signed the memorandum that binds it to buy together",
    "declared_intent": "declared that it means to join",
    "applied": "applied to join",
    "requested": "asked to be let in",
    "invited": "was invited",
    "observer": "watches from within, without a vote",
    "declined": "stayed out, by its own word or in others' judgement",
}
STAGES = {
    "wanted": "the receiver wants it",
    "proposed": "it was put forward, or talked about",
    "offered": "the giver offered or promised it",
    "intended": "the buyer means to buy it, or the giver to send it; nothing is signed",
    "selected": "the buyer chose it; nothing is signed",
    "contracted": "a contract or order exists; nothing has arrived",
    "preparing": "the hand-over is being prepared",
    "delivered": "it was handed over",
    "deployed": "its owner stationed it there; it stays its owner's",
    "operates": "the country has it in service",
    "acquired": "the country bought it and has it",
    "refused": "the giver refused",
    "declined": "the receiver said no",
}
AID_KINDS = {
    "total": "all kinds together",
    "military": "arms, ammunition, training and money for them",
    "financial": "money for the budget",
    "humanitarian": "relief for people",
    "loan": "money that is to be paid back",
}
AID_MEASURES = {
    "reported": "the source does not say what it counts",
    "announced": "publicly promised",
    "committed": "promised with a decision behind it",
    "allocated": "set aside for a named purpose or delivery",
    "disbursed": "paid out or handed over",
    "yearly_rate": "promised for each year of its period: never the sum of the period",
}
REFERENCE_MEASURES = {
    "gdp_2021_eur": "gross domestic product of 2021 in euros, as the Ukraine Support Tracker uses it",
    "population": "inhabitants",
    "eu_aid_share": "effective share in the EU's aid, from 0 to 1: of the EU's budget and of the investment bank's capital",
}
SYSTEM_KINDS = {
    "surface_to_air_missile_system": "a battery with radar and launchers",
    "missile": "a missile, or the light system around it",
    "gun_system": "an air-defence gun",
    "aircraft": "a combat aircraft",
    "cruise_missile": "a missile that flies far at low height",
    "guided_bomb": "a bomb with a guidance kit",
    "howitzer": "a gun of the field artillery",
    "armoured_vehicle": "an armoured vehicle",
    "loitering_munition": "a drone that waits over its target and destroys itself on it",
}
LAYERS = {
    "very_short": "very short range",
    "short": "short range",
    "medium": "medium range",
    "long": "long range",
    "exo_atmospheric": "above the atmosphere",
    "disputed": "sources disagree on the layer",
}
SYSTEM_RELATIONS = {
    "based_on": "the initiative is built on the system",
    "named_in_plan": "a source names the system as part of the plan",
    "joint_purchase": "members mean to buy the system together, or buy it",
    "bought_by_members": "members buy the system, not through the initiative",
    "developed_in": "the initiative develops or makes the system",
    "discussed_in": "the system was a subject of the initiative's talks",
}
TOPICS = {
    "membership": "who joined, signed or left",
    "procurement": "what was bought or is to be bought",
    "delivery": "what was handed over or stationed",
    "production": "what is made, and faster",
    "aid": "money and aid for Ukraine",
    "diplomacy": "talks, positions and visits",
}
#: Who counts as in; each reading adds to the one before.
READINGS = {
    "strict": "who leads it, or has signed its memorandum or a contract",
    "signed": "also who signed a letter of intent, or joined",
    "broad": "also who declared that it means to join, or applied",
}
#: Judged by hand, by this rule; the texts are its words.
EVENT_WEIGHTS = {
    1: (
        "all turns on it: an initiative is announced, several states join or sign on one day, a state decides between "
        "SAMP/T and its rivals or stays out for a stated reason, the first of a camp's large systems reaches "
        "Ukraine or Germany, money in the tens of billions is agreed, the war begins"
    ),
    2: "a step: one state joins, signs, orders, receives, promises or announces",
    3: "a detail: talks, plans, drafts, approvals on the way, exercises, and what only a headline tells",
}
