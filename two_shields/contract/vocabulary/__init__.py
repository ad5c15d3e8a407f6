"""The record's vocabulary: every code as one value, with its meaning and the words and signs that stand for it.

Schema, data dictionary, labels, legends, sentences and orders all come from here: a new code is one entry.
"""

from two_shields.contract.vocabulary.aid import AID_KINDS, AID_MEASURES, REFERENCE_MEASURES
from two_shields.contract.vocabulary.code import Code, Codes
from two_shields.contract.vocabulary.events import EVENT_WEIGHTS, THREADS, TOPICS, thread_of
from two_shields.contract.vocabulary.evidence import (
    CERTAINTIES,
    CONFLICT_REASONS,
    CORPORA,
    DATE_BASES,
    GRADES,
    HEADLINE,
)
from two_shields.contract.vocabulary.initiatives import (
    CAMPS,
    COUNTS_AS_IN,
    INITIATIVE_KINDS,
    MEMBERSHIP_STATUSES,
    READINGS,
    STATES,
    STATUS_GROUPS,
)
from two_shields.contract.vocabulary.systems import (
    LAYERS,
    ON_THE_WAY,
    SAID_LAYERS,
    STAGE_GROUPS,
    STAGES,
    SYSTEM_KINDS,
    SYSTEM_RELATIONS,
)
