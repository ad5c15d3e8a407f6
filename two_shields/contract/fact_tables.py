"""The tables of facts, and of what they are measured against."""

from two_shields.contract import vocabulary as codes
from two_shields.contract.table import (
    CLAIM_IDS,
    DATE_BASIS,
    DONOR_PATTERN,
    ISO3_PATTERN,
    Column,
    Table,
    country_column,
    id_column,
)

COUNTRIES = Table(
    "countries",
    "Countries",
    "Every country that the record names, and every country of the map.",
    ("iso3",),
    (
        Column("iso3", "ISO 3166-1 alpha-3.", required=True, unique=True, pattern=ISO3_PATTERN),
        Column("name", "Its short English name.", required=True, unique=True),
        Column(
            "in_europe",
            "Whether sums over Europe count it: the states of the map, the United Kingdom, Iceland and Türkiye among them.",
            "boolean",
            required=True,
        ),
        Column("nato_since", "The day it joined NATO; blank if it is no member.", "date"),
        Column("eu_since", "The day it joined the EU; blank if it is no member.", "date"),
        Column("lat", "Latitude of its label on the map.", "number", required=True, minimum=-90, maximum=90),
        Column("lon", "Longitude of its label.", "number", required=True, minimum=-180, maximum=180),
    ),
)

INITIATIVES = Table(
    "initiatives",
    "Initiatives",
    "What states joined, signed, run or finance.",
    ("initiative_id",),
    (
        id_column("initiative_id", "The initiative's id."),
        Column("name", "Its full name.", required=True, unique=True),
        Column("short_name", "Its name on charts.", required=True, unique=True, ours=True),
        Column("camp", "Which of the two camps it belongs to.", required=True, enum=codes.CAMPS, ours=True),
        Column("kind", "What kind of undertaking it is.", required=True, enum=codes.INITIATIVE_KINDS, ours=True),
        country_column("lead_iso3", "The country that leads it; blank where none does, or several do."),
        Column("description", "What it is, in a sentence.", required=True),
        CLAIM_IDS,
    ),
)

COUNTRY_REFERENCE = Table(
    "country_reference",
    "Reference figures of countries",
    "What sums of aid are measured against: the size of an economy, a population, a share in the EU's aid.",
    ("iso3", "measure"),
    (
        country_column("iso3", "The country.", required=True),
        Column("measure", "What is measured.", required=True, enum=codes.REFERENCE_MEASURES),
        Column("value", "In the unit of the measure.", "number", required=True, minimum=0),
        Column("year", "The year that it is true of; blank where it is true of a whole period.", "integer"),
        Column("source_id", "Where it is published.", required=True, refers_to="sources.source_id"),
    ),
)

MEMBERSHIPS = Table(
    "memberships",
    "Memberships",
    "One row per change of a country's status in an initiative.",
    ("membership_id",),
    (
        id_column("membership_id", "The membership's id."),
        Column("initiative_id", "The initiative.", required=True, refers_to="initiatives.initiative_id"),
        country_column("iso3", "The country.", required=True),
        Column("status", "What it became.", required=True, enum=codes.MEMBERSHIP_STATUSES),
        Column("date", "When, as far as it is known.", "date"),
        DATE_BASIS,
        CLAIM_IDS,
    ),
    core=("initiative_id", "iso3", "status"),
)

MEMBER_COUNTS = Table(
    "member_counts",
    "Member counts",
    "How many members a source counts; the names may be unknown.",
    ("count_id",),
    (
        id_column("count_id", "The count's id."),
        Column("initiative_id", "The initiative.", required=True, refers_to="initiatives.initiative_id"),
        Column("date", "The day of the count, as far as it is known.", "date"),
        Column("count", "How many states.", "integer", required=True, minimum=0),
        Column(
            "reading", "The reading that counts the same way; blank where none does.", enum=codes.READINGS, ours=True
        ),
        Column("basis", "What the source counts, in a few words.", required=True),
        CLAIM_IDS,
    ),
    core=("initiative_id", "count"),
)

SYSTEMS = Table(
    "systems",
    "Systems",
    "Weapons and vehicles that the sources name.",
    ("system_id",),
    (
        id_column("system_id", "The system's id."),
        Column("name", "Its name.", required=True, unique=True),
        Column("aliases", "Other names that sources use.", "list"),
        Column("kind", "What kind of system it is.", required=True, enum=codes.SYSTEM_KINDS, ours=True),
        Column("layer", "Which layer of air defence it serves; blank for other weapons.", enum=codes.LAYERS),
        Column(
            "layers",
            "Every layer that a source puts it in, from the lowest to the highest.",
            "list",
            enum=codes.SAID_LAYERS,
        ),
        Column("producer", "Who makes it, as far as a source says."),
        country_column("origin_iso3", "The country or countries it comes from.", many=True),
        Column("max_range_km", "The longest range that the charts use, in km.", "number", minimum=0),
        Column("range_of", "What that range is a range of: ranges are comparable only where this agrees."),
        CLAIM_IDS,
    ),
    core=("name",),
)

INITIATIVE_SYSTEMS = Table(
    "initiative_systems",
    "Systems of initiatives",
    "Which systems go with which initiative, and how.",
    ("link_id",),
    (
        id_column("link_id", "The link's id."),
        Column("initiative_id", "The initiative.", required=True, refers_to="initiatives.initiative_id"),
        Column("system_id", "The system.", required=True, refers_to="systems.system_id"),
        Column("relation", "How they go together.", required=True, enum=codes.SYSTEM_RELATIONS),
        CLAIM_IDS,
    ),
    core=("initiative_id", "system_id", "relation"),
)

TRANSFERS = Table(
    "transfers",
    "Transfers",
    "A system on its way from one country to another, at one stage; an intent is not a delivery.",
    ("transfer_id",),
    (
        id_column("transfer_id", "The transfer's id."),
        Column("system_id", "The system.", required=True, refers_to="systems.system_id"),
        country_column("from_iso3", "Who gives or sells it; blank where the source does not say.", many=True),
        country_column("to_iso3", "Who gets it, or has it.", required=True),
        Column("stage", "How far it has come.", required=True, enum=codes.STAGES),
        Column("date", "When it reached this stage, as far as it is known.", "date"),
        DATE_BASIS,
        Column("quantity", "How many; blank where the source does not say.", "number", minimum=0),
        Column("unit", "What is counted.", with_="quantity"),
        CLAIM_IDS,
    ),
    core=("system_id", "to_iso3", "stage"),
)

AID = Table(
    "aid",
    "Published aid totals",
    "Totals as somebody published them, each for its own period and measure; never add them up.",
    ("aid_id",),
    (
        id_column("aid_id", "The total's id."),
        Column(
            "donor",
            "ISO3 code, or EUU for the EU's institutions; EU27 and EUROPE for sums of several donors: "
            "the EU with its members, and all of Europe.",
            required=True,
            pattern=DONOR_PATTERN,
        ),
        country_column("recipient", "Who is aided.", required=True),
        Column("kind", "Which kind of aid.", required=True, enum=codes.AID_KINDS),
        Column("measure", "What is counted.", required=True, enum=codes.AID_MEASURES),
        Column("amount_eur", "Plain euros.", "number", required=True, minimum=0),
        Column("period_start", "First day of the period that it covers.", "date"),
        Column("period_end", "Last day of the period that it covers.", "date"),
        Column("as_of", "The day it was counted or said.", "date"),
        Column("part_of", "The row that already contains this one.", refers_to="aid.aid_id"),
        CLAIM_IDS,
    ),
    core=("donor", "recipient", "kind", "measure", "amount_eur"),
)

AID_MONTHLY = Table(
    "aid_monthly",
    "Monthly aid",
    "Bilateral allocations by donor, month and kind; one published series.",
    ("donor", "month", "kind", "dated"),
    (
        Column("donor", "ISO3 code, or EUU for the EU's institutions.", required=True, pattern=ISO3_PATTERN),
        Column(
            "month",
            "The month of announcement; of undated money the month that the release books it in, or blank.",
            "date",
            pattern=r"\d{4}-\d{2}",
        ),
        Column("kind", "Which kind of aid.", required=True, enum=codes.AID_KINDS),
        Column("allocated_eur", "Plain euros; corrections downwards are negative.", "number", required=True),
        Column(
            "dated",
            "false where the money has no month of its own: it belongs to the whole, and to no month.",
            "boolean",
            required=True,
        ),
        Column("source_id", "The series' source.", required=True, refers_to="sources.source_id"),
    ),
)

EVENTS = Table(
    "events",
    "Events",
    "What happened when.",
    ("event_id",),
    (
        id_column("event_id", "The event's id."),
        Column("date", "When, as far as it is known.", "date"),
        DATE_BASIS,
        Column("title", "What happened, in a few words.", required=True),
        Column("topic", "What it is about.", required=True, enum=codes.TOPICS, ours=True),
        Column(
            "weight",
            " ".join(
                ("How much turns on it, judged by hand.", *(f"{w}: {s}." for w, s in codes.EVENT_WEIGHTS.items()))
            ),
            "integer",
            required=True,
            minimum=min(codes.EVENT_WEIGHTS),
            maximum=max(codes.EVENT_WEIGHTS),
            ours=True,
        ),
        country_column("iso3", "The countries that it concerns.", many=True),
        Column("initiative_ids", "The initiatives.", "list", refers_to="initiatives.initiative_id"),
        Column("system_ids", "The systems.", "list", refers_to="systems.system_id"),
        CLAIM_IDS,
    ),
    core=("title",),
)
