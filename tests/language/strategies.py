"""What the properties of the language modules are tried on."""

from hypothesis import settings
from hypothesis import strategies as st

# The first example of a run may load the language data, so no example has a deadline.
patient = settings(deadline=None)

_PIECES = (
    *"\n\r\t\v\f .,;:!?-/'\"()[]…؟،؛۔«»“”‘’„‹›ـʼ@#~%|=",
    *"\u00a0\u00ad\u0085\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202b\u2066\ufeff\x00\x1c\x1f",  # white or of no width
    *"\u064b\u0651\u0654\u0670\u0301ﻻﷲﷺﹰ\uff9eŉßİͅ①²½Ⅷ字😀\U0001d400",  # marks, ligatures, letters that fold to several
    *"بولكفأإآةىئؤءaAEsS",
    *"059٠٥٩۰۵۹",
    "قال مسؤول", "إن", "الذي", "مشيرا", "في حال", "صاروخين", "ألف", "ملايين", "وخمسون", "نصف", "عشر", "مارس", "ويوليو", "السابع",
    "والعشرين", "من", "عام", "2021", "5/7/2021", "2:45", "عصرا", "p.m.", "U.S.", "Mr.", "July", "may", "half", "a", "hundred",
    "twenty", "thousand", "and", "it's",
)  # fmt: skip

texts = st.lists(st.one_of(st.sampled_from(_PIECES), st.characters()), max_size=40).map("".join)
"""Any text at all, thick with what the modules look for and with characters that behave oddly."""

prose = st.lists(
    st.sampled_from(
        "قال مسؤول أمريكي، إن الهجوم وقع. وأضاف ثم هل سقط قتلى؟ لا! «عين الأسد» “داعش” 2500 2:45 3.5 The U.S. base was hit. Mr. Kirby\n".split(
            " "
        )
    ),
    max_size=40,
).map(" ".join)
"""Words of news, with their punctuation, in any order."""

THREE_SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def in_digits(text: str, digits: str) -> str:
    """`text` with its digits written in another script."""
    return text.translate(str.maketrans(THREE_SCRIPTS[0], digits))
