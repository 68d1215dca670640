"""Groups of expressions that say the same in news: what ships, and the lookup."""

import time
from importlib import resources
from itertools import pairwise

import pytest

from rag.language import paraphrases as module
from rag.language.analyzer import analyze
from rag.language.characters import fold
from rag.language.paraphrases import paraphrases
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words

TEXT = resources.files("rag.language").joinpath("data", "paraphrases.txt").read_text(encoding="utf-8")
GROUPS = [line.split(" | ") for line in TEXT.splitlines() if not line.startswith("#")]
NEGATIONS = frozenset("لا لم لن ما ليس ليست بلا غير".split())


def stems(expression: str) -> tuple[str, ...]:
    return tuple(stem(word.folded) for word in words(expression) if word.folded not in STOPWORDS)


def ways(word: str) -> dict[tuple[str, ...], float]:
    return dict(paraphrases(stem(fold(word))))


def say_one_another(word: str, sentence: str) -> bool:
    """Whether a sentence holds a way of saying a word that it does not hold itself."""
    present = {term.text for term in analyze(sentence)}
    return stem(fold(word)) not in present and any(present.issuperset(way) for way in ways(word))


# What ships


def test_there_are_many_groups_and_each_has_several_expressions() -> None:
    assert len(GROUPS) >= 450
    assert [group for group in GROUPS if len({stems(expression) for expression in group}) < 2] == []


def test_an_expression_has_up_to_three_content_words() -> None:
    expressions = [expression for group in GROUPS for expression in group]
    assert [expression for expression in expressions if not 1 <= len(stems(expression)) <= 3] == []


def test_no_expression_is_there_twice_in_a_group() -> None:
    assert [group for group in GROUPS if len({stems(expression) for expression in group}) < len(group)] == []


def test_no_group_is_there_twice() -> None:
    found = sorted(sorted(map(stems, group)) for group in GROUPS)
    assert [one for one, other in pairwise(found) if one == other] == []


def test_no_expression_is_negated_since_stems_would_not_tell() -> None:
    said = [expression for group in GROUPS for expression in group if not NEGATIONS.isdisjoint(expression.split())]
    assert [one for one in said if one.split()[0] != "ما"] == []  # ما يقارب: as much as nearly


def test_every_group_has_something_to_be_looked_for() -> None:
    assert [group for group in GROUPS if all(expression.endswith("?") for expression in group)] == []


# The lookup


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("مات", "لقي سبعة عمال مصرعهم في انهيار المنجم"),
        ("ماتوا", "أودت موجة الحر بحياة عشرين مسنا"),
        ("القبض", "أوقفت الشرطة ثلاثة أشخاص ثم اقتيدوا إلى النيابة"),
        ("استقال", "أعلن المحافظ أنه ترك منصبه"),
        ("أقال", "أصدر الملك أمرا أعفى بموجبه الوزير من منصبه: إعفاء الوزير من منصبه"),
        ("أرجأت", "تأجيل المؤتمر إلى الخريف"),
        ("اندلع", "اشتعلت النيران في مخزن للأخشاب"),
        ("أخمد", "تمت السيطرة على الحريق بعد ساعات"),
        ("يبعد", "تقع القرية على مسافة عشرين كيلومترا من الميناء"),
        ("راتب", "يتقاضى المدرب مليون يورو سنويا"),
        ("كلفة", "جسر جديد بقيمة ستين مليون دولار"),
        ("يملك", "الشركة التي تعود ملكيتها إلى صندوق سيادي"),
        ("تتويج", "أحرز الفريق اللقب للمرة الثالثة"),
        ("خسر", "مني المنتخب بهزيمة ثقيلة"),
        ("تبنى", "أعلنت الجماعة مسؤوليتها عن التفجير"),
        ("سجن", "قضت المحكمة بحبسه خمس سنوات"),
        ("الهدنة", "دخل وقف إطلاق النار يومه الثاني"),
        ("هدنة", "اتفق الطرفان على وقف الأعمال القتالية"),
    ],
)
def test_a_sentence_may_say_what_a_question_says_otherwise(word: str, sentence: str) -> None:
    assert say_one_another(word, sentence)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("قتلى", "أصيب اثنا عشر راكبا بجروح"),
        ("أصيب", "لقي اثنا عشر راكبا مصرعهم"),
        ("أدين", "وجهت النيابة إليه تهمة الرشوة"),
        ("وزير", "استقبل رئيس الجمهورية الوفد"),
        ("ارتفع", "تراجع سعر الذهب"),
        ("فاز", "خسر الفريق المباراة"),
        ("بدأ", "اختتم المهرجان"),
        ("أفرج", "أودع المتهم السجن"),
    ],
)
def test_what_is_only_of_the_same_subject_says_something_else(word: str, sentence: str) -> None:
    assert not say_one_another(word, sentence)


def test_one_word_weighs_more_than_several() -> None:
    assert ways("استقال")[("تنح",)] == 0.6
    assert ways("استقال")[("غادر", "منصب")] == 0.5


def test_a_word_of_several_groups_weighs_less() -> None:
    groups = [group for group in GROUPS if ("مصرع",) in map(stems, group)]
    assert len(groups) == 2
    assert ways("مصرع")[("مات",)] == pytest.approx(0.6 / 2**0.5)


def test_the_heaviest_come_first() -> None:
    weights = [weight for _, weight in paraphrases("مات")]
    assert weights == sorted(weights, reverse=True)


def test_a_word_of_several_senses_is_understood_but_not_looked_for() -> None:
    assert ("ارجا",) in ways("أُجّل")
    assert ("اجل",) not in ways("أرجأ")


def test_a_way_that_holds_the_word_itself_is_left_out() -> None:
    singles = {stems(expression) for group in GROUPS for expression in group if len(stems(expression)) == 1}
    assert [own for (own,) in singles if any(own in way for way, _ in paraphrases(own))] == []


def test_words_that_are_looked_for_say_one_another() -> None:
    written = {(one.endswith("?"), stems(one)[0]) for group in GROUPS for one in group if len(stems(one)) == 1}
    sought = {own for only_asked, own in written if not only_asked and (True, own) not in written}
    said = {one: {way[0] for way, _ in paraphrases(one) if len(way) == 1} for one in sought}
    assert [(one, other) for one in sought for other in said[one] & sought if one not in said[other]] == []
    assert sum(map(len, said.values())) > 1_000


def test_an_expression_is_known_by_its_stems() -> None:
    assert ("هدن",) in dict(paraphrases(" ".join(stems("وقف إطلاق النار"))))


def test_what_is_in_no_group_has_no_other_ways() -> None:
    assert paraphrases("ضفدع") == ()
    assert paraphrases("") == ()


def test_opening_and_looking_up_are_quick() -> None:
    paraphrases("مات")
    seconds = []
    for _ in range(5):
        started = time.process_time()
        module._groups.__wrapped__()
        module._places.__wrapped__()
        seconds.append(time.process_time() - started)
    assert min(seconds) < 0.03
    started = time.process_time()
    for _ in range(1_000):
        paraphrases("مات")
    assert time.process_time() - started < 0.2
