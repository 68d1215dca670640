"""The tables of opposites and of what falls with a thing, and how a text's words find their rows."""

from importlib import resources

import pytest

from rag.language.antonyms import MANIFOLD, Spot, Table, antonyms, implications, spots


def _rows(name: str) -> list[list[str]]:
    text = resources.files("rag.language").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _are_opposite(one: str, other: str, kinds: str = "x") -> bool:
    said, answered = spots(one), spots(other)
    pairs = (pair for i in range(len(said)) for pair in antonyms().at(said, i))
    return any(pair.kind in kinds and pair.other.is_in(answered) for pair in pairs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("رفعت", "خفض"),
        ("accepted", "rejects"),
        ("ورفضوا", "قبول"),
        ("acquitted", "أدانت"),
        ("برأته", "convicted"),
        ("أيد", "يعارض"),
        ("welcomed", "appalled"),
        ("lost", "فاز"),
        ("illegal", "القانونية"),
        ("turned down", "accepted"),
    ],
)
def test_opposites_are_found_from_either_side_in_any_form(one: str, other: str) -> None:
    assert _are_opposite(one, other)
    assert _are_opposite(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("رفع", "زاد"),
        ("accepted", "approved"),
        ("accepted", "fell"),
        ("قبل", "رفض"),  # before, not accepted
        ("الوزير", "الوزارة"),
    ],
)
def test_other_words_are_not_opposites(one: str, other: str) -> None:
    assert not _are_opposite(one, other)


def test_what_can_be_undone_is_of_another_kind_than_what_excludes() -> None:
    assert _are_opposite("اعتقلت الشرطة المشتبه به", "أخلي سبيل المشتبه به", kinds="r")
    assert not _are_opposite("اعتقلت الشرطة المشتبه به", "أخلي سبيل المشتبه به", kinds="x")
    assert _are_opposite("before", "بعد", kinds="o")
    assert _are_opposite("الشمالي", "southern", kinds="q")
    assert _are_opposite("stronger", "weaker", kinds="q")


def test_nobody_is_arrested_whom_nobody_detained() -> None:
    said = spots("arrested")
    assert any(pair.other.is_in(spots("سجن")) for pair in implications().at(said, 0))
    assert not any(pair.other.is_in(said) for pair in implications().at(spots("سجن"), 0) if pair.own.is_in(said))


def test_a_phrase_counts_its_words_and_needs_them_in_order() -> None:
    table = Table([("x", "turn_down", "take_up")], both_ways=True)
    said = spots("They turned down it")
    assert [pair.own.length_at(said, 1) for pair in table.at(said, 1)] == [2]
    assert list(table.at(said, 0)) == []
    assert list(table.at(spots("down turned"), 1)) == []


def test_a_table_of_one_way_is_not_found_from_its_second_side() -> None:
    rows = [("", "drown", "die")]
    assert [pair.other.is_in(spots("died")) for pair in Table(rows, both_ways=False).at(spots("drowned"), 0)] == [True]
    assert list(Table(rows, both_ways=False).at(spots("died"), 0)) == []
    assert len(list(Table(rows, both_ways=True).at(spots("died"), 0))) == 1


def test_an_exact_word_speaks_for_no_other_of_its_stem() -> None:
    exact, loose = (Table([("x", side, "other")], both_ways=True) for side in ("=قبلت", "accepted"))
    assert len(list(exact.at(spots("قبلت"), 0))) == 1
    assert list(exact.at(spots("قبلي"), 0)) == []
    assert len(list(loose.at(spots("accepts"), 0))) == 1


def test_spots_stand_where_the_words_stand() -> None:
    text = "رفض القاضي."
    assert [text[spot.start : spot.end] for spot in spots(text)] == ["رفض", "القاضي"]
    assert all(isinstance(spot, Spot) for spot in spots(text))


def test_an_arabic_word_is_not_found_by_an_english_one_of_many_senses() -> None:
    keys = {key for word in ("أسقط", "رفع", "ضرب", "أطلق") for spot in spots(word) for key in spot.keys}
    assert keys.isdisjoint(MANIFOLD)


def test_the_rows_of_the_tables_are_well_formed() -> None:
    pairs, falling = _rows("antonyms.tsv"), _rows("implications.tsv")
    assert len(pairs) >= 300
    assert {len(row) for row in pairs} == {3}
    assert {len(row) for row in falling} == {2}
    assert {kind for kind, _, _ in pairs} == set("xrqo")
    for side in (side for row in [*(row[1:] for row in pairs), *falling] for side in row):
        listed = side.split(" ")
        assert all(listed), side
        assert len(listed) == len(set(listed)), side
    for _, one, other in pairs:
        assert set(one.split()).isdisjoint(other.split()), (one, other)
