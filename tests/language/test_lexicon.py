"""The bilingual lexicon: its readable source, the compiled data, and the lookups."""

import re
import runpy
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from rag.language.characters import ARABIC_LETTER, LATIN_LETTER, fold
from rag.language.lexicon import (
    LONGEST_HEAD,
    Translation,
    acronyms_among,
    content_words,
    lexicon,
    stemmed_head,
)
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words

from .strategies import patient, texts

ROOT = Path(__file__).parents[2]
BUILD = runpy.run_path(str(ROOT / "tools/build_lexicon.py"))
COVERAGE = runpy.run_path(str(ROOT / "tools/lexicon_coverage.py"))
SOURCES = sorted((ROOT / "rag/language/lexicon").glob("*.tsv"))

_HEAD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '.&/-]*")
_FORM = re.compile(r"[\u0621-\u063a\u0641-\u064aپچڤگ0-9][\u0621-\u063a\u0641-\u064aپچڤگ0-9 ]*")


def entries_of(source: str) -> list[tuple[int, list[str], list[list[str]]]]:
    """Number, heads and equivalents (each its forms) of the entries of a source file; the first TAB divides."""
    entries = []
    for number, line in enumerate(source.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            heads, _, arabic = line.partition("\t")
            entries.append(
                (number, heads.split(" = "), [equivalent.split(" / ") for equivalent in arabic.split(" | ")])
            )
    return entries


def faults(source: str) -> list[str]:
    """What is wrong with a source file, line by line."""
    found = [
        f"{n}: not one TAB"
        for n, line in enumerate(source.splitlines(), 1)
        if line.strip() and line[0] != "#" and line.count("\t") != 1
    ]
    seen: Counter[str] = Counter()
    for number, heads, equivalents in entries_of(source):
        seen.update(heads)
        forms = [form for equivalent in equivalents for form in equivalent]
        found += [
            f"{number}: head {head!r}" for head in heads if not is_tidy(head, _HEAD) or ARABIC_LETTER.search(head)
        ]
        found += [f"{number}: {head!r} is there already" for head in dict.fromkeys(heads) if seen[head] > 1]
        found += [f"{number}: {head!r} is too long" for head in heads if len(content_words(words(head))) > LONGEST_HEAD]
        found += [f"{number}: {len(equivalents)} equivalents"] * (not 1 <= len(equivalents) <= 5)
        found += [f"{number}: form {form!r}" for form in forms if not is_tidy(form, _FORM) or LATIN_LETTER.search(form)]
        found += [f"{number}: the same equivalent twice"] * (len({tuple(e) for e in equivalents}) < len(equivalents))
        found += [f"{number}: a form of {e[0]!r} twice" for e in equivalents if len(set(map(fold, e))) < len(e)]
    return found


def is_tidy(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a text has the pattern's characters only, and no white space to spare."""
    return bool(pattern.fullmatch(text)) and text == " ".join(text.split())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            "# a comment\n\narmy\tجيش / جيوش | قوات مسلحة\nUS = U.S. = United States\tالولايات المتحدة\n11\tأحد عشر | 11\n",
            [],
        ),
        ("army جيش\n", ["1: not one TAB", "1: head 'army جيش'", "1: form ''"]),
        ("army\tجيش\tجيوش\n", ["1: not one TAB", "1: form 'جيش\\tجيوش'"]),
        ("army\t\n", ["1: form ''"]),
        ("army\tجيش\narmy = troops\tقوات\n", ["2: 'army' is there already"]),
        ("army = army\tجيش\n", ["1: 'army' is there already"]),
        ("army\tجيش | جيش\n", ["1: the same equivalent twice"]),
        ("army\tجيش / جيوش / جيش\n", ["1: a form of 'جيش' twice"]),
        ("family\tعائلة | أسرة / اسره\n", ["1: a form of 'أسرة' twice"]),  # the same when folded
        ("army\tا | ب | ت | ث | ج | ح\n", ["1: 6 equivalents"]),
        ("army =  troops\tجيش\n", ["1: head ' troops'"]),
        ("جيش\tarmy\n", ["1: head 'جيش'", "1: form 'army'"]),
        ("army\tجيش|قوات\n", ["1: form 'جيش|قوات'"]),
        ("army\tجيش  كبير\n", ["1: form 'جيش  كبير'"]),
        ("army\tجَيش\n", ["1: form 'جَيش'"]),
        ("red green blue white black grey\tألوان\n", ["1: 'red green blue white black grey' is too long"]),
    ],
)
def test_the_checker_names_every_fault_of_a_source_file(source: str, found: list[str]) -> None:
    assert faults(source) == found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_source_file_is_well_formed(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert faults(source) == []
    assert source.endswith("\n")


def test_the_lexicon_has_at_least_twelve_thousand_heads() -> None:
    heads = {head for path in SOURCES for _, heads, _ in entries_of(path.read_text(encoding="utf-8")) for head in heads}
    assert len(heads) >= 12_000
    assert len(lexicon()) >= 12_000


def test_the_lexicon_translates_nearly_every_frequent_english_word() -> None:
    lemmas = COVERAGE["content_lemmas"]()
    assert len(set(lemmas)) == COVERAGE["LEMMAS"] == 8_000
    assert len(COVERAGE["missing"](lemmas)) <= 0.03 * len(lemmas)


def test_what_the_lexicon_lacks_is_missing() -> None:
    assert COVERAGE["missing"](["army", "qwertyuiop"]) == ["qwertyuiop"]


def test_metonyms_are_pairs_of_different_heads() -> None:
    lines = (ROOT / "rag/language/lexicon/metonyms.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" = ") for line in lines if line and not line.startswith("#")]
    assert [
        pair for pair in pairs if len(pair) != 2 or pair[0] == pair[1] or not all(is_tidy(name, _HEAD) for name in pair)
    ] == []


def test_the_builder_reads_every_entry_of_the_source() -> None:
    read = [(list(entry.heads), [list(forms) for forms in entry.equivalents]) for entry in BUILD["read_entries"]()]
    assert read == [
        (heads, equivalents)
        for path in SOURCES
        for _, heads, equivalents in entries_of(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("name", sorted(BUILD["_COMPILED"]))
def test_the_compiled_data_are_up_to_date(name: str) -> None:
    compiled = BUILD["_COMPILED"][name](list(BUILD["read_entries"]()))
    assert (BUILD["DATA"] / name).read_text(encoding="utf-8") == compiled, "run python tools/build_lexicon.py"


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("army", "جيش"),
        ("armies", "جيوش"),
        ("rocket attack", "هجوم صاروخي"),
        ("rocket attacks", "هجوم صاروخي"),
        ("drone", "طائرة مسيرة"),
        ("drones", "طائرات مسيرة"),
        ("base", "قواعد"),
        ("White House", "البيت الأبيض"),
        ("Turkey", "تركيا"),
        ("Turkish", "تركي"),
        ("United States", "الولايات المتحدة"),
        ("US", "الولايات المتحدة"),
        ("WHO", "منظمة الصحة العالمية"),
        ("Islamic State", "داعش"),
        ("ISIS", "تنظيم الدولة"),
        ("cities", "مدن"),
        ("soldier's", "جندي"),
    ],
)
def test_an_english_head_is_said_in_arabic_as_news_says_it(english: str, arabic: str) -> None:
    found = lexicon().translations([word.folded for word in content_words(words(english))])
    assert tuple(stem(word.folded) for word in words(arabic)) in [translation.stems for translation in found]


def test_the_most_usual_translation_is_first_and_weighs_one() -> None:
    assert lexicon().translations(["army"])[0] == Translation(("جيش",), 1.0)
    weights = [translation.weight for translation in lexicon().translations(["army"])]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("folded", [["kirby"], ["marotto"], ["qwertyuiop"], ["army", "qwertyuiop"], ["s"]])
def test_words_that_are_no_head_have_no_translation(folded: list[str]) -> None:
    assert lexicon().translations(folded) == ()


@pytest.mark.parametrize(
    ("name", "other", "weighs"),
    [
        ("داعش", "تنظيم الدولة الإسلامية", "same"),
        ("الولايات المتحدة", "أمريكا", "same"),
        ("طهران", "إيران", "metonym"),
        ("إيران", "طهران", "metonym"),
        ("واشنطن", "الولايات المتحدة", "either"),
    ],
)
def test_a_name_has_the_other_names_of_the_same(name: str, other: str, weighs: str) -> None:
    found = lexicon().aliases([stem(word.folded) for word in words(name)])
    assert found is not None
    weights = {translation.stems: translation.weight for translation in found}
    weight = weights[tuple(stem(word.folded) for word in words(other))]
    assert weight in {"same": {0.9}, "metonym": {0.6}, "either": {0.6, 0.9}}[weighs]


def test_a_word_that_names_nothing_has_no_aliases() -> None:
    assert lexicon().aliases([stem("هجوم")]) is None


@pytest.mark.parametrize(
    ("one", "other"), [("صاروخ", "صواريخ"), ("جندي", "جنود"), ("قاعدة", "قواعد"), ("هجوم", "هجمات")]
)
def test_a_noun_and_its_broken_plural_are_forms_of_one_another(one: str, other: str) -> None:
    first, second = (stem(word.folded) for word in words(f"{one} {other}"))
    assert second in lexicon().forms(first)
    assert first in lexicon().forms(second)


def test_a_stem_is_never_among_its_own_forms() -> None:
    rows = [line.split("\t") for line in (BUILD["DATA"] / "forms.tsv").read_text(encoding="utf-8").splitlines()]
    assert [one for one, others in rows if one in others.split(" ")] == []


@pytest.mark.parametrize(
    ("folded", "countable"), [("صاروخ", True), ("طايره", True), ("قاعده", True), ("مسلح", False), ("كيربي", False)]
)
def test_nouns_whose_dual_differs_from_their_plural_are_known(folded: str, countable: bool) -> None:
    assert lexicon().is_countable(folded) is countable


@pytest.mark.parametrize(
    ("head", "is_name"),
    [
        ("turkey", True),
        ("white house", True),
        ("united states", True),
        ("turkish", False),
        ("army", False),
        ("kirby", False),
    ],
)
def test_heads_that_name_one_thing_are_told_from_others(head: str, is_name: bool) -> None:
    assert lexicon().is_name(head.split()) is is_name


@pytest.mark.parametrize(
    ("folded", "proper"),
    [
        ("عراق", True),
        ("العراق", True),
        ("بالعراق", True),
        ("والجزاير", True),
        ("بايران", True),
        ("وتونس", True),
        ("لبغداد", True),
        ("هجوم", False),
        ("امريكي", False),
        ("بيان", False),  # a word of its own, not ب and a name
        ("ورقه", False),
        ("فرقه", False),
        ("بريد", False),
        ("", False),
    ],
)
def test_proper_names_are_known_also_with_a_particle_or_the_article(folded: str, proper: bool) -> None:
    assert lexicon().is_proper(folded) is proper


@pytest.mark.parametrize(
    ("word", "demonym"),
    [
        ("بريطاني", True),
        ("البريطانيون", True),
        ("عراقية", True),
        ("بريطانيا", False),
        ("عسكري", False),
        ("هجوم", False),
    ],
)
def test_adjectives_of_nationality_are_told_from_countries_and_other_adjectives(word: str, demonym: bool) -> None:
    assert lexicon().is_demonym(stem(fold(word))) is demonym


@pytest.mark.parametrize(
    ("word", "homelands"),
    [
        ("فرنسي", ["فرنسا"]),
        ("الفرنسيون", ["فرنسا"]),
        ("بريطانية", ["بريطانيا"]),
        ("ألماني", ["ألمانيا"]),
        ("عراقي", []),  # has the stem of its country
        ("فرنسا", []),
        ("عسكري", []),
    ],
)
def test_a_nationality_has_the_country_it_is_made_from(word: str, homelands: list[str]) -> None:
    assert lexicon().homelands(stem(fold(word))) == tuple(stem(fold(country)) for country in homelands)


def test_a_homeland_has_another_stem_than_its_nationality() -> None:
    rows = [line.split("\t") for line in (BUILD["DATA"] / "homelands.tsv").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 50
    assert [row for row in rows if row[0] in row[1].split(" ") or not lexicon().is_demonym(row[0])] == []


@pytest.mark.parametrize(
    ("inflected", "head"),
    [
        ("soldiers", "soldier"),
        ("boxes", "box"),
        ("churches", "church"),
        ("cities", "city"),
        ("army's", "army"),
        ("soldiers'", "soldier"),
        ("rocket attacks", "rocket attack"),
        ("striking", "strike"),
    ],
)
def test_an_inflected_head_is_found_under_its_singular_or_its_stem(inflected: str, head: str) -> None:
    found = lexicon().translations(inflected.split())
    assert found == lexicon().translations(head.split()) != ()


def test_a_head_as_written_goes_before_others_of_its_stem() -> None:
    assert lexicon().translations(["united", "nations"])[0].stems != lexicon().translations(["united"])[0].stems
    assert lexicon().translations(["news"])[0].stems != lexicon().translations(["new"])[0].stems


def test_a_stemmed_head_is_the_same_for_all_inflections() -> None:
    assert stemmed_head(["rocket", "attacks"]) == stemmed_head(["rockets", "attacked"]) == "~rocket attack"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("the army of the US", ["army", "us"]),
        ("tell us about the army", ["tell", "army"]),
        ("the WHO in Iraq", ["who", "iraq"]),
        ("the base in Iraq", ["base", "iraq"]),
        ("TELL US OF IRAQ", ["tell", "iraq"]),
        ("of the", []),
    ],
)
def test_the_words_that_name_something_are_kept_acronyms_among_them(text: str, content: list[str]) -> None:
    assert [word.folded for word in content_words(words(text))] == content


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("US base in Iraq", {"US"}),
        ("the UN and the WHO", {"UN", "WHO"}),
        ("قال البنتاغون لشبكة CNN الإخبارية", set()),
        ("US", {"US"}),
        ("US BASE IN IRAQ", set()),
        ("A base I saw", set()),
        ("the B52", set()),
        ("Us too", set()),
    ],
)
def test_acronyms_stand_in_capitals_among_words_that_do_not(text: str, acronyms: set[str]) -> None:
    assert {word.text for word in acronyms_among(words(text))} == acronyms


def test_every_head_that_has_more_than_function_words_in_arabic_is_found_as_written() -> None:
    missed = []
    for path in SOURCES:
        for _, heads, equivalents in entries_of(path.read_text(encoding="utf-8")):
            arabic = {word.folded for forms in equivalents for form in forms for word in words(form)}
            for head in heads if arabic - STOPWORDS else []:
                found = lexicon().translations([word.folded for word in content_words(words(head)) or words(head)])
                if not found or not all(0 < one.weight <= 1 and all(one.stems) for one in found):
                    missed.append(head)
    assert missed == []


@patient
@given(texts)
def test_looking_up_any_words_never_raises(text: str) -> None:
    folded = [word.folded for word in words(text)][:LONGEST_HEAD] or ["x"]
    assert all(isinstance(translation, Translation) for translation in lexicon().translations(folded))
    assert all(form and form != word for word in folded for form in lexicon().forms(word))
