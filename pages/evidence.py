"""Evidence: every claim, source and conflict; all downloads."""

from two_shields.exhibits.evidence import lists as lists
from two_shields.exhibits.evidence import search
from two_shields.ui import evidence as ui

record, view, above = ui.open_search()

if view.claim:
    with above:
        ui.claim(record, view)

match ui.choose_part():
    case "Claims":
        ui.claims(search.EXHIBIT.frame_of(record, view), record, view)
    case "Sources":
        ui.sources(lists.sources(record, view), view)
    case "Conflicts":
        ui.conflicts(lists.conflicts(record, view), record, view)
    case "Corrections":
        ui.corrections(lists.corrections(record))
    case "Left out":
        ui.left_out(lists.left_out(record.only(view.evidence)))
    case "Data dictionary":
        ui.dictionary()
    case "Downloads":
        ui.files(record)
    case "Method":
        ui.how(record)
