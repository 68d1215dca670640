"""Light stems of both languages."""

import re
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import pytest
import snowballstemmer
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.language.characters import fold
from rag.language.stem import snowball, stem
from rag.language.vocabulary import proper_names, vocabulary
from rag.language.words import words

from .strategies import patient, texts

_PARTICLE_LIKE = re.compile(r"(?:ال|بال|كال|فال|لل|و)")
_PLAIN = sorted(word for word in vocabulary() if len(word) > 4 and not _PARTICLE_LIKE.match(word))

_LINES = resources.files("rag.language").joinpath("data", "irregular.tsv").read_text(encoding="utf-8").splitlines()
_IRREGULAR = [(form, base) for form, _, base in (line.partition("\t") for line in _LINES)]


@pytest.mark.parametrize(
    "forms",
    [
        "هجوم الهجوم بهجوم هجوماً والهجوم للهجوم بالهجوم وهجوم لهجوم",
        "قاعدة القاعدة بالقاعدة قاعدتها قاعدتهم قاعدتان القاعدتين",
        "طائرة طائرات طائرتان الطائرتين والطائرات للطائرات",
        "مسلح مسلحون مسلحين المسلحين للمسلحين مسلحة",
        "أمريكي أمريكية الأمريكي الأمريكيون الأمريكيين أمريكيا",
        "استهدف استهدفت واستهدفت فاستهدفت استهدفوا",
        "يستهدف سيستهدف تستهدف ستستهدف ويستهدف وسيستهدف",
        "العراق بالعراق والعراق وبالعراق عراق",
        "إيران بإيران لإيران وإيران ايران",
        "حكومة حكومتنا حكومتهم الحكومات",
        "attack attacks attacked attacking",
        "soldier soldiers soldier's",
        "Kirby Kirby's KIRBY Kirby’s",
        "base bases",
        "flee flees fleeing fled",
        "go goes going went gone",
        "woman women woman's women's",
        "child children children's",
        "businessman businessmen",
        "criterion criteria",
        "saws sawing sawn",
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("الهجوم", "هجوم"),
        ("هجمات", "هجم"),
        ("قاعدتها", "قاعد"),
        ("صاروخين", "صاروخ"),
        ("صواريخ", "صواريخ"),
        ("طائرتان", "طاير"),
        ("قانون", "قانون"),
        ("القانون", "قانون"),
        ("ميدان", "ميدان"),
        ("لبنان", "لبنان"),
        ("إيران", "ايران"),
        ("سليماني", "سليماني"),
        ("كيربي", "كيرب"),
        ("كقائد", "قايد"),
        ("killed", "kill"),
        ("militias", "militia"),
        ("don't", "dont"),
        ("2500", "2500"),
        ("字", "字"),
    ],
)
def test_a_word_has_the_stem_that_news_search_expects(word: str, expected: str) -> None:
    assert stem(fold(word)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("هجوم", "نجوم"),
        ("قانون", "قانا"),
        ("عراق", "عرق"),
        ("مسلح", "مصلح"),
        ("army", "arms"),
        ("women", "men"),
        ("fled", "fed"),
        ("iran", "iraq"),
        ("ماروتو", "مارات"),
    ],
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@patient
@given(st.sampled_from(_PLAIN), st.sampled_from(["ال", "وال", "فال", "بال", "كال", "و"]))
def test_the_article_and_a_joined_and_leave_the_stem(word: str, prefix: str) -> None:
    joined = prefix + word
    assume(vocabulary().isdisjoint({joined, joined.removesuffix("ا")}))  # بالتحديد says "specifically"
    assert stem(joined) == stem(word)


@patient
@given(st.sampled_from(sorted(name for name in proper_names() if not _PARTICLE_LIKE.match(name))))
def test_a_known_name_is_its_own_stem(name: str) -> None:
    assert stem(name) == name
    if "و" + name not in vocabulary():  # ورقة is paper, not "and Raqqa"
        assert stem("و" + name) == name


def test_the_table_of_irregular_forms_is_sorted_lower_case_words_without_a_form_twice() -> None:
    forms = [form for form, _ in _IRREGULAR]
    assert len(forms) > 500
    assert forms == sorted(set(forms))
    assert [row for row in _IRREGULAR if not all(re.fullmatch("[a-z]+", word) for word in row)] == []


def test_an_irregular_form_has_another_word_as_its_base_that_is_no_such_form_itself() -> None:
    assert [form for form, base in _IRREGULAR if form == base] == []
    # To saw something is no form of to see, though what one saw is.
    assert {base for _, base in _IRREGULAR} & {form for form, _ in _IRREGULAR} <= {"saw"}


def test_an_irregular_form_has_the_stem_of_its_base() -> None:
    snowball = snowballstemmer.stemmer("english")
    assert [(form, base) for form, base in _IRREGULAR if stem(form) != snowball.stemWord(base)] == []


@patient
@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True).filter(lambda word: word not in dict(_IRREGULAR)))
def test_regular_english_is_stemmed_by_snowball(word: str) -> None:
    assert stem(word) == snowballstemmer.stemmer("english").stemWord(word)


@patient
@given(texts)
def test_every_word_has_a_stem_without_white_space(text: str) -> None:
    stems = [stem(word.folded) for word in words(text)]
    assert all(stems)
    assert not any(c.isspace() for one in stems for c in one)


@pytest.mark.parametrize("letter", ["ن", "s"])
def test_a_run_of_letters_too_long_for_a_word_is_left_as_it_is(letter: str) -> None:
    assert stem("ات" + letter * 60) == "ات" + letter * 60


def test_threads_may_stem_at_once() -> None:
    made = [f"zorb{a}{b}ings" for a in "bcdfglmnprst" for b in "aeiou"] * 20
    alone = [snowball(word) for word in made]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(snowball, made, chunksize=7)) == alone
