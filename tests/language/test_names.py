"""Names across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.characters import fold
from rag.language.names import (
    consonants,
    index_keys,
    keys_of_stems,
    openings,
    similarity,
    similarity_of_stem,
    skeletons,
    spelled_out,
)
from rag.language.stem import stem

from .strategies import patient, texts


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Kirby", "كيربي"),
        ("Marotto", "ماروتو"),
        ("Wayne", "واين"),
        ("Raab", "راب"),
        ("Biden", "بايدن"),
        ("Blinken", "بلينكن"),
        ("Austin", "أوستن"),
        ("McKenzie", "ماكنزي"),
        ("Soleimani", "سليماني"),
        ("Suleimani", "سليماني"),
        ("Haniyeh", "هنية"),
        ("Gallant", "غالانت"),
        ("Jacobson", "جاكوبسون"),
        ("Sudani", "السوداني"),
        ("Shukr", "شكر"),
        ("Trump", "ترامب"),
        ("Macron", "ماكرون"),
        ("Putin", "بوتين"),
        ("Zelensky", "زيلينسكي"),
        ("Vladimir", "فلاديمير"),
        ("George", "جورج"),
        ("Churchill", "تشرشل"),
        ("Chirac", "شيراك"),
        ("Thatcher", "تاتشر"),
        ("Smith", "سميث"),
        ("Cecil", "سيسيل"),
        ("Phillip", "فيليب"),
        ("Eltaief", "اللطيف"),
        ("Netanyahu", "نتنياهو"),
        ("Abdelhamid", "عبدالحميد"),
        ("Schröder", "شرودر"),
        ("O'Brien", "أوبراين"),
        ("Khashoggi", "خاشقجي"),
        ("Ghouta", "الغوطة"),
        ("Mukhtar", "مختار"),
        ("Katyusha", "كاتيوشا"),
        ("Twitter", "تويتر"),
    ],
)
def test_a_name_is_alike_in_both_scripts(latin: str, arabic: str) -> None:
    name, found = fold(latin), fold(arabic)
    assert set(skeletons(name)) & set(index_keys(found))
    assert similarity(name, found) > 0.65
    assert similarity(found, name) > 0.65


@pytest.mark.parametrize("latin", ["gaddafi", "qaddafi", "kadhafi"])
def test_a_doubled_letter_is_written_as_the_single_one_is(latin: str) -> None:
    assert similarity(latin, "قذافي") > 0.4


@pytest.mark.parametrize(
    ("latin", "ranked"),
    [
        ("kirby", "كيربي كربي كرب قرب"),
        ("marotto", "ماروتو مورتو مرات"),
        ("biden", "بايدن بادن"),
        ("blinken", "بلينكن بلكان"),
        ("raab", "راب رب"),
        ("soleimani", "سليماني سلماني سليم"),
        ("gallant", "غالانت جالانت جلنت"),
        ("george", "جورج جرج"),
    ],
)
def test_the_name_itself_is_ranked_above_words_that_sound_less_alike(latin: str, ranked: str) -> None:
    scores = [similarity(latin, arabic) for arabic in ranked.split()]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("kirby", "كربه"),
        ("kirby", "قرب"),
        ("kirby", "كربلاء"),
        ("biden", "ميدان"),
        ("raab", "عرب"),
        ("raab", "حراب"),
        ("gallant", "جيلاني"),
        ("soleimani", "سوداني"),
        ("trump", "ترام"),
    ],
)
def test_other_words_of_nearly_the_same_consonants_are_rated_far_lower(latin: str, arabic: str) -> None:
    assert similarity(latin, arabic) < 0.3


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("kirby", "ماروتو"),
        ("marotto", "كيربي"),
        ("biden", "راب"),
        ("trump", "بوتين"),
        ("austin", "كيربي"),
        ("raab", "كاظمي"),
    ],
)
def test_unlike_names_are_no_candidates_and_not_alike(latin: str, arabic: str) -> None:
    assert not set(skeletons(latin)) & set(skeletons(arabic))
    assert similarity(latin, arabic) == 0.0


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("كيربي", ("kyrb", "yrb")),
        ("بكيربي", ("bkyrb", "kyrb")),
        ("ماروتو", ("marwt",)),
        ("ماروت", ("marwt",)),
        ("السوداني", ("alswd", "swdan")),
        ("محمد", ("mhmd",)),
        ("ططت", ("t",)),
        ("لا", ("la",)),
        ("", ("",)),
        ("2021", ("",)),
        ("字", ("",)),
    ],
)
def test_a_skeleton_is_the_first_sounds_by_classes_without_a_weak_end(word: str, expected: tuple[str, ...]) -> None:
    assert skeletons(word) == expected


def test_a_latin_word_has_the_likeliest_skeletons_first() -> None:
    assert skeletons("marotto")[0] == "marwt"
    assert skeletons("kirby", 3) == skeletons("kirby")[:3]
    assert len(skeletons("christopher", 5)) == 5


@pytest.mark.parametrize(
    ("latin", "arabic"), [("kirby", "كيربي"), ("marotto", "ماروتو"), ("biden", "بايدن"), ("putin", "بوتين")]
)
def test_the_first_consonants_are_the_same_in_both_scripts(latin: str, arabic: str) -> None:
    assert consonants(latin)[0] == consonants(arabic)[0]


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [("كيربي", "Kirby"), ("ديلي", "Daily"), ("ميل", "Mail"), ("دانييلز", "Daniels"), ("رويترز", "Reuters")],
)
def test_an_arabic_name_brings_the_stem_of_the_latin_one(arabic: str, latin: str) -> None:
    found = stem(fold(latin))
    assert set(openings(stem(fold(arabic)))) & set(index_keys(found))
    assert similarity(fold(arabic), found) > 0.5


def test_keys_of_different_kinds_are_never_equal() -> None:
    kinds = [set(skeletons("كرب")), set(consonants("كرب")), set(openings("كرب"))]
    assert not kinds[0] & kinds[1]
    assert not kinds[0] & kinds[2]
    assert not kinds[1] & kinds[2]


@pytest.mark.parametrize("particle", ["ب", "ل", "ك", "ف", "و"])
@pytest.mark.parametrize(("latin", "arabic"), [("marotto", "ماروتو"), ("kirby", "كيربي"), ("raab", "راب")])
def test_a_joined_particle_hides_no_name(particle: str, latin: str, arabic: str) -> None:
    assert set(skeletons(latin)) & set(skeletons(particle + arabic))
    assert 0.6 < similarity(latin, particle + arabic) < similarity(latin, arabic)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("kirby", "وكيربي"),
        ("kirby", "كيربي"),
        ("marotto", "ماروتو"),
        ("raab", "وراب"),
        ("biden", "لبايدن"),
        ("kadhimi", "الكاظمي"),
    ],
)
def test_a_name_sounds_like_its_stem_in_an_article(latin: str, arabic: str) -> None:
    assert similarity(latin, stem(fold(arabic))) > 0.6


@pytest.mark.parametrize(
    ("names", "acronym"),
    [
        ("سي إن إن", "cnn"),
        ("بي بي سي", "bbc"),
        ("إف بي آي", "fbi"),
        ("يو إس إيه", "usa"),
        ("سي آي إيه", "cia"),
        ("إن بي سي", "nbc"),
        ("إم تي في", "mtv"),
        ("دبليو دبليو إف", "wwf"),
    ],
)
def test_letter_names_spell_an_acronym(names: str, acronym: str) -> None:
    assert spelled_out(fold(names).split())[0] == acronym


def test_a_letter_name_of_several_letters_gives_several_acronyms() -> None:
    assert spelled_out(["اي", "بي", "سي"]) == ("ibc", "ipc", "abc", "apc", "ebc", "epc")


@pytest.mark.parametrize("names", ["", "سي", "سي ماروتو", "قال ان"])
def test_other_words_spell_nothing(names: str) -> None:
    assert spelled_out(names.split()) == ()


_LETTERS = dict(zip("btdrsflmnkaiou", "بتدرسفلمنكايوو", strict=True))


@patient
@given(st.lists(st.sampled_from([c + v for c in "btdrsflmnk" for v in "aiou"]), min_size=2, max_size=6).map("".join))
def test_a_name_spelt_letter_by_letter_in_the_other_script_is_found_and_alike(latin: str) -> None:
    arabic = "".join(_LETTERS[c] for c in latin)
    assert set(skeletons(latin)) & set(skeletons(arabic))
    assert similarity(latin, arabic) > 0.5


@patient
@given(texts.map(fold), texts.map(fold))
def test_any_two_words_are_alike_between_nothing_and_wholly(one: str, other: str) -> None:
    assert 0.0 <= similarity(one[:20], other[:20]) <= 1.0


@patient
@given(texts.map(fold))
def test_any_word_has_a_few_keys_to_be_kept_under(word: str) -> None:
    found = index_keys(word)
    assert len(found) <= 8
    assert len(set(found)) == len(found)
    assert all(1 <= len(key) <= 6 for key in found)
    assert set("".join(found)) <= set("btgdrsxfklmnwyahBTGDRSXFKLMN-")


@pytest.mark.parametrize(
    ("latin", "spelt"),
    [
        ("zitoun", "الزيتون"),
        ("deira", "ديرة"),
        ("asafra", "العصافرة"),
        ("kabalan", "قبلان"),
        ("saadi", "السعدي"),
        ("marsa", "مرسى"),
    ],
)
def test_a_stem_that_has_lost_its_end_still_sounds_like_the_name(latin: str, spelt: str) -> None:
    kept = stem(fold(spelt))
    assert similarity_of_stem(latin, kept) > 0.7
    assert set(keys_of_stems(latin)) & set(index_keys(kept))


def test_an_end_that_the_name_does_not_have_is_not_put_back() -> None:
    assert similarity_of_stem("zit", "زيت") > similarity_of_stem("zitoun", "زيت") > similarity("zitoun", "زيت")
    assert similarity("rabat", "راب") < 0.7 < similarity_of_stem("rabat", "راب")
    assert set(keys_of_stems("marotto")) == set(skeletons("marotto"))
