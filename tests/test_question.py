"""Questions understood: type, language, concepts, and what they focus on."""

import pytest

from rag.question import Concept, Question, question_type, understand


def _nothing(_: str) -> list[str]:
    return []


def _read(text: str, vocabulary: dict[str, list[str]] | None = None) -> Question:
    return understand(text, lambda skeleton: (vocabulary or {}).get(skeleton, []))


def _english_too(text: str) -> Question:
    return understand(text, _nothing, to_english=True)


def _concept(question: Question, text: str) -> Concept:
    return next(concept for concept in question.concepts if concept.text == text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("كم صاروخا أطلق على القاعدة؟", "how_many"),
        ("وكم عدد القتلى؟", "how_many"),
        ("ما عدد الجنود؟", "how_many"),
        ("How many rockets were fired?", "how_many"),
        ("How far is it from the capital?", "how_many"),
        ("متى وقع الهجوم؟", "when"),
        ("في أي يوم بدأت المحادثات؟", "when"),
        ("When did the talks begin?", "when"),
        ("On what date was it signed?", "when"),
        ("في أي ساعة وقع الزلزال؟", "what_time"),
        ("At what time did it happen?", "what_time"),
        ("أين تقع المدينة؟", "where"),
        ("في أي مدينة ولد؟", "where"),
        ("Where was he born?", "where"),
        ("من هو رئيس الوزراء؟", "who"),
        ("Who is the minister?", "who"),
        ("لماذا استقال الوزير؟", "why"),
        ("ليش استقال؟", "why"),
        ("Why did he resign?", "why"),
        ("هل أصيب أحد؟", "yes_no"),
        ("Did anyone resign?", "yes_no"),
        ("ماذا قال الوزير؟", "what"),
        ("What did the minister say?", "what"),
        ("In the attack, how many people died?", "how_many"),
    ],
)
def test_the_type_is_told_by_the_question_words(text: str, kind: str) -> None:
    assert question_type(text) == kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ماذا حدث؟", "ar"),
        ("What happened?", "en"),
        ("ماذا قالت CNN عن الهجوم؟", "ar"),
        ("What did حماس say?", "en"),
        ("2021?", "ar"),
    ],
)
def test_the_language_is_that_of_most_letters(text: str, language: str) -> None:
    assert _read(text).language == language


def test_an_english_word_becomes_its_arabic_translations_and_itself() -> None:
    concept = _concept(_read("rocket damage"), "rocket")
    ways = {terms for terms, _ in concept.alternatives}
    assert {("صاروخ",), ("صواريخ",), ("rocket",)} <= ways


def test_a_term_of_several_words_is_one_concept() -> None:
    question = _read("Who visited the air base?")
    assert ("قاعد", "جو") in [terms for terms, _ in _concept(question, "air base").alternatives]


def test_an_arabic_plural_finds_its_singular() -> None:
    concept = _concept(_read("كم عدد الصواريخ؟"), "الصواريخ")
    assert (("صاروخ",), 0.85) in concept.alternatives


def test_an_unknown_name_takes_the_stems_that_sound_like_it() -> None:
    question = _read("Who is Vorotnikov?", {"fwrwtn": ["فوروتنيكوف", "فرتنكف"]})
    assert _concept(question, "Vorotnikov").kind == "name"
    assert ("فوروتنيكوف",) in [terms for terms, _ in _concept(question, "Vorotnikov").alternatives]


def test_a_part_of_a_name_that_sounds_like_nothing_is_left_to_the_other_part() -> None:
    question = _read("Who is Zzyzx Vorotnikov?", {"fwrwtn": ["فوروتنيكوف"]})
    assert [concept.text for concept in question.concepts] == ["Vorotnikov"]


def test_an_acronym_in_capitals_is_no_function_word() -> None:
    assert [c.text for c in _read("How many US soldiers?").concepts] == ["US", "soldiers"]
    assert [c.text for c in _read("Did he tell us?").concepts] == []


@pytest.mark.parametrize(
    ("text", "said", "ways"),
    [
        ("ماذا قالت سي إن إن عن الهجوم؟", "سي إن إن", [("cnn",)]),
        ("ماذا ذكرت بي بي سي؟", "بي بي سي", [("bbc",)]),
        ("من يرأس إف بي آي؟", "إف بي آي", [("fbi",)]),
    ],
)
def test_an_acronym_may_be_spelt_by_the_names_of_its_letters(text: str, said: str, ways: list[tuple[str, ...]]) -> None:
    question = _read(text)
    concept = _concept(question, said)
    assert concept.kind == "name"
    assert [other.text for other in question.concepts if other != concept and other.text in said] == []
    assert [way for way in ways if (way, 1.0) not in concept.alternatives] == []


@pytest.mark.parametrize(
    ("text", "texts"),
    [("في أي عام؟", []), ("في أي مدينة ولد؟", ["مدينة", "ولد"]), ("أو في أي دولة؟", ["دولة"])],
)
def test_function_words_alone_spell_no_acronym(text: str, texts: list[str]) -> None:
    assert [concept.text for concept in _read(text).concepts] == texts


@pytest.mark.parametrize(
    ("text", "exact", "coarser"),
    [
        ("What happened on 5 July 2021?", "@2021-07-05", {"@2021-07": 0.6, "@2021": 0.3}),
        ("ماذا حدث في تموز 2021؟", "@2021-07", {"@2021": 0.3}),
        ("What happened in 2021?", "@2021", {}),
        ("ماذا حدث في 5 يوليو؟", "@--07-05", {"@--07": 0.6}),
    ],
)
def test_a_date_is_met_by_coarser_forms_less_well_and_never_by_another_year(
    text: str, exact: str, coarser: dict[str, float]
) -> None:
    date = next(concept for concept in _read(text).concepts if concept.kind == "date")
    ways = {terms[0]: weight for terms, weight in date.alternatives}
    assert ways == {exact: 1.0} | coarser
    assert date.certain


def test_a_known_name_is_certain_and_known_by_its_other_names() -> None:
    (concept,) = _read("ماذا فعل تنظيم الدولة الإسلامية؟").concepts[-1:]
    assert (concept.kind, concept.certain) == ("name", True)
    assert ("داعش",) in [terms for terms, _ in concept.alternatives]


def test_a_capital_may_stand_for_its_country() -> None:
    ways = [terms for terms, _ in _concept(_read("ماذا قالت طهران؟"), "طهران").alternatives]
    assert ("ايران",) in ways


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("كم صاروخا أطلق؟", "صاروخا"),
        ("How many rockets were fired?", "rockets"),
        ("ما عدد القتلى في الزلزال؟", "القتلى"),
        ("Which party won?", "party"),
        ("What is the population of the city?", "population"),
        ("كم تبعد المدينة عن العاصمة؟", None),
        ("Why did he resign?", None),
    ],
)
def test_the_focus_is_what_is_counted_or_chosen(text: str, focus: str | None) -> None:
    question = _read(text)
    found = None if question.focus is None else question.concepts[question.focus].text
    assert found == focus


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("متى حدث ذلك؟", []),
        ("What went up?", []),
        ("Who is still out and off duty?", ["duty"]),
        ("Did they ever go away again just yet?", []),
        ("How many people were there?", []),
        ("Who made the offer?", ["offer"]),
    ],
)
def test_words_of_form_name_no_subject(text: str, texts: list[str]) -> None:
    assert [concept.text for concept in _read(text).concepts] == texts


@pytest.mark.parametrize(
    ("text", "said", "english"), [("ما الهجوم؟", "الهجوم", "attack"), ("من إيران؟", "إيران", "iran")]
)
def test_arabic_words_are_translated_only_where_there_are_english_articles(text: str, said: str, english: str) -> None:
    without, translated = (_concept(question, said).alternatives for question in (_read(text), _english_too(text)))
    assert (english,) in [terms for terms, _ in translated]
    assert [terms for terms, _ in without if any(term.isascii() for term in terms)] == []


def test_a_name_the_lexicon_knows_is_not_guessed_at() -> None:
    concept = _concept(_read("What happened in France?", {"frns": ["فرانس"]}), "France")
    assert ("فرانس",) not in [terms for terms, _ in concept.alternatives]
