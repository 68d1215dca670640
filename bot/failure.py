"""A question that went wrong as HTML: what was asked and expected, what was answered, and the passages it rests on. Pure."""

from bot.elements import Html, element, joined, written
from bot.render import human_date
from bot.strings import say
from rag.evaluation.answers import Outcome
from rag.evaluation.cases import Needs
from rag.model import Citation, Language


def failure(one: Outcome, language: Language, place: str) -> Html:
    """The question with everything known about it; `place` is the id of the element, headings are in `language`."""
    case, reply = one.case, one.reply
    facts = [element("span", say(language, f"verdict_{one.verdict}"), class_="verdict")]
    facts += [element("bdi", fact) for fact in (case.id, case.kind, case.type, *case.articles) if fact]
    unsupported = [claim.text for claim in one.asked.claims if not claim.supported]
    parts: dict[str, list[Html]] = {
        "page_turns": [written("p", turn) for turn in case.turns],
        "page_expected": _needs(case.must, language),
        "page_must_not": _needs((case.must_not,) if case.must_not else (), language),
        "page_note": [written("p", case.note)] if case.note else [],
        "page_reply": [written("p", line) for line in reply.text.split("\n")],
        "page_unsupported": [written("p", text, class_="unsupported") for text in unsupported],
        "page_sources": [_source(citation, language) for citation in reply.citations],
        "page_nearest": [_source(citation, language) for citation in reply.nearest],
    }
    shown = [joined(element("dt", say(language, key)), element("dd", *part)) for key, part in parts.items() if part]
    heading = (element("div", *facts, class_="facts"), written("h3", case.question))
    return element("article", *heading, element("dl", *shown), class_="failure", id=place)


def _needs(needs: Needs, language: Language) -> list[Html]:
    """A line for each thing needed, its alternatives in it."""
    either = element("span", say(language, "page_or"), class_="either")
    return [element("p", *_between(either, [written("bdi", string) for string in need])) for need in needs]


def _source(citation: Citation, language: Language) -> Html:
    """A passage with its quote marked, and what is known about its article; a quote that is not in its passage stands above it."""
    before, quote, after = citation.passage.partition(citation.quote)
    marked = (before, element("mark", quote), after) if quote else (element("mark", citation.quote), "\n", before)
    facts = [f"[{citation.number}]", citation.article_id, citation.title, citation.publisher]
    facts += [human_date(citation.published or "", language), f"{citation.start}–{citation.end}"]
    known = _between(" · ", [element("bdi", fact) for fact in facts if fact])
    return element("figure", written("blockquote", *marked), element("figcaption", *known))


def _between(separator: str, pieces: list[Html]) -> list[str]:
    """The pieces with the separator between every two."""
    return [part for piece in pieces for part in (separator, piece)][1:]
