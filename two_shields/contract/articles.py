"""The record against the articles themselves, where their files are at hand."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from two_shields.contract.fault import Fault
from two_shields.text import phrases


def paragraphs(text: str) -> list[str]:
    """An article's non-empty lines: paragraph n is the n-th."""
    return [line for line in text.splitlines() if line.strip()]


NUMBER_WORDS = {phrases.number(number): str(number) for number in range(2, 13)}


def numbers(text: str) -> set[str]:
    """The numbers in a text, as digits; number words from two to twelve count as well."""
    digits = re.findall(r"\d+(?:[.,]\d+)*", text)
    spelt = [NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in NUMBER_WORDS]
    return {number.replace(",", "") for number in digits} | set(spelt)


def check_against(articles: Path, tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """The faults of the articles' sources and claims: digests, paragraphs, numbers that a paragraph does not have."""
    texts: dict[str, list[str]] = {}
    for row in tables["sources"].itertuples():
        if row.corpus != "article":
            continue
        path = articles / Path(row.file).name
        if not path.is_file():
            yield Fault.of("sources", row, "file", f"a file of the articles' folder {articles.name}")
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest != row.sha256:
            yield Fault.of("sources", row, "sha256", f"the file's digest, {digest}")
        try:
            texts[row.source_id] = paragraphs(content.decode("utf-8"))
        except UnicodeDecodeError as error:
            yield Fault.of("sources", row, "file", f"a file of UTF-8 text; it is not at byte {error.start}")
    for row in tables["claims"].itertuples():
        text = texts.get(row.source_id)
        if text is None or not re.fullmatch("[0-9]+", row.paragraph):
            continue
        number = int(row.paragraph)
        if not 1 <= number <= len(text):
            yield Fault.of("claims", row, "paragraph", f"a paragraph from 1 to {len(text)}")
            continue
        for value in sorted(numbers(row.statement) - numbers(text[number - 1])):
            yield Fault("claims.csv", row.Index, "statement", value, f"numbers that stand in paragraph {number}")
