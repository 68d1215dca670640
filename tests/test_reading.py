"""Sentences chosen, or refused, over made articles of other topics than the samples."""

from itertools import pairwise

import numpy as np
import pytest

from rag.articles.layout import read_layout
from rag.evidence import FEATURES, Evidence, Material, gather
from rag.language.words import count_words
from rag.model import LONGEST_QUOTE, Article, Passage, Quote
from rag.question import understand
from rag.reading import Reading, load_weights, read

_BUDGET = Article(
    "budget",
    "أقر مجلس النواب المغربي مشروع الموازنة العامة لعام 2023. وصوت لصالح المشروع 176 نائبا وعارضه 64 نائبا. "
    "وقالت وزيرة الاقتصاد نادية فتاح إن عجز الموازنة سينخفض إلى أربعة ونصف بالمئة. "
    "وبدأت الجلسة عند الساعة 10:30 صباحا بسبب تأخر وصول النواب.",
    "budget.txt",
    published="2022-12-08",
    basis="stated",
)
_FIRE = Article(
    "fire",
    "اندلع حريق كبير في غابات منطقة جيجل شرقي الجزائر. وأعلنت الحماية المدنية إصابة خمسة عشر شخصا بحروق. "
    "وسيطر رجال الإطفاء على الحريق في 27 يوليو.",
    "fire.txt",
    published="2023-08-01",
    basis="stated",
)


def _material(*articles: Article) -> Material:
    passages = [(Passage(f"{a.id}:0", a.id, 0, len(a.text), a.text), 1.0) for a in articles]
    sentences = {a.id: read_layout(a.text).sentences for a in articles}
    return Material(passages, {a.id: a for a in articles}, sentences)


def _read(text: str, *articles: Article) -> Reading:
    question = understand(text, lambda _: [])
    return read(question, [concept.telling for concept in question.concepts], _material(*articles))


def _evidence(text: str, *articles: Article) -> list[Evidence]:
    question = understand(text, lambda _: [])
    return gather(question, [concept.telling for concept in question.concepts], _material(*articles))


def _quotes(reading: Reading) -> list[Quote]:
    assert reading.draft is not None
    return [quote for sentence in reading.draft.sentences for quote in sentence.quotes]


def _feature(evidence: Evidence, name: str) -> float:
    return float(evidence.features[FEATURES.index(name)])


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("كم نائبا صوت لصالح مشروع الموازنة؟", "176"),
        ("How many deputies voted for the budget?", "176"),
        ("ماذا قالت وزيرة الاقتصاد عن عجز الموازنة؟", "سينخفض"),
        ("What did the economy minister say about the budget deficit?", "سينخفض"),
        ("في أي ساعة بدأت الجلسة؟", "10:30"),
        ("كم شخصا أصيب بحروق في حريق الغابات؟", "خمسة عشر"),
        ("Where did the forest fire break out?", "جيجل"),
    ],
)
def test_the_sentence_that_answers_comes_first(question: str, holds: str) -> None:
    reading = _read(question, _BUDGET, _FIRE)
    assert holds in _quotes(reading)[0].text


@pytest.mark.parametrize(
    "question",
    [
        "من فاز بجائزة نوبل للآداب؟",
        "What is the capital of Mongolia?",
        "كم طائرة شاركت في إطفاء الحريق؟",
        "At what time did the forest fire start?",
        "إلى أي مستشفى نقل المصابون بحروق في حريق جيجل؟",
    ],
)
def test_what_the_articles_do_not_say_is_refused(question: str) -> None:
    reading = _read(question, _BUDGET, _FIRE)
    assert reading.draft is None
    assert len(reading.nearest) == 1


def test_a_refusal_names_the_subject_that_is_not_there() -> None:
    assert "Mongolia" in _read("What is the capital of Mongolia?", _BUDGET, _FIRE).missing


def test_an_article_of_another_year_is_about_something_else() -> None:
    assert _read("كم نائبا صوت لصالح مشروع الموازنة عام 2019؟", _BUDGET).draft is None
    assert all(one.apart for one in _evidence("ماذا أقر مجلس النواب عام 2019؟", _BUDGET))
    assert not any(one.apart for one in _evidence("ماذا أقر مجلس النواب عام 2023؟", _BUDGET))


def test_the_articles_own_date_counts_as_held() -> None:
    assert not any(one.apart for one in _evidence("ماذا أقر مجلس النواب في ديسمبر 2022؟", _BUDGET))


def test_a_day_without_its_year_gets_it_from_the_articles_date() -> None:
    assert not any(one.apart for one in _evidence("ماذا حدث في 27 يوليو 2023؟", _FIRE))
    assert all(one.apart for one in _evidence("ماذا حدث في 27 يوليو 2022؟", _FIRE))


def test_a_known_name_that_the_article_lacks_sets_it_apart() -> None:
    assert all(one.apart for one in _evidence("ماذا حدث في فرنسا؟", _FIRE))
    assert not any(one.apart for one in _evidence("ماذا حدث في الجزائر؟", _FIRE))


def test_headings_and_furniture_are_never_evidence() -> None:
    text = "سياسة\nحريق في جيجل\nاندلع حريق كبير في جيجل أمس.\nمواضيع ذات صلة :\nحرائق جيجل السابقة"
    article = Article("page", text, "page.txt")
    found = [text[one.sentence.start : one.sentence.end] for one in _evidence("أين اندلع حريق جيجل؟", article)]
    assert found == ["اندلع حريق كبير في جيجل أمس."]


def test_every_feature_lies_between_nothing_and_one() -> None:
    for question in ("كم نائبا صوت؟", "When was the budget passed?", "لماذا تأخرت الجلسة؟", "Who is Nadia Fettah?"):
        for one in _evidence(question, _BUDGET, _FIRE):
            assert np.all((one.features >= 0) & (one.features <= 1.0001))


@pytest.mark.parametrize(
    ("question", "sentence", "kind"),
    [
        ("كم نائبا صوت لصالح المشروع؟", 1, 1.0),
        ("كم نائبا صوت لصالح المشروع؟", 2, 0.5),
        ("متى أقر المشروع؟", 0, 1.0),
        ("في أي ساعة بدأت الجلسة؟", 3, 1.0),
        ("لماذا تأخرت الجلسة؟", 3, 1.0),
        ("من قال ذلك عن المشروع؟", 1, 0.0),
    ],
)
def test_the_kind_of_thing_asked_for_is_told_by_its_look(question: str, sentence: int, kind: float) -> None:
    assert _feature(_evidence(question, _BUDGET)[sentence], "kind") == kind


def test_a_very_short_sentence_is_quoted_with_the_one_before_it() -> None:
    article = Article(
        "short", "زار الوزير مدينة طنجة يوم الأحد الماضي برفقة وفد كبير. ووقع اتفاقية الميناء.", "short.txt"
    )
    reading = _read("ماذا حدث لاتفاقية الميناء؟", article)
    assert [quote.text for quote in reading.nearest] == [article.text]


def test_quotes_do_not_overlap_and_keep_to_their_length() -> None:
    reading = _read("كم نائبا صوت لصالح مشروع الموازنة؟", _BUDGET, _FIRE)
    spans = sorted((q.article_id, q.start, q.end) for q in _quotes(reading))
    for (first, _, end), (second, start, _) in pairwise(spans):
        assert first != second or end <= start
    assert all(count_words(q.text) <= LONGEST_QUOTE for q in _quotes(reading))


def test_there_is_a_weight_for_every_feature() -> None:
    weights = load_weights()
    assert weights.sentence.shape == weights.answer.shape == (len(FEATURES),)
    assert (weights.sentence >= 0).all()
