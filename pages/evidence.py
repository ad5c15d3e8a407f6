"""Evidence: every claim, source and conflict; all downloads."""

from two_shields.exhibits.evidence import lists as frames
from two_shields.ui import evidence, evidence_lists, evidence_tables

record, view, above = evidence.open_search()

if view.claim:
    with above:
        evidence.claim(record, view)

evidence.choose_part(record)
match view.part:
    case "claims":
        evidence_lists.claims(frames.EXHIBIT.frame_of(record, view), record, view)
    case "sources":
        evidence_lists.sources(frames.sources(record, view), view)
    case "conflicts":
        evidence_lists.conflicts(frames.conflicts(record, view), record, view)
    case "changes":
        evidence_lists.changes()
    case "corrections":
        evidence_lists.corrections(frames.corrections(record))
    case "left-out":
        evidence_lists.left_out(frames.left_out(record.only(view.evidence)))
    case "dictionary":
        evidence_tables.dictionary()
    case "downloads":
        evidence_tables.files(record)
    case "method":
        evidence_tables.how(record)
