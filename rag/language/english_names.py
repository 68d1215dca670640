"""Persons, places and groups among the words of an English text, told by capitals and by the words beside them."""

from collections.abc import Iterator
from functools import lru_cache

from rag.language.characters import is_arabic
from rag.language.cues import cues
from rag.language.dates import weekday_term
from rag.language.gazetteer import Kind, gazetteer
from rag.language.lexicon import lexicon
from rag.language.mentions import Mention, Sentence, Span
from rag.language.stopwords import STOPWORDS

_LONGEST_ROLE, _ROLE_BEFORE = 14, 5  # words of a role after a name, and of one before it
_DETERMINERS = frozenset("the a an its his her their".split())
_AUXILIARIES = frozenset("did does do has have will would can could by".split())  # before a subject, or an agent
_AIR = frozenset(
    "air military naval border refugee nuclear international army".split()
)  # between a name and a noun of place


def english_mentions(sentence: Sentence, dated: set[int]) -> list[Mention]:
    """The names in Latin script outside of dates, and the persons spoken of without one."""
    if not any(word.isascii() and word.isalpha() for word in sentence.folded):
        return []
    return _Reader(sentence, dated).mentions()


class _Reader:
    """What of a sentence has been read: by word, whether it is of a mention or its role."""

    def __init__(self, sentence: Sentence, dated: set[int]) -> None:
        self.sentence = sentence
        self.at = sentence.at
        self.taken = [i in dated or is_arabic(word) or word[:1].isdigit() for i, word in enumerate(sentence.folded)]

    def mentions(self) -> list[Mention]:
        """The capitalised names, then the persons without one."""
        named = [mention for first, last in self._runs() for mention in self._of_run(first, last)]
        return [*named, *self._unnamed()]

    # Rows of capitalised words

    def _runs(self) -> Iterator[Span]:
        """Rows of capitalised words; function words join two of them (Bank of England), but "of" does not go on a person's name."""
        i = 0
        while i < len(self.sentence):
            if not self._is_capital(i) or self._is_starter(i):
                i += 1
                continue
            last = i + 1
            while (after := self._goes_on(last, i)) > last:
                last = after
            article = i > 0 and self.at(i - 1) in {"al", "el"} and self._joined(i)
            yield i - article, last
            i = last

    def _goes_on(self, last: int, first: int) -> int:
        """The index after the next capitalised word of a row; `last` where it ends."""
        person = self.at(first) in gazetteer().given or self.at(first) in cues("english", "titles")
        after = last
        while after < last + 2 and self._joined(after) and self.at(after) in cues("english", "connectors"):
            if person and self.at(after) in {"of", "for", "the"}:
                return last
            after += 1
        goes_on = self._joined(after) and self._is_capital(after) and weekday_term(self.at(after)) is None
        return after + 1 if goes_on else last

    def _is_capital(self, i: int) -> bool:
        return i < len(self.sentence) and not self.taken[i] and self.sentence.found[i].text[:1].isupper()

    def _joined(self, i: int) -> bool:
        if self.sentence.gap(i) == ". ":  # after an initial or an abbreviated title
            return len(self.at(i - 1)) == 1 or self.at(i - 1) in cues("english", "titles")
        return self.sentence.spaced(i) or self.sentence.gap(i) in {"-", ".", "'", "’", "–", ".-"}

    def _is_starter(self, i: int) -> bool:
        """A weekday, or a word that is capitalised for it begins a sentence."""
        word = self.at(i)
        if weekday_term(word) or word in cues("english", "starters"):
            return True
        begins = i == 0 or any(mark in self.sentence.gap(i) for mark in '.!?:\n“"')
        alone = not (self._is_capital(i + 1) and self._joined(i + 1))
        return begins and alone and _is_common(word) and word not in cues("english", "titles")

    # What a row names

    def _of_run(self, first: int, last: int) -> Iterator[Mention]:
        title = self._last_title(first, last)
        if title == last:
            if not any(self.at(j) in cues("english", "group_nouns") for j in range(first, last)):
                return  # an office without a holder, perhaps of a role
        elif title > first:
            yield self._person(self._role_start(title), title, last)
            return
        while first < last - 1 and _is_demonym(self.at(first)) and not self._has_noun(first, last):
            first += 1
        if self._has_noun(first, last) and not self._is_known(first, last):
            yield self._made("group" if self._is_group(first, last) else "place", first, last)
        elif known := self._known(first, last):
            start, end, kind = known
            if start > first:
                yield from self._of_run(first, start)
            if kind == "person":
                yield self._person(self._role_start(start), start, last)
            else:
                yield self._made(kind, start, end)
                if end < last:
                    yield from self._of_run(end, last)
        elif told := self._kind(first, last):
            yield (
                self._person(self._role_start(first), first, last)
                if told == "person"
                else self._made(told, first, last)
            )

    def _has_noun(self, first: int, last: int) -> bool:
        nouns = cues("english", "group_nouns") | cues("english", "place_nouns")
        return last - first > 1 and any(self.at(j) in nouns for j in range(first, last))

    def _is_group(self, first: int, last: int) -> bool:
        """Whether the noun that says what a row names is one of groups: the last, or the first before "of"."""
        row = self.sentence.folded[first:last]
        head = row[row.index("of") - 1] if "of" in row[1:] else row[-1]
        if head not in cues("english", "group_nouns") | cues("english", "place_nouns"):
            return not any(word in cues("english", "place_nouns") for word in row)
        return head in cues("english", "group_nouns")

    def _is_known(self, first: int, last: int) -> bool:
        return " ".join(self.sentence.folded[first:last]) in gazetteer().kinds

    def _known(self, first: int, last: int) -> tuple[int, int, Kind] | None:
        """The longest name of the gazetteer in a row; one word of a longer row is no whole person's name."""
        for n in range(last - first, 0, -1):
            for i in range(first, last - n + 1):
                kind = gazetteer().kinds.get(" ".join(self.sentence.folded[i : i + n]))
                if kind is None or (
                    n == 1 and (self._is_plain(i) or (last - first > 1 and self._is_of_person(first, last)))
                ):
                    continue
                return i, i + n, kind
        return None

    def _is_plain(self, i: int) -> bool:
        """Whether word `i` is a common one, and not an acronym (US) that is spelt like one."""
        return _is_common(self.at(i)) and not self._is_acronym(i, i + 1)

    def _is_of_person(self, first: int, last: int) -> bool:
        return self.at(first) in gazetteer().given and last - first < 5

    def _kind(self, first: int, last: int) -> Kind | None:
        """What a row of unknown words names, by its first word and what stands beside it."""
        before, after, given = self.at(first - 1), self.at(last), self.at(first) in gazetteer().given
        if given and last - first > 1:
            return "person"
        if self.at(first) in cues("english", "place_openings") and last - first > 1:
            return "place"
        said = before in cues("english", "saying") | _AUXILIARIES or (
            after in cues("english", "saying") and self.sentence.spaced(last)
        )
        if self._is_acronym(first, last):
            return "group"
        if said or before in cues("english", "titles"):
            return "person"
        of_place = before == "of" and self.at(first - 2) in cues("english", "place_nouns")
        if before in cues("english", "prepositions") or of_place or self._place_noun_after(last) > last:
            return "place"
        unknown = last - first > 1 and not any(_is_common(self.at(j)) for j in range(first, last))
        return "person" if given or unknown or self._role_after(last) else None

    def _is_acronym(self, first: int, last: int) -> bool:
        text = self.sentence.found[first].text
        return last == first + 1 and len(text) > 1 and text.isupper()

    # Persons and roles

    def _last_title(self, first: int, last: int) -> int:
        """The index after the last title of a row; `first` where it has none."""
        return next((i + 1 for i in range(last - 1, first - 1, -1) if self.at(i) in cues("english", "titles")), first)

    def _role_start(self, i: int) -> int:
        """Where the role before a name at word `i` starts (coalition spokesman Colonel); `i` where there is none."""
        if self.at(i - 1) not in cues("english", "titles") or not self._joined(i):
            return i
        start = i - 1
        while start > 0 and i - start < _ROLE_BEFORE and self._joined(start) and not self.taken[start - 1]:
            word = self.at(start - 1)
            lower = (
                not self._is_capital(start - 1) and self._is_capital(start) and word not in cues("english", "titles")
            )
            if (
                lower
                or word in STOPWORDS
                or word in cues("english", "saying")
                or weekday_term(word)
                or word.endswith("ed")
            ):
                break
            start -= 1
        return start

    def _role_after(self, i: int) -> Span | None:
        """The role after a name: ", the authority's head of marine safety"; an age may stand between."""
        if self.at(i).isdigit() and self.sentence.near(i):
            i += 1
        if i >= len(self.sentence) or not self.sentence.near(i) or self.sentence.touches(i):
            return None
        start = i + (self.at(i) in _DETERMINERS)
        end, titled = start, False
        while end < min(len(self.sentence), start + _LONGEST_ROLE) and (end == start or self._joined(end)):
            word = self.at(end)
            if word in {"who", "was", "is", "has", "had", "and", "in", "on"} or word in cues("english", "saying"):
                break
            titled |= word in cues("english", "titles") and end < start + _ROLE_BEFORE
            end += 1
        return (start, end) if titled else None

    def _person(self, role: int, first: int, last: int) -> Mention:
        self.taken[role:last] = [True] * (last - role)
        before = (role, first) if role < first else None
        after = self._role_after(last) if before is None or first - role == 1 else None
        chosen = after or before
        if after:
            self.taken[after[0] : after[1]] = [True] * (after[1] - after[0])
        return Mention("person", *self.sentence.span(first, last), role=self.sentence.span(*chosen) if chosen else None)

    def _made(self, kind: Kind, first: int, last: int) -> Mention:
        end = self._place_noun_after(last) if kind == "place" else last
        self.taken[first:end] = [True] * (end - first)
        return Mention(kind, *self.sentence.span(first, end))

    def _place_noun_after(self, i: int) -> int:
        """The index after a noun of place that goes on a name: Anbar province, Ain al-Asad air base."""
        for j in (i, i + 1):
            words_before = all(self.sentence.spaced(k) and self.at(k) in _AIR for k in range(i, j))
            if words_before and self.sentence.spaced(j) and self.at(j) in cues("english", "place_nouns"):
                return j + 1
        return i

    def _unnamed(self) -> Iterator[Mention]:
        """A security source, an American official, the Iraqi prime minister."""
        for i, word in enumerate(self.sentence.folded):
            source, office = word in cues("english", "unnamed"), word in cues("english", "offices")
            if self.taken[i] or not (source or office):
                continue
            start = i
            while start > 0 and i - start < 4 and self._joined(start) and not self.taken[start - 1]:
                before = self.at(start - 1)
                if before in STOPWORDS or before in cues("english", "saying") or before.endswith("ing"):
                    break
                start -= 1
            if source or self.at(start - 1) in _DETERMINERS:
                span = self.sentence.span(start, i + 1)
                yield Mention("person", *span, role=span, named=False)


@lru_cache(maxsize=20_000)
def _is_common(folded: str) -> bool:
    """Whether an English word is one of the language, and no name."""
    return folded in STOPWORDS or (bool(lexicon().translations([folded])) and not lexicon().is_name([folded]))


@lru_cache(maxsize=20_000)
def _is_demonym(folded: str) -> bool:
    ways = lexicon().translations([folded])
    return bool(ways) and not lexicon().is_name([folded]) and any(lexicon().is_demonym(s) for s in ways[0].stems)
