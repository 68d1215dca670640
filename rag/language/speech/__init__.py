"""Who says what in a text: verbs of saying, "according to", their speakers, and the stretch that they introduce, in Arabic and English.

The verbs, and the words around which speakers and contents are told apart, stand in `words.toml`. An Arabic verb comes before its speaker (قال كيربي
إن) or after (كيربي أكد أن); a participle goes on with the same speaker (مضيفا أن); an agency may hand on another's words (نقلت الأناضول عن مصدر).
"""

from functools import lru_cache

from rag.language.characters import script
from rag.language.speech.arabic import Arabic
from rag.language.speech.attribution import Attribution
from rag.language.speech.english import English
from rag.language.speech.verbs import Kind, speech_kind

__all__ = ["Attribution", "Kind", "attributions", "speech_kind"]


@lru_cache(maxsize=10_000)
def attributions(text: str) -> tuple[Attribution, ...]:
    """The attributions of a text, in order of their verbs; whose speaker is None continues the one before.

    >>> [(one.speaker, one.verb, "قال كيربي إن القاعدة آمنة"[one.said_start :]) for one in attributions("قال كيربي إن القاعدة آمنة")]
    [('كيربي', 'قال', 'القاعدة آمنة')]
    """
    reader = Arabic(text) if script(text) == "ar" else English(text)
    return tuple(sorted(reader.read(), key=lambda one: (one.verb_start, one.said_start)))
