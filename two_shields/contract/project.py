"""The project's name, its description, and the licences and citations of its data."""

import os

TITLE = "Two Shields"
DESCRIPTION = (
    "Europe's two answers to the same sky: the German-led European Sky Shield Initiative, and the French-led track of "
    "Mistral and SAMP/T. Who joined which initiative, when and how firmly, which systems go with them, and how aid to "
    "Ukraine adds up over time. Every row of fact names the claims that it rests on, and every claim its source."
)
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
LICENCE_NOTES = (
    "The tables are licensed under CC-BY-4.0, but for `aid_monthly.csv`: its numbers are the Kiel Institute's, for "
    "which no licence was found.",
    "The map's outlines in `geometry/` have a licence of their own: see `geometry/README.md`.",
    "Where the label points of `countries` (`lat`, `lon`) come from is said there, too.",
    "Cite the monthly series in `aid_monthly` as: Trebesch et al., Ukraine Support Tracker, Kiel Institute.",
)
#: Where a table as a whole comes from one publication, which is to be cited with it.
CITED: dict[str, str] = {"aid_monthly": "Trebesch et al., Ukraine Support Tracker, Kiel Institute"}


def contact() -> str:
    """Who answers for this site and takes reports of errors, as its operator says in `TWO_SHIELDS_CONTACT`."""
    return os.environ.get("TWO_SHIELDS_CONTACT", "").strip() or "the operator of this site"
