"""The engine's story: ingest, search, ask, and what it says when it cannot."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from rag.engine import Engine, open_engine
from rag.errors import ArticleNotFound, IndexOutdated, LibraryEmpty, QuestionError, SanadError
from rag.evaluation.cases import Case, read_cases
from rag.evaluation.questions import Fields
from rag.index.chroma import VectorIndex
from rag.index.generation import Generations
from rag.index.lexical import Entry, LexicalIndex
from rag.model import Answer, Article, Claim, IngestReport, Language, Refusal
from rag.phrases import phrase
from rag.settings import Settings
from tests.contract import assert_contract

_GROUNDING = Path(__file__).parent / "grounding"
_SEEDS = Path(__file__).parent.parent / "seeds"
_FLOOD = "اجتاحت السيول مدينة درنة الليبية فجر الأحد. وأعلن الهلال الأحمر الليبي مقتل 2300 شخص في الفيضانات.\n"
_MATCH = "فاز المنتخب المغربي على نظيره الإسباني بركلات الترجيح. وسجل أشرف حكيمي الركلة الحاسمة.\n"


@pytest.fixture
def newsroom(engine: Engine, tmp_path: Path) -> Engine:
    """An engine over two made articles, nothing like the sample ones."""
    (tmp_path / "flood.txt").write_text(_FLOOD, encoding="utf-8")
    (tmp_path / "match.txt").write_text(_MATCH, encoding="utf-8")
    engine.ingest([tmp_path / "flood.txt", tmp_path / "match.txt"])
    return engine


def test_an_arabic_question_is_answered_from_the_right_article(newsroom: Engine) -> None:
    reply = newsroom.ask("كم شخصا قتل في فيضانات درنة؟")
    assert isinstance(reply, Answer)
    assert reply.language == "ar"
    assert [c.article_id for c in reply.citations[:1]] == ["flood"]
    assert "2300" in reply.citations[0].quote


def test_an_english_question_finds_the_arabic_sentence(newsroom: Engine) -> None:
    reply = newsroom.ask("Who scored the decisive penalty for Morocco?")
    assert isinstance(reply, Answer)
    assert reply.language == "en"
    assert "أشرف حكيمي" in reply.citations[0].quote


def test_another_subject_is_refused_with_what_is_missing(newsroom: Engine) -> None:
    reply = newsroom.ask("What did Japan's parliament decide about nuclear energy?")
    assert isinstance(reply, Refusal)
    assert reply.citations == ()
    assert reply.claims == ()
    assert "Japan" in reply.text


def test_a_refusal_never_refers_to_what_it_shows_as_nearest(newsroom: Engine) -> None:
    reply = newsroom.ask("ماذا قال وزير خارجية اليابان عن درنة؟")
    assert isinstance(reply, Refusal)
    assert "[" not in reply.text
    assert all(newsroom.article(c.article_id).text[c.start : c.end] == c.quote for c in reply.nearest)


def test_the_language_of_the_frame_can_be_asked_for(newsroom: Engine) -> None:
    reply = newsroom.ask("كم شخصا قتل في فيضانات درنة؟", language="en")
    assert reply.language == "en"
    assert reply.text.split("\n")[:2] == ["2300 people [1]", "The article says:"]


def test_an_answer_is_its_short_answer_its_lead_and_its_quotes_and_nothing_else(newsroom: Engine) -> None:
    reply = newsroom.ask("كم شخصا قتل في فيضانات درنة؟")
    short, lead, *lines = reply.text.split("\n")
    assert short == "2300 شخص [1]"
    assert lead == "جاء في المقال:"
    assert lines == [f"«{c.quote}» [{c.number}]" for c in reply.citations]


def test_what_has_no_short_answer_begins_with_its_lead(newsroom: Engine) -> None:
    reply = newsroom.ask("ماذا فعل المنتخب المغربي؟")
    assert reply.short is None
    assert reply.text.split("\n")[0] == "جاء في المقال:"


def test_outlets_and_dates_of_the_metadata_stand_in_the_citations(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "flood.txt").write_text(_FLOOD, encoding="utf-8")
    (tmp_path / "articles.toml").write_text(
        '[flood]\ntitle = "سيول درنة"\npublisher = "صحيفة الجبل"\npublished = 2023-09-12\nbasis = "stated"\n'
        'url = "https://example.org/flood"\nevent_date = 2023-09-10\n',
        encoding="utf-8",
    )
    engine.ingest([tmp_path])
    answered, refused = engine.ask("كم شخصا قتل في فيضانات درنة؟"), engine.ask("What is the capital of Mongolia?")
    known = [
        (c.title, c.publisher, c.published, c.published_basis, c.url) for c in (*answered.citations, *refused.nearest)
    ]
    assert set(known) == {("سيول درنة", "صحيفة الجبل", "2023-09-12", "stated", "https://example.org/flood")}
    assert isinstance(answered, Answer)
    assert "10 سبتمبر/أيلول 2023" in (answered.claims[0].event or "")


@pytest.mark.parametrize(
    "question",
    [
        "Où se trouve la ville de Derna et combien de personnes sont mortes ?",
        "¿Cuántas personas murieron en las inundaciones de Derna?",
        "سیل درنه چه زمانی رخ داد و چند نفر در آن کشته شدند؟",
        "Сколько человек погибло при наводнении в Дерне?",
    ],
)
def test_a_question_in_another_language_gets_the_fixed_word_on_languages(newsroom: Engine, question: str) -> None:
    for language in ("ar", "en"):
        reply = newsroom.ask(question, language="ar" if language == "ar" else "en")
        assert isinstance(reply, Refusal)
        assert (reply.language, reply.text) == (language, phrase(language, "refusal_language"))
        assert (reply.nearest, reply.read_as, reply.question) == ((), None, question)
    assert newsroom.ask(question).text == phrase("en", "refusal_language")


def test_arabic_in_latin_letters_is_answered_in_arabic(newsroom: Engine) -> None:
    reply = newsroom.ask("kam shakhs qutil fi fayadanat derna?")
    assert isinstance(reply, Answer)
    assert reply.language == "ar"
    assert reply.citations[0].article_id == "flood"


def test_streaming_yields_each_claim_and_then_the_reply(newsroom: Engine) -> None:
    *claims, reply = newsroom.stream("كم شخصا قتل في فيضانات درنة؟")
    assert isinstance(reply, Answer)
    assert tuple(claims) == reply.claims
    assert all(isinstance(claim, Claim) for claim in claims)


def test_a_conversation_remembers_its_turns(newsroom: Engine) -> None:
    talk = newsroom.conversation()
    first = newsroom.ask("كم شخصا قتل في فيضانات درنة؟", conversation=talk)
    second = newsroom.ask("من سجل الركلة الحاسمة؟", conversation=talk)
    assert talk.turns == [first, second]
    assert (first.read_as, second.read_as) == (None, None)


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ("كم شخصا قتل في فيضانات درنة؟", "ومتى وقعت؟", "درنة"),
        ("How many people were killed in the Derna floods?", "When did they happen?", "Derna"),
    ],
)
def test_a_follow_up_is_read_with_what_the_talk_is_about_and_keeps_its_own_words(
    newsroom: Engine, first: str, second: str, named: str
) -> None:
    talk = newsroom.conversation()
    newsroom.ask(first, conversation=talk)
    reply = newsroom.ask(second, conversation=talk)
    assert reply.question == second
    assert named in (reply.read_as or "")
    assert isinstance(reply, Answer)
    assert {c.article_id for c in reply.citations} == {"flood"}
    assert talk.turns[-1] == reply


def test_without_a_conversation_nothing_is_completed(newsroom: Engine) -> None:
    newsroom.ask("كم شخصا قتل في فيضانات درنة؟")
    reply = newsroom.ask("ومتى وقعت؟")
    assert reply.read_as is None


def test_talks_are_apart_from_one_another(newsroom: Engine) -> None:
    one, other = newsroom.conversation(), newsroom.conversation()
    newsroom.ask("كم شخصا قتل في فيضانات درنة؟", conversation=one)
    newsroom.ask("من سجل الركلة الحاسمة للمنتخب المغربي؟", conversation=other)
    assert "درنة" in (newsroom.ask("ومتى وقعت؟", conversation=one).read_as or "")
    assert "درنة" not in (newsroom.ask("ومتى وقعت؟", conversation=other).read_as or "")


def test_a_long_talk_keeps_its_newest_turns(newsroom: Engine) -> None:
    talk = newsroom.conversation()
    questions = [f"كم شخصا قتل في فيضانات درنة عام {2000 + i}؟" for i in range(12)]
    for question in questions:
        newsroom.ask(question, conversation=talk)
    kept = [turn.question for turn in talk.turns]
    assert 1 < len(kept) < len(questions)
    assert kept == questions[-len(kept) :]


def test_both_indexes_are_asked(newsroom: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    lexical, vectors = LexicalIndex.search, VectorIndex.search

    def spy_lexical(self: LexicalIndex, concepts: object, limit: int, language: Language) -> list[tuple[Entry, float]]:
        asked.append("tantivy")
        return lexical(self, concepts, limit, language)  # type: ignore[arg-type]  # passed on as it came

    def spy_vectors(self: VectorIndex, vector: object, limit: int, language: Language) -> list[tuple[str, float]]:
        asked.append("chroma")
        return vectors(self, vector, limit, language)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(LexicalIndex, "search", spy_lexical)
    monkeypatch.setattr(VectorIndex, "search", spy_vectors)
    newsroom.ask("كم شخصا قتل في فيضانات درنة؟")
    assert sorted(asked) == ["chroma", "tantivy"]


@pytest.mark.parametrize("silent", [LexicalIndex, VectorIndex])
def test_each_index_alone_still_brings_the_passage(
    newsroom: Engine, monkeypatch: pytest.MonkeyPatch, silent: type
) -> None:
    monkeypatch.setattr(silent, "search", lambda *_: [])
    hits = newsroom.search("فيضانات درنة", limit=1)
    assert [hit.passage.article_id for hit in hits] == ["flood"]


def test_search_gives_passages_best_first_with_their_offsets(newsroom: Engine) -> None:
    hits = newsroom.search("Derna floods Red Crescent")
    assert hits[0].passage.article_id == "flood"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        p = hit.passage
        assert newsroom.article(p.article_id).text[p.start : p.end] == p.text


def test_search_keeps_to_its_limit(seed_engine: Engine) -> None:
    assert len(seed_engine.search("قاعدة عين الأسد", limit=3)) == 3


def test_an_empty_library_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(LibraryEmpty, match="sanad ingest"):
        engine.ask("ماذا حدث؟")


@pytest.mark.parametrize("question", ["", "   ", "؟!", "\u200f"])
def test_a_question_without_a_word_is_an_error(newsroom: Engine, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        newsroom.ask(question)


def test_a_question_of_only_function_words_is_refused(newsroom: Engine) -> None:
    reply = newsroom.ask("ما هو ذلك؟")
    assert isinstance(reply, Refusal)


def test_an_endless_question_is_an_error(newsroom: Engine) -> None:
    with pytest.raises(QuestionError, match="501 words"):
        newsroom.ask("كلمة " * 501)


def test_an_unknown_article_is_named(engine: Engine) -> None:
    with pytest.raises(ArticleNotFound, match="'nowhere'"):
        engine.article("nowhere")


def test_a_changed_article_replaces_its_passages(newsroom: Engine, tmp_path: Path) -> None:
    (tmp_path / "match.txt").write_text("خسر المنتخب المغربي أمام فرنسا في نصف النهائي.\n", encoding="utf-8")
    report = newsroom.ingest([tmp_path / "match.txt"])
    assert report == IngestReport(updated=1, passages=1)
    assert "حكيمي" not in " ".join(hit.passage.text for hit in newsroom.search("أشرف حكيمي المنتخب المغربي"))


def test_settings_that_make_other_passages_ask_for_a_reindex(newsroom: Engine) -> None:
    other = newsroom.settings.model_copy(update={"passage_words": 60})
    with open_engine(other) as engine:
        with pytest.raises(IndexOutdated, match="sanad reindex"):
            engine.ask("كم شخصا قتل؟")
        with pytest.raises(IndexOutdated, match="sanad reindex"):
            engine.ingest([])
        assert engine.reindex() == 2
        assert isinstance(engine.ask("كم شخصا قتل في فيضانات درنة؟"), Answer)


def test_two_engines_on_one_folder_see_the_same(newsroom: Engine, tmp_path: Path) -> None:
    with open_engine(newsroom.settings) as other:
        before = other.ask("كم شخصا قتل في فيضانات درنة؟")
        newsroom.remove("flood")
        after = other.ask("كم شخصا قتل في فيضانات درنة؟")
    assert isinstance(before, Answer)
    assert isinstance(after, Refusal)


def test_the_sample_articles_are_marked_as_they_are_known(seed_engine: Engine) -> None:
    known = {a.id[:3]: (a.title != "", a.publisher, a.published, a.basis) for a in seed_engine.articles()}
    assert known == {
        "000": (False, "", "2021-03-06", "stated"),
        "001": (False, "", "2021-07-05", "stated"),
        "002": (True, "", "2024-08-06", "inferred from elsewhere"),
        "003": (True, "", "2024-07", "inferred from elsewhere"),
        "004": (True, "", "2021-07-05", "inferred from the text"),
    }


def test_names_are_found_across_spellings(seed_engine: Engine) -> None:
    for spelling in ("Wayne Marotto", "Wayne Maroto", "واين ماروتو"):
        assert "ماروتو" in seed_engine.search(spelling, limit=1)[0].passage.text
    for spelling in ("أمريكيين", "أميركيين"):
        assert seed_engine.search(f"خمسة جنود {spelling}", limit=1)[0].passage.article_id.startswith("002")


def test_asking_from_many_threads_gives_the_same_answers(seed_engine: Engine) -> None:
    from concurrent.futures import ThreadPoolExecutor

    questions = ["من هو جون كيربي؟", "Who is John Kirby?"] * 8
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda question: seed_engine.ask(question).text, questions))
    assert len(set(texts)) == 2


def test_an_engine_with_default_settings_opens_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_engine() as engine:
        assert engine.settings == Settings()
        assert engine.articles() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("How many rockets hit Ain al-Asad on 5 July 2021?", True),
        ("How many rockets hit Ain al-Asad on 1 July 2021?", False),
        ("كم صاروخا سقط على القاعدة في 4 تموز 2021؟", False),
        ("How many soldiers were injured on 4 August 2024?", False),
        ("What is the capital of France?", False),
        ("What is the population of Baghdad?", False),
    ],
)
def test_another_day_another_name_or_another_thing_counted_is_refused(
    seed_engine: Engine, question: str, answered: bool
) -> None:
    assert isinstance(seed_engine.ask(question), Answer) is answered


def test_an_answer_says_when_the_newest_articles_are_not_in_the_index(newsroom: Engine, tmp_path: Path) -> None:
    (tmp_path / "match.txt").write_text("تعادل المنتخبان المغربي والإسباني.\n", encoding="utf-8")
    assert newsroom.ask("كم شخصا قتل في فيضانات درنة؟").notices == ()
    with pytest.MonkeyPatch.context() as crash:
        crash.setattr(Generations, "publish", lambda *_, **__: None)
        newsroom.ingest([tmp_path / "match.txt"])
    assert newsroom.ask("كم شخصا قتل في فيضانات درنة؟").notices == ("index_behind",)
    newsroom.reindex()
    assert newsroom.ask("كم شخصا قتل في فيضانات درنة؟").notices == ()


def test_a_folder_that_cannot_be_leased_is_one_clear_error(newsroom: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr("rag.index.generation.FileLock.acquire", refuse)
    with open_engine(newsroom.settings) as other, pytest.raises(SanadError, match="Read-only file system"):
        other.ask("كم شخصا قتل؟")


# What holds of every reply


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Mapping[str, Article]]]:
    """An engine over the sample articles and the made ones together, and the articles; only to be read."""
    with open_engine(Settings(data_dir=tmp_path_factory.mktemp("both") / "data")) as engine:
        engine.ingest([_SEEDS, _GROUNDING / "made"])
        yield engine, {article.id: article for article in engine.articles()}


def _some_cases() -> list[Case]:
    """A dozen and a half questions of each set: some of every kind, in both languages."""
    return [case for name in ("seeds", "made") for case in _spread(read_cases(_GROUNDING / f"{name}.jsonl", Fields()))]


def _spread(cases: list[Case]) -> list[Case]:
    of_kind: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        of_kind.setdefault((case.kind, case.language), []).append(case)
    return [case for alike in of_kind.values() for case in alike[:: max(1, len(alike) // 2)][:2]]


@pytest.mark.parametrize("case", _some_cases(), ids=lambda case: case.id)
def test_every_reply_keeps_the_contract(case: Case, both: tuple[Engine, Mapping[str, Article]]) -> None:
    engine, articles = both
    talk = engine.conversation() if case.turns else None
    for question in (*case.turns, case.question):
        *claims, reply = engine.stream(question, conversation=talk)
        assert isinstance(reply, Answer | Refusal)
        assert_contract(reply, articles.get)
        assert tuple(claims) == reply.claims
        assert reply.question == question


_WORDS = """
    كم متى أين من هو لماذا هل ماذا قال أي عدد شخصا قتل صاروخا هجوم حريق القاعدة المحكمة الوزير في على عام 2021 مارس الأربعاء ؟ ، « »
    how many when where who why did was the of in attack court minister killed rockets on 5 July 2021 Baghdad said , ? " [1] $x {0} *
""".split()


@limits(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9).map(" ".join))
@example("[1] [2] $marks")
@example("كم كم كم")
def test_no_words_in_any_order_break_the_contract(both: tuple[Engine, Mapping[str, Article]], question: str) -> None:
    engine, articles = both
    try:
        reply = engine.ask(question)
    except QuestionError:
        return
    assert_contract(reply, articles.get)
