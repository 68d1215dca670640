"""Retrieval measured: on a small made corpus whose rankings are known, and on the sample articles."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.engine import Engine, open_engine
from rag.errors import LibraryEmpty
from rag.evaluation.bootstrap import Estimate
from rag.evaluation.questions import Fields, GoldQuestion
from rag.evaluation.retrieval import UnreadableArticle, engine_over, evaluate, measure
from rag.evaluation.ways import ways
from rag.library import Library
from rag.model import Passage
from rag.settings import Settings

ARTICLES = {
    "flood": "اجتاحت الفيضانات مدينة درنة وأغرقت مئات المنازل.",
    "vote": "صوت البرلمان على قانون الموازنة بعد نقاش طويل.",
    "quake": "ضرب زلزال عنيف إقليم الحوز ودمر قرى جبلية.",
}
GOAL = Estimate(1.0, 1.0, 1.0)


def write(path: Path, articles: dict[str, str]) -> Path:
    records = [{"id": name, "text": text} for name, text in articles.items()]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the made articles; only to be read."""
    corpus = write(tmp_path_factory.mktemp("made") / "articles.jsonl", ARTICLES)
    with engine_over([corpus], Settings()) as engine:
        yield engine


def passages(engine: Engine) -> dict[str, Passage]:
    library = Library(engine.settings.data_dir / "library.sqlite3", readonly=True)
    return library.read(list(library.rows().values()))[0]


def question(text: str, *gold: str) -> GoldQuestion:
    return GoldQuestion(text, frozenset(gold), Path("q.jsonl"), 1)


# The ways


def test_the_ways_are_the_whole_system_its_parts_and_the_baseline(made: Engine) -> None:
    names = list(ways(made, passages(made)))
    assert names[0] == "full"
    assert {"lexical", "dense", "bm25"} <= set(names)


@pytest.mark.parametrize("name", ["full", "lexical", "dense", "bm25"])
def test_every_way_finds_the_passage_with_the_words_of_the_question(name: str, made: Engine) -> None:
    found = ways(made, passages(made))[name]("زلزال إقليم الحوز")
    assert passages(made)[found[0]].article_id == "quake"


def test_an_english_question_needs_the_lexicon_or_the_vectors(made: Engine) -> None:
    tried = ways(made, passages(made))
    first = {name: [passages(made)[i].article_id for i in way("earthquake")][:1] for name, way in tried.items()}
    assert first == {name: [] if name == "bm25" else ["quake"] for name in tried}


# Measuring


def test_every_way_is_scored_and_compared_with_the_whole_system(made: Engine) -> None:
    asked = [question("What did the earthquake destroy?", "quake"), question("ماذا أغرقت الفيضانات؟", "flood", "vote")]
    report = measure(made, asked, ablation=True)
    assert (report.questions, report.articles, report.passages) == (2, 3, 3)
    assert list(report.variants) == list(ways(made, passages(made)))
    assert report.full.scores["recall_at_1"] == GOAL
    assert report.full.differences == {}
    bm25 = report.variants["bm25"]
    assert bm25.scores["recall_at_1"] == Estimate(0.5, 0.0, 1.0)
    assert bm25.differences["mrr"] == Estimate(-0.5, -1.0, 0.0)
    assert list(bm25.differences) == list(bm25.scores)
    assert 0 < report.latency.p50 <= report.latency.p95


def test_an_article_counts_once_by_its_best_passage(tmp_path: Path) -> None:
    long = " ".join(f"ضرب زلزال رقم {i} إقليما آخر وسقط فيه ضحايا من سكان الجبال." for i in range(60))
    corpus = write(tmp_path / "a.jsonl", {"long": long, "other": "أغلق زلزال البحر ميناء المدينة القديم."})
    with engine_over([corpus], Settings()) as engine:
        report = measure(engine, [question("زلزال ضرب إقليما", "other")])
    assert report.passages > 5
    assert report.full.scores["mrr"].value == 0.5


def test_without_ablation_only_the_whole_system_is_asked(made: Engine) -> None:
    told: list[str] = []
    report = measure(made, [question("زلزال", "quake"), question("برلمان", "vote")], progress=told.append)
    assert (list(report.variants), told) == (["full"], ["full", "full"])


# The library searched


def test_articles_that_are_named_are_searched_in_a_library_of_their_own(made: Engine, tmp_path: Path) -> None:
    corpus = write(tmp_path / "a.jsonl", {"new": "فاز المنتخب بالكأس."})
    asked = tmp_path / "q.jsonl"
    asked.write_text(json.dumps({"q": "من فاز بالكأس؟", "a": "new"}), encoding="utf-8")
    told: list[str] = []
    report = evaluate(made, [asked], Fields("q", "a"), articles=[corpus], progress=told.append)
    assert (report.articles, report.full.scores["mrr"], told) == (1, GOAL, ["new", "full"])
    assert [article.id for article in made.articles()] == sorted(ARTICLES)


def test_a_library_of_named_articles_is_gone_afterwards_and_needs_no_server(tmp_path: Path) -> None:
    corpus = write(tmp_path / "a.jsonl", ARTICLES)
    with engine_over([corpus], Settings(chroma_url="http://127.0.0.1:9")) as engine:
        folder = engine.settings.data_dir
        assert len(engine.articles()) == 3
    assert not folder.exists()


def test_an_article_that_cannot_be_read_stops_the_measuring(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_text('{"id": "a", "text": "نص"}\n{"id": "b"\n', encoding="utf-8")
    with pytest.raises(UnreadableArticle) as raised, engine_over([corpus], Settings()):
        pass
    assert raised.value.message("en") == f"{corpus} line 2: not valid JSON (Expecting ',' delimiter at column 11)"
    assert raised.value.message("ar") == f"{corpus} السطر 2: ليس JSON صالحا (Expecting ',' delimiter عند العمود 11)"
    assert raised.value.to_dict()["type"] == "UnreadableArticle"
    with pytest.raises(UnreadableArticle) as raised, engine_over([tmp_path / "no.jsonl"], Settings()):
        pass
    assert str(raised.value) == f"{tmp_path / 'no.jsonl'}: no such file or folder"


def test_an_empty_library_is_said_to_be_empty(tmp_path: Path) -> None:
    with open_engine(Settings(data_dir=tmp_path)) as engine, pytest.raises(LibraryEmpty):
        evaluate(engine, [], Fields())


# The grounding questions


def test_the_grounding_sets_are_measured_on_the_sample_articles(
    seed_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent.parent)
    report = evaluate(seed_engine, [], Fields())
    assert report.articles == 5
    assert [path.name for path in report.passed_over] == ["made.jsonl"]
    assert report.full.scores["recall_at_5"] == GOAL  # there are no more than five
    assert report.full.scores["recall_at_1"].low > 0.7
