"""The lexical index: what is found, in what order and in which language, what is held, and what is taken out; stems by their sound."""

from pathlib import Path

import numpy as np
import pytest

from rag.index import lexical
from rag.index.lexical import Alternatives, Entry, LexicalIndex
from rag.language.names import consonants, index_keys, skeletons
from rag.library import Record
from rag.model import Language
from rag.termlist import unpack

VECTOR = np.zeros(2, dtype=np.float32)


def record(row: int, terms: str) -> Record:
    return Record(row, f"p{row}", "a", terms, VECTOR)


def index(folder: Path, *terms: str) -> LexicalIndex:
    """An index of passages p0, p1, … with these terms."""
    lexical.write(folder, [record(row, one) for row, one in enumerate(terms)], [])
    return LexicalIndex(folder)


def stem(*alternatives: str, weight: float = 1.0) -> tuple[Alternatives, float]:
    """A concept that any of these stems, or stems in a row, names equally well."""
    return [(tuple(one.split()), 1.0) for one in alternatives], weight


def found(
    searched: LexicalIndex, *concepts: tuple[Alternatives, float], limit: int = 10, language: Language = "ar"
) -> list[str]:
    return [entry.passage_id for entry, _ in searched.search(concepts, limit, language)]


def scores(
    searched: LexicalIndex, *concepts: tuple[Alternatives, float], language: Language = "ar"
) -> dict[str, float]:
    return {entry.passage_id: score for entry, score in searched.search(concepts, 10, language)}


def test_the_passages_that_hold_a_stem_are_found_and_no_others(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ قاعد", "قاعد عراق", "صاروخ")
    assert sorted(found(searched, stem("قاعد"))) == ["p0", "p1"]
    assert found(searched, stem("سوري")) == []


def test_a_passage_that_holds_more_of_the_question_comes_first(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ سقط بحر", "صاروخ سقط قاعد", "وزير قال كلم")
    assert found(searched, stem("صاروخ"), stem("قاعد")) == ["p1", "p0"]


def test_a_rare_stem_counts_more_than_a_common_one(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ وزير", "صاروخ قاعد", "صاروخ بحر", "صاروخ جبل", "هيت وزير")
    assert found(searched, stem("صاروخ"), stem("هيت"))[0] == "p4"


def test_the_weight_of_a_concept_decides(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ بحر", "قاعد بحر")
    assert found(searched, stem("صاروخ", weight=2), stem("قاعد")) == ["p0", "p1"]
    assert found(searched, stem("صاروخ"), stem("قاعد", weight=2)) == ["p1", "p0"]


def test_alternatives_of_one_concept_do_not_add_up_like_two_concepts(tmp_path: Path) -> None:
    searched = index(tmp_path, "هجوم قصف", "هجوم بحر", "جبل نهر")
    one, both = scores(searched, stem("هجوم")), scores(searched, stem("هجوم", "قصف"))
    two = scores(searched, stem("هجوم"), stem("قصف"))
    assert both.keys() == {"p0", "p1"}
    assert one["p0"] < both["p0"] < two["p0"]
    assert both["p1"] == one["p1"]


def test_a_weaker_alternative_counts_less(tmp_path: Path) -> None:
    searched = index(tmp_path, "هجوم بحر", "قصف بحر")
    assert found(searched, ([(("هجوم",), 0.5), (("قصف",), 1.0)], 1.0)) == ["p1", "p0"]


def test_stems_in_a_row_must_stand_next_to_one_another_or_nearly(tmp_path: Path) -> None:
    searched = index(tmp_path, "عين اسد قاعد", "عين كبير اسد", "عين كبير جدا بعيد اسد", "اسد بحر عين")
    assert sorted(found(searched, stem("عين اسد"))) == ["p0", "p1"]


@pytest.mark.parametrize(
    "concepts",
    [[], [stem(weight=0)], [stem("صاروخ", weight=0)], [([], 1.0)]],
    ids=["none", "empty", "no weight", "no alternatives"],
)
def test_a_question_without_a_concept_that_counts_finds_nothing(
    tmp_path: Path, concepts: list[tuple[Alternatives, float]]
) -> None:
    assert index(tmp_path, "صاروخ").search(concepts, 10, "ar") == []


def test_no_more_are_found_than_asked_for(tmp_path: Path) -> None:
    searched = index(tmp_path, *["صاروخ"] * 5)
    assert len(found(searched, stem("صاروخ"), limit=3)) == 3


@pytest.mark.parametrize("term", ["#2500", "@2021-07-05", "~14:45", "f-16", "o'neil", "a:b", '"', "*", "ألف AND باء"])
def test_terms_are_looked_up_as_they_are_and_not_as_a_query_language(tmp_path: Path, term: str) -> None:
    searched = index(tmp_path, f"صاروخ {term}", "صاروخ")
    assert found(searched, stem(term)) == ["p0"]


def test_length_and_frequency_count_passages(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ صاروخ قاعد", "صاروخ", "")
    assert len(searched) == 3
    assert [searched.frequency(one, "ar") for one in ("صاروخ", "قاعد", "سوري")] == [2, 1, 0]


def test_an_empty_index_can_be_asked(tmp_path: Path) -> None:
    searched = index(tmp_path)
    assert (
        len(searched),
        found(searched, stem("صاروخ")),
        searched.frequency("صاروخ", "ar"),
        searched.count("ar"),
        searched.entries(["p0"]),
        searched.sounding_like("srk"),
    ) == (0, [], 0, 0, [], [])


def test_what_is_taken_out_is_neither_found_nor_counted_and_what_is_put_in_is(tmp_path: Path) -> None:
    index(tmp_path, "صاروخ", "صاروخ قاعد", "صاروخ عراق")
    lexical.write(tmp_path, [record(7, "صاروخ بصر")], ["p0", "p1", "never there"])
    searched = LexicalIndex(tmp_path)
    assert sorted(found(searched, stem("صاروخ"))) == ["p2", "p7"]
    assert (len(searched), searched.count("ar")) == (2, 2)
    assert (searched.frequency("صاروخ", "ar"), searched.frequency("قاعد", "ar")) == (2, 0)
    assert [entry.passage_id for entry in searched.entries(["p0", "p1", "p2", "p7"])] == ["p2", "p7"]


def test_a_passage_can_be_taken_out_and_put_in_again_at_once(tmp_path: Path) -> None:
    index(tmp_path, "صاروخ")
    lexical.write(tmp_path, [record(0, "قاعد")], ["p0"])
    searched = LexicalIndex(tmp_path)
    assert (len(searched), found(searched, stem("صاروخ")), found(searched, stem("قاعد"))) == (1, [], ["p0"])


def test_many_small_changes_are_all_found(tmp_path: Path) -> None:
    for row in range(12):
        lexical.write(tmp_path, [record(row, f"صاروخ رقم{row}")], [f"p{row - 5}"])
    searched = LexicalIndex(tmp_path)
    assert set(found(searched, stem("صاروخ"), limit=50)) == {f"p{row}" for row in range(7, 12)}


def test_a_reader_goes_on_with_what_it_opened(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ")
    lexical.write(tmp_path, [record(1, "صاروخ")], [])
    assert (len(searched), len(LexicalIndex(tmp_path))) == (1, 2)


def test_passages_of_each_language_are_found_and_counted_on_their_own(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ nato", "rocket nato", "rocket صاروخ base", "nato #2500")
    holding: dict[Language, dict[str, list[str]]] = {
        "ar": {"صاروخ": ["p0"], "nato": ["p0"], "rocket": [], "#2500": []},
        "en": {"صاروخ": ["p2"], "nato": ["p1", "p3"], "rocket": ["p1", "p2"], "#2500": ["p3"]},
    }
    for language, stems in holding.items():
        for one, expected in stems.items():
            assert sorted(found(searched, stem(one), language=language)) == expected
            assert searched.frequency(one, language) == len(expected)
    assert (searched.count("ar"), searched.count("en"), len(searched)) == (1, 3, 4)


def test_what_is_found_and_counted_does_not_depend_on_passages_of_the_other_language(tmp_path: Path) -> None:
    arabic = ("صاروخ قاعد nato", "قاعد عراق", "صاروخ", "وزير")
    asked = stem("صاروخ"), stem("عراق"), stem("nato")
    alone = index(tmp_path / "alone", *arabic)
    beside = index(tmp_path / "beside", *arabic, *["rocket base nato"] * 20)
    for searched in (alone, beside):
        assert set(found(searched, *asked)) == {"p0", "p1", "p2"}
        assert [searched.frequency(one, "ar") for one in ("صاروخ", "عراق", "nato", "rocket")] == [2, 1, 1, 0]
        assert searched.count("ar") == 4


def test_what_was_put_in_comes_out_as_it_was(tmp_path: Path) -> None:
    packed = ["صاروخ سقط\nقاعد #2\fعراق اسد", "rocket base", ""]
    lexical.write(tmp_path, [Record(i, f"p{i}", f"a{i}", one, VECTOR) for i, one in enumerate(packed)], [])
    expected = [Entry(i, f"p{i}", f"a{i}", unpack(one)) for i, one in enumerate(packed)]
    entries = LexicalIndex(tmp_path).entries(["p2", "unknown", "p0", "p1"])
    assert sorted(entries, key=lambda entry: entry.passage_id) == expected
    assert LexicalIndex(tmp_path).entries([]) == []


def test_many_entries_come_at_once(tmp_path: Path) -> None:
    searched = index(tmp_path, *(f"صاروخ رقم{i}" for i in range(300)))
    ids = [f"p{i}" for i in range(299, -1, -1)]
    assert {entry.passage_id for entry in searched.entries(ids)} == set(ids)


def test_the_terms_of_a_title_are_kept_but_not_searched(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ\nقاعد\fعراق")
    assert (found(searched, stem("عراق")), searched.frequency("عراق", "ar")) == ([], 0)
    assert searched.entries(["p0"])[0].terms.title == ("عراق",)


def test_every_sentence_is_searched(tmp_path: Path) -> None:
    searched = index(tmp_path, "صاروخ\nقاعد", "قاعد")
    assert found(searched, stem("صاروخ")) == ["p0"]
    assert sorted(found(searched, stem("قاعد"))) == ["p0", "p1"]


def test_stems_are_found_by_their_sound_the_most_frequent_first(tmp_path: Path) -> None:
    searched = index(tmp_path, "كيرب قيرب", "كيرب قيرب", "قيرب صاروخ", "كيربل #2500 @2021")
    sound, longer = skeletons("كيرب")[0], skeletons("كيربل")[0]
    assert searched.sounding_like(sound) == ["قيرب", "كيرب"]
    assert searched.sounding_like(sound, limit=1) == ["قيرب"]
    assert searched.sounding_like(longer) == ["كيربل"]
    assert searched.sounding_like(sound[:-1]) == []


def test_stems_of_both_scripts_are_found_under_their_keys_and_under_no_others(tmp_path: Path) -> None:
    stems = ("باغداد", "كيرب", "baghdad", "kirbi")
    searched = index(tmp_path, " ".join(stems))
    keys = {key for one in stems for key in (*index_keys(one), *skeletons(one), *consonants(one))}
    held = {key: {one for one in stems if key in index_keys(one)} for key in keys}
    assert {key: set(searched.sounding_like(key)) for key in keys} == held
    assert {len(found) for found in held.values()} >= {0, 1, 2}  # some lead nowhere, some to both scripts


def test_numbers_and_dates_have_no_sound(tmp_path: Path) -> None:
    assert index(tmp_path, "#2500 @2021-07 ~14:45").sounding_like("") == []
