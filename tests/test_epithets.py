"""What else the articles call the persons that a question names."""

import pytest

from rag.epithets import with_epithets
from rag.model import Article
from tests.newsroom import article, material, understood

_NAMED = "قال رئيس اتحاد الصيادين التونسيين منير القرقوري، الأحد 3 مارس 2024، إن الموسم كان صعبا على الجميع."
_OFFICE = article("office", "حضر الحفل رئيس اتحاد الصيادين التونسيين إلى جانب البحارة الذين غنوا معه حتى الفجر.")
_SHORT = article("short", "قال الوزير منير القرقوري إن الموسم كان صعبا.")
_QUESTION = "من غنى مع منير القرقوري في حفل الميناء القديم؟"


def _offices(question: str, *articles: Article) -> set[tuple[str, ...]]:
    """The ways of saying the question's words that its articles add."""
    asked = understood(question, *articles)
    known = {way for concept in asked.concepts for way, _ in concept.alternatives}
    called = with_epithets(asked, material(*articles))
    return {way for concept in called.concepts for way, _ in concept.alternatives} - known


@pytest.mark.parametrize("question", [_QUESTION, "من غنى مع القرقوري؟"])
def test_a_person_is_also_known_by_the_office_that_an_article_gives(question: str) -> None:
    assert _offices(question, article("named", _NAMED), _OFFICE) == {("رييس", "اتحاد", "صياد", "تونس")}


def test_an_office_counts_less_than_the_name() -> None:
    called = with_epithets(understood(_QUESTION, article("named", _NAMED)), material(article("named", _NAMED)))
    weights = [weight for concept in called.concepts for way, weight in concept.alternatives if "صياد" in way]
    assert weights
    assert all(0.5 < weight < 1 for weight in weights)


def test_what_two_persons_are_called_is_neither_ones() -> None:
    other = article("other", _NAMED.replace("منير القرقوري", "رياض السالمي"))
    assert not _offices(_QUESTION, article("named", _NAMED), other, _OFFICE)


def test_a_short_office_may_be_anybodys() -> None:
    assert not _offices(_QUESTION, _SHORT, _OFFICE)


def test_a_question_that_names_nobody_stays_as_it_is() -> None:
    articles = (article("named", _NAMED), _OFFICE)
    asked = understood("متى كان الموسم صعبا؟", *articles)
    assert with_epithets(asked, material(*articles)) == asked
