"""Which quotes an answer is made of: one claim for what several articles tell alike, events in order, dates with how they are known."""

from dataclasses import replace

import pytest

from rag.composing import compose, contradicting
from rag.grounding import Check
from rag.model import Answer, Article
from tests import newsroom
from tests.contract import assert_contract
from tests.newsroom import article

_LAW = "أقر البرلمان الأردني قانون السير الجديد في 6 سبتمبر/أيلول 2023 بأغلبية 80 صوتا مقابل 30 صوتا."
ASSEMBLY = article(
    "assembly",
    f"{_LAW} وقال رئيس اللجنة القانونية إن القانون يشدد الغرامات على السرعة. ويبدأ العمل به مطلع العام المقبل في جميع المحافظات.",
    published="2023-09-06",
)
PAPER = article(
    "paper",
    f"{_LAW} واعترض نواب المعارضة على نسبة الغرامات وطالبوا بتأجيل التصويت إلى الدورة المقبلة. وكانت الحكومة أرسلت المشروع في تموز.",
    published="2023-09-07",
)
COPY = article("copy", f"{ASSEMBLY.text} انتهى الخبر.", published="2023-09-06")
_FIRE = "اندلع حريق في سوق مدينة إب اليمنية في {0}. وأسفر حريق السوق عن إصابة {1} شخصا."
BEFORE = article("before", _FIRE.format("3 مارس/آذار 2021", 12), published="2021-03-03")
AFTER = article("after", _FIRE.format("9 يوليو/تموز 2023", 30), published="2023-07-09")
GRANARY = article(
    "granary", "شب حريق في مخزن الحبوب بميناء صفاقس الاثنين. وأصيب سبعة عمال في حريق المخزن.", published="2023-05-09"
)


def sources(question: str, *articles: Article) -> list[set[str]]:
    """The articles that each claim rests on."""
    return [{quote.article_id for quote in one.quotes} for one in newsroom.draft(question, *articles).sentences]


def checked(question: str, *articles: Article) -> Answer:
    """The reply, which keeps the contract."""
    replied = newsroom.reply(question, *articles)
    assert isinstance(replied, Answer)
    assert_contract(replied, {one.id: one for one in articles}.get)
    return replied


def test_nothing_is_composed_of_what_does_not_answer() -> None:
    question = newsroom.understood("What is the capital of Mongolia?", GRANARY)
    read = newsroom.reading("What is the capital of Mongolia?", GRANARY)
    assert compose(question, "en", read, [1.0] * len(question.concepts), newsroom.material(GRANARY)) is None


def test_each_claim_is_its_first_quote() -> None:
    for question in ("كم عاملا أصيب في حريق مخزن الحبوب؟", "How many workers were injured in the grain store fire?"):
        for one in newsroom.draft(question, GRANARY).sentences:
            assert one.text == f"«{one.quotes[0].text}»"


@pytest.mark.parametrize(
    "question",
    ["ماذا أقر البرلمان الأردني؟", "What did the Jordanian parliament pass?", "متى أقر البرلمان الأردني قانون السير؟"],
)
def test_what_two_articles_tell_alike_is_one_claim_of_both(question: str) -> None:
    assert sources(question, ASSEMBLY, PAPER)[0] == {"assembly", "paper"}
    replied = checked(question, ASSEMBLY, PAPER)
    assert replied.claims[0].citations == (1, 2)
    assert replied.text.split("\n")[-1].endswith("[1][2]")


@pytest.mark.parametrize("question", ["ماذا أقر البرلمان الأردني؟", "What did the Jordanian parliament pass?"])
def test_a_copy_of_an_article_is_no_second_witness(question: str) -> None:
    (first, *_) = sources(question, ASSEMBLY, COPY)
    assert len(first) == 1
    (first, *_) = sources(question, ASSEMBLY, COPY, PAPER)
    assert len(first) == 2
    assert "paper" in first


def test_articles_that_tell_alike_of_different_numbers_are_no_witnesses_of_each_other() -> None:
    changed = replace(PAPER, id="changed", text=PAPER.text.replace("80 صوتا", "74 صوتا"))
    claims = sources("بأي أغلبية أقر البرلمان الأردني قانون السير؟", ASSEMBLY, changed)
    assert {"assembly"} in claims
    assert {"changed"} in claims
    assert {"assembly", "changed"} not in claims


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("كم شخصا أصيب في حريق سوق إب؟", ["9 يوليو/تموز 2023", "3 مارس/آذار 2021"]),
        ("How many people were injured in the Ibb market fire?", ["9 July 2023", "3 March 2021"]),
    ],
)
def test_where_several_events_fit_each_is_told_under_its_date_the_newest_first(question: str, dates: list[str]) -> None:
    replied = checked(question, BEFORE, AFTER)
    assert [claim.event for claim in replied.claims] == dates
    assert [citation.article_id for citation in replied.citations] == ["after", "before"]
    headings = [line for line in replied.text.split("\n") if line.endswith(":")]
    assert headings[1:] == [f"{date}:" for date in dates]


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("كم شخصا أصيب في حريق سوق إب في مارس 2021؟", "before"),
        ("How many people were injured in the Ibb market fire of July 2023?", "after"),
        ("كم شخصا أصيب في آخر حريق في سوق إب؟", "after"),
        ("How many people were injured in the first Ibb market fire?", "before"),
    ],
)
def test_only_the_event_that_is_asked_for_is_told(question: str, kept: str) -> None:
    replied = checked(question, BEFORE, AFTER)
    assert {citation.article_id for citation in replied.citations} == {kept}
    assert len([line for line in replied.text.split("\n") if line.endswith(":")]) == 1


@pytest.mark.parametrize(
    ("known", "arabic", "english"),
    [
        ({}, "8 مايو/أيار 2023 (محسوب من تاريخ المقال)", "8 May 2023 (reckoned from the article's date)"),
        ({"basis": "inferred from the text"}, "8 مايو/أيار 2023 (تاريخ مستنتج)", "8 May 2023 (inferred)"),
        ({"basis": "inferred from elsewhere"}, "8 مايو/أيار 2023 (تاريخ مستنتج)", "8 May 2023 (inferred)"),
        ({"published": "", "basis": ""}, None, None),
    ],
)
def test_a_date_says_how_it_is_known(known: dict[str, str], arabic: str | None, english: str | None) -> None:
    told = replace(GRANARY, **known)
    asked = {
        "كم عاملا أصيب في حريق مخزن الحبوب؟": arabic,
        "How many workers were hurt in the grain store fire?": english,
    }
    for question, date in asked.items():
        assert newsroom.draft(question, told).sentences[0].event == date


def test_a_date_that_only_the_article_has_says_so() -> None:
    undated = replace(GRANARY, text="وأصيب سبعة عمال في حريق مخزن الحبوب بميناء صفاقس.")
    question = "كم عاملا أصيب في حريق مخزن الحبوب؟"
    assert newsroom.draft(question, undated).sentences[0].event == "9 مايو/أيار 2023 (تاريخ المقال)"


def test_the_date_of_a_claim_is_that_of_its_own_quote() -> None:
    guard = article(
        "guard",
        "غرقت العبارة «النورس» قبالة ميناء عدن في 3 أغسطس/آب 2023، وفق خفر السواحل. ونجا معظم الركاب.",
        "2023-08-05",
    )
    owner = article(
        "owner",
        "غرقت العبارة «النورس» قبالة ميناء عدن في 4 أغسطس/آب 2023، وفق شركة الملاحة. وفتح تحقيق في الحادث.",
        "2023-08-06",
    )
    dates = {"guard": "3 أغسطس/آب 2023", "owner": "4 أغسطس/آب 2023"}
    for one in newsroom.draft("متى غرقت العبارة النورس؟", guard, owner).sentences:
        assert one.event in {None, dates[one.quotes[0].article_id]}


def test_a_claim_says_whose_words_it_is() -> None:
    quarry = article("quarry", "قالت مهندسة المقلع دلال الحاج إن انفجار الغاز أغلق سبعة أنفاق وعطل المضخات طوال الليل.")
    (claim,) = newsroom.draft("كم نفقا أغلق انفجار الغاز؟", quarry).sentences
    assert claim.speaker == "مهندسة المقلع دلال الحاج"


def test_a_contradicted_premise_is_answered_with_the_quote_that_says_so() -> None:
    spill = article(
        "spill", "أكدت هيئة الموانئ أن تسرب الزيت لم يصل إلى شاطئ السلاحف. وانتهت أعمال التنظيف.", "2022-01-02"
    )
    found, material = newsroom.reading("لماذا وصل تسرب الزيت إلى شاطئ السلاحف؟", spill), newsroom.material(spill)
    best = found.close[0]
    for language, lead in (("ar", "المقالات تفيد بعكس ذلك:"), ("en", "The articles report the opposite:")):
        draft = contradicting(best.evidence, material)
        check = Check("؟", "ar" if language == "ar" else "en", draft.writer, material)
        assert [check.take(sentence) for sentence in draft.sentences] != [None]
        replied = check.reply(draft=draft)
        assert_contract(replied, {"spill": spill}.get)
        assert (replied.premise, replied.short) == ("contradicted", None)
        assert replied.text.split("\n")[0] == lead
