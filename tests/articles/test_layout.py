"""The article told from its page: furniture is in no passage and no quotable sentence, everything else is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.articles.decode import decode
from rag.articles.layout import read_layout
from rag.articles.metadata import read_metadata
from rag.language.words import words
from rag.model import Article, Sentence
from rag.passages import cut_passages
from tests.conftest import SEEDS

FIRST = "أعلنت وزارة الدفاع أن القاعدة الجوية تعرضت فجر الاثنين لهجوم صاروخي لم يسفر عن سقوط ضحايا بين الجنود."
LAST = "وأكد المتحدث باسم الوزارة أن التحقيق مستمر لمعرفة الجهة التي أطلقت الصواريخ الثلاثة على القاعدة ومحيطها يوم الاثنين."


def quotable(text: str, title: str = "") -> list[str]:
    return [text[s.start : s.end] for s in read_layout(text, title).sentences if not s.heading]


def headings(text: str, title: str = "") -> list[str]:
    return [text[s.start : s.end] for s in read_layout(text, title).sentences if s.heading]


def regions(text: str, title: str = "") -> list[str]:
    return [text[start:end] for start, end in read_layout(text, title).regions]


def page(*lines: str) -> str:
    return "\n".join(lines)


def is_furniture(line: str) -> bool:
    """Whether a line between two paragraphs is in no region and no sentence; both paragraphs must be quotable."""
    text = page(FIRST, line, LAST)
    assert {FIRST, LAST} <= set(quotable(text))
    return line not in "\n".join(regions(text))


def test_paragraphs_are_cut_into_sentences_and_make_one_region() -> None:
    text = page(f"{FIRST} {LAST}", "", LAST)
    assert quotable(text) == [FIRST, LAST, LAST]
    assert headings(text) == []
    assert regions(text) == [text]


def test_a_headline_and_a_subheading_are_headings_and_not_quotable() -> None:
    text = page("هجوم على القاعدة", FIRST, "اتهامات لإيران", LAST)
    assert headings(text) == ["هجوم على القاعدة", "اتهامات لإيران"]
    assert quotable(text) == [FIRST, LAST]
    assert regions(text) == [text]


def test_a_headline_may_ask_but_a_question_further_down_is_a_sentence() -> None:
    text = page("من أطلق الصواريخ؟", FIRST, "من أطلق الصواريخ على القاعدة؟")
    assert headings(text) == ["من أطلق الصواريخ؟"]
    assert quotable(text) == [FIRST, "من أطلق الصواريخ على القاعدة؟"]


def test_a_long_line_without_a_full_stop_is_a_sentence() -> None:
    assert quotable(page(LAST, FIRST.rstrip("."))) == [LAST, FIRST.rstrip(".")]


# Furniture


def test_a_section_label_alone_on_a_line_before_the_article_is_furniture() -> None:
    text = page("سياسة", "", "هجوم على القاعدة", FIRST)
    assert (headings(text), quotable(text)) == (["هجوم على القاعدة"], [FIRST])
    assert regions(text) == [page("هجوم على القاعدة", FIRST)]


def test_a_lone_word_after_the_article_has_begun_is_a_subheading() -> None:
    text = page(FIRST, "إصابات", LAST)
    assert (headings(text), regions(text)) == (["إصابات"], [text])


@pytest.mark.parametrize(
    "opening",
    [
        "مواضيع ذات صلة :",
        "مقالات ذات صلة",
        "اقرأ أيضاً:",
        "إقرأ أيضا",
        "قد يهمّك أيضًا",
        "الأكثر قراءة",
        "Related articles",
        "READ ALSO:",
    ],
)
def test_related_headlines_and_the_line_that_opens_them_are_furniture_until_prose_begins_again(opening: str) -> None:
    related = ["استهداف قاعدة عين الأسد الجوية في العراق", "هل تنسحب القوات الأمريكية؟", "تصريح قصير."]
    text = page(FIRST, opening, *related, LAST)
    assert (headings(text), quotable(text), regions(text)) == ([], [FIRST, LAST], [FIRST, LAST])


@pytest.mark.parametrize(
    "line",
    [
        "زر الذهاب إلى الأعلى",
        "زِرّ الذهاب الى الاعلى",
        "شارك المقال",
        "نسخ الرابط!",
        "جميع الحقوق محفوظة ©",
        "إعلان",
        "Advertisement",
        "Follow us:",
    ],
)
def test_a_line_that_is_a_known_phrase_is_furniture_however_it_is_spelt(line: str) -> None:
    assert is_furniture(line)


def test_a_sentence_that_holds_a_known_phrase_is_no_furniture() -> None:
    assert not is_furniture("ودعا الناشطون إلى شارك المقال مع الأصدقاء في حملة واسعة.")


@pytest.mark.parametrize(
    "line",
    [
        "الرئيسية | أخبار | رياضة | اقتصاد",
        "الرئيسية > أخبار العالم > الشرق الأوسط",
        "سياسة / اقتصاد / ثقافة",
        "الرئيسية » أخبار » رياضة",
        "فيسبوك · تويتر · واتساب",
        "استهداف قاعدة عين الأسد الجوية في العراق |",
        "https://example.org/news/123",
    ],
)
def test_a_menu_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "وقع الهجوم يوم 5/7/2021.",
        "هجوم 5/7/2021 على القاعدة",
        "اجتماع «أوبك» و«أوبك+» في فيينا",
        "قال: «نعم» و«لا» ثم صمت.",
        "التقى د/ أحمد مع أ/ محمد أمس.",
        "قوات أمريكية/عراقية تنتشر في محيط القاعدة",
    ],
)
def test_strokes_of_dates_and_quotation_marks_make_no_menu(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "صورة: وكالة الأناضول",
        "تصوير - أحمد علي",
        "كتب: محمد حسن",
        "نشر في: 5 يوليو 2021",
        "آخر تحديث: 14:45",
        "(الصورة: رويترز)",
        "Photo: Reuters",
        "© رويترز",
        "حقوق النشر © الجزيرة",
        "Updated: 5 July 2021",
        "By: Our correspondent",
    ],
)
def test_a_credit_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["By-elections were held in Britain on Thursday.", "Photo-sharing apps were blocked.", "صورة الوضع قاتمة جدا."],
)
def test_a_sentence_that_begins_like_a_credit_is_none(line: str) -> None:
    assert not is_furniture(line)


def test_a_repeated_caption_is_furniture_each_time() -> None:
    caption = "الميليشيات تمثل تهديدا لأمن العراق والمنطقة"
    text = page(FIRST, caption, caption, LAST)
    assert (headings(text), quotable(text), regions(text)) == ([], [FIRST, LAST], [FIRST, LAST])


def test_a_caption_repeated_in_another_spelling_is_furniture() -> None:
    text = page(FIRST, "أمن العراق والمنطقة", LAST, "امن العراق، والمنطقه")
    assert (headings(text), regions(text)) == ([], [FIRST, LAST])


def test_the_title_may_be_repeated_and_so_may_a_sentence() -> None:
    title = "هجوم على القاعدة"
    text = page(title, FIRST, title, FIRST)
    assert regions(text, title) == [text]
    assert regions(text) == [FIRST, FIRST]


def test_furniture_parts_the_text_into_regions() -> None:
    text = page(FIRST, "زر الذهاب إلى الأعلى", LAST, "إعلان", "", FIRST, LAST)
    assert regions(text) == [FIRST, LAST, page(FIRST, LAST)]


# Texts that rules must not swallow


@pytest.mark.parametrize(
    "text",
    ["عاجل", "هجوم على القاعدة", "اقرأ أيضا", "الرئيسية | أخبار | رياضة", "شارك المقال", "  عاجل \n", "صورة: رويترز"],
)
def test_a_text_of_one_short_line_is_still_readable(text: str) -> None:
    assert (quotable(text), headings(text), regions(text)) == ([text.strip()], [], [text.strip()])


def test_a_text_of_nothing_but_headings_is_quotable() -> None:
    text = page("هجوم على القاعدة", "لا إصابات بين الجنود")
    assert (quotable(text), headings(text)) == (text.split("\n"), [])


def test_hard_wrapped_text_is_read_as_one_paragraph() -> None:
    text = (
        "أعلنت وزارة الدفاع يوم الاثنين أن القاعدة الجوية\n"
        "تعرضت لهجوم بثلاثة صواريخ سقطت في محيطها ولم\n"
        "تسفر عن ضحايا. وأضافت الوزارة في بيان لها أنها\n"
        "فتحت تحقيقا في الحادث وستعلن عن نتائجه في وقت\n"
        "لاحق من هذا الأسبوع."
    )
    cut = text.index(" وأضافت")
    layout = read_layout(text)
    assert layout.sentences == (Sentence(0, cut), Sentence(cut + 1, len(text)))
    assert layout.regions == ((0, len(text)),)


# The sample articles


FURNITURE = {
    "000_dff837213c14f478": [],
    "001_e354114b4a113fb1": [],
    "002_9f283f796c65c999": ["مواضيع ذات صلة :\nاستهداف قاعدة عين الأسد الجوية في العراق |"],
    "003_00518517f7f29632": [
        "سياسة",
        "الميليشيات تمثل تهديدا لأمن العراق والمنطقة\nالميليشيات تمثل تهديدا لأمن العراق والمنطقة",
        "مقالات ذات صلة",
        "زر الذهاب إلى الأعلى",
    ],
    "004_b883f048678b2a24": [],
}
HEADINGS = {
    "000_dff837213c14f478": ["الهجوم على عين الأسد", "اتهامات لإيران", "قاعدة عين الأسد"],
    "001_e354114b4a113fb1": ["اتهامات أمريكية لفصائل مقربة من إيران", "هجمات متكررة"],
    "002_9f283f796c65c999": ["استهداف قوات أميركية في قاعدة “عين الأسد”.. ما علاقة الردّ الإيراني؟"],
    "003_00518517f7f29632": ["قاعدة عين الأسد في العراق تتعرض لهجوم بطائرتين مسيرتين"],
    "004_b883f048678b2a24": ["تصعيد إيراني بالوكالة: صواريخ الميليشيات تنهال على عين الأسد"],
}


def seed(article_id: str) -> Article:
    title = str(read_metadata(SEEDS).get(article_id, {}).get("title", ""))
    return Article(article_id, decode((SEEDS / f"{article_id}.txt").read_bytes()), "", title)


def test_these_are_all_the_sample_articles() -> None:
    assert sorted(FURNITURE) == sorted(HEADINGS) == sorted(path.stem for path in Path(SEEDS).glob("*.txt"))


@pytest.mark.parametrize("article_id", FURNITURE)
def test_the_furniture_of_a_sample_article_is_what_lies_between_its_regions(article_id: str) -> None:
    article = seed(article_id)
    layout = read_layout(article.text, article.title)
    edges = [0, *(edge for region in layout.regions for edge in region), len(article.text)]
    between = [article.text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert [line for part in between for line in part.split("\n\n") if line] == FURNITURE[article_id]


@pytest.mark.parametrize("article_id", FURNITURE)
def test_the_furniture_of_a_sample_article_is_in_no_passage_and_no_sentence(article_id: str) -> None:
    article = seed(article_id)
    layout = read_layout(article.text, article.title)
    lines = {line for part in FURNITURE[article_id] for line in part.split("\n")}
    passages = cut_passages(article, layout, most_words=110, overlap=40)
    assert lines.isdisjoint(line for passage in passages for line in passage.text.split("\n"))
    assert lines.isdisjoint(article.text[s.start : s.end] for s in layout.sentences)


@pytest.mark.parametrize("article_id", HEADINGS)
def test_the_headings_of_a_sample_article_are_not_quotable(article_id: str) -> None:
    article = seed(article_id)
    found = [article.text[s.start : s.end] for s in read_layout(article.text, article.title).sentences if s.heading]
    assert found == HEADINGS[article_id]


@pytest.mark.parametrize("article_id", FURNITURE)
def test_every_word_of_a_sample_article_outside_its_furniture_is_in_a_sentence(article_id: str) -> None:
    article = seed(article_id)
    layout = read_layout(article.text, article.title)
    inside = [w.text for s in layout.sentences for w in words(article.text[s.start : s.end])]
    assert inside == [w.text for start, end in layout.regions for w in words(article.text[start:end])]


# Any text


LINES = st.one_of(
    st.sampled_from(
        ["سياسة", "مقالات ذات صلة", "زر الذهاب إلى الأعلى", "أ | ب | ج", "هجوم على القاعدة", FIRST, LAST, "", "  "]
    ),
    st.text('ابتلمنوي .؟!،:«»"|/123\xa0\u200f', max_size=40),
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=12).map("\n".join).filter(lambda text: any(c.isalpha() for c in text)), LINES
)
def test_sentences_and_regions_of_any_text_are_in_order_and_sentences_lie_within_regions(text: str, title: str) -> None:
    layout = read_layout(text, title)
    assert any(not sentence.heading for sentence in layout.sentences)
    edges = [edge for region in layout.regions for edge in region]
    spans = [edge for s in layout.sentences for edge in (s.start, s.end)]
    assert (edges, spans) == (sorted(edges), sorted(spans))
    assert all(
        text[a:b] == text[a:b].strip() != ""
        for a, b in [*layout.regions, *((s.start, s.end) for s in layout.sentences)]
    )
    for sentence in layout.sentences:
        assert any(start <= sentence.start and sentence.end <= end for start, end in layout.regions)
