"""The ways of saying a word: which are found, in what order, and what is not guessed at."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language import translations
from rag.language.characters import fold, is_arabic
from rag.language.lexicon import Translation, lexicon
from rag.language.names import index_keys
from rag.language.stem import stem
from rag.language.vocabulary import vocabulary
from rag.saying import SoundingLike, Way, in_arabic, in_english, named_in_arabic

from .language.strategies import patient

_ARABIC = ("جيجن", "كيربي", *sorted(vocabulary()))
_ENGLISH = ("french", "attack", "went", "women", "paris", "vorotnikov", "zqx", "2021")


def _index(*stems: str) -> SoundingLike:
    """An index that holds the stems."""
    return lambda key: [one for one in stems if key in index_keys(one)]


def _guessed(name: str, *stems: str) -> tuple[Way, ...]:
    return in_english([name], lambda _: list(stems), is_name=False, may_be_name=True)


def _deaf(key: str) -> list[str]:
    raise AssertionError(f"asked for what sounds like {key}")


def _weights(ways: tuple[Way, ...]) -> dict[str, float]:
    return {" ".join(stems): weight for stems, weight in ways}


def _assert_ordered(ways: tuple[Way, ...], own: tuple[str, ...]) -> None:
    weights = [weight for _, weight in ways]
    assert ways[0] == (own, 1.0)
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0
    assert len({stems for stems, _ in ways}) == len(ways)


# In what order


@patient
@given(st.sampled_from(_ARABIC), st.booleans())
def test_an_arabic_word_comes_first_and_each_way_once(word: str, to_english: bool) -> None:
    heard = _index("جيجين", "jijin")
    _assert_ordered(in_arabic(word, heard, to_english=to_english), (stem(word),))
    _assert_ordered(named_in_arabic((stem(word),), to_english=to_english), (stem(word),))


@patient
@given(st.lists(st.sampled_from(_ENGLISH), min_size=1, max_size=2), st.booleans(), st.booleans())
def test_english_words_come_first_and_each_way_once(folded: list[str], is_name: bool, may_be_name: bool) -> None:
    ways = in_english(folded, _index("فوروتنيكوف", "باريس"), is_name=is_name, may_be_name=may_be_name)
    _assert_ordered(ways, tuple(map(stem, folded)))


def test_a_way_found_twice_has_its_greater_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "synonyms", lambda _: (Translation(("صواريخ",), 1.0),))
    assert in_arabic("صاروخ", _deaf, to_english=False) == ((("صاروخ",), 1.0), (("صواريخ",), 0.85))


# What is known


@pytest.mark.parametrize("word", ["فرنسي", "الفرنسيون", "فرنسية"])
def test_a_nationality_in_arabic_may_be_said_by_its_country(word: str) -> None:
    assert _weights(in_arabic(fold(word), _deaf, to_english=False))["فرنسا"] == 0.6


@pytest.mark.parametrize(("word", "country"), [("french", "فرنسا"), ("british", "بريطانيا"), ("turkish", "تركيا")])
def test_a_nationality_in_english_may_be_said_by_its_country(word: str, country: str) -> None:
    assert _weights(in_english([word], _deaf, is_name=False, may_be_name=False))[country] == 0.6


def test_a_country_is_not_said_by_its_people() -> None:
    assert "فرنس" not in _weights(named_in_arabic(("فرنسا",), to_english=False))


def test_a_synonym_counts_little_beside_the_forms_of_the_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "synonyms", {"صاروخ": (Translation(("قذيف",), 0.5),)}.__getitem__)
    assert _weights(in_arabic("الصاروخ", _deaf, to_english=False)) == {"صاروخ": 1.0, "صواريخ": 0.85, "قذيف": 0.15}


def test_only_a_name_has_other_names() -> None:
    assert _weights(named_in_arabic(("طهران",), to_english=False))["ايران"] == 0.6
    assert _weights(in_english(["tehran"], _deaf, is_name=True, may_be_name=True))["ايران"] == 0.6
    assert "ايران" not in _weights(in_arabic("طهران", _deaf, to_english=False))
    assert "ايران" not in _weights(in_english(["tehran"], _deaf, is_name=False, may_be_name=False))


def test_english_ways_are_given_only_where_asked_for() -> None:
    for ways in (partial(in_arabic, "هجوم", _deaf), partial(named_in_arabic, ("ايران",))):
        without, translated = ways(to_english=False), ways(to_english=True)
        assert [stems for stems, _ in without if not all(map(is_arabic, stems))] == []
        assert set(without) < set(translated)
    assert "attack" in _weights(in_arabic("هجوم", _deaf, to_english=True))
    assert "iran" in _weights(named_in_arabic(("ايران",), to_english=True))


def test_of_many_english_ways_the_likeliest_eight_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "".join(f"~word{weight}\t{weight}:زورغ\n" for weight in range(1, 10))
    table = translations.Translations(lexicon(), listed, [])
    monkeypatch.setattr(translations, "translations", lambda: table)
    ways = in_arabic("زورغ", _index(), to_english=True)
    assert [stems[0] for stems, _ in ways[1:]] == [f"word{weight}" for weight in range(9, 1, -1)]


# What is guessed at


def test_an_arabic_word_that_no_vocabulary_knows_finds_other_spellings() -> None:
    ways = _weights(in_arabic("جيجن", _index("جيجين", "باريس", "غانا"), to_english=False))
    assert ways == {"جيجن": 1.0, "جيجين": pytest.approx(0.8 * 2 / 3, abs=0.001)}


def test_an_arabic_word_that_no_vocabulary_knows_finds_latin_names() -> None:
    assert list(_weights(in_arabic("جيجن", _index("jijin", "pari"), to_english=False))) == ["جيجن", "jijin"]


def test_a_latin_stem_that_lacks_the_end_of_the_name_is_found_too() -> None:
    assert list(_weights(in_arabic("جينكنز", _index("jenkin"), to_english=False))) == ["جينكنز", "jenkin"]


def test_another_word_with_the_same_consonants_is_no_other_spelling() -> None:
    assert in_arabic("جيجن", _index("جيغان"), to_english=False) == ((("جيجن",), 1.0),)


@pytest.mark.parametrize("word", ["هجوم", "الهجوم", "هجمات"])
def test_a_known_arabic_word_is_not_guessed_at(word: str) -> None:
    assert _weights(in_arabic(word, _deaf, to_english=False))[stem(word)] == 1.0


def test_an_unknown_english_word_finds_names_that_sound_like_it() -> None:
    ways = _weights(in_english(["vorotnikov"], _index("فوروتنيكوف", "باريس"), is_name=False, may_be_name=True))
    assert list(ways) == ["vorotnikov", "فوروتنيكوف"]
    assert 0.5 <= ways["فوروتنيكوف"] <= 1


def test_a_name_the_lexicon_knows_is_not_guessed_at() -> None:
    heard = _index("فرانس")
    guessed = in_english(["france"], heard, is_name=False, may_be_name=True)
    assert "فرانس" in _weights(guessed)
    assert "فرانس" not in _weights(in_english(["france"], heard, is_name=True, may_be_name=True))
    in_english(["france"], _deaf, is_name=True, may_be_name=True)
    named_in_arabic(("فرنسا",), to_english=True)


def test_neither_a_plain_word_nor_one_of_several_is_guessed_at() -> None:
    in_english(["vorotnikov"], _deaf, is_name=False, may_be_name=False)
    in_english(["boris", "vorotnikov"], _deaf, is_name=False, may_be_name=True)


def test_a_name_far_less_alike_than_the_best_is_left_out() -> None:
    like, less_like = "فوروتنيكوف", "فوروتنيكوفا"
    assert list(_weights(_guessed("vorotnikov", less_like))) == ["vorotnikov", less_like]
    assert list(_weights(_guessed("vorotnikov", less_like, like))) == ["vorotnikov", like]


def test_at_most_six_names_are_kept() -> None:
    alike = [particle + "فوروتنيكوف" for particle in ("", *"وفبلك")]
    assert set(_weights(_guessed("vorotnikov", "فوروتنكوف", *alike))) == {"vorotnikov", *alike}
    assert "فوروتنكوف" in _weights(_guessed("vorotnikov", "فوروتنكوف", *alike[1:]))


@pytest.mark.parametrize(
    ("word", "way"), [("يستخدمونه", "استخدم"), ("أزيلت", "ازال"), ("دورياته", "دور"), ("يباع", "باع")]
)
def test_an_inflected_word_that_no_list_has_is_said_as_what_it_means(word: str, way: str) -> None:
    weights = _weights(in_arabic(fold(word), _deaf_to_all, to_english=False))
    assert 0 < weights[way] < 1


def test_what_means_nothing_is_said_as_it_is_alone() -> None:
    assert list(_weights(in_arabic("قنق", _deaf_to_all, to_english=False))) == ["قنق"]


def _deaf_to_all(_key: str) -> list[str]:
    return []
