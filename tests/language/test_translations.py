"""Translation probabilities: learning the counts, the tables that ship, and the lookups in both directions."""

import runpy
import time
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.characters import is_arabic
from rag.language.lexicon import Lexicon, Translation, lexicon
from rag.language.translations import Translations, synonyms, translations

from .strategies import patient

ROOT = Path(__file__).parents[2]
BUILD = runpy.run_path(str(ROOT / "tools/build_translations.py"))
DATA = resources.files("rag.language").joinpath("data")
FILES = ("translations.tsv", "translations_sharealike.tsv")

LISTED = "cat\t1:قط\nfaith\t1:دين\n~cat\t1:قط\n~debt\t1:دين|0.5:ديون\n~faith\t1:دين\n~prime minist\t1:رييس وزراء\n"
SMALL = Translations(
    Lexicon({"lexicon.tsv": LISTED}.__getitem__),
    LISTED,
    ["cat\t15:قط|5:هر\ndebt\t10:ديون\n", "cat\t1.2:بس\ndog\t3:كلب\n"],
)
FREE = Translations(
    lexicon(),
    DATA.joinpath("lexicon.tsv").read_text(encoding="utf-8"),
    [DATA.joinpath(FILES[0]).read_text(encoding="utf-8")],
)


def weights(found: tuple[Translation, ...]) -> dict[str, float]:
    return {" ".join(translation.stems): round(translation.weight, 3) for translation in found}


def rows(name: str) -> dict[str, dict[str, float]]:
    lines = DATA.joinpath(name).read_text(encoding="utf-8").splitlines()
    cells = {head: row.split("|") for head, _, row in (line.partition("\t") for line in lines)}
    return {head: {c.partition(":")[2]: float(c.partition(":")[0]) for c in row} for head, row in cells.items()}


# Lookups


def test_counts_add_to_the_lexicons_order_and_the_likeliest_weighs_one() -> None:
    # 5 occurrences are granted to what is listed: 20, 5 and 1.2
    assert weights(SMALL.of_english(["cats"])) == {"قط": 1.0, "هر": 0.5, "بس": round((1.2 / 20) ** 0.5, 3)}


def test_counts_can_turn_the_lexicons_order() -> None:
    assert list(weights(SMALL.of_english(["debt"]))) == ["ديون", "دين"]


def test_a_word_that_only_one_source_knows_is_found() -> None:
    assert weights(SMALL.of_english(["faith"])) == {"دين": 1.0}
    assert weights(SMALL.of_english(["dogs"])) == {"كلب": 1.0}
    assert SMALL.of_english(["do"]) == SMALL.of_english(["at"]) == ()


def test_arabic_is_looked_up_in_the_same_tables() -> None:
    assert weights(SMALL.of_arabic(["دين"])) == {"debt": 1.0, "faith": 1.0}
    assert weights(SMALL.of_arabic(["كلب"])) == {"dog": 1.0}
    assert SMALL.of_arabic(["رييس", "وزراء"]) == (Translation(("prime", "minist"), 1.0),)
    assert SMALL.of_arabic(["وزراء"]) == SMALL.of_arabic(["كل"]) == ()


def test_synonyms_share_an_english_word_and_are_weighed_beside_the_stem() -> None:
    assert weights(SMALL.pivoted("قط")) == {"هر": 0.5, "بس": round((1.2 / 20) ** 0.5, 3)}
    assert list(weights(SMALL.pivoted("هر"))) == ["قط", "بس"]
    assert SMALL.pivoted("كلب") == SMALL.pivoted("غير معروف") == ()


def test_synonyms_may_be_found_in_the_tables_that_ship() -> None:
    assert "اب" in weights(synonyms("والد"))
    assert synonyms("غير معروف") == ()


@pytest.mark.parametrize(
    ("english", "arabic"), [("school", "مدرس"), ("attack", "هجوم"), ("company", "شرك"), ("want", "يريد")]
)
def test_usual_words_have_their_usual_translations(english: str, arabic: str) -> None:
    assert arabic in list(weights(translations().of_english([english])))[:3]


@patient
@given(st.sampled_from(sorted(rows(FILES[0]).items())))
def test_what_is_counted_is_found_from_both_sides(row: tuple[str, dict[str, float]]) -> None:
    english, counted = row
    for arabic in counted:
        found = translations().of_arabic(arabic.split(" "))
        assert tuple(english.split(" ")) in [one.stems for one in found] or len(found) == 12  # the likeliest are kept


@patient
@given(st.sampled_from(sorted(rows(FILES[0]))))
def test_weights_fall_from_one(english: str) -> None:
    found = [t.weight for t in translations().of_english(english.split(" "))]
    assert found == sorted(found, reverse=True)
    assert not found or (found[0] == 1.0 and found[-1] > 0)


def test_opening_is_quick() -> None:
    lexicon()
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        translations.__wrapped__()
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.03


# What ships


def test_no_pair_is_in_both_files() -> None:
    free, sharealike = ({(e, a) for e, row in rows(name).items() for a in row} for name in FILES)
    assert free
    assert sharealike
    assert free & sharealike == set()


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_small_ordered_and_of_latin_heads_and_arabic_stems(name: str) -> None:
    table = rows(name)
    assert len(DATA.joinpath(name).read_bytes()) < 1_000_000
    assert list(table) == sorted(table)
    assert [head for head in table if is_arabic(head)] == []
    assert [a for row in table.values() for a in row if not is_arabic(a)] == []
    assert [row for row in table.values() if list(row.values()) != sorted(row.values(), reverse=True)] == []
    assert max(map(len, table.values())) <= 8


@patient
@given(st.sampled_from(sorted(rows("synonyms.tsv").items())))
def test_synonyms_are_found_through_english_and_without_the_share_alike_file(row: tuple[str, dict[str, float]]) -> None:
    arabic, found = row
    forms = lexicon().forms(arabic)
    pivoted = {other: weight for other, weight in weights(FREE.pivoted(arabic)).items() if other not in forms}
    # A figure is never indexed as a stem: whether the file has it tells nothing.
    words_found, words_pivoted = ({w: x for w, x in one.items() if not w.isdigit()} for one in (found, pivoted))
    assert words_found == {other: pytest.approx(weight, abs=0.006) for other, weight in words_pivoted.items()}
    assert weights(synonyms(arabic)) == found


def test_the_file_of_synonyms_is_ordered_and_of_single_arabic_stems_other_than_the_word_itself() -> None:
    table = rows("synonyms.tsv")
    assert len(DATA.joinpath("synonyms.tsv").read_bytes()) < 2_000_000
    assert list(table) == sorted(table)
    assert [one for one in table if " " in one or not is_arabic(one)] == []
    # A figure is indexed as a number, never as a stem, so that one among the synonyms is harmless.
    found = [one for row in table.values() for one in row]
    assert [one for one in found if " " in one or not (is_arabic(one) or one.isdigit())] == []
    assert [one for one, row in table.items() if one in row or lexicon().is_demonym(one)] == []
    assert [row for row in table.values() if not 1 >= max(row.values()) >= min(row.values()) > 0] == []
    assert [row for row in table.values() if list(row.values()) != sorted(row.values(), reverse=True)] == []
    assert max(map(len, table.values())) <= 6


def test_the_share_alike_file_has_its_notice() -> None:
    notice = DATA.joinpath("translations_sharealike.NOTICE").read_text(encoding="utf-8")
    for said in ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "NTREX-128", "FLORES-200"):
        assert said in notice
    assert FILES[1] in (ROOT / "NOTICE").read_text(encoding="utf-8")


# Learning

_CLAUSES = [("zorgs", "زورغ"), ("blims", "بليم"), ("krats", "كراط"), ("plonds", "بلوند"), ("vexts", "فكست")]


def sentences(clauses: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Two words a sentence, the Arabic in either order: only the company that words keep tells what each means."""
    pairs = [(one, other) for one in clauses for other in clauses if one != other]
    orders = [[(f"{a}, {b}", f"{c}، {d}"), (f"{a}, {b}", f"{d}، {c}")] for (a, c), (b, d) in pairs]
    return [line for order in orders for line in order]


def analysed(lines: list[tuple[str, str]]) -> list[object]:
    return [BUILD["analysed"](*line) for line in lines]


def test_words_are_aligned_by_the_company_they_keep() -> None:
    table, added = BUILD["translation_tables"](analysed(sentences(_CLAUSES)), [])
    best = {english: max((n, a) for (e, a), n in table.items() if e == english)[1] for english, _ in table}
    assert best == {english.removesuffix("s"): arabic for english, arabic in _CLAUSES}
    assert added == {}


def test_what_only_share_alike_texts_teach_goes_to_their_file() -> None:
    free, sharealike = analysed(sentences(_CLAUSES[:3])), analysed(sentences(_CLAUSES[2:]))
    main, added = BUILD["translation_tables"](free, sharealike)
    assert {english for english, _ in main} == {"zorg", "blim", "krat"}
    assert {english for english, _ in added} == {"plond", "vext"}
    alone, _ = BUILD["translation_tables"](free, [])
    assert main == alone  # the count of a pair that both have is not raised either


def test_listed_pairs_are_counted_in_every_text() -> None:
    lines = [("The attack ended", "انتهى الهجوم"), ("An attack", "هجوم")] * 3
    (free, _), (both, added) = (BUILD["translation_tables"](analysed(lines), analysed(more)) for more in ([], lines))
    assert both[("attack", "هجوم")] > 1.5 * free[("attack", "هجوم")] > 0
    assert ("attack", "هجوم") not in added


def test_heads_and_their_arabic_are_taken_as_one() -> None:
    pair = BUILD["analysed"]("The prime minister resigned", "استقال رئيس الوزراء")
    assert [unit.stems for unit in pair.english] == ["prime minist", "resign"]
    assert pair.arabic[-1] == "رييس وزراء"


def test_learning_twice_gives_the_same_text() -> None:
    pairs = analysed(sentences(_CLAUSES))
    first, second = (BUILD["compiled"](BUILD["translation_tables"](pairs, [])[0]) for _ in range(2))
    assert first == second


def test_the_compiled_text_has_the_most_frequent_first() -> None:
    table = {("b", "ا"): 1.04, ("a", "ب"): 2.0, ("a", "ا"): 3.25}
    assert BUILD["compiled"](table) == "a\t3.2:ا|2:ب\nb\t1:ا\n"


@pytest.mark.parametrize(
    ("counts", "listed", "text"),
    [
        ("zorg\t10:زرغو\n", "~zorg\t1:زورغ\n", "زورغ\t1.00:زرغو\n"),
        # another form of the same word is no synonym
        (
            "",
            "~rocket\t1:صاروخ|0.5:صواريخ|0.25:زورغ\n",
            "زورغ\t1.00:صاروخ|1.00:صواريخ\nصاروخ\t0.50:زورغ\nصواريخ\t0.71:زورغ\n",
        ),
        ("", "~zorg\t1:زورغ|0.01:زرغو\n", "زرغو\t1.00:زورغ\n"),  # too unlikely
        ("", "~european\t1:فرنس|1:بريطان\n", ""),  # nationalities are near one another and never the same
        ("", "~air base\t1:قاعد جو|1:زورغ\n", ""),  # nor is a phrase a word
        ("", "~zorg\t1:زورغ\n~krat\t1:كراط\n", ""),
    ],
)
def test_words_that_translate_the_same_english_ones_are_written_as_synonyms(
    counts: str, listed: str, text: str
) -> None:
    assert BUILD["compiled_synonyms"](counts, listed) == text
