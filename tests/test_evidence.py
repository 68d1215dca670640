"""Sentences judged as evidence, over made articles of other topics than the samples."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.articles.layout import read_layout
from rag.evidence import FEATURES, Evidence, Material, gather
from rag.holding import matched, spelt_alike
from rag.model import Article, Passage
from rag.question import Concept, understand
from rag.sentence_terms import dated_terms

from .language.strategies import patient, texts

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
_FERRY = Article(
    "ferry",
    "A ferry sank in Lake Victoria off Tanzania on Thursday. Regional commissioner John Mongella said 136 passengers drowned. "
    "The ferry carried twice as many people as it was built for because of a holiday. President John Magufuli promised an inquiry.",
    "ferry.txt",
    title="Ferry disaster in Mwanza",
    published="2018-09-21",
    basis="stated",
)


def material(*articles: Article, scores: Sequence[float] = ()) -> Material:
    """Each article as one passage, with a score each or 1."""
    passages = [
        (Passage(f"{a.id}:0", a.id, 0, len(a.text), a.text), score)
        for a, score in zip(articles, scores or [1.0] * len(articles), strict=True)
    ]
    return Material(passages, {a.id: a for a in articles}, {a.id: read_layout(a.text).sentences for a in articles})


def judged(question: str, found: Material, to_english: bool = True) -> list[Evidence]:
    asked = understand(question, lambda _: [], to_english=to_english)
    return gather(asked, [concept.telling for concept in asked.concepts], found)


def evidence(question: str, *articles: Article) -> list[Evidence]:
    return judged(question, material(*articles))


def feature(question: str, name: str, *articles: Article) -> list[float]:
    """A feature of each sentence."""
    return [float(one.features[FEATURES.index(name)]) for one in evidence(question, *articles)]


def article(text: str, **more: str) -> Article:
    return Article("made", text, "made.txt", **more)


# What is judged


def test_headings_and_furniture_are_never_evidence() -> None:
    text = "سياسة\nحريق في جيجل\nاندلع حريق كبير في جيجل أمس.\nمواضيع ذات صلة :\nحرائق جيجل السابقة"
    found = [text[one.sentence.start : one.sentence.end] for one in evidence("أين اندلع حريق جيجل؟", article(text))]
    assert found == ["اندلع حريق كبير في جيجل أمس."]


def test_only_sentences_that_stand_in_a_found_passage_are_judged() -> None:
    first, second, *_ = read_layout(_FIRE.text).sentences
    whole = material(_FIRE)
    passage = Passage("fire:1", "fire", second.start, second.end, _FIRE.text[second.start : second.end])
    found = judged("كم شخصا أصيب؟", Material([(passage, 0.5)], whole.articles, whole.sentences))
    assert [one.index for one in found] == [1]
    cut = Passage("fire:2", "fire", first.start, second.end - 1, _FIRE.text[first.start : second.end - 1])
    found = judged("كم شخصا أصيب؟", Material([(cut, 0.5)], whole.articles, whole.sentences))
    assert [one.index for one in found] == [0]


def test_a_sentence_in_two_passages_is_judged_once_with_the_better_score() -> None:
    better, worse = (Passage(f"fire:{i}", "fire", 0, len(_FIRE.text), _FIRE.text) for i in (1, 0))
    whole = material(_FIRE)
    found = judged("كم شخصا أصيب؟", Material([(better, 0.9), (worse, 0.2)], whole.articles, whole.sentences))
    assert [(one.index, one.passage.id) for one in found] == [(i, "fire:1") for i in range(3)]
    alone = judged("كم شخصا أصيب؟", Material([(better, 0.9)], whole.articles, whole.sentences))
    assert [one.features.tolist() for one in found] == [one.features.tolist() for one in alone]


def test_articles_are_judged_in_the_order_they_were_found_in() -> None:
    assert [one.passage.article_id for one in evidence("من فاز؟", _FIRE, _BUDGET)] == ["fire"] * 3 + ["budget"] * 4


# What sets an article apart


def test_an_article_of_another_year_is_about_something_else() -> None:
    assert all(one.apart for one in evidence("ماذا أقر مجلس النواب عام 2019؟", _BUDGET))
    assert not any(one.apart for one in evidence("ماذا أقر مجلس النواب عام 2023؟", _BUDGET))


def test_the_articles_own_date_counts_as_held() -> None:
    assert not any(one.apart for one in evidence("ماذا أقر مجلس النواب في ديسمبر 2022؟", _BUDGET))


def test_a_day_without_its_year_gets_it_from_the_articles_date() -> None:
    assert not any(one.apart for one in evidence("ماذا حدث في 27 يوليو 2023؟", _FIRE))
    assert all(one.apart for one in evidence("ماذا حدث في 27 يوليو 2022؟", _FIRE))


def test_a_known_name_that_the_article_lacks_sets_it_apart() -> None:
    assert all(one.apart for one in evidence("ماذا حدث في فرنسا؟", _FIRE))
    assert not any(one.apart for one in evidence("ماذا حدث في الجزائر؟", _FIRE))
    assert not any(one.apart for one in evidence("What happened in Algeria?", _FIRE))


def test_the_title_of_an_article_holds_names_too() -> None:
    fire = article(_FIRE.text, title="حريق في الجزائر وفرنسا تعرض المساعدة")
    assert not any(one.apart for one in evidence("ماذا حدث في فرنسا؟", fire))


@pytest.mark.parametrize(
    ("published", "text", "dated"),
    [
        ("2023-08-01", "في 27 يوليو", {"@2023-07-27", "@2023-07"}),
        ("2023-08", "في 27 يوليو", {"@2023-07-27", "@2023-07"}),
        ("2023-01-15", "في 27 ديسمبر", {"@2022-12-27", "@2022-12"}),  # the one before
        ("2023-08-01", "on 27 July", {"@2023-07-27", "@2023-07"}),
        ("2023-08-01", "في 27 يوليو 2019", {"@2019-07-27", "@2019-07", "@2019"}),
        ("2023", "في 27 يوليو", set()),
        ("", "في 27 يوليو", set()),
    ],
)
def test_a_date_without_a_year_has_the_year_of_the_article_or_the_one_before(
    published: str, text: str, dated: set[str]
) -> None:
    terms = dated_terms(article("", published=published), text)
    assert {term.text for term in terms if term.text.startswith("@2")} == dated


@pytest.mark.parametrize(
    ("present", "weight"),
    [
        ({"@2021-07-05", "@2021-07"}, 1.0),
        ({"@2021-07"}, 0.6),
        ({"@2021-07-06", "@2021-07"}, 0.0),  # another day of the month
        ({"@2021"}, 0.3),
        ({"@2020-07-05"}, 0.0),
        (set(), 0.0),
    ],
)
def test_a_month_meets_a_day_of_it_only_where_no_other_day_is_given(present: set[str], weight: float) -> None:
    (asked,) = understand("What happened on 5 July 2021?", lambda _: []).concepts
    assert matched(asked, present) == weight


def test_the_best_way_counts_all_of_whose_terms_are_there() -> None:
    concept = Concept("air base", "word", ((("قاعد", "جو"), 1.0), (("مطار",), 0.5)))
    assert matched(concept, {"قاعد", "جو", "مطار"}) == 1.0
    assert matched(concept, {"قاعد", "مطار"}) == 0.5
    assert matched(concept, {"قاعد"}) == 0.0
    assert matched(Concept("x", "word", ()), {"x"}) == 0.0


@pytest.mark.parametrize(
    ("own", "stems", "alike"),
    [
        (("مناهض",), ["مناهضه"], True),
        (("مناهض",), ["باريس", "مناهضه"], True),
        (("مناهض",), ["باريس"], False),
        (("جمل",), ["جمال"], False),  # too short to tell
        (("مناهض", "حرب"), ["مناهضه"], False),  # several stems
        (("مناهض",), [], False),
    ],
)
def test_a_long_stem_meets_one_spelt_nearly_the_same(own: tuple[str, ...], stems: list[str], alike: bool) -> None:
    assert (spelt_alike(own, stems) > 0.5) is alike
    assert spelt_alike(own, stems) < 1


# The features: how much of the question there is


def test_every_feature_has_a_name_of_its_own_and_a_value() -> None:
    assert len(set(FEATURES)) == len(FEATURES)
    assert {len(one.features) for one in evidence("كم نائبا صوت؟", _BUDGET, _FIRE, _FERRY)} == {len(FEATURES)}


@pytest.mark.parametrize("question", ["كم نائبا صوت لصالح المشروع؟", "How many deputies voted for the bill?"])
@pytest.mark.parametrize("name", ["held", "exact", "near", "present", "key", "candidate", "beside", "about"])
def test_the_sentence_that_answers_has_the_most_of_it(question: str, name: str) -> None:
    values = feature(question, name, _BUDGET, _FIRE)
    assert values[1] == max(values) > values[-1]


@pytest.mark.parametrize("question", ["كم نائبا صوت؟", "How many passengers drowned?", "متى اندلع الحريق؟", "Why?"])
def test_more_can_be_held_beside_a_sentence_than_in_it_and_more_in_meaning_than_exactly(question: str) -> None:
    held, exact, near, whole = (
        np.array(feature(question, name, _BUDGET, _FIRE, _FERRY)) for name in ("held", "exact", "near", "article")
    )
    assert (exact <= held).all()
    assert (held <= near).all()
    assert (near <= whole).all()
    for one in evidence(question, _BUDGET, _FIRE, _FERRY):
        assert (one.held <= one.near).all()
        assert (one.near <= one.anywhere).all()


def test_what_the_next_sentence_holds_counts_less_than_what_the_sentence_holds() -> None:
    first, beside, far = feature("ماذا حدث في جيجل؟", "near", article("وقع في جيجل. ونقلوا. وعادوا."))
    assert 1 == first > beside > far == 0


def test_what_stands_far_away_in_the_article_counts_for_it() -> None:
    before = "اندلع الحريق. "
    far = feature("كم شجرة احترقت في غابات جيجل؟", "article", article(f"{before}ونقلوا. وعادوا إلى غابات جيجل."))
    without = feature("كم شجرة احترقت في غابات جيجل؟", "article", article(f"{before}ونقلوا. وعادوا إلى البيت."))
    assert far[0] > without[0]


def test_what_all_sentences_hold_sets_none_apart() -> None:
    text = "احترقت غابة الأرز. واحترقت غابة الصنوبر في تازة. وأخمدوا غابة أخرى."
    values = feature("أي غابة في تازة؟", "within", article(text))
    assert values[1] > max(values[0], values[2])


def test_names_are_held_one_by_one_and_the_least_of_them_is_told() -> None:
    text = "لعب محمد صلاح في القاهرة. وعاد. ثم نام الجميع. ثم سافر محمد صلاح."
    question = "ماذا فعل محمد صلاح في القاهرة؟"
    mean, least = feature(question, "names", article(text)), feature(question, "least_name", article(text))
    assert (mean[0], least[0]) == (1, 1)
    assert mean[3] > least[3] == 0


def test_a_word_near_in_meaning_counts_less_than_the_word_itself() -> None:
    same, near, other = (
        feature("ماذا حدث للطبيب؟", "held", article(text))[0]
        for text in ("جاء الطبيب إلى هناك.", "جاء الجراح إلى المستشفى.", "جاء القطار إلى هناك.")
    )
    assert same > near > other


def test_neighbours_in_the_question_that_are_neighbours_in_the_sentence_are_a_phrase() -> None:
    joined, apart = (
        feature("ماذا قال حارس المرمى؟", "phrase", article(text))[0]
        for text in ("سقط حارس المرمى أرضا.", "سقط المرمى بعد أن غادر الملعب كله حارس.")
    )
    assert joined > apart


def test_what_stands_close_together_counts_more() -> None:
    filler = " ".join(["طويل"] * 20)
    close, apart = (
        feature("متى غرق المركب؟", "proximity", article(text))[0]
        for text in (f"غرق المركب {filler}.", f"غرق {filler} المركب.")
    )
    assert close > apart


def test_an_inflected_or_mistyped_word_shares_its_letters() -> None:
    alike, other = (
        feature("ما المستشفيات؟", "grams", article(text))[0] for text in ("إنها مستشفييات كثيرة.", "إنها مدارس.")
    )
    assert alike > other == 0


def test_short_and_early_sentences_have_more_of_it() -> None:
    text = "اندلع حريق. واندلع حريق. " + " ".join(f"كلمة{i}" for i in range(80)) + "."
    short, early = (feature("أين اندلع حريق؟", name, article(text)) for name in ("short", "early"))
    assert short[0] == short[1] > short[2] > 0
    assert early == sorted(early, reverse=True)
    assert early[0] == 1


def test_a_passage_passes_on_how_well_it_was_found() -> None:
    scores = [1.0, 0.9, 0.5, 0.1, 0.001, 0.0]
    told = []
    for score in scores:
        found = judged("كم نائبا صوت؟", material(_BUDGET, scores=[score]))
        (value,) = {float(one.features[FEATURES.index("retrieved")]) for one in found}
        told.append(value)
    assert told == sorted(told, reverse=True)
    assert (told[0], told[-1]) == (1, 0)
    assert len(set(told[1:])) == len(told) - 1


# What may be the answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("كم نائبا صوت لصالح المشروع؟", 1),
        ("How many deputies voted for the bill?", 1),
        ("ما نسبة عجز الموازنة؟", 2),
        ("What percentage is the deficit?", 2),
        ("من قال ذلك عن عجز الموازنة؟", 2),
        ("Who is Nadia Fettah?", 2),
        ("في أي ساعة بدأت الجلسة؟", 3),
        ("At what time did the session begin?", 3),
        ("لماذا تأخرت الجلسة؟", 3),
        ("Why was the session late?", 3),
        ("متى أقر المشروع؟", 0),
    ],
)
def test_the_kind_of_thing_asked_for_is_told_by_its_look(question: str, sentence: int) -> None:
    sounding = {"nd": ["ناديا"], "fth": ["فتاح"]}
    asked = understand(question, lambda skeleton: sounding.get(skeleton, []), to_english=True)
    found = gather(asked, [concept.telling for concept in asked.concepts], material(_BUDGET))
    values = [float(one.features[FEATURES.index("candidate")]) for one in found]
    assert values[sentence] == max(values)
    assert values[sentence] > np.median(values)


@pytest.mark.parametrize(
    "question", ["ماذا أقر المجلس؟", "What did the council pass?", "هل أقر المشروع؟", "كيف صوتوا؟"]
)
@pytest.mark.parametrize("name", ["candidate", "beside", "about", "closest"])
def test_a_question_whose_answer_looks_like_nothing_in_particular_has_no_candidates(question: str, name: str) -> None:
    assert set(feature(question, name, _BUDGET)) == {0.0}
    assert {one.candidates for one in evidence(question, _BUDGET)} == {()}


def test_candidates_come_with_their_likelihoods_the_likeliest_first() -> None:
    text = "سجل اللاعب سبعة أهداف في 12 مباراة وعمره 19 عاما."
    (one,) = evidence("كم هدفا سجل اللاعب؟", article(text))
    assert [candidate.text for candidate, _ in one.candidates][:1] == ["سبعة أهداف"]
    likely = [float(value) for _, value in one.candidates]
    assert likely == sorted(likely, reverse=True)
    assert all(0 <= value <= 1 for value in likely)
    assert [text[candidate.start : candidate.end] for candidate, _ in one.candidates] == [
        c.text for c, _ in one.candidates
    ]


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("كم سفينة في الميناء؟", "رست 7 سفن في الميناء.", "رست السفن كلها مساء أمس في الميناء وعلى متنها بحارة من 7."),
        ("ما اسم السائق؟", "هرب السائق سمير الحداد.", "هرب السائق ليلا من المستشفى القديم كما قال سمير الحداد."),
        (
            "What is the name of the driver?",
            "The driver Samir Haddad fled.",
            "The driver fled from the old hospital at night, said Samir Haddad.",
        ),
    ],
)
def test_a_candidate_beside_what_is_asked_about_is_closer(question: str, near: str, far: str) -> None:
    (close,), (apart,) = (feature(question, "closest", article(text)) for text in (near, far))
    assert close > apart > 0


@pytest.mark.parametrize(
    "text", ["Health minister Khalid Ait Taleb opened a hospital.", "افتتح وزير الصحة خالد آيت الطالب مستشفى."]
)
def test_a_candidate_is_close_to_an_office_of_two_words(text: str) -> None:
    assert feature("Who is the health minister?", "closest", article(text))[0] > 0.25


def test_without_a_candidate_there_is_nothing_beside_or_close() -> None:
    for name in ("candidate", "beside", "about", "closest"):
        assert feature("كم نائبا صوت؟", name, article("أقر مجلس النواب المشروع.")) == [0.0]


# Bounds

_QUESTIONS = (
    "كم نائبا صوت لصالح مشروع الموازنة عام 2023؟",
    "When was the budget of Morocco passed?",
    "لماذا تأخرت الجلسة؟",
    "Who is Nadia Fettah?",
    "من هي نادية فتاح؟",
    "How much did the ferry cost in September 2018?",
    "أين غرقت العبارة في 20 سبتمبر 2018؟",
    "At what time did 12 sailors leave Lake Victoria?",
    "What happened?",
    "ماذا قال الرئيس عن الكارثة؟",
)
_SENTENCES = tuple(
    one.text[s.start : s.end] for one in (_BUDGET, _FIRE, _FERRY) for s in read_layout(one.text).sentences
)
_DATES = st.sampled_from(["", "2018", "2018-09", "2018-09-21", "2023-01-01"])
_made = st.builds(
    lambda pieces, title, published, event: Article(
        "made", " ".join(pieces), "made.txt", title=title, published=published, event_date=event
    ),
    st.lists(st.one_of(st.sampled_from(_SENTENCES), texts), min_size=1, max_size=5),
    st.one_of(st.just(""), st.sampled_from(_SENTENCES)),
    _DATES,
    _DATES,
)


@patient
@given(st.sampled_from(_QUESTIONS), _made, st.floats(0, 1))
def test_every_feature_lies_between_nothing_and_one(question: str, made: Article, score: float) -> None:
    for one in judged(question, material(made, scores=[score])):
        found = dict(zip(FEATURES, one.features.tolist(), strict=True))
        assert {name: value for name, value in found.items() if not -1e-9 <= value <= 1 + 1e-6} == {}
        assert all(((part >= 0) & (part <= 1)).all() for part in (one.held, one.near, one.anywhere))
        assert all(0 <= likely <= 1 + 1e-6 for _, likely in one.candidates)


@patient
@given(st.sampled_from(_QUESTIONS), _made)
def test_a_sentence_is_judged_the_same_every_time(question: str, made: Article) -> None:
    first, second = (judged(question, material(made)) for _ in range(2))
    assert [one.sentence for one in first] == [one.sentence for one in second]
    assert all((one.features == other.features).all() for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize("rarity", [0.0, 1.0, 1e-12])
def test_a_question_of_words_that_tell_nothing_is_judged_too(rarity: float) -> None:
    asked = understand("كم نائبا صوت؟", lambda _: [])
    found = gather(asked, [rarity] * len(asked.concepts), material(_BUDGET))
    assert len(found) == 4
    assert all(np.isfinite(one.features).all() for one in found)
