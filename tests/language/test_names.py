"""Names across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.characters import fold
from rag.language.names import similarity, skeletons
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
        ("Gaddafi", "القذافي"),
        ("Qaddafi", "القذافي"),
        ("Khashoggi", "خاشقجي"),
        ("Ghouta", "الغوطة"),
        ("Mukhtar", "مختار"),
        ("Katyusha", "كاتيوشا"),
        ("Twitter", "تويتر"),
    ],
)
def test_a_name_is_alike_in_both_scripts(latin: str, arabic: str) -> None:
    name, found = fold(latin), fold(arabic).removeprefix("ال")
    assert set(skeletons(name)) & set(skeletons(found))
    assert similarity(name, found) > 0.75


@pytest.mark.parametrize(
    ("latin", "ranked"),
    [
        ("kirby", "كيربي كوربا كربلاء بيركل ماروتو"),
        ("marotto", "ماروتو مرات مارتن بارود كيربي"),
        ("biden", "بايدن ميدان لندن راب"),
        ("blinken", "بلينكن بلكان بكين ترامب"),
        ("raab", "راب ضرب ترامب كاظمي"),
        ("soleimani", "سليماني سلماني سوداني بلينكن"),
        ("gallant", "غالانت جيلاني كلنتون هنيه"),
        ("george", "جورج جوجل بوش"),
    ],
)
def test_the_name_itself_is_ranked_above_words_that_sound_less_alike(latin: str, ranked: str) -> None:
    scores = [similarity(latin, arabic) for arabic in ranked.split()]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


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
def test_unlike_names_are_no_candidates_and_score_low(latin: str, arabic: str) -> None:
    assert not set(skeletons(latin)) & set(skeletons(arabic))
    assert similarity(latin, arabic) < 0.5


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kirby", ("krb",)),
        ("كيربي", ("krb", "rb")),
        ("بكيربي", ("bkrb", "krb")),
        ("marotto", ("mrt",)),
        ("ماروتو", ("mrt",)),
        ("gallant", ("glnt", "klnt")),
        ("smith", ("smt", "sms", "smd")),
        ("xi", ("ks",)),
        ("aoui", ("",)),
        ("", ("",)),
    ],
)
def test_a_skeleton_is_the_consonants_by_classes_of_sounds(word: str, expected: tuple[str, ...]) -> None:
    assert skeletons(word) == expected


@pytest.mark.parametrize("particle", ["ب", "ل", "ك", "ف"])
@pytest.mark.parametrize(("latin", "arabic"), [("marotto", "ماروتو"), ("kirby", "كيربي"), ("raab", "راب")])
def test_a_joined_particle_hides_no_name(particle: str, latin: str, arabic: str) -> None:
    assert set(skeletons(latin)) & set(skeletons(particle + arabic))
    assert similarity(latin, particle + arabic) == similarity(latin, arabic)


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


_LETTERS = dict(zip("btdrsflmnkaiou", "بتدرسفلمنكايوو", strict=True))


@patient
@given(st.lists(st.sampled_from([c + v for c in "btdrsflmnk" for v in "aiou"]), min_size=2, max_size=6).map("".join))
def test_a_name_spelt_letter_by_letter_in_the_other_script_is_found_and_wholly_alike(latin: str) -> None:
    arabic = "".join(_LETTERS[c] for c in latin)
    assert set(skeletons(latin)) & set(skeletons(arabic))
    assert similarity(latin, arabic) == 1.0


@patient
@given(texts.map(fold), texts.map(fold))
def test_any_two_words_are_alike_between_nothing_and_wholly(one: str, other: str) -> None:
    assert 0.0 <= similarity(one[:20], other[:20]) <= 1.0


@patient
@given(texts.map(fold))
def test_any_word_has_a_few_skeletons_of_consonants_only(word: str) -> None:
    found = skeletons(word)
    assert 1 <= len(found) <= 16
    assert set("".join(found)) <= set("btgdrsfklmn")
    assert len(set(found)) == len(found)
