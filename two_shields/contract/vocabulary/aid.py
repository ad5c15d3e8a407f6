"""Aid: its kinds, what an amount measures, and what amounts are measured against."""

from two_shields.contract.vocabulary.code import Code, Codes

AID_KINDS = Codes(
    Code("total", "all kinds together", "all kinds"),
    Code("military", "arms, ammunition, training and money for them"),
    Code("financial", "money for the budget"),
    Code("humanitarian", "relief for people"),
    Code("loan", "money that is to be paid back"),
)
#: From the loosest to the firmest; a rate is no total.
AID_MEASURES = Codes(
    Code("reported", "the source does not say what it counts"),
    Code("announced", "publicly promised"),
    Code("committed", "promised with a decision behind it"),
    Code("allocated", "set aside for a named purpose or delivery"),
    Code("disbursed", "paid out or handed over"),
    Code("yearly_rate", "an amount per year, never a total", "a year"),
)
REFERENCE_MEASURES = Codes(
    Code(
        "gdp_2021_eur", "gross domestic product of 2021 in euros, as the Ukraine Support Tracker uses it", "GDP of 2021"
    ),
    Code("population", "inhabitants"),
    Code(
        "eu_aid_share",
        "effective share in the EU's aid, from 0 to 1: of the EU's budget and of the investment bank's capital",
        "share in the EU's aid",
    ),
)
