"""Whether a question stands alone, or leaves out what the talk is about."""

from rag.followup.english import EnglishQuestion
from rag.followup.english_words import singular
from rag.followup.mention import Mention
from rag.followup.question import Question
from rag.followup.topic import Topic
from rag.language.analyzer import analyze
from rag.language.lexicon import lexicon
from rag.language.stem import stem
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.words import Word

_FEW = 2  # words of its own that do not make a question stand alone


def is_elliptic(question: Question, topic: Topic, *, connected: bool) -> bool:
    """Whether a question without pronouns names nothing by which it could be understood alone.

    Args:
        question: the follow-up.
        topic: the turn before it.
        connected: whether it began with "and".
    """
    if question.asks == "none" or has_names(question) or (question.dates and not connected):
        return False
    content = _content(question)
    if all(_is_aspect(unit, question) for unit in content):
        return True
    if connected or _is_generic(question):
        return connected and not _defines(question)
    if len(content) < _FEW:
        return True
    if len(content) <= _FEW + 1 and any(_is_known_event(mention) for mention in question.mentions):
        return True
    return _speaks_of_known(question) and (len(content) == _FEW or _shares(question, topic))


def _is_known_event(mention: Mention) -> bool:
    """Whether an event is spoken of by no more than "the attack", الهجوم."""
    bare = mention.text.removeprefix("the ").removeprefix("ال")
    return mention.kind == "event" and bare != mention.text and " " not in bare


def has_names(question: Question) -> bool:
    """Whether a question names somebody, something or some place of its own, or whose they are (الانتخابات التونسية)."""
    if any(mention.named or mention.kind in {"place", "group", "source"} for mention in question.mentions):
        return True
    return any(unit.folded.startswith("ال") and lexicon().is_demonym(stem(unit.folded)) for unit in question.units)


def takes_circumstances(question: Question) -> bool:
    """Whether it asks about something that happened, and not what somebody or something is."""
    return question.verb is not None and not question.is_in(question.verb, "being", "measured")


def _content(question: Question) -> list[Word]:
    """Its own words that say more than how it asks."""
    first = question.phrase.noun[0] if question.phrase.noun else question.phrase.last
    formal = STOPWORDS | ASKING | question.words("auxiliaries")
    return [unit for unit in question.units[first:] if unit.folded not in formal]


def _is_aspect(unit: Word, question: Question) -> bool:
    """Whether a word names what any event has: its victims, its cause, how it ended."""
    folded = unit.folded
    forms = {folded, singular(folded), folded.removeprefix("ال")} | {folded.removesuffix(e) for e in ("ا", "ت", "وا")}
    return not forms.isdisjoint(question.words("aspects"))


def _defines(question: Question) -> bool:
    """Whether what is asked for is the meaning of a word: "what is inflation", "ما هو التضخم"."""
    if question.asks != "what":
        return False
    if isinstance(question, EnglishQuestion):
        is_being = question.aux is not None and question.folded(question.aux) in {"is", "are"}
        bare = question.subject is not None and not question.is_in(question.subject[0], "determiners")
        return is_being and bare and question.verb is None
    copula = question.folded(question.phrase.last - 1) in {"هو", "هي"}
    return copula and len(question.units) <= question.phrase.last + _FEW


def _is_generic(question: Question) -> bool:
    """Whether it asks what is always so: "how are volcanoes formed", "كيف تعمل البطاريات"."""
    if _defines(question):
        return True
    if isinstance(question, EnglishQuestion):
        particular = any(unit.folded == "the" or unit.folded.endswith("ing") for unit in question.units)
        return question.aux is not None and question.is_in(question.aux, "generic") and not particular
    return question.asks in {"how", "why", "what"} and question.said.startswith(("ي", "ت"))


def _speaks_of_known(question: Question) -> bool:
    """Whether it speaks of something as known: the referee, الحكم; or counts: how many sailors."""
    definite = any(unit.folded == "the" or unit.folded.startswith("ال") for unit in question.units)
    return definite or question.asks == "how_many"


def _shares(question: Question, topic: Topic) -> bool:
    """Whether it is short, and has a word of what the question before was about, and that happened somewhere."""
    if all(mention.kind == "date" for mention in topic.circumstances(question, question.language)):
        return False
    own = {term.text for term in analyze(question.text)}
    before = {term.text for mention in topic.mentions for term in analyze(mention.text)}
    return bool(own & before) and len(own) <= 2 * _FEW
