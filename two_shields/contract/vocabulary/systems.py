"""Systems: kinds, layers, their tie to an initiative, and the stages of their way to a country."""

from dataclasses import dataclass

from two_shields.contract.vocabulary.code import Code, Codes, Group

STAGE_GROUPS = Codes(
    Group("has", "delivered, bought or in service", "has it", fill="filled"),
    Group("ordered", "a contract or order exists", "ordered", fill="hollow"),
    Group("unsigned", "wanted, offered, chosen or prepared, and nothing signed", "nothing signed yet", sign="•"),
    Group("stationed", "stationed there by its owner", sign="△"),
    Group("refused", "refused by the giver, or declined by the receiver", "refused or declined", sign="×"),
)


@dataclass(frozen=True)
class Stage(Code):
    """How far a system has come on its way to a country; `buys` where a buyer stands at it, else given or refused."""

    letter: str = ""
    group: str = ""
    buys: bool = False


#: From the firmest to the loosest; then what stands beside that order.
STAGES = Codes(
    Stage("operates", "the country has it in service", "in service", "S", "has", True),
    Stage("acquired", "the country bought it and has it", "bought", "B", "has", True),
    Stage("delivered", "it was handed over", "delivered", "D", "has", True),
    Stage("contracted", "a contract or order exists; nothing has arrived", "ordered", "O", "ordered", True),
    Stage("preparing", "the hand-over is being prepared", "being prepared", "b", "unsigned"),
    Stage("selected", "the buyer chose it; nothing is signed", "chosen", "c", "unsigned", True),
    Stage(
        "intended", "the buyer means to buy it, or the giver to send it; nothing is signed", "intended",
        "i", "unsigned", True,
    ),
    Stage("offered", "the giver offered or promised it", "offered", "o", "unsigned"),
    Stage("proposed", "it was put forward, or talked about", "proposed", "p", "unsigned"),
    Stage("wanted", "the receiver wants it", "wanted", "w", "unsigned", True),
    Stage("deployed", "its owner stationed it there; it stays its owner's", "stationed there", "t", "stationed"),
    Stage("refused", "the giver refused", "refused", "R", "refused"),
    Stage("declined", "the receiver said no", "declined", "×", "refused"),
)  # fmt: skip
#: The stages of a system that is on its way, or there, from the firmest to the loosest.
ON_THE_WAY = tuple(code for code, stage in STAGES.items() if stage.group not in ("stationed", "refused"))


@dataclass(frozen=True)
class Relation(Code):
    """How a system goes with an initiative: `sentence` names both; `of_camp` where it makes it one of its camp's."""

    sentence: str = ""
    of_camp: bool = False


SYSTEM_RELATIONS = Codes(
    Relation(
        "based_on", "the initiative is built on the system", "is built on it", "{initiative} is built on {system}", True
    ),
    Relation(
        "named_in_plan", "a source names the system as part of the plan", "named in its plan",
        "{system} is named in the plan of {initiative}",
    ),
    Relation(
        "joint_purchase", "members mean to buy the system together, or buy it", "bought together in it, or to be",
        "{initiative}: members mean to buy {system} together, or buy it", True,
    ),
    Relation(
        "bought_by_members", "members buy the system, not through the initiative", "bought by members, not through it",
        "{initiative}: members buy {system}, not through the initiative", True,
    ),
    Relation(
        "developed_in", "the initiative develops or makes the system", "develops or makes it",
        "{initiative} develops or makes {system}", True,
    ),
    Relation(
        "discussed_in", "the system was a subject of the initiative's talks", "discussed in its talks",
        "{initiative}: {system} was a subject of its talks",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class SystemKind(Code):
    """`air_defence` where it is made to shoot down what flies."""

    air_defence: bool = False


SYSTEM_KINDS = Codes(
    SystemKind(
        "surface_to_air_missile_system", "a battery with radar and launchers", "surface-to-air missile system", True
    ),
    SystemKind("missile", "a missile, or the light system around it", air_defence=True),
    SystemKind("gun_system", "an air-defence gun", "air-defence gun", True),
    SystemKind("aircraft", "a combat aircraft", "combat aircraft"),
    SystemKind("cruise_missile", "a missile that flies far at low height"),
    SystemKind("guided_bomb", "a bomb with a guidance kit"),
    SystemKind("howitzer", "a gun of the field artillery"),
    SystemKind("armoured_vehicle", "an armoured vehicle"),
    SystemKind("loitering_munition", "a drone that waits over its target and destroys itself on it"),
)
_LAYERS = (
    Code("very_short", "very short range", "very short range"),
    Code("short", "short range", "short range"),
    Code("medium", "medium range", "medium range"),
    Code("long", "long range", "long range"),
    Code("exo_atmospheric", "above the atmosphere", "above the atmosphere"),
)
#: From the lowest to the highest.
LAYERS = Codes(*_LAYERS, Code("disputed", "sources disagree on the layer", "layer disputed"))
#: The same without a word for dispute: what a source says.
SAID_LAYERS = Codes(*_LAYERS)
