"""False premises told from true ones, over made articles of other topics than the samples."""

import pytest

from rag.articles.layout import read_layout
from rag.evidence import Evidence, Material, gather
from rag.language.denials import denials
from rag.model import Article, Passage
from rag.premise import Contradiction, ContradictionKind, contradiction
from rag.premise.presupposition import presupposition
from rag.question import Question, understand
from rag.reading import load_weights, rank

_FACTORY = Article(
    "factory",
    "أعلنت شركة الألبان التونسية أن حريقا اندلع في مصنعها في صفاقس فجر الثلاثاء 4 أبريل 2023. وقال المدير العام للشركة كريم بوعزيز إن الحريق "
    "لم يسفر عن أي إصابات بين العمال، وإن الإنتاج توقف ثلاثة أيام. ونفى المدير صحة أنباء عن تسريح عمال المصنع. ولم تتضرر مخازن الحليب المجاورة. "
    "وأضاف أن الشركة رفعت أسعار الزبدة بعد الحريق بنسبة عشرة بالمئة.",
    "factory.txt",
    title="حريق في مصنع الألبان بصفاقس",
    published="2023-04-05",
    basis="stated",
)
_COURT = Article(
    "court",
    "برأت محكمة الاستئناف في الدار البيضاء رجل الأعمال سعيد المنصوري من تهمة التهرب الضريبي. وكانت المحكمة الابتدائية قد أدانت محاسبه عمر الشاوي "
    "وحكمت عليه بالسجن سنتين. ورفض القاضي طلب النيابة حجز أموال المنصوري. وقالت محاميته ليلى بناني إنها ترحب بالحكم.",
    "court.txt",
    title="محكمة الدار البيضاء تبرئ سعيد المنصوري",
    published="2022-06-11",
    basis="stated",
)
_CUP = Article(
    "cup",
    "توج نادي الأهلي الليبي بكأس السوبر بعد فوزه على نادي الاتحاد بهدفين مقابل هدف في ملعب بنينا. وسجل هدف الفوز المهاجم وليد الصغير. "
    "وجرت المباراة قبل انطلاق الدوري بأسبوع.",
    "cup.txt",
    title="الأهلي الليبي بطلا لكأس السوبر",
    published="2021-09-02",
    basis="stated",
)
_DAM = Article(
    "dam",
    "ودان الاتحاد الأفريقي الهجوم على سد كاريبا في زامبيا. وقالت وزيرة الطاقة الزامبية ماري بواليا إن مجهولين أطلقوا النار على السد من زورق في "
    "بحيرة كاريبا، ولم تتبن أي جهة الهجوم. وانتقلت الوزيرة من لوساكا إلى ليفينغستون لمعاينة السد. ووقع المهندس بيتر زولو عقد الصيانة في لوساكا.",
    "dam.txt",
    title="هجوم على سد كاريبا في زامبيا",
    published="2020-03-15",
    basis="stated",
)
_BANK = Article(
    "bank",
    "سرق أربعة ملثمين ستة كيلوغرامات من الذهب من مصرف الساحل في اللاذقية يوم 3 مايو 2022. وقال مدير المصرف فادي حمود إن اللصوص دخلوا من السقف بدلا "
    "من الباب الرئيسي. وأكد حمود أنه لم يعد هناك مبرر لإغلاق المصرف. وأضاف الخبير سامر ديب، وهو أستاذ في جامعة دمشق، الذي لم يعاين المصرف، أن الخزنة "
    "أصغر من خزنة مصرف حلب. ولولا تدخل الحارس لسرق الملثمون الصناديق كلها.",
    "bank.txt",
    title="سرقة مصرف الساحل في اللاذقية",
    published="2022-05-04",
    basis="stated",
)
_ALL = (_FACTORY, _COURT, _CUP, _DAM, _BANK)


def _material() -> Material:
    passages = [(Passage(f"{a.id}:0", a.id, 0, len(a.text), a.text), 1.0) for a in _ALL]
    sentences = {a.id: read_layout(a.text).sentences for a in _ALL}
    return Material(passages, {a.id: a for a in _ALL}, sentences)


def _sounding_like(_: str) -> list[str]:
    return []


def _asked(text: str) -> tuple[Question, list[float]]:
    question = understand(text, _sounding_like)
    return question, [concept.telling for concept in question.concepts]


def _ranked(question: Question, rarities: list[float], material: Material) -> list[Evidence]:
    return [one.evidence for one in rank(question, gather(question, rarities, material), load_weights())]


def _contradiction(text: str) -> tuple[Contradiction | None, str]:
    question, rarities = _asked(text)
    material = _material()
    found = contradiction(question, _ranked(question, rarities, material), rarities, material)
    if found is None:
        return None, ""
    article = material.articles[found.evidence.passage.article_id]
    return found, article.text[found.evidence.sentence.start : found.evidence.sentence.end]


@pytest.mark.parametrize(
    ("question", "kind", "quote"),
    [
        ("كم عاملا أصيب في حريق مصنع الألبان بصفاقس؟", "denied", "لم يسفر عن أي إصابات"),
        ("How many workers were injured in the fire at the dairy factory in Sfax?", "denied", "لم يسفر عن أي إصابات"),
        ("لماذا سرحت شركة الألبان عمال مصنع صفاقس؟", "denied", "نفى المدير صحة أنباء"),
        ("كيف تضررت مخازن الحليب في حريق صفاقس؟", "denied", "ولم تتضرر مخازن الحليب"),
        ("لماذا خفضت شركة الألبان أسعار الزبدة بعد الحريق؟", "opposite", "رفعت أسعار الزبدة"),
        ("Why did the dairy company cut butter prices after the fire?", "opposite", "رفعت أسعار الزبدة"),
        ("لماذا أدانت محكمة الاستئناف رجل الأعمال سعيد المنصوري؟", "opposite", "برأت محكمة الاستئناف"),
        ("لماذا حجز القاضي أموال المنصوري؟", "denied", "ورفض القاضي طلب النيابة"),
        ("كيف أحرز نادي الاتحاد كأس السوبر؟", "opposite", "بعد فوزه على نادي الاتحاد"),
        ("لماذا رفض الاتحاد الأفريقي إدانة الهجوم على سد كاريبا؟", "opposite", "ودان الاتحاد الأفريقي"),
        ("لماذا انتقلت الوزيرة من ليفينغستون إلى لوساكا؟", "opposite", "من لوساكا إلى ليفينغستون"),
        ("كيف عرفت الجهة التي تبنت الهجوم على سد كاريبا؟", "denied", "ولم تتبن أي جهة"),
        ("كيف سرق أربعة ملثمين تسعة كيلوغرامات من الذهب من مصرف الساحل؟", "other_value", "ستة كيلوغرامات"),
        ("لماذا سرق ملثمون الذهب من مصرف الساحل في اللاذقية عام 2019؟", "other_value", "3 مايو 2022"),
        ("لماذا دخل اللصوص مصرف الساحل من الباب الرئيسي؟", "opposite", "بدلا من الباب الرئيسي"),
        ("لماذا طالب فادي حمود بإغلاق المصرف؟", "opposite", "مبرر لإغلاق المصرف"),
        ("لماذا عاين سامر ديب مصرف الساحل؟", "denied", "لم يعاين المصرف"),
        ("Why is the vault of the Sahel bank bigger than the vault of the Aleppo bank?", "opposite", "أصغر من خزنة"),
    ],
)
def test_a_false_premise_is_contradicted_by_the_sentence_that_says_so(
    question: str, kind: ContradictionKind, quote: str
) -> None:
    found, sentence = _contradiction(question)
    assert found is not None
    assert (found.kind, quote in sentence) == (kind, True)


@pytest.mark.parametrize(
    "question",
    [
        "متى اندلع الحريق في مصنع الألبان بصفاقس؟",
        "When did the fire break out at the dairy factory in Sfax?",
        "كم يوما توقف الإنتاج في مصنع الألبان؟",
        "لماذا رفعت شركة الألبان أسعار الزبدة؟",
        "Why did the dairy company raise butter prices?",
        "من نفى تسريح عمال مصنع صفاقس؟",
        "لماذا برأت محكمة الاستئناف سعيد المنصوري؟",
        "من أدانت المحكمة الابتدائية في الدار البيضاء؟",
        "لماذا رفض القاضي طلب النيابة حجز أموال المنصوري؟",
        "Why did the judge refuse to seize the money of Mansouri?",
        "كيف فاز نادي الأهلي الليبي بكأس السوبر؟",
        "من سجل هدف الفوز في كأس السوبر؟",
        "لماذا دان الاتحاد الأفريقي الهجوم على سد كاريبا؟",
        "لماذا انتقلت الوزيرة من لوساكا إلى ليفينغستون؟",
        "من تبنى الهجوم على سد كاريبا؟",
        "لماذا ارتفعت أسعار القهوة في البرازيل؟",
        "كيف سرق أربعة ملثمين ستة كيلوغرامات من الذهب من مصرف الساحل؟",
        "لماذا سرق ملثمون الذهب من مصرف الساحل في مايو 2022؟",
        "كيف دخل اللصوص مصرف الساحل من السقف؟",
        "لماذا تدخل الحارس في مصرف الساحل؟",
        "من المدان الذي حكمت عليه المحكمة الابتدائية في الدار البيضاء؟",
    ],
)
def test_a_true_premise_is_not(question: str) -> None:
    assert _contradiction(question)[0] is None


@pytest.mark.parametrize(
    "question",
    [
        "هل أصيب عمال في حريق مصنع الألبان بصفاقس؟",
        "Did the dairy company cut butter prices after the fire?",
        "من هو سعيد المنصوري؟",
        "لماذا يجب أن تخفض شركة الألبان أسعار الزبدة؟",
        "أخفضت شركة الألبان أسعار الزبدة بعد الحريق؟",
    ],
)
def test_a_question_that_takes_nothing_for_granted_has_no_premise(question: str) -> None:
    assert presupposition(_asked(question)[0]) is None


def test_what_one_article_denies_and_another_affirms_is_no_contradiction() -> None:
    text = "قال رئيس نقابة عمال الألبان في صفاقس منير الحاج إن حريق مصنع الألبان أسفر عن إصابة سبعة عمال."
    union = Article("union", text, "union.txt", title="النقابة: إصابات في حريق صفاقس", published="2023-04-06")
    material = _material()
    passages = [*material.passages, (Passage("union:0", "union", 0, len(text), text), 1.0)]
    both = Material(
        passages, {**material.articles, "union": union}, {**material.sentences, "union": read_layout(text).sentences}
    )
    question, rarities = _asked("كم عاملا أصيب في حريق مصنع الألبان بصفاقس؟")
    assert contradiction(question, _ranked(question, rarities, material), rarities, material) is not None
    assert contradiction(question, _ranked(question, rarities, both), rarities, both) is None


def test_what_is_contradicted_is_told_in_the_words_of_the_question() -> None:
    found, _ = _contradiction("لماذا خفضت شركة الألبان أسعار الزبدة بعد الحريق؟")
    assert found is not None
    assert found.about == ("خفضت",)


def test_no_sentences_contradict_nothing() -> None:
    question, rarities = _asked("لماذا خفضت شركة الألبان أسعار الزبدة بعد الحريق؟")
    assert contradiction(question, [], rarities, Material([], {}, {})) is None


def test_a_question_that_denies_something_tells_what() -> None:
    question, _ = _asked("Why did the union refuse to sign the agreement?")
    taken = presupposition(question)
    assert taken is not None
    assert taken.denial == denials(question.text)[0]
    denied = [one.text for one, inside in zip(question.concepts, taken.denied, strict=True) if inside]
    assert denied == ["sign", "agreement"]
