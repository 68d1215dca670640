"""What texts of both languages deny, and what they do not."""

import pytest

from rag.language.denials import Denial, DenialKind, denials


def _denied(text: str) -> list[tuple[DenialKind, str]]:
    return [(one.kind, text[one.start : one.end]) for one in denials(text)]


def _only(text: str) -> Denial:
    (one,) = denials(text)
    return one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ولم يسفر الهجوم عن سقوط أي قتلى أو جرحى", [("negated", "يسفر الهجوم عن سقوط أي قتلى أو جرحى")]),
        ("ولم تتبن أي جهة الهجوم حتى الآن، إلا أنها عملية كبيرة", [("negated", "تتبن أي جهة الهجوم")]),
        ("ولم تتبن أي جهة الهجوم إلا أن الشرطة تحقق", [("negated", "تتبن أي جهة الهجوم")]),
        ("وزعمت أنها أسقطت طائرة، وهو ما لم يتسن التحقق منه", [("negated", "يتسن التحقق منه")]),
        ("وفشل رجال الإطفاء في إخماد الحريق", [("refused", "إخماد الحريق")]),
        ("رفضت المحكمة طلب إخلاء سبيله", [("refused", "طلب إخلاء سبيله")]),
        ("The ministry denied reports that the bridge fell", [("denied", "reports that the bridge fell")]),
        ("Rain kept the plane from taking off", [("refused", "taking off")]),
        ("The mine was closed, not sold, in May", [("negated", "sold")]),
    ],
)
def test_a_denial_reaches_to_the_end_of_its_clause(text: str, expected: list[tuple[DenialKind, str]]) -> None:
    assert _denied(text) == expected


def test_who_denies_is_no_part_of_what_is_denied() -> None:
    text = "نفى الوزير صحة ما تردد عن فراره، مؤكدا أنه لم يغادر البلاد"
    assert _denied(text) == [("denied", "صحة ما تردد عن فراره"), ("negated", "يغادر البلاد")]


def test_each_thing_that_a_verb_denies_is_a_denial() -> None:
    text = "ونفت الشركة أن تكون الحافلة قديمة وأنها احترقت"
    assert _denied(text) == [("denied", "أن تكون الحافلة قديمة"), ("denied", "وأنها احترقت")]
    assert [one.is_linking for one in denials(text)] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "لم",
        "عاد اللاعبون إلى بلادهم",
        "إذا فشل الفريق في الفوز",
        "إن لم يحضر الشاهد غدا",
        "يحظر البيع لمن هم دون سن 18 عاما",
        "إلا أن الحادث وقع ليلا",
        "If the team does not win on Friday",
        "The police kept the records",
    ],
)
def test_what_is_told_or_supposed_is_not_denied(text: str) -> None:
    assert denials(text) == ()


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("لم تسجل أي إصابات", "إصابات"),
        ("There were no reports of any victims", "victims"),
        ("نفى صحة أنباء عن توقيفهما", "توقيفهما"),
        ("رفضت المحكمة طلب إخلاء سبيله", "إخلاء سبيله"),
    ],
)
def test_the_core_comes_after_words_that_only_say_that_it_happens(text: str, core: str) -> None:
    one = _only(text)
    assert text[one.core : one.end] == core


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لم يصب أحد من الركاب", True),
        ("None of the passengers was hurt", True),
        ("لم يصب السائق", False),
        ("The driver was not hurt", False),
    ],
)
def test_a_denial_of_all_is_told_from_one_of_somebody(text: str, expected: bool) -> None:
    assert _only(text).is_total is expected


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("الخبير الذي لم يشارك في اللجنة", 0),
        ("آبار غير مرخصة", 0),
        ("بيت بلا نوافذ", 0),
        ("الوزارة غير مهتمة بالعرض", None),
        ("لم يشارك الخبير في اللجنة", None),
    ],
)
def test_a_denial_that_describes_a_noun_knows_it(text: str, described: int | None) -> None:
    assert _only(text).described == described


def test_a_denial_holds_what_begins_in_it() -> None:
    text = "The driver was not hurt, the car was lost"
    one = _only(text)
    assert one.holds(text.index("hurt"))
    assert not one.holds(text.index("driver"))
    assert not one.holds(text.index("car"))
