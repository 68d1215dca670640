"""Events, their dates, and which of them a question asks for."""

from dataclasses import replace

import pytest

from rag.event import Event, dated, events, label
from rag.model import Article, Language
from rag.question import Question, understand

STATION = Article(
    "station",
    "اندلع حريق في محطة القطارات بمدينة سوسة مساء الأحد.\n"
    "وقال المتحدث باسم الحماية المدنية، منذر الغربي، إن الحريق أسفر عن إصابة أربعة عمال.\n"
    "تقع المحطة وسط مدينة سوسة وتربطها بالعاصمة ثلاثة خطوط.\n"
    "وكانت المحطة قد شهدت حريقا آخر في فبراير 2019 أتى على قاعة الانتظار.\n"
    "وكان العمال قد طالبوا بصيانة الأجهزة.\n",
    "station.txt",
    title="حريق في محطة القطارات بسوسة",
    published="2023-05-08",
    basis="stated",
)
NEXT_DAY = Article(
    "next-day",
    "ارتفع عدد المصابين في حريق محطة القطارات بمدينة سوسة التونسية إلى ستة، بحسب مستشفى فرحات حشاد.\n"
    "وأعلنت الشركة، الاثنين، أن الحريق توقف بعد ساعتين.\n",
    "next-day.txt",
    title="ارتفاع عدد مصابي حريق محطة سوسة",
    published="2023-05-08",
    basis="inferred from the text",
)
MARKET = Article(
    "market",
    "شب حريق في السوق القديم بمدينة نزوى، وأصيب تاجران.\n",
    "market.txt",
    title="حريق يلتهم السوق القديم في نزوى",
    published="2024-01",
    event_date="2024-01-11",
    basis="inferred from elsewhere",
)
FIRES = [
    (STATION, "وقال المتحدث باسم الحماية المدنية، منذر الغربي، إن الحريق أسفر عن إصابة أربعة عمال."),
    (STATION, "اندلع حريق في محطة القطارات بمدينة سوسة مساء الأحد."),
    (NEXT_DAY, "ارتفع عدد المصابين في حريق محطة القطارات بمدينة سوسة التونسية إلى ستة، بحسب مستشفى فرحات حشاد."),
    (MARKET, "شب حريق في السوق القديم بمدينة نزوى، وأصيب تاجران."),
    (STATION, "وكانت المحطة قد شهدت حريقا آخر في فبراير 2019 أتى على قاعة الانتظار."),
    (STATION, "تقع المحطة وسط مدينة سوسة وتربطها بالعاصمة ثلاثة خطوط."),
]


def asked(text: str) -> Question:
    return understand(text, lambda skeleton: [])


def found(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [_told(event) for event in events(FIRES, asked(text)).asked]


def _told(event: Event) -> tuple[str, tuple[int, ...]]:
    return event.date.iso, event.members


@pytest.mark.parametrize(
    ("iso", "language", "written"),
    [
        ("2021-07-05", "en", "5 July 2021"),
        ("2021-07-05", "ar", "5 يوليو/تموز 2021"),
        ("2023-10-31", "ar", "31 أكتوبر/تشرين الأول 2023"),
        ("2024-07", "en", "July 2024"),
        ("2024-12", "ar", "ديسمبر/كانون الأول 2024"),
        ("2024", "ar", "2024"),
        ("", "en", ""),
    ],
)
def test_a_date_is_written_as_people_do(iso: str, language: Language, written: str) -> None:
    assert label(iso, language) == written


def test_a_date_that_the_sentence_states_is_its_own() -> None:
    sentence = "وانهار الجسر فجر الجمعة 3 مارس/آذار 2017 بسبب السيول."
    date = dated(STATION, sentence)
    assert date is not None
    assert (date.iso, date.basis, date.inferred, date.text) == ("2017-03-03", "stated", "", "3 مارس/آذار 2017")
    assert sentence[date.start : date.end] == date.text


def test_a_relative_date_is_resolved_against_the_article_and_says_so() -> None:
    sentence = "وأعلنت الشركة، الاثنين، أن الحريق توقف بعد ساعتين."
    date = dated(NEXT_DAY, sentence)
    assert date is not None
    assert (date.iso, date.basis, date.inferred) == ("2023-05-08", "relative", "inferred from the text")
    assert sentence[date.start : date.end] == date.text == "الاثنين"


def test_a_sentence_without_a_date_has_that_of_its_articles_event_and_how_it_is_known() -> None:
    date = dated(MARKET, "شب حريق في السوق القديم بمدينة نزوى، وأصيب تاجران.")
    assert date is not None
    assert (date.iso, date.basis, date.inferred, date.text) == ("2024-01-11", "article", "inferred from elsewhere", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "تقع المحطة وسط مدينة سوسة وتربطها بالعاصمة ثلاثة خطوط.",
        "وكان العمال قد طالبوا بصيانة الأجهزة.",
        "ويذكر أن الشركة باعت ثلاث محطات.",
        "وتراجع عدد المسافرين منذ افتتاح الطريق السريع.",
        "The station has three lines.",
    ],
)
def test_standing_facts_and_what_happened_earlier_have_no_date(sentence: str) -> None:
    assert dated(STATION, sentence) is None


def test_an_article_of_unknown_date_gives_none() -> None:
    undated = replace(STATION, published="", basis="")
    assert dated(undated, FIRES[1][1]) is None


def test_what_happened_after_something_dated_does_not_have_its_date() -> None:
    date = dated(STATION, "واستقال المدير بعد احتجاجات العمال في فبراير 2019.")
    assert date is not None
    assert (date.iso, date.basis) == ("2023-05-08", "article")


def test_of_several_dates_that_of_what_is_asked_about_counts() -> None:
    sentence = "واستقال المدير الأحد بعد احتجاجات العمال في فبراير 2019."
    main, about = dated(STATION, sentence), dated(STATION, sentence, about={"احتجاج"})
    assert main is not None
    assert about is not None
    assert (main.iso, about.iso) == ("2023-05-07", "2019-02")


def test_what_is_said_to_have_happened_counts_before_when_it_was_said() -> None:
    date = dated(STATION, "أعلنت الحماية المدنية الاثنين أن حريقا اندلع في المحطة مساء الأحد.")
    assert date is not None
    assert date.iso == "2023-05-07"


def test_back_then_is_when_the_sentence_before_says() -> None:
    date = dated(STATION, "وأصيب آنذاك عشرة عمال.", ["وشهدت المحطة حريقا في فبراير 2019.", "وأعيد بناؤها."])
    assert date is not None
    assert date.iso == "2019-02"


def test_a_question_that_fits_several_events_has_each_newest_first() -> None:
    assert found("كم شخصا أصيب في الحريق؟") == [("2024-01-11", (3,)), ("2023-05-07", (0, 1, 2)), ("2019-02", (4,))]
    assert found("How many people were hurt in the fire?") == found("كم شخصا أصيب في الحريق؟")


def test_one_event_told_by_two_articles_is_one() -> None:
    told = events(FIRES[:3], asked("كم شخصا أصيب في الحريق؟"))
    assert [_told(event) for event in told.asked] == [("2023-05-07", (0, 1, 2))]
    assert told.asked[0].date.basis == "relative"
    assert told.asked[0].date.inferred == ""


@pytest.mark.parametrize(
    "question", ["كم شخصا أصيب في حريق أيار 2023؟", "Who was hurt in the May 2023 fire?", "من أصيب في حريق 7 مايو؟"]
)
def test_a_question_that_names_a_date_asks_for_the_event_of_that_date(question: str) -> None:
    assert found(question) == [("2023-05-07", (0, 1, 2))]


@pytest.mark.parametrize(
    "question", ["كم شخصا أصيب في آخر حريق؟", "كم عدد مصابي الحريق الأخير؟", "Who was hurt in the latest fire?"]
)
def test_the_last_event_is_the_newest(question: str) -> None:
    assert found(question) == [("2024-01-11", (3,))]


@pytest.mark.parametrize("question", ["متى وقع أول حريق؟", "What burned in the first fire?"])
def test_the_first_event_is_the_oldest(question: str) -> None:
    assert found(question) == [("2019-02", (4,))]


def test_what_an_event_is_joined_with_tells_it_from_others() -> None:
    assert found("كم شخصا أصيب في حريق السوق؟") == [("2024-01-11", (3,))]
    assert found("Who was hurt in the fire at the market?") == [("2024-01-11", (3,))]


def test_a_date_that_no_event_has_fits_none() -> None:
    told = events(FIRES, asked("كم شخصا أصيب في حريق 2015؟"))
    assert (told.asked, told.choice) == ((), "named")
    assert len(told.other) == 3


def test_what_was_to_come_is_not_the_last_that_happened() -> None:
    ahead = replace(MARKET, id="ahead", text="سيقام مهرجان ضد الحريق الاثنين.\n", published="2024-02-01", event_date="")
    told = events([*FIRES, (ahead, "سيقام مهرجان ضد الحريق الاثنين.")], asked("متى وقع آخر حريق؟"))
    assert [event.date.iso for event in told.asked] == ["2024-01-11"]


@pytest.mark.parametrize(
    "question",
    [
        "أين تقع المحطة؟",
        "كم خطا يربط المحطة بالعاصمة؟",
        "من هو منذر الغربي؟",
        "كم بلغ السعر؟",
        "Where is the station?",
        "How many lines does the station have?",
        "What was the price?",
    ],
)
def test_a_question_about_standing_facts_has_no_events(question: str) -> None:
    told = events(FIRES, asked(question))
    assert (told.asked, told.other, told.undated) == ((), (), tuple(range(len(FIRES))))


def test_a_date_of_another_event_does_not_choose() -> None:
    assert found("متى وقع الحريق الذي سبق احتجاجات مايو 2023؟") == []


def test_no_candidates_tell_of_nothing() -> None:
    told = events([], asked("متى وقع الحريق؟"))
    assert (told.asked, told.other, told.undated) == ((), (), ())
