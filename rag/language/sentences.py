"""Where sentences of Arabic and English prose end, and where a full stop only seems to end one.

A paragraph is one line. Full stops in abbreviations, initials and figures never end a sentence. Publishing systems and hurried
editors also leave full stops in the middle of sentences ("قال مسؤول تحدث شريطة عدم الكشف عن هويته. إن قذيفة سقطت", "وفي العام 2021 .أعلنت");
such a stop is seen through, so that what was said keeps who said it: either the typing gives it away (a space before the
stop and none after), or what follows cannot begin a sentence (a relative pronoun, the complement of a verb of saying, a
participle such as مشيرا that leans on the verb before).
"""

import re
from bisect import bisect_left, bisect_right

from rag.language.characters import fold
from rag.language.words import Word, words

_CLOSING = "\"'”’»›)]}"
_STOP = re.compile(rf"[.!?؟…۔]+[{re.escape(_CLOSING)}]*")
_OPENING_QUOTES, _CLOSING_QUOTES = "“«‹„", "”»›"
_LONGEST_KEPT_QUOTATION = 40  # words; a longer quotation may be cut at its own sentences

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt maj adm rev hon sen rep gov pres st jr sr inc ltd co corp dept univ vs etc eg ie "
    "ed approx est jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_BEFORE_FIGURES = frozenset("no nos vol pp fig".split())  # "No. 7", but "He said no. Then he left."
_RELATIVES = frozenset("الذي التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي والذي والتي والذين".split())
_COMPLEMENTS = frozenset("ان بان وان".split())
_SAYING = frozenset(
    "قال قالت قالوا يقول تقول ذكر ذكرت يذكر اكد اكدت يؤكد اضاف اضافت اوضح اوضحت اعلن اعلنت افاد افادت اشار اشارت صرح صرحت "
    "زعم زعمت ادعي ادعت اعتبر اعتبرت راي يري يرون تري كشف كشفت بين شدد شددت نقل نقلت قوله قولها قولهم تابع تابعت".split()
)
_LEANING_PARTICIPLES = frozenset(
    "مشددا مشدده مؤكدا مؤكده مضيفا مضيفه موضحا موضحه لافتا لافته مشيرا مشيره معتبرا معتبره محذرا محذره متهما متهمه داعيا داعيه "
    "مبينا مبينه مطالبا مطالبه منوها منوهه معربا معربه متوعدا متوعده قايلا قايله متابعا متابعه مستدركا زاعما نافيا نافيه "
    "منتقدا منتقده واصفا واصفه مرجعا كاشفا كاشفه موكدا موكده".split()
)
_FRAGMENT_STARTS = (
    ("بشان",), ("من", "اجل"), ("بهدف",), ("بغيه",), ("في", "حال"), ("بما", "في", "ذلك"), ("بمن", "فيهم"), ("احدي",),
    ("لا", "سيما"), ("ولا", "سيما"), ("فضلا", "عن"), ("بالاضافه", "الي"), ("وذلك",), ("علي", "حد", "قوله"), ("بحسب", "قوله"),
)  # fmt: skip
_RELATIVE_ASIDE = re.compile(r"،\s*و?(?:الذي|التي|الذين|اللذان|اللتان)\b[^،]*(?:،|$)")
_WRAPPED_LINE = 100  # characters; hard-wrapped text has no longer lines


def split_sentences(text: str) -> list[str]:
    """Cut `text` into sentences, white space kept with the sentence before it: `"".join(result) == text`."""
    cuts = [*boundaries(text), len(text)]
    starts = [0, *cuts[:-1]]
    return [text[start:end] for start, end in zip(starts, cuts, strict=True) if end > start]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text` without the white space around them."""
    spans = []
    position = 0
    for piece in split_sentences(text):
        stripped = piece.strip()
        if stripped:
            start = position + piece.index(stripped[0])
            spans.append((start, start + len(stripped)))
        position += len(piece)
    return spans


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs of `text`: its lines, or where a block of lines was wrapped by hand, the block."""
    found: list[tuple[int, int]] = []
    for block in re.finditer(r"(?:^.*\S.*$\n?)+", text, re.MULTILINE):
        lines = [(block.start() + m.start(), block.start() + m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", block[0])]
        found.extend([(lines[0][0], lines[-1][1])] if _is_wrapped(text, lines) else lines)
    return [_trim(text, *span) for span in found]


def boundaries(text: str) -> list[int]:
    """Offsets at which a new sentence begins (the white space before it belongs to the sentence that ends)."""
    cuts = []
    misplaced_is_style = _misplaced_stops_are_the_style(text)
    for start, end in paragraphs(text):
        cuts.extend(_within(text, start, end, misplaced_is_style))
        following = re.compile(r"\s*").match(text, end)
        cuts.append(following.end() if following else end)
    return [cut for cut in cuts if cut < len(text)]


def _within(text: str, start: int, end: int, misplaced_is_style: bool) -> list[int]:
    found = words(text[start:end])
    starts = [word.start for word in found]
    quotations = _quotations(text, start, end)
    cuts: list[int] = []
    sentence_start = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() >= end:
            break
        after = bisect_right(starts, stop.start() - start)
        before_word = found[after - 1] if after else None
        if "." in stop[0] and "…" not in stop[0]:
            if _is_inside_word(text, stop, before_word, start):
                continue
            misplaced = text[stop.start() - 1].isspace() and not text[stop.end()].isspace()
            if misplaced and not misplaced_is_style:
                continue
            if not misplaced and not text[stop.end()].isspace() and text[stop.end()] not in _OPENING_QUOTES + '"':
                continue
            sentence = found[bisect_left(starts, sentence_start - start) : after]
            if _continues(sentence, found[after : after + 4], text[stop.end() : end]):
                continue
        elif stop[0][-1] in "?!" and text[stop.end()].isascii() and text[stop.end()].isalnum():
            continue  # of an address: example.org/?page=2
        if any(first < stop.start() and stop.end() < last for first, last in quotations):
            continue
        cut = stop.end()
        while cut < end and text[cut].isspace():
            cut += 1
        cuts.append(cut)
        sentence_start = cut
    return cuts


def _is_inside_word(text: str, stop: re.Match[str], before: Word | None, offset: int) -> bool:
    """A dot of a figure, of initials or of an abbreviation."""
    if len(stop[0].rstrip(_CLOSING)) > 1 or before is None or before.end + offset != stop.start():
        return False
    following = text[stop.end() : stop.end() + 1]
    if text[stop.start() - 1].isdigit() and following.isdigit():
        return True
    letters = sum(c.isalpha() for c in before.text)
    if letters == 1 and not before.is_figure:
        return not text[: before.start + offset][-1:].isdigit()  # the unit of a figure (2021م, 5m) is no initial
    if before.folded in _BEFORE_FIGURES:
        return bool(re.compile(r"\s*\d").match(text, stop.end()))
    return before.folded in _ABBREVIATIONS and before.text[0].isascii()


def _continues(sentence: list[Word], following: list[Word], rest: str) -> bool:
    """Whether what follows a full stop cannot begin a sentence of its own."""
    if not following:
        return False
    first = following[0].folded
    if first in _RELATIVES or first in _LEANING_PARTICIPLES:
        return True
    if first in _COMPLEMENTS:
        return _awaits_complement(sentence) or following[0].text.startswith(("أن", "بأن", "وأن"))
    if any(tuple(word.folded for word in following[: len(start)]) == start for start in _FRAGMENT_STARTS):
        own = _RELATIVE_ASIDE.sub("", re.split(r"[.؟!\n]", rest.lstrip(), maxsplit=1)[0])
        return "،" not in own or first == "احدي"
    return False


def _awaits_complement(sentence: list[Word]) -> bool:
    """Whether the last verb of saying in the sentence has not yet been told what was said."""
    for word in reversed(sentence):
        folded = word.folded
        if folded in _COMPLEMENTS:
            return False
        if folded in _SAYING or folded.removeprefix("و") in _SAYING:
            return True
    return False


def _misplaced_stops_are_the_style(text: str) -> bool:
    """Whether stops typed as " .ا" are how this text ends its sentences, rather than strays among well-typed ones."""
    misplaced = len(re.findall(r"\s\.(?=[^\W\d])", text))
    usual = len(re.findall(rf"\S[.؟!][{re.escape(_CLOSING)}]*(?:\s|$)", text))
    return misplaced > usual


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of short quotations within a paragraph; a straight quote mark opens and closes by turns."""
    spans = []
    opened: list[int] = []
    straight = [i for i in range(start, end) if text[i] == '"']
    for i in range(start, end):
        if text[i] in _OPENING_QUOTES:
            opened.append(i)
        elif text[i] in _CLOSING_QUOTES and opened:
            spans.append((opened.pop(), i))
    if len(straight) % 2 == 0:
        spans.extend(zip(straight[::2], straight[1::2], strict=True))
    return [(a, b) for a, b in spans if len(text[a:b].split()) <= _LONGEST_KEPT_QUOTATION]


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether a block of lines is one paragraph wrapped at a width: even lines that mostly end in mid-sentence."""
    lengths = [end - start for start, end in lines]
    if len(lines) < 4 or max(lengths) > _WRAPPED_LINE or min(lengths[:-1]) < 0.6 * max(lengths):
        return False
    ended = sum(bool(_STOP.fullmatch(text[end - 1])) for _, end in lines[:-1])
    return ended <= (len(lines) - 1) / 3


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def fold_line(line: str) -> str:
    """A line's words folded and joined by single spaces: how lines are compared."""
    return " ".join(word.folded for word in words(line)) or fold(line).strip()
