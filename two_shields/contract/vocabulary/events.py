"""Events: their topics, and the threads of the timeline."""

from collections.abc import Collection
from dataclasses import dataclass

from two_shields.contract.vocabulary.code import Code, Codes

#: The lines of the timeline.
THREADS = Codes(
    Code("sky_shield", "who joined the Sky Shield, and what its members buy", "Sky Shield"),
    Code("french_led", "the French-led initiatives and their systems", "French-led track"),
    Code("ukraine", "aid for Ukraine, and arms made, bought or delivered for it", "Aid and arms for Ukraine"),
    Code("talks", "talks, positions, and programmes of neither camp", "Talks and other programmes"),
)


@dataclass(frozen=True)
class Topic(Code):
    """`ukraine`: an event of this topic belongs to Ukraine's thread `always`, where it `concerns` Ukraine, or never."""

    ukraine: str = ""


TOPICS = Codes(
    Topic("membership", "who joined, signed or left", "Membership"),
    Topic("procurement", "what was bought or is to be bought", "Procurement", "concerns"),
    Topic("delivery", "what was handed over or stationed", "Delivery", "concerns"),
    Topic("production", "what is made, and faster", "Production", "concerns"),
    Topic("aid", "money and aid for Ukraine", "Aid", "always"),
    Topic("diplomacy", "talks, positions and visits", "Diplomacy"),
)


def thread_of(topic: str, camps: Collection[str], *, concerns_ukraine: bool) -> str:
    """The thread of an event, from its topic and the camps of its initiatives, or else of its systems."""
    ukraine = TOPICS[topic].ukraine
    if ukraine == "always" or (ukraine == "concerns" and concerns_ukraine):
        return "ukraine"
    ours = [camp for camp in camps if camp != "other"]
    return {"german_led": "sky_shield", "french_led": "french_led"}[ours[0]] if ours else "talks"


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
