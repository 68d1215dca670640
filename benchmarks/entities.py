"""How well entities and quantities cover answers: `python benchmarks/entities.py ARTICLES.jsonl QUESTIONS.jsonl [--misses 20]`.

Articles have `id` and `text`; questions `article_id`, `question_ar`, `answer_ar` and `answer_start`. Of the questions that ask who or where, it
prints the share of answers that an entity of that kind covers, and that an entity of any kind does; of those that ask how many, the share whose
number a quantity says. The mean number of entities a sentence is the price of covering them.
"""

import argparse
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rag.asking import question_type
from rag.language.entities import Entity, entities
from rag.language.numbers import numbers
from rag.language.quantities import Quantity, quantities
from rag.language.sentences import sentence_spans
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words

_KINDS = {"who": "person", "where": "place"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it asks for, and the sentence that its answer stands in."""

    text: str
    type: str
    answer: str
    sentence: str


def main() -> None:
    """Print the shares covered, the price, the time, and some of what is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument(
        "--misses", type=int, default=0, help="how many answers of each type that nothing covers to show"
    )
    arguments = parser.parse_args()
    articles = {record["id"]: record["text"] for record in _records(arguments.articles)}
    questions = list(_asked(articles, arguments.questions))
    for kind, entity_kind in _KINDS.items():
        asked = [question for question in questions if question.type == kind]
        _report(
            f"{kind}, by a {entity_kind}", asked, partial(_is_named, kinds=frozenset([entity_kind])), arguments.misses
        )
        _report(f"{kind}, by any entity", asked, partial(_is_named, kinds=frozenset(["person", "place", "group"])), 0)
    counted = [question for question in questions if question.type == "how_many" and _values(question.answer)]
    _report("how many, by a quantity", counted, _is_counted, arguments.misses)
    _report("how many, unit known", counted, _has_unit, arguments.misses)
    _price([text[start:end] for text in articles.values() for start, end in sentence_spans(text)])


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _asked(articles: dict[str, str], path: Path) -> Iterator[Asked]:
    for record in _records(path):
        text, start = articles[record["article_id"]], int(record["answer_start"])
        for first, last in sentence_spans(text):
            if first <= start < last:
                question = record["question_ar"]
                yield Asked(question, question_type(question), record["answer_ar"], text[first:last])


def _is_named(asked: Asked, kinds: frozenset[str]) -> bool:
    """Whether an entity of one of the kinds, its role with it, has every content word of the answer, or is all but a little of it."""
    wanted = _content(asked.answer)
    for entity in entities(asked.sentence):
        said = _content(_with_role(asked.sentence, entity))
        if entity.kind in kinds and wanted and (wanted <= said or (said <= wanted and 2 * len(said) >= len(wanted))):
            return True
    return False


def _with_role(sentence: str, entity: Entity) -> str:
    if entity.role_start is None or entity.role_end is None:
        return entity.text
    return sentence[min(entity.start, entity.role_start) : max(entity.end, entity.role_end)]


def _content(text: str) -> set[str]:
    return {stem(word.folded) for word in words(text) if word.folded not in STOPWORDS}


def _values(text: str) -> set[float]:
    return {number.value for number in numbers(words(text))}


def _is_counted(asked: Asked) -> bool:
    return _values(asked.answer) <= {quantity.value for quantity in quantities(asked.sentence)}


def _has_unit(asked: Asked) -> bool:
    def has_unit(quantity: Quantity) -> bool:
        return quantity.value in _values(asked.answer) and quantity.unit is not None

    return any(map(has_unit, quantities(asked.sentence)))


def _report(title: str, asked: list[Asked], covers: Callable[[Asked], bool], misses: int) -> None:
    missed = [question for question in asked if not covers(question)]
    share = 1 - len(missed) / max(1, len(asked))
    print(f"{title:28}{share:7.3f} of {len(asked)}")
    for question in random.Random(0).sample(missed, min(misses, len(missed))):
        found = [f"{entity.kind}:{entity.text}" for entity in entities(question.sentence)]
        counts = [(quantity.value, quantity.unit) for quantity in quantities(question.sentence)]
        print(f"    {question.answer} <- {question.text}\n        {question.sentence}\n        {found} {counts}")


def _price(sentences: list[str]) -> None:
    for name, read in (("entities", entities), ("quantities", quantities)):
        read.cache_clear()
        for sentence in sentences:  # the lexicon and the caches of words are warm then
            read(sentence)
        read.cache_clear()
        started = time.process_time()
        found = [read(sentence) for sentence in sentences]
        seconds = (time.process_time() - started) / len(sentences)
        print(
            f"{name} a sentence{statistics.mean(map(len, found)):12.2f}   {seconds * 1000:.3f} ms, of {len(sentences)}"
        )
    kinds = Counter(
        f"{one.kind}{'' if one.named else ' unnamed'}" for sentence in sentences for one in entities(sentence)
    )
    print(", ".join(f"{kind} {count / len(sentences):.2f}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main()
