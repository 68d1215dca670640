"""What holds of every reply, whatever was asked and whoever wrote it: the contract of docs/DESIGN.md, checked from the outside."""

import json
import re
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from rag.articles.layout import read_layout
from rag.grounding import WORD_JOINER
from rag.language.analyzer import analyze
from rag.language.characters import script
from rag.language.quantities import quantities
from rag.language.words import count_words
from rag.model import LONGEST_QUOTE, Article, Reply
from rag.phrases import phrase

KEYS = (
    "question", "language", "kind", "text", "premise", "read_as", "short", "claims", "citations", "disagreements", "withheld",
    "nearest", "notices", "writer", "elapsed_ms",
)  # fmt: skip
_CITATION_KEYS = (
    "number", "article_id", "title", "publisher", "published", "published_basis", "url", "quote", "start", "end", "passage", "gloss",
)  # fmt: skip
_MOST_CITATIONS = 4
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKER = re.compile(r"\[(\d+)\]")
_LEADS = ("answer_lead_one", "answer_lead_many", "premise_contradicted")

Lookup = Callable[[str], Article | None]


def assert_contract(reply: Reply, lookup: Lookup) -> None:
    """Fail unless a reply keeps the contract.

    Args:
        reply: to any question.
        lookup: gives an article by its id.
    """
    document = reply.to_dict()
    assert tuple(document) == KEYS
    assert not _BIDI.search(json.dumps(document, ensure_ascii=False))
    assert json.loads(json.dumps(document)) == json.loads(json.dumps(document, ensure_ascii=False))
    for citation in chain(document["citations"], document["nearest"]):
        _assert_quoted(citation, lookup, document["language"])
    if document["kind"] == "refusal":
        _assert_refuses(document)
    else:
        _assert_cites(document)
        _assert_says_nothing_else(document)
        _assert_values_are_cited(document)


def _assert_quoted(citation: Mapping[str, Any], lookup: Lookup, language: str) -> None:
    """The quote stands in its article, is a quote by its length, and comes with what is known of the article."""
    article = lookup(citation["article_id"])
    assert article is not None
    start, end, quote = citation["start"], citation["end"], citation["quote"]
    assert tuple(citation) == _CITATION_KEYS
    assert article.text[start:end] == quote
    assert quote in citation["passage"]
    assert citation["passage"] in article.text
    known = (article.title, article.publisher, article.published or None, article.basis or None, article.url or None)
    assert tuple(citation[key] for key in ("title", "publisher", "published", "published_basis", "url")) == known
    inside = [one for one in read_layout(article.text).sentences if one.start < end and start < one.end]
    assert 1 <= len(inside) <= 2
    assert not any(one.heading for one in inside)
    assert (inside[0].start, inside[-1].end) == (start, end)
    assert len(inside) == 1 or count_words(quote) <= LONGEST_QUOTE
    assert (citation["gloss"] is not None) == (language == "en" and script(quote) == "ar")


def _assert_refuses(document: Mapping[str, Any]) -> None:
    assert not _MARKER.search(document["text"])
    assert document["short"] is document["premise"] is None
    assert [document[key] for key in ("claims", "citations", "disagreements")] == [[], [], []]
    assert [one["number"] for one in document["nearest"]] == list(range(1, len(document["nearest"]) + 1))


def _assert_cites(document: Mapping[str, Any]) -> None:
    """Citations are numbered in order, every one is used by a claim, and every marker of the text has one."""
    numbers = [one["number"] for one in document["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= _MOST_CITATIONS or document["disagreements"]
    assert document["claims"]
    assert {number for claim in document["claims"] for number in claim["citations"]} == set(numbers)
    assert {int(number) for number in _MARKER.findall(document["text"])} == set(numbers)
    assert document["claims"][0]["citations"][0] == 1
    quotes = {one["number"]: one["quote"] for one in document["citations"]}
    for claim in document["claims"]:
        assert claim["verdict"] in {"quoted", "supported"}
        if claim["verdict"] == "quoted":
            assert claim["text"] == f"«{quotes[claim['citations'][0]]}»"
            _assert_told(claim["text"], [quotes[number] for number in claim["citations"]])


def _assert_says_nothing_else(document: Mapping[str, Any]) -> None:
    """The text is its claims, and lines that are fixed phrases filled with what the document holds."""
    rest = document["text"].replace(WORD_JOINER, "")  # in what looks like a mark, and is of a quote
    for claim in document["claims"]:
        bare = claim["text"].rstrip(".!?؟…") if claim["verdict"] == "supported" else claim["text"]
        assert bare in rest
        rest = rest.replace(bare, "", 1)
    said = {line for line in (_MARKER.sub("", line).strip(" .") for line in rest.split("\n")) if line}
    assert said <= {_MARKER.sub("", line).strip(" .") for line in _fixed(document)}


def _fixed(document: Mapping[str, Any]) -> list[str]:
    """The lines that an answer may have besides its claims."""
    language, short = document["language"], document["short"]
    lines = [phrase(language, key) for key in _LEADS]
    lines += [phrase(language, "event_dated", date=claim["event"]) for claim in document["claims"] if claim["event"]]
    lines += [short["text"]] if short else []
    for differing in document["disagreements"]:
        lines.append(phrase(language, "differ_lead", about=differing["about"]))
        for value in differing["values"]:
            told = {"value": value["value"], "speaker": value["speaker"], "marks": ""}
            lines.append(phrase(language, "differ_voice" if value["speaker"] else "differ_value", **told))
    return lines


def _assert_values_are_cited(document: Mapping[str, Any]) -> None:
    """The short answer and each differing value stand in the quotes that they cite; of one thing, several values are told or one."""
    quotes = {one["number"]: one["quote"] for one in document["citations"]}
    short = document["short"]
    assert not (short and document["disagreements"])
    if short:
        assert short["citations"][0] == 1
        assert short["text"].strip()
        _assert_told(short["text"], [quotes[number] for number in short["citations"]])
    for differing in document["disagreements"]:
        assert len({value["value"] for value in differing["values"]}) > 1
        for value in differing["values"]:
            assert value["citations"]
            told = [quotes[number] for number in value["citations"]]
            _assert_told(value["value"], told)
            assert value["speaker"] is None or value["speaker"].strip()


def _assert_told(value: str, quotes: list[str]) -> None:
    """Every number of a value stands in each quote, in digits, in words or as a dual."""
    numbers = _numbers(value)
    for quote in quotes:
        counted = {f"#{one.value:.12g}" for one in quantities(quote)}
        assert numbers <= _numbers(quote) | counted, f"{value!r} has other numbers than {quote!r}"


def _numbers(text: str) -> set[str]:
    return {term.text for term in analyze(text) if term.kind in {"number", "dual"}}
