"""Question to hits: what is gathered and scored, each language on its own, and how telling a concept is."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from rag import ranking, retrieval
from rag.engine import Engine, open_engine
from rag.model import LANGUAGES, Hit, Language, Passage
from rag.question import Concept, Question
from rag.ranking import DIRECTIONS, FEATURES, Direction, Weights
from rag.retrieval import Candidate, Scored, direction, diversified, gather, hits, ranked, rarity, score, search
from rag.settings import Settings
from tests.embedding.server import embedding_server

EVEN: Mapping[Direction, Weights] = {one: Weights(-3.0, np.ones(len(FEATURES))) for one in DIRECTIONS}

_TOWNS = ("تكريت", "البصرة", "الموصل", "كركوك", "أربيل", "بابل", "النجف", "كربلاء", "دهوك", "الرمادي")
_EVENTS = (
    "وافتتح وزير الصحة مستشفى جديدا في {town} يضم {n} سريرا.",
    "وسقطت {n} صواريخ على قاعدة عسكرية قرب {town} من دون خسائر.",
    "وفاز فريق {town} بكأس كرة القدم بعد تسجيل {n} أهداف.",
    "وارتفعت أسعار النفط في أسواق {town} بنسبة {n} في المئة.",
    "وحضر {n} طالبا افتتاح جامعة {town} بعد ترميم مكتبتها.",
    "وأصيب {n} جنديا أمريكيا في هجوم بطائرة مسيرة على مطار {town}.",
    "وقال محافظ {town} إن {n} قرية غمرتها مياه السيول.",
)
ARABIC = {
    f"ar{10 * i + j:02}": event.format(town=town, n=3 * i + 7 * j + 2)
    for i, event in enumerate(_EVENTS)
    for j, town in enumerate(_TOWNS)
}
_CITIES = ("Tikrit", "Basra", "Mosul", "Kirkuk", "Erbil", "Babylon", "Najaf", "Karbala", "Dohuk", "Ramadi")
ENGLISH = {
    f"en{10 * i + j:02}": event.format(city=city, n=3 * i + 7 * j + 2)
    for i, event in enumerate(
        (
            "The health minister opened a new hospital in {city} with {n} beds.",
            "{n} rockets fell on a military base near {city} without losses.",
            "The team of {city} won the football cup after scoring {n} goals.",
            "Oil prices in the markets of {city} rose by {n} percent.",
            "{n} American soldiers were injured in a drone attack on the airport of {city}.",
        )
    )
    for j, city in enumerate(_CITIES)
}
QUESTIONS = (
    "كم جنديا أمريكيا أصيب في الهجوم على مطار أربيل؟",
    "كم صاروخا سقط على القاعدة العسكرية قرب الموصل؟",
    "من افتتح المستشفى الجديد في النجف؟",
    "How many American soldiers were injured in the attack on the airport of Erbil?",
    "How many rockets fell on the military base near Mosul?",
    "Who opened the new hospital in Najaf?",
    "Which team won the football cup?",
)


def library(folder: Path, articles: Mapping[str, str], **settings: str) -> Engine:
    """An engine over articles of these ids and texts."""
    folder.mkdir()
    lines = [json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in articles.items()]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    engine = open_engine(Settings(data_dir=folder / "data", **settings))
    report = engine.ingest([folder / "articles.jsonl"])
    assert (report.added, report.passages) == (len(articles), len(articles))
    return engine


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """The Arabic articles, the English ones, and both in one library."""
    root = tmp_path_factory.mktemp("libraries")
    engines = {
        name: library(root / name, articles)
        for name, articles in (("ar", ARABIC), ("en", ENGLISH), ("both", ENGLISH | ARABIC))
    }
    yield engines
    for engine in engines.values():
        engine.close()


def understood(engine: Engine, text: str) -> Question:
    return retrieval.understood(text, engine.generation())


def order(engine: Engine, text: str, weights: Mapping[Direction, Weights] | None = EVEN) -> list[tuple[str, float]]:
    """Article ids and scores by these weights (None: those that ship), best first; each article is one passage here."""
    generation = engine.generation()
    query = engine.query(understood(engine, text), generation)
    found = ranked(score(query, generation), weights) if weights else search(query, generation)
    return [(candidate.passage_id.partition(":")[0][:4], candidate.score) for candidate in found]


# Languages


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_of_the_other_language_change_neither_scores_nor_order(
    libraries: dict[str, Engine], language: Language, question: str
) -> None:
    alone = order(libraries[language], question)
    beside = [one for one in order(libraries["both"], question) if one[0].startswith(language)]
    assert [name for name, _ in beside] == [name for name, _ in alone]
    assert [score for _, score in beside] == pytest.approx([score for _, score in alone])


_FERRY = "The ferry Morning Star sank off Lagos on Tuesday, and 34 passengers drowned, the Nigerian coast guard said."


@pytest.fixture(scope="module")
def one_in_english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Many Arabic articles, and one in English."""
    with library(tmp_path_factory.mktemp("one") / "library", ARABIC | {"ferr": _FERRY}) as engine:
        yield engine


@pytest.mark.parametrize(
    "question",
    [
        "How many passengers drowned when the ferry sank off Lagos?",
        "What did the Nigerian coast guard say about the Morning Star?",
        "كم راكبا غرق في العبارة قبالة لاغوس؟",
        "ماذا قال خفر السواحل النيجيري عن غرق العبارة؟",
    ],
)
def test_the_one_english_article_that_answers_comes_before_many_arabic_ones(
    one_in_english: Engine, question: str
) -> None:
    assert order(one_in_english, question, None)[0][0] == "ferr"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_one_english_article_does_not_come_before_those_that_answer(one_in_english: Engine, question: str) -> None:
    assert order(one_in_english, question, None)[0][0] != "ferr"


@pytest.mark.parametrize("question", [*QUESTIONS, "ما هو ذلك؟", "What is it?"])
def test_every_question_finds_passages_with_scores_that_are_probabilities(
    one_in_english: Engine, question: str
) -> None:
    found = order(one_in_english, question)
    assert len(found) >= 40
    assert all(0 <= score <= 1 for _, score in found)


_BASE = {f"ar{i:02}": f"سقط صاروخ كاتيوشا على القاعدة رقم {i} في الصحراء." for i in range(60)}


def test_a_language_in_which_nothing_is_near_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with library(tmp_path / "library", _BASE | {"en00": "Oil prices rose."}) as engine:
        found = order(engine, "كم صاروخ كاتيوشا سقط على القاعدة في الصحراء؟")
    assert {name for name, _ in found} - {"en00"} == _BASE.keys()


def test_many_passages_that_are_nearer_do_not_hide_the_one_in_the_other_language(tmp_path: Path) -> None:
    with library(tmp_path / "library", _BASE | {"en00": "Three Katyusha rockets hit the oil refinery."}) as engine:
        found = order(engine, "كم صاروخ كاتيوشا سقط على القاعدة في الصحراء؟")
    assert {name for name, _ in found} == _BASE.keys() | {"en00"}


@pytest.mark.parametrize(
    ("question", "directions"),
    [("كم صاروخا سقط؟", {"ar": "same", "en": "across"}), ("How many rockets?", {"ar": "across", "en": "same"})],
)
def test_the_weights_are_those_of_the_direction(
    libraries: dict[str, Engine], question: str, directions: dict[str, Direction]
) -> None:
    engine = libraries["both"]
    asked = understood(engine, question)
    assert {"ar": direction(asked, "ar"), "en": direction(asked, "en")} == directions
    none = np.zeros(len(FEATURES))
    constants: Mapping[Direction, Weights] = {"same": Weights(1.0, none), "across": Weights(-1.0, none)}
    found = order(engine, question, constants)
    for name, likely in found:
        assert (likely > 0.5) == (directions[name[:2]] == "same")
    assert {name[:2] for name, _ in found} == {"ar", "en"}


# Questions in the words of what is held


@pytest.mark.parametrize(("held", "translated"), [("ar", False), ("en", True), ("both", True)])
def test_an_arabic_question_is_translated_where_there_are_english_passages(
    libraries: dict[str, Engine], held: str, translated: bool
) -> None:
    concepts = understood(libraries[held], "مستشفى؟").concepts
    ways = {stem for concept in concepts for stems, _ in concept.alternatives for stem in stems}
    assert ("hospit" in ways) == translated


@pytest.mark.parametrize(
    ("question", "expected"),
    list(zip(QUESTIONS[:6], [("ar54", "en44"), ("ar12", "en12"), ("ar06", "en06")] * 2, strict=True)),
)
def test_the_article_of_each_language_that_answers_comes_before_all_others_of_it(
    libraries: dict[str, Engine], question: str, expected: tuple[str, str]
) -> None:
    found = [name for name, _ in order(libraries["both"], question, None)]
    best = [next(name for name in found if name.startswith(language)) for language in LANGUAGES]
    assert tuple(best) == expected


_ROCKETS, _OPENED = ("ar12", "en12", "how_many"), ("ar06", "en06", "who")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("كم صاروخا سقط على القاعدة العسكرية قرب الموصل؟", _ROCKETS),
        ("كام صاروخ وقع على القاعدة العسكرية جنب الموصل؟", _ROCKETS),
        ("قديش صاروخ سقط عالقاعدة العسكرية بالموصل؟", _ROCKETS),
        ("شكد صاروخ سقط عالقاعدة العسكرية قرب الموصل؟", _ROCKETS),
        ("كم صاروخ طاح على القاعدة العسكرية قرب الموصل؟", _ROCKETS),
        ("شحال د الصواريخ طاحو على القاعدة العسكرية قرب الموصل؟", _ROCKETS),
        ("kam sarookh saqat 3ala al qa3ida al 3askariya qorb al mosul?", _ROCKETS),
        ("كم صاروخا سقط على القاعده العسكريه قرب الموصل", _ROCKETS),
        ("كم صاروحا سقط على القاعدة العسكرية قرب الموصل؟", _ROCKETS),
        ("How many rokets fell on the miltary base near Mosul?", _ROCKETS),
        ("من افتتح المستشفى الجديد في النجف؟", _OPENED),
        ("مين اللي افتتح المستشفى الجديد في النجف؟", _OPENED),
        ("منو افتتح المستشفى الجديد بالنجف؟", _OPENED),
        ("شكون افتتح المستشفى الجديد فالنجف؟", _OPENED),
        ("منهو اللي افتتح المستشفى الجديد في النجف؟", _OPENED),
        ("meen iftata7 el mostashfa el gdeed fel najaf?", _OPENED),
        ("من افتتح الـ hospital الجديد في النجف؟", _OPENED),
        ("who opned the new hopsital in najaf", _OPENED),
    ],
)
def test_a_question_in_dialect_in_latin_letters_or_mistyped_finds_what_it_means(
    libraries: dict[str, Engine], question: str, expected: tuple[str, str, str]
) -> None:
    engine = libraries["both"]
    found = [name for name, _ in order(engine, question, None)]
    best = [next(name for name in found if name.startswith(language)) for language in LANGUAGES]
    assert (*best, understood(engine, question).type) == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("شكد صاروخ سقط عالقاعدة؟", "ar"),
        ("kam sarookh saqat 3ala al qa3ida?", "ar"),
        ("How many rokets fell?", "en"),
        ("كم rocket سقط على القاعدة؟", "ar"),
    ],
)
def test_a_question_is_of_the_language_that_it_was_meant_in(
    libraries: dict[str, Engine], question: str, language: Language
) -> None:
    assert understood(libraries["both"], question).language == language


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_in_standard_words_is_understood_as_it_stands(libraries: dict[str, Engine], question: str) -> None:
    assert understood(libraries["both"], question).text == question


def test_a_word_that_the_articles_have_is_no_typing_mistake(tmp_path: Path) -> None:
    texts = {"a": "The rokets of Basra won the rugby cup.", "b": "Seven rockets fell on a base."}
    with library(tmp_path / "library", texts) as engine:
        assert understood(engine, "Who are the rokets?").text == "Who are the rokets?"
        assert order(engine, "Who are the rokets?", None)[0][0] == "a"


# Candidates


@pytest.mark.parametrize("question", QUESTIONS)
def test_candidates_come_with_their_own_terms_and_cosines_each_once(
    libraries: dict[str, Engine], question: str
) -> None:
    engine = libraries["both"]
    generation = engine.generation()
    query = engine.query(understood(engine, question), generation)
    for language in LANGUAGES:
        articles = ARABIC if language == "ar" else ENGLISH
        given = gather(query, generation, language)
        assert len(set(given.passage_ids)) == len(given.passage_ids) > 0
        assert {terms.language for terms in given.terms} == {given.language} == {language}
        texts = [articles[article] for article in given.article_ids]
        np.testing.assert_allclose(given.dense, engine.embedder.embed(texts) @ query.vector, atol=1e-5)
        entries = {entry.passage_id: entry for entry in generation.lexical.entries(given.passage_ids)}
        assert [(entries[i].article_id, entries[i].terms) for i in given.passage_ids] == [
            *zip(given.article_ids, given.terms, strict=True)
        ]
        assert given.neural is None


def test_cosines_are_those_of_the_passages_asked_for_and_of_no_others(libraries: dict[str, Engine]) -> None:
    engine = libraries["both"]
    vectors, asking = engine.generation().vectors, engine.embedder.embed_query("rockets")
    arabic, english = (vectors.search(asking, 200, language) for language in LANGUAGES)
    assert (len(arabic), len(english)) == (len(ARABIC), len(ENGLISH))
    ids = [passage_id for passage_id, _ in english]
    asked = [ids[7], "unknown", ids[0], arabic[0][0], ids[-1]]
    expected = {passage_id: cosine for passage_id, cosine in english if passage_id in asked}
    assert len(expected) == 3
    assert vectors.cosines(asking, asked, "en") == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("ids", [[], ["unknown"]], ids=["none", "unknown"])
def test_there_are_no_cosines_of_passages_that_are_not_there(libraries: dict[str, Engine], ids: list[str]) -> None:
    engine = libraries["en"]
    vectors, asking = engine.generation().vectors, engine.embedder.embed_query("rockets")
    assert [vectors.cosines(asking, ids, language) for language in LANGUAGES] == [{}, {}]


def test_what_shares_no_word_with_the_question_is_found_by_its_vector(libraries: dict[str, Engine]) -> None:
    engine = libraries["ar"]
    generation = engine.generation()
    query = engine.query(understood(engine, "طبيب؟"), generation)
    assert generation.lexical.search(retrieval.clauses(query.question), 100, "ar") == []
    assert {name[:3] for name in gather(query, generation, "ar").article_ids[:5]} == {"ar0"}  # hospitals


def test_the_likeliest_come_first_and_of_equals_the_one_stored_first(tmp_path: Path) -> None:
    same = "سقطت ثلاثة صواريخ على القاعدة."
    articles = dict.fromkeys("cadb", same) | {"e": "أسعار النفط ترتفع.", "f": "قاعدة عسكرية."}
    with library(tmp_path / "library", articles) as engine:
        found = order(engine, "كم صاروخا سقط على القاعدة؟")
    assert [name[0] for name, _ in found] == ["c", "a", "d", "b", "f", "e"]
    assert len({score for _, score in found[:4]}) == 1
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_each_language_is_ranked_by_the_weights_of_its_direction_and_equals_stay_in_order() -> None:
    weights: Mapping[Direction, Weights] = {
        "same": Weights(0.0, np.array([2.0, 0.0])),
        "across": Weights(-1.0, np.array([0.0, 1.0])),
    }
    scored = [
        Scored("same", ["b", "a", "d"], np.array([[0.5, 0.9], [0.5, 0.0], [0.0, 1.0]])),
        Scored("across", ["e", "c"], np.array([[0.0, 0.0], [1.0, 1.0]])),
        Scored("across", [], np.zeros((0, 2))),
    ]
    found = ranked(scored, weights)
    assert [one.passage_id for one in found] == ["b", "a", "d", "c", "e"]
    log_odds = np.array([1.0, 1.0, 0.0, 0.0, -1.0])
    assert [one.score for one in found] == pytest.approx(list(1 / (1 + np.exp(-log_odds))))


def test_search_ranks_the_features_of_each_language_by_the_weights_that_ship(libraries: dict[str, Engine]) -> None:
    engine = libraries["both"]
    generation = engine.generation()
    query = engine.query(understood(engine, QUESTIONS[0]), generation)
    scored = score(query, generation)
    assert [one.direction for one in scored] == ["same", "across"]
    for language, one in zip(LANGUAGES, scored, strict=True):
        given = gather(query, generation, language)
        assert one.passage_ids == given.passage_ids
        np.testing.assert_allclose(one.features, ranking.features(query.question, given, generation.lexical))
    assert search(query, generation) == ranked(scored, ranking.load_weights())


def test_a_language_without_passages_is_not_scored(libraries: dict[str, Engine]) -> None:
    engine = libraries["en"]
    generation = engine.generation()
    query = engine.query(understood(engine, QUESTIONS[0]), generation)
    assert [one.direction for one in score(query, generation)] == ["across"]


def test_neural_vectors_are_asked_and_scored_where_there_are_any(tmp_path: Path) -> None:
    only_neural = Weights(0.0, np.array([name == "neural" for name in FEATURES], dtype=np.float64))
    weights: Mapping[Direction, Weights] = {"same": only_neural, "across": only_neural}
    articles = {"a": "zzz qqq", "b": "zzz", "c": "rocket base"}
    with (
        embedding_server() as server,
        library(tmp_path / "library", articles, embedding="openai:small", embedding_url=server.url) as engine,
    ):
        found = order(engine, "zzz?", weights)
        generation = engine.generation()
        query = engine.query(understood(engine, "zzz?"), generation)
        assert query.neural is not None
        given = gather(query, generation, "en")
        vectors = np.stack([server.vector(articles[name]) for name in given.article_ids])
        cosines = vectors @ query.neural / np.linalg.norm(vectors, axis=1)
        assert given.neural == pytest.approx(cosines, abs=1e-5)
        without = ranked(score(retrieval.Query(query.question, query.vector), generation), weights)
    scaled = (cosines - cosines.min()) / np.ptp(cosines)
    by_name = dict(zip(given.article_ids, 1 / (1 + np.exp(-scaled)), strict=True))
    assert {name[0]: score for name, score in found} == pytest.approx(by_name, abs=1e-5)
    assert found[0][1] == pytest.approx(1 / (1 + np.exp(-1)))
    assert {one.score for one in without} == {0.5}


def test_what_only_its_neural_vector_finds_is_a_candidate(tmp_path: Path) -> None:
    near = {f"en{i:02}": f"Rockets hit base number {i} again." for i in range(60)}
    with (
        embedding_server() as server,
        library(
            tmp_path / "library",
            near | {"like": "How many zzz"},  # the server knows words by their spelling, how and many among them
            embedding="openai:small",
            embedding_url=server.url,
        ) as engine,
    ):
        generation = engine.generation()
        query = engine.query(understood(engine, "How many rockets hit the base?"), generation)
        assert "like" in gather(query, generation, "en").article_ids
        assert "like" not in gather(retrieval.Query(query.question, query.vector), generation, "en").article_ids


# Hits


def passage(name: str, start: int, end: int, article: str = "article") -> Passage:
    return Passage(name, article, start, end, "x" * (end - start))


def kept(*passages: Passage) -> list[str]:
    """What hits are left of passages ranked in this order."""
    given = [Candidate(one.id, 1 - i / 10) for i, one in enumerate(passages)]
    return [hit.passage.id for hit in hits(given, {one.id: one for one in passages})]


def test_passages_that_have_left_the_library_are_passed_over() -> None:
    here = passage("a", 0, 1)
    assert hits([Candidate("gone", 1.0), Candidate("a", 0.5)], {"a": here}) == [Hit(here, 0.5)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (passage("b", 0, 100), ["a"]),
        (passage("b", 19, 119), ["a"]),  # 81 of 100
        (passage("b", 20, 120), ["a", "b"]),  # 80
        (passage("b", 100, 200), ["a", "b"]),
        (passage("b", 300, 310), ["a", "b"]),
        (passage("b", 10, 20), ["a"]),
        (passage("b", 0, 1000), ["a", "b"]),
        (passage("b", 0, 100, "another"), ["a", "b"]),
    ],
)
def test_a_passage_that_a_better_one_of_its_article_holds_adds_nothing(second: Passage, expected: list[str]) -> None:
    assert kept(passage("a", 0, 100), second) == expected


def test_one_that_was_left_out_leaves_nothing_out_itself() -> None:
    assert kept(passage("a", 0, 100), passage("b", 15, 115), passage("c", 30, 130)) == ["a", "c"]


def articles_in_turn(found: str) -> str:
    """Articles of hits, a letter each, before and after."""
    given = [Hit(passage(f"{letter}{i}", i, i + 1, letter), 1 - i / 100) for i, letter in enumerate(found)]
    after = diversified(given)
    assert sorted(after, key=lambda hit: -hit.score) == given
    for letter in set(found):
        own = [hit.score for hit in after if hit.passage.article_id == letter]
        assert own == sorted(own, reverse=True)
    return "".join(hit.passage.article_id for hit in after)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("", ""),
        ("aaa", "aaa"),
        ("aaaaaaa", "aaaaaaa"),
        ("aaaab", "aaaba"),
        ("aaaaaaabbbb", "aaabbbaaaba"),
        ("abcabc", "abcabc"),
    ],
)
def test_no_article_takes_more_than_three_places_before_the_others_have_had_theirs(found: str, expected: str) -> None:
    assert articles_in_turn(found) == expected


# Rarity


def _told(engine: Engine, text: str) -> float:
    (concept,) = understood(engine, text).concepts
    return rarity(concept, engine.generation())


def test_a_rare_concept_tells_more_than_a_common_one(seed_engine: Engine) -> None:
    assert _told(seed_engine, "كاتيوشا؟") > _told(seed_engine, "هجوم؟") > 0


def test_an_everyday_word_tells_less_than_an_unusual_one_of_the_same_frequency(seed_engine: Engine) -> None:
    ways = ((("صاروخ",), 1.0),)
    everyday, unusual = Concept("x", "word", ways, telling=0.2), Concept("x", "word", ways, telling=1.0)
    generation = seed_engine.generation()
    assert rarity(everyday, generation) == pytest.approx(0.2 * rarity(unusual, generation))


def test_a_word_that_cannot_be_said_and_stands_nowhere_tells_half(seed_engine: Engine) -> None:
    generation = seed_engine.generation()
    told = [rarity(Concept("x", kind, ((("unheard",), 1.0),)), generation) for kind in ("word", "name")]
    assert told[0] == pytest.approx(0.5 * told[1])
    translated = Concept("x", "word", ((("unheard",), 1.0), (("لامسموع",), 1.0)))
    assert rarity(translated, generation) == pytest.approx(told[1])


@pytest.mark.parametrize(
    ("stem", "frequency"), [("rocket", 10), ("وزير", 10), ("#2", 1 + 1), ("unheard", 0), ("وزير minist", 10)]
)
def test_a_concept_is_as_common_as_in_passages_of_both_languages(
    libraries: dict[str, Engine], stem: str, frequency: int
) -> None:
    told = rarity(Concept("x", "name", ((tuple(stem.split()), 1.0),)), libraries["both"].generation())
    inverse = math.log(1 + (120 - frequency + 0.5) / (frequency + 0.5)) / math.log(2 * 120 + 2)
    assert told == pytest.approx(0.2 + inverse)
