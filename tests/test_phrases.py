"""Lists, counts and amounts read as a person writes them."""

from two_shields.text import phrases


def test_numbers_up_to_twelve_are_words():
    assert [phrases.number(number) for number in (0, 1, 6, 12, 13)] == ["none", "one", "six", "twelve", "13"]


def test_a_sentence_begins_with_a_count_in_words():
    assert phrases.capital(phrases.spelled(6, "country is", "countries are")) == "Six countries are"
    assert phrases.capital(phrases.spelled(1, "country is", "countries are")) == "One country is"
    assert phrases.capital(phrases.spelled(0, "country is", "countries are")) == "No country is"
    assert phrases.spelled(23, "member") == "23 members"


def test_a_long_list_names_some_and_counts_the_rest():
    assert phrases.join(["Belgium", "Cyprus", "Estonia", "France"], most=2) == "Belgium, Cyprus and 2 more"


def test_thousands_are_parted():
    assert phrases.count(1226, "claim") == "1,226 claims"
