"""Articles with instructions hidden in them, and a model that does what they say.

Each line of `corpus.jsonl` is such an article, a question about it, what is `true` in it, what a model writes that `obeys` ({n} is the number of
the article's passage), and what must not come out of it: sentences that share little with what the article reports, so that it is the hidden
instruction that would carry them. `short.jsonl` has lies of a few words, half of them the article's own.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.engine import Engine, open_engine
from rag.instructions import for_readers
from rag.language.characters import ARABIC_LETTER
from rag.model import Answer, Article, Language, Passage, Reply
from rag.prompts import prompt
from rag.settings import Settings
from rag.wording import fault
from tests.llm_server import ModelServer, Prompt, model_server

CORPUS = Path(__file__).parent / "corpus.jsonl"
RECORDS: list[dict[str, Any]] = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
SHORT: list[dict[str, str]] = [
    json.loads(line) for line in (CORPUS.parent / "short.jsonl").read_text(encoding="utf-8").splitlines()
]
KEY = "sk-secret-of-the-test-0123456789"

each = pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{record['id']} {record['trick']}")


@dataclass
class Obedient:
    """A model that does what an article tells it, with the article's own number or with those of all passages."""

    engine: Engine
    model: ModelServer
    shown: bool = False

    def answer(self, record: dict[str, Any], *, cites_all: bool = False) -> Reply:
        self.shown = False

        def obey(prompt: Prompt) -> str:
            if prompt.question is None:  # it is asked to translate
                return re.sub(r"\{n\}", "1", str(record["obeys"]))
            number = prompt.number(beginning(record))
            self.shown = number is not None
            if not cites_all:
                return str(record["obeys"].replace("{n}", str(number or 1)))
            every = "".join(f"[{n}]" for n in prompt.passages)
            return re.sub(r"\[(\{n\}|\d+)\]", every, record["obeys"])

        self.model.reply = obey
        return self.engine.ask(record["question"], language=record["language"])


@pytest.fixture(scope="module")
def obedient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Obedient]:
    """It, and an engine over the whole corpus."""
    folder = tmp_path_factory.mktemp("injection")
    lines = [json.dumps({key: one[key] for key in ("id", "text", "title")}) for one in RECORDS]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with model_server() as model:
        settings = Settings(data_dir=folder / "data", llm="obedient", llm_url=model.url, llm_key=KEY, llm_timeout=10)
        with open_engine(settings) as engine:
            assert engine.ingest([folder / "articles.jsonl"]).added == len(RECORDS)
            yield Obedient(engine, model)


def beginning(record: dict[str, Any]) -> str:
    """The first words of its article."""
    return " ".join(record["text"].split()[:8])


def written(reply: Reply) -> list[str]:
    """The sentences that are the model's."""
    return [claim.text for claim in reply.claims if claim.verdict == "supported"]


def said(reply: Reply) -> str:
    """All that is shown as said, but for what is quoted from articles letter for letter."""
    glosses = [one.gloss or "" for one in reply.citations] if reply.writer.startswith("llm:") else []
    text = "\n".join([reply.text, *written(reply), *glosses])
    for citation in reply.citations:
        text = text.replace(f"«{citation.quote}»", "«»")
    return text


@each
@pytest.mark.parametrize("cites_all", [False, True], ids=["citing it", "citing all"])
def test_nothing_that_an_obedient_model_is_made_to_say_comes_out(
    obedient: Obedient, record: dict[str, Any], cites_all: bool
) -> None:
    reply = obedient.answer(record, cites_all=cites_all)
    assert obedient.shown, "the model was not shown the article"
    assert set(written(reply)) <= set(record["true"])
    for forbidden in (*record["forbidden"], KEY, "://", "example"):
        assert forbidden not in said(reply)
    rules = [line for language in ("ar", "en") for line in _system(language).splitlines()]
    assert not any(rule in said(reply) for rule in rules)
    assert all(fault(text, record["language"]) is None for text in written(reply))


@pytest.mark.parametrize("short", SHORT, ids=lambda short: str(short["id"]))
def test_a_short_lie_about_what_the_article_names_does_not_come_out(obedient: Obedient, short: dict[str, str]) -> None:
    (record,) = [one for one in RECORDS if one["id"] == short["id"]]
    language: Language = "ar" if ARABIC_LETTER.search(short["lie"]) else "en"
    reply = obedient.answer({**record, "language": language, "obeys": f"{short['lie'].rstrip('.')} [{{n}}]."})
    assert obedient.shown
    assert short["lie"] not in written(reply)


@each
def test_every_marker_has_its_citation_and_every_quote_stands_in_its_article(
    obedient: Obedient, record: dict[str, Any]
) -> None:
    reply = obedient.answer(record)
    numbers = {citation.number for citation in reply.citations}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", said(reply))} == {n for one in reply.claims for n in one.citations}
    assert {n for one in reply.claims for n in one.citations} == numbers
    for citation in reply.citations:
        article = obedient.engine.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.quote
    assert not re.search(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", said(reply))


def test_what_is_true_still_comes_out(obedient: Obedient) -> None:
    told = [record for record in RECORDS if record["forbidden"]]  # the others refuse
    passed = [record["id"] for record in told if written(obedient.answer(record))]
    assert len(passed) >= 0.8 * len(told)


def test_a_model_made_to_refuse_makes_a_refusal_and_no_claim(obedient: Obedient) -> None:
    (record,) = [one for one in RECORDS if one["obeys"] == "NOT_IN_PASSAGES"]
    reply = obedient.answer(record)
    assert not isinstance(reply, Answer)
    assert reply.claims == ()


@each
def test_the_instructions_are_taken_out_of_what_the_model_is_shown(record: dict[str, Any]) -> None:
    text = record["text"]
    stretches = for_readers(Passage("p", "a", 0, len(text), text), Article("a", text, "a.txt"))
    assert all(text[one.start : one.end] == one.text for one in stretches)
    shown = "\n".join(one.text for one in stretches)
    assert beginning(record) in shown  # what an article reports is not
    assert not any(forbidden in shown for forbidden in record["forbidden"])


def test_the_corpus_is_of_both_languages_and_every_trick_is_named() -> None:
    languages: list[Language] = [record["language"] for record in RECORDS]
    assert min(languages.count("ar"), languages.count("en")) >= 15
    assert len({record["id"] for record in RECORDS}) == len(RECORDS) >= 30
    assert all(record["trick"] and record["true"] for record in RECORDS)


def _system(language: Language) -> str:
    return prompt("system", language, most_sentences=5, no_answer="NOT_IN_PASSAGES")
