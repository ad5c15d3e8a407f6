"""What the page Evidence says, from the frames: the search, one claim, sources, conflicts, method and files."""

from two_shields.contract.schema import TABLES
from two_shields.contract.vocabulary import CERTAINTIES, CONFLICT_REASONS, GRADES
from two_shields.domain import search
from two_shields.exhibits.evidence import lists, method
from two_shields.exhibits.evidence.claim import claim_sentence, neighbours, rests_on
from two_shields.record.record import Record
from two_shields.state.views import EvidenceView

ARTICLES = EvidenceView(evidence="articles")


def claims(record, **view):
    return lists.EXHIBIT.frame_of(record, EvidenceView(**view))


def found(record, q):
    return set(claims(record, q=q).rows["mark"])


# The search.


def test_all_words_have_to_occur_whatever_their_case_and_accents(record):
    plain, accented = found(record, "TURKIYE samp/t"), found(record, "türkiye Samp/T")
    assert plain == accented
    assert "erdogan-macron-p21b" in plain
    assert plain < found(record, "samp/t")
    assert found(record, "erdogan") == found(record, "Erdoğan") != set()


def test_a_word_is_found_at_its_beginning_only():
    assert search.matcher("aid")(search.folded("Aid for Ukraine"))
    assert not search.matcher("aid")(search.folded("It was said and paid"))
    assert search.matcher("lódz")(search.folded("ŁÓDŹ"))
    assert search.matcher("france’s")(search.folded("France's"))
    assert search.matcher(".*")(search.folded("any")) is False


def test_speaker_note_title_and_publisher_are_searched_after_the_statements(record):
    assert "boev-elbron-p6a" in found(record, "serhiy boev open talks")  # the speaker is no part of the statement
    assert "mistral-letter-p1a" in found(record, "year of the text signing")  # its note
    assert "boev-elbron-p4a" in found(record, "defense express eurosam")  # its publisher
    rows = claims(record, q="mistral", evidence="articles").rows
    holds = [search.matcher("mistral")(search.folded(text)) for text in rows["statement"]]
    assert holds == sorted(holds, reverse=True)
    assert not all(holds)


def test_the_sentence_counts_what_the_rows_hold(record):
    frame = lists.EXHIBIT.frame_of(record, ARTICLES)
    narrowed = record.only("articles")
    assert frame.title == f"{len(narrowed['claims'])} claims, from 5 articles"
    frame = claims(record, q="syria", evidence="articles")
    assert frame.title == f"{len(frame.rows)} of {len(narrowed['claims'])} claims with “syria”, from 1 article"
    assert frame.title + "." == frame.alt
    assert len(frame.table) == len(frame.rows)
    chosen = claims(record, source=("boev-elbron",), evidence="articles")
    assert "in Defense Express, from 1 article" in chosen.title
    assert set(chosen.rows["source_id"]) == {"boev-elbron"}


def test_a_claim_reads_with_speaker_date_place_and_grade(record):
    row = claims(record, q="mistral-letter-p1a").row("mistral-letter-p1a")
    assert row["who"] == "sources familiar with the matter"
    assert row["when"] == "2023 (inferred)"
    assert row["place"].startswith("paragraph 1 of “Five European states sign")
    assert row["grade_words"] == "C: republication or unknown outlet, weak alone"


def test_nothing_found_is_said_and_what_the_public_record_holds(record):
    nothing = claims(record, q="zebra unicorn")
    assert nothing.title == "No claim with “zebra unicorn”"
    assert nothing.rows.empty and nothing.table.empty
    view = EvidenceView(source=("nato-306a72",), evidence="articles")
    assert lists.EXHIBIT.frame_of(record, view).title == "No claim in the sources chosen"
    assert lists.hidden_by_evidence(record, view) == len(claims(record, source=("nato-306a72",)).rows) > 0
    assert lists.hidden_by_evidence(record, EvidenceView(q="mistral")) == 0


# One claim.


def test_what_rests_on_a_claim_is_said_in_words_and_linked(record):
    rows = rests_on(record, "mistral-letter-p1a", "articles")
    links = {row.words: row.view.link() for row in rows}
    belgium = next(words for words in links if words.startswith("Belgium signed a letter of intent for Mistral"))
    assert links[belgium] == "/initiatives?view=matrix&initiative=mistral-joint-purchase&country=BEL&evidence=articles"
    transfer = next(row for row in rows if row.table == "Transfers" and "Belgium" in row.words)
    assert "intended" in transfer.words
    assert transfer.view.link() == "/systems?view=reference&system=mistral&evidence=articles"
    event = next(row for row in rows if row.table == "Events")
    assert event.view.link().startswith("/timeline?country=")


def test_every_row_that_names_a_claim_rests_on_it(small):
    record = small.load()
    words = {(row.table, row.words): row.view.link() for row in rests_on(record, "page-a")}
    assert words == {
        ("Memberships", "Germany leads essi, 13 October 2022"): "/initiatives?view=matrix&initiative=essi&country=DEU",
        ("Published aid totals", "France to Ukraine, all kinds: €2,700 reported, period not stated"): "/aid?view=reported&donor=FRA",
        ("Events", "Germany presents its plan, 13 October 2022"): "/timeline?country=DEU",
    }  # fmt: skip
    tables = {row.table for row in rests_on(record, "alpha-p2a")}
    assert tables == {"Initiatives", "Systems", "Systems of initiatives", "Published aid totals", "Events"}
    assert rests_on(record, "page-b", "articles") == ()


def test_every_claim_of_the_record_reads_in_words(record):
    named = [record[table.name]["claim_ids"].map(len).sum() for table in TABLES if table.rests_on_claims]
    resting = [row for claim_id in record["claims"]["claim_id"] for row in rests_on(record, claim_id)]
    assert len(resting) == sum(named)
    assert all(row.words and "nan" not in row.words.split() for row in resting)


def test_neighbours_follow_the_paragraphs(record):
    claims = record["claims"]
    first, second, *_, last = claims.loc[claims["source_id"] == "mistral-letter", "claim_id"]
    assert neighbours(record, second) == (first, "mistral-letter-p2a")
    assert neighbours(record, first)[0] is neighbours(record, last)[1] is None


def test_a_claim_counts_the_rows_and_the_conflicts_that_name_it(small):
    record = small.load()
    assert record.only("articles").conflicts_of(("beta-p1a",)).empty  # half a disagreement is none
    assert claim_sentence(record, "page-a") == "3 rows of fact rest on this claim, and 1 conflict touches it"
    assert claim_sentence(record, "page-b") == "1 row of fact rests on this claim, and no conflict touches it"


# Sources, conflicts, and the rest.


def test_sources_say_their_grade_and_count_their_claims(record):
    frame = lists.sources(record, ARTICLES)
    assert frame.title == "5 articles: 2 from the established press and 3 weak"
    counted = record["claims"]["source_id"].value_counts()
    assert frame.rows["claims"].tolist() == counted[frame.rows["mark"]].tolist()
    assert set(frame.table["Grade"]) == {"B: established press", "C: weak alone"}
    everything = lists.sources(record, EvidenceView())
    assert list(everything.rows["backing"][:5]) == ["article"] * 5
    assert set(lists.sources(record, EvidenceView(source=("boev-elbron",))).rows["mark"]) == {"boev-elbron"}


def test_what_stands_in_for_a_headline_says_so(record):
    rows = lists.sources(record, EvidenceView()).rows.set_index("mark")
    assert rows.loc["a-news-6111cf", "title"] == "Report on the Swiss-German programme agreement (our words)"
    assert rows.loc["erdogan-macron", "title"].startswith("Turkish leader")
    assert not any("[" in name for name in record.source_names.values())
    assert not record.claims["source_title"].str.startswith("[").any()


def test_conflicts_stand_together_by_reason(record):
    frame = lists.conflicts(record, ARTICLES)
    narrowed = record.only("articles")["conflicts"]
    assert set(frame.rows["mark"]) == set(narrowed["conflict_id"])
    assert frame.title.startswith(f"{len(narrowed)} conflicts between or within sources: ")
    assert [reason for reason, _ in lists.groups(frame, "reason")] == list(dict.fromkeys(frame.rows["reason"]))
    sizes = [len(rows) for _, rows in lists.groups(frame, "reason")]
    assert sizes == sorted(sizes, reverse=True)
    for reason, size in narrowed["reason"].value_counts().items():
        assert f"{size} by {CONFLICT_REASONS[reason].label}" in frame.title


def test_a_conflict_that_a_wider_one_contains_is_told_once(record):
    topics = [lists.conflicts(record, EvidenceView()).rows["topic"], record.disagreements["topic"]]
    assert all(rows.is_unique and "SAMP/T: medium or long range" in set(rows) for rows in topics)
    assert set(record["conflicts"]["conflict_id"]) - set(record.disagreements["conflict_id"]) >= {"samp-t-range-class"}


def test_a_search_narrows_the_conflicts_too(record):
    frame = lists.conflicts(record, EvidenceView(source=("boev-elbron",), evidence="articles"))
    mine = set(record["claims"].loc[lambda rows: rows["source_id"] == "boev-elbron", "claim_id"])
    assert all(mine & set(ids) for ids in frame.rows["claim_ids"])
    assert lists.conflicts(record, EvidenceView(q="zebra unicorn")).title == "No disagreement found"


def test_corrections_and_what_is_left_out(record, small):
    one = small.load()
    assert lists.corrections(one).title == "1 correction so far, the latest on 2 January 2024"
    assert lists.left_out(one).title == "1 finding left out of the record, 1 of them from a weak source"
    assert lists.left_out(one.only("articles")).title.startswith("Nothing was left out")
    small.drop("corrections", "letter")
    assert lists.corrections(small.load()).title == "None so far: no value of the record has been corrected"
    grades = list(lists.left_out(record).table["Grade"])
    assert grades == sorted(grades, reverse=True)


# The method and the files.


def test_the_method_tells_every_meaning_and_the_version(record):
    text = "\n".join(body for _, body in method.sections(record))
    assert all(code.meaning in text for code in (*GRADES.values(), *CERTAINTIES.values()))
    assert "**Bound by signature**, who leads the initiative" in text
    assert "**Joined or plans to**, also who declared that it means to join, or applied: who applied to join" in text
    assert f"Data version {record.data_version}" in text
    assert "CC-BY-4.0" in text


def test_the_citation_has_the_version_and_its_day(small):
    published = Record.of_version("2026-11-20-bf1662be")
    assert "Data version 2026-11-20-bf1662be, 20 November 2026. Licence CC-BY-4.0." in method.citation(published)
    unpublished = small.load()
    assert f"Data version {unpublished.version}. Licence CC-BY-4.0." in method.citation(unpublished)
