"""Passages: verbatim stretches of whole sentences, within the word limit, that cover all there is to quote."""

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.articles.decode import decode
from rag.articles.layout import Layout, read_layout
from rag.language.words import count_words
from rag.model import Article, Passage
from rag.passages import cut_passages
from tests.conftest import SEEDS

WORDS = "أعلنت الوزارة أمس أن القاعدة تعرضت لهجوم بثلاثة صواريخ سقطت في محيطها قال قالت الذي المتحدث 2021 12.5 CNN د.".split()
SENTENCE = st.builds(
    lambda found, comma, stop: (
        " ".join(found[: len(found) // 2]) + comma + " " + " ".join(found[len(found) // 2 :]) + stop
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
    st.sampled_from(["", "، ", " «", "» "]),
    st.sampled_from([". ", "؟ ", "! ", "… ", " .", ".", "\n", "\n\n", ".\n", ".» "]),
)
STRUCTURED = st.lists(SENTENCE, min_size=1, max_size=14).map("".join)
REPEATING = st.builds(lambda sentence, times: sentence * times, SENTENCE, st.integers(2, 30))
LONG = st.builds(
    lambda found, glue: glue.join(found),
    st.lists(st.sampled_from(WORDS), min_size=40, max_size=120),
    st.sampled_from([" ", "، ", "  "]),
)
WILD = st.text('ابت .،؟!:\n\t«»"12/|\xa0\u200f\u064b-abc', max_size=200)
TEXTS = st.one_of(
    STRUCTURED, REPEATING, LONG, WILD, st.lists(st.one_of(STRUCTURED, REPEATING, LONG, WILD), max_size=4).map("\n".join)
).filter(lambda text: any(character.isalpha() for character in text))
SIZES = st.integers(20, 40).flatmap(lambda most: st.tuples(st.just(most), st.integers(0, most - 1)))


def article(text: str, article_id: str = "a") -> Article:
    return Article(article_id, text, "source")


def cut(text: str, most_words: int = 20, overlap: int = 0, article_id: str = "a") -> list[Passage]:
    return cut_passages(article(text, article_id), read_layout(text), most_words=most_words, overlap=overlap)


def sentence(word: str, length: int) -> str:
    """A sentence of so many words, all of them `word`."""
    return " ".join([word] * length) + "."


def holds(passages: list[Passage], start: int, end: int) -> bool:
    return any(passage.start <= start and end <= passage.end for passage in passages)


@settings(max_examples=200, deadline=None)
@given(TEXTS, SIZES)
@example("قال المسؤول إن الاجتماع عقد أمس في بغداد مع الوفد. " * 40, (20, 5))
@example("كلمة " * 300, (20, 10))
def test_passages_of_any_text_are_verbatim_within_the_limit_and_in_order(text: str, sizes: tuple[int, int]) -> None:
    passages = cut(text, *sizes)
    assert [text[p.start : p.end] for p in passages] == [p.text for p in passages]
    assert max(count_words(p.text) for p in passages) <= sizes[0]
    assert all(a.start <= b.start and a.end < b.end for a, b in pairwise(passages))
    assert len({p.id for p in passages}) == len(passages)
    assert {p.article_id for p in passages} == {"a"}


@settings(max_examples=200, deadline=None)
@given(TEXTS, SIZES)
@example("قال المسؤول إن الاجتماع عقد أمس في بغداد مع الوفد. " * 40, (20, 5))
@example("كلمة " * 300, (20, 10))
def test_passages_of_any_text_cover_its_regions_and_hold_every_sentence_that_fits_in_one(
    text: str, sizes: tuple[int, int]
) -> None:
    layout, passages = read_layout(text), cut(text, *sizes)
    covered = {i for p in passages for i in range(p.start, p.end)}
    wanted = {i for start, end in layout.regions for i in range(start, end) if not text[i].isspace()}
    assert {i for i in covered if not text[i].isspace()} == wanted
    for one in layout.sentences:
        if not one.heading and count_words(text[one.start : one.end]) <= sizes[0]:
            assert holds(passages, one.start, one.end)


@settings(max_examples=100, deadline=None)
@given(TEXTS, SIZES)
def test_cutting_a_text_again_gives_the_same_passages(text: str, sizes: tuple[int, int]) -> None:
    assert cut(text, *sizes) == cut(text, *sizes)


def test_whole_sentences_are_joined_up_to_the_limit() -> None:
    text = f"{sentence('ألف', 8)} {sentence('باء', 8)} {sentence('تاء', 8)} {sentence('ثاء', 12)}"
    assert [p.text for p in cut(text)] == [
        f"{sentence('ألف', 8)} {sentence('باء', 8)}",
        f"{sentence('تاء', 8)} {sentence('ثاء', 12)}",
    ]


def test_one_passage_holds_a_text_that_fits() -> None:
    text = f"{sentence('ألف', 10)}\n{sentence('باء', 10)}"
    [passage] = cut(text)
    assert (passage.text, passage.start, passage.end) == (text, 0, len(text))


def test_neighbours_share_whole_sentences_up_to_the_overlap() -> None:
    a, b, c, d = (sentence(word, 6) for word in ("ألف", "باء", "تاء", "ثاء"))
    text = f"{a} {b} {c} {d}"
    assert [p.text for p in cut(text, overlap=6)] == [f"{a} {b} {c}", f"{c} {d}"]
    assert [p.text for p in cut(text, overlap=5)] == [f"{a} {b} {c}", d]
    assert [p.text for p in cut(text, overlap=12)] == [f"{a} {b} {c}", f"{b} {c} {d}"]


def test_only_a_sentence_longer_than_the_limit_is_cut_and_the_others_stay_whole() -> None:
    long = "، ".join(" ".join([word] * 9) for word in ("باء", "تاء", "ثاء", "جيم")) + "."
    text = f"{sentence('ألف', 5)} {long} {sentence('حاء', 5)}"
    passages = cut(text)
    assert holds(passages, 0, len(sentence("ألف", 5)))
    assert holds(passages, text.index("حاء"), len(text))
    assert [p.text for p in passages] == [
        f"{sentence('ألف', 5)} {' '.join(['باء'] * 9)}،",
        f"{' '.join(['تاء'] * 9)}، {' '.join(['ثاء'] * 9)}،",
        f"{' '.join(['جيم'] * 9)}. {sentence('حاء', 5)}",
    ]


def test_a_figure_is_not_cut_at_its_comma() -> None:
    text = " ".join(["باء"] * 18) + " 12,500 " + " ".join(["تاء"] * 18)
    assert [p.text for p in cut(text)] == [" ".join(["باء"] * 18) + " 12,500 تاء", " ".join(["تاء"] * 17)]


def test_a_text_that_repeats_itself_is_covered_to_its_end() -> None:
    one = sentence("لازمة", 7)
    text = " ".join([one] * 9)
    assert [(p.start, p.end) for p in cut(text, overlap=7)][-1][1] == len(text)


def test_an_id_names_the_article_the_place_and_the_text() -> None:
    text = f"{sentence('ألف', 20)} {sentence('باء', 20)}"
    changed = f"{sentence('ألف', 20)} {sentence('تاء', 20)}"
    [first, second], [same, other] = cut(text), cut(changed)
    assert [first.id.rsplit(":", 1)[0], second.id.rsplit(":", 1)[0]] == ["a:0", f"a:{second.start}"]
    assert (first.id == same.id, second.id == other.id) == (True, False)
    assert cut(text, article_id="b")[0].id == first.id.replace("a:", "b:", 1)


def test_an_id_does_not_depend_on_how_the_passage_came_about() -> None:
    text = f"{sentence('ألف', 20)} {sentence('باء', 20)}"
    assert [p.id for p in cut(text, 20, 0)] == [p.id for p in cut(text, 25, 10)]


def test_no_passage_reaches_across_furniture() -> None:
    a, b = sentence("ألف", 5), sentence("باء", 5)
    assert [p.text for p in cut(f"{a}\nزر الذهاب إلى الأعلى\n{b}")] == [a, b]


def test_a_layout_without_regions_has_no_passages() -> None:
    assert cut_passages(article("نص"), Layout((), ()), most_words=20, overlap=0) == []


def test_the_passages_of_a_text_in_another_normal_form_are_just_as_verbatim() -> None:
    text = normalize("NFD", f"{sentence('أُمّة', 15)} {sentence('شؤون', 15)}")
    assert (
        [text[p.start : p.end] for p in cut(text)]
        == [p.text for p in cut(text)]
        == text.replace(". ", ".\n").split("\n")
    )


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: str(path.stem))
@pytest.mark.parametrize(("most_words", "overlap"), [(110, 40), (60, 0), (200, 100)])
def test_the_sample_articles_are_covered_within_the_limit(path: object, most_words: int, overlap: int) -> None:
    text = decode((SEEDS / str(path)).read_bytes())
    layout = read_layout(text)
    passages = cut_passages(article(text), layout, most_words=most_words, overlap=overlap)
    assert [text[p.start : p.end] for p in passages] == [p.text for p in passages]
    assert max(count_words(p.text) for p in passages) <= most_words
    whole = [s for s in layout.sentences if count_words(text[s.start : s.end]) <= most_words]
    assert [s for s in whole if not holds(passages, s.start, s.end)] == []
