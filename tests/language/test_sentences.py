"""Where sentences end, and where a full stop only seems to end one."""

from pathlib import Path

import pytest
from hypothesis import example, given

from rag.language.sentences import boundaries, fold_line, paragraphs, sentence_spans, split_sentences

from .strategies import patient, prose, texts

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    "sentences",
    [
        ["سقطت قذيفة. ", "لم يصب أحد."],
        ["هل سقط قتلى؟ ", "لا! ", "لم يصب أحد… ", "وعاد الهدوء"],
        ["What happened?! ", "Nothing... ", "He left."],
        ["انتهى الهجوم۔ ", "ثم عاد الهدوء"],
        ["هل سقط قتلى؟", "لا."],
        ["الفقرة الأولى. ", "وتتمتها\n", "الفقرة الثانية\n\n", "والثالثة."],
        ["\n\n  عنوان\r\n", "نص المقال."],
        ["وقع الهجوم (ولم يصب أحد.) ", "ثم عاد الهدوء."],
        ["في العام 2021. ", "أعلنت بغداد انتهاء المهمة."],
        ["بلغ عددهم 2500. ", "3 منهم جرحى."],
        ["قال كيربي إن الهجوم «فشل». ", "وأضاف أنه لن يرد."],
        ["وصفها بـ“القانونية”. ", "ثم غادر."],
        ['He said "stop." ', "Then he left."],
        ["‘Stop.’ ", "Then he left."],
        ["قُتل القائد . ", "ثم عاد الهدوء."],
        ["نص بلا نقطة"],
        ["   "],
    ],
)
def test_a_text_is_cut_after_what_ends_a_sentence(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


def test_an_empty_text_has_no_sentences() -> None:
    assert (split_sentences(""), sentence_spans(""), paragraphs(""), boundaries("")) == ([], [], [], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "وقع الهجوم عند الساعة 2:45 عصرا ولم يصب أحد.",
        "بلغت النسبة 3.5 في المئة أي 1.500.000 دولار.",
        "زار د. أحمد المدينة.",
        "زار أ.د. أحمد المدينة مع م. سالم.",
        "نقلت أ.ف.ب عن مصدر.",
        "نقلت أ. ف. ب. عن مصدر.",
        "انظر example.org/?page=2 و https://example.org/a.html?id=5!x لمزيد من الأخبار.",
        "The U.S. forces left.",
        "J. K. Rowling met Mr. Smith, Mrs. Jones and Dr. Brown.",
        "Lt. Col. Wayne Marotto spoke on Jan. 5.",
        "The base was hit at 5 p.m. by a rocket.",
        "It is listed as No. 7, see fig. 3, vol. 2.",
        "Prices rose 2.5 percent on 5.7.2021.",
    ],
)
def test_stops_of_figures_initials_abbreviations_and_addresses_end_nothing(sentence: str) -> None:
    assert split_sentences(sentence) == [sentence]
    assert split_sentences(f"{sentence} ثم عاد الهدوء.") == [f"{sentence} ", "ثم عاد الهدوء."]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He said no. ", "Then he left."],
        ["انتهت المهمة عام 2021م. ", "وقال الوزير إنه راض."],
        ["It cost 5m. ", "Then they left."],
        ["على بعد 90 كم. ", "وتعد أكبر قاعدة."],
    ],
)
def test_words_and_units_that_look_like_abbreviations_end_a_sentence(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        # the complement of a verb of saying
        "قال مسؤول، تحدث شريطة عدم الكشف عن هويته. إن قذيفة سقطت قرب القاعدة.",
        "وذكر مسؤول في الجيش العراقي. أن الجيش كثف دورياته.",
        "وأعلنت الوزارة في بيان. بأن الحريق أخمد.",
        "قال الوزير إن الوضع هادئ. وأن القوات باقية.",
        # a relative pronoun
        "هاجم مسلحون القاعدة. التي تستضيف قوات أجنبية.",
        "سقط جنديان. اللذان كانا يحرسان البوابة.",
        "ندد بالتصرفات السلبية للجانب الإيراني. والتي تزيد التوتر.",
        # a participle that leans on the verb before
        "قال الوزير إن الوضع هادئ. مشيرا إلى عودة السكان.",
        "أكدت الناطقة وقوع الهجوم. مضيفةً أنه لم يسفر عن ضحايا.",
        "أكد السوداني أن الحرب انتهت. مشددا على قدرة الأجهزة الأمنية على بسط الأمن، والاستقرار.",
        # a prepositional fragment
        "وصل الوفد إلى واشنطن لإجراء محادثات. بشأن إنهاء التحالف.",
        "توعدت الفصائل بالهجوم. في حال فشلت المفاوضات.",
        "سقط عشرة قتلى. بمن فيهم طفلان.",
        "دانت الدول الهجوم. لا سيما دول الجوار.",
        "لوحت كتائب القدس. إحدى الميليشيات، باستئناف الهجمات.",
        "انسحبت القوات. من أجل حماية المدنيين.",
    ],
)
def test_a_stop_before_what_cannot_begin_a_sentence_is_seen_through(sentence: str) -> None:
    assert split_sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["قال الوزير إن الوضع هادئ. ", "إن القوات باقية."],
        ["عاد الوفد. ", "إن القوات باقية في البلاد."],
        ["قال الوزير إن الوضع هادئ. ", "وأضاف أن القوات باقية."],
        ["عاد الوفد. ", "وقال الوزير إن القوات باقية."],
        ["توعدت الفصائل بالهجوم. ", "في حال فشلت المفاوضات، ستنسحب القوات."],
        ["انسحبت القوات. ", "من أجل ذلك، عاد السكان."],
        ["سقط عشرة قتلى. ", "من جهة أخرى وقع هجوم ثان."],
        ["سقطت قذيفة. ", "مشاة البحرية وصلوا بعدها."],
        ["شارك الوزير مشيرا إلى الخطر. ", "ثم غادر."],
        ["انتهى الاجتماع. ", "فيما وقع هجوم جديد."],
        ["التقى التي رشحها الرئيس. ", "وغادر."],
    ],
)
def test_a_stop_before_what_can_begin_a_sentence_ends_one(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["بدأ التحالف مهمته. ", "وفي العام 2021 .أعلنت بغداد انتهاءها. ", "ثم عاد الهدوء."],
        ["وفي العام 2021 .أعلنت بغداد انتهاء المهمة."],
        ["أُنشئ التحالف عام 2014 .للمساعدة في القتال. ", "ثم انسحب."],
    ],
)
def test_a_stop_typed_before_the_next_word_is_a_stray_among_well_typed_ones(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [["عاد الوفد .", "واستقبله الوزير .", "ثم غادر"], ["عاد الوفد .", "واستقبله الوزير .", "ثم غادر.\n", "نص"]],
)
def test_a_stop_typed_before_the_next_word_ends_sentences_where_it_is_the_style(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


@pytest.mark.parametrize(("opening", "closing"), ["“”", "«»", "‹›", "„”", '""'])
def test_a_short_quotation_is_never_cut(opening: str, closing: str) -> None:
    quoting = f"قال الوزير: {opening}فشل الهجوم. هل سنرد؟ لن نرد{closing}. "
    assert split_sentences(f"{quoting}ثم غادر.") == [quoting, "ثم غادر."]


def test_a_quotation_within_a_quotation_does_not_end_the_outer_one() -> None:
    quoting = "قال: «سمعته يقول “لن نرد. أبدا” ثم غادر. هذا كل شيء». "
    assert split_sentences(f"{quoting}وانتهى الحديث.") == [quoting, "وانتهى الحديث."]


def test_a_long_quotation_is_cut_at_its_own_sentences() -> None:
    assert split_sentences(f"قال: «{'كلمة ' * 41}انتهت. ثم غادر».")[1:] == ["ثم غادر»."]


def test_an_odd_straight_quote_mark_does_not_join_what_follows() -> None:
    assert split_sentences('قال: "فشل الهجوم. لن نرد. ثم غادر.') == ['قال: "فشل الهجوم. ', "لن نرد. ", "ثم غادر."]


def test_a_quotation_ends_with_its_paragraph() -> None:
    assert split_sentences("قال: «فشل الهجوم. لن نرد.\nثم غادر. وعاد».") == [
        "قال: «فشل الهجوم. ",
        "لن نرد.\n",
        "ثم غادر. ",
        "وعاد».",
    ]


def test_text_wrapped_by_hand_is_one_paragraph() -> None:
    wrapped = (
        "تعرضت قاعدة عين الأسد الجوية التي تستضيف\nقوات أجنبية في محافظة الأنبار لهجوم\n"
        "صاروخي لم يسفر عن وقوع قتلى. وقال مسؤول\nإن الهجوم وقع عصرا ولم يصب أحد."
    )
    assert [wrapped[a:b] for a, b in paragraphs(wrapped)] == [wrapped]
    assert split_sentences(wrapped) == [wrapped[: wrapped.index("وقال")], wrapped[wrapped.index("وقال") :]]


def test_lines_that_end_their_sentences_are_paragraphs_of_their_own() -> None:
    lines = ["سقطت قذيفة قرب القاعدة.", "لم يصب أحد من الجنود.", "عاد الهدوء إلى المدينة.", "ثم غادر الوفد الزائر."]
    text = "  \n\n" + "\n".join(lines) + " \n"
    assert [text[a:b] for a, b in paragraphs(text)] == lines


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "003_00518517f7f29632",
            "وقال مسؤول أميركي، تحدث شريطة عدم الكشف عن هويته. إن قذيفة استهدفت القاعدة على ما يبدو، "
            "لكن دون التسبب في خسائر بشرية.",
        ),
        (
            "003_00518517f7f29632",
            "ويتواجد في العراق نحو 2500 عسكري في إطار مكافحة “داعش” ضمن التحالف الدولي الذي أنشئ في العام 2014 وفي العام 2021 .أعلنت "
            "بغداد انتهاء المهمة “القتالية” للتحالف وتحوّلها إلى “استشارية”.",
        ),
        ("003_00518517f7f29632", "وأضاف المصدران أنه لم ترد تقارير عن وقوع إصابات."),
        (
            "003_00518517f7f29632",
            "وذكر مسؤول في الجيش العراقي. أن الجيش كثف دورياته في المناطق المحيطة بالقاعدة لمنع وقوع هجمات أخرى محتملة.",
        ),
        ("002_9f283f796c65c999", "وذكروا أن عدد الجرحى يستند إلى معلومات أولية يمكن أن تتغير."),
        (
            "004_b883f048678b2a24",
            "وأعلنت وزارة الدفاع العراقية العثور على منصة أطلق منها مجهولون ثلاثة صواريخ على قاعدة عين الأسد الجوية.",
        ),
    ],
)
def test_sentences_of_the_sample_articles_are_found_whole(name: str, sentence: str) -> None:
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    assert sentence in [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("line", "folded"),
    [("  الأولى، والثانية. ", "الاولي والثانيه"), ("Read MORE >>", "read more"), (" *** ", "***"), ("", "")],
)
def test_lines_are_compared_by_their_folded_words(line: str, folded: str) -> None:
    assert fold_line(line) == folded


@patient
@given(texts)
@example("ab. \x1c\x85\u2028cd.\r\n.\n\n \x0b؟")
def test_the_sentences_of_any_text_joined_are_the_text(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join(sentences) == text
    assert all(sentences)


@patient
@given(texts)
def test_spans_are_inside_in_order_and_hold_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(text[start:end] and text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@patient
@given(texts)
def test_boundaries_are_where_the_sentences_after_the_first_begin(text: str) -> None:
    starts = [0]
    for sentence in split_sentences(text):
        starts.append(starts[-1] + len(sentence))
    assert [cut for cut in boundaries(text) if cut] == starts[1:-1]


@patient
@given(texts)
def test_paragraphs_are_inside_in_order_and_hold_all_but_white_space(text: str) -> None:
    spans = paragraphs(text)
    assert [edge for span in spans for edge in span] == sorted({edge for span in spans for edge in span})
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@patient
@given(prose)
def test_no_sentence_reaches_over_a_line_that_ends_one(text: str) -> None:
    lines = "\n".join(f"{line.strip()}." for line in text.splitlines())
    assert [piece for piece in split_sentences(lines) if "\n" in piece.strip()] == []
