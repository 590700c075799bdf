"""The actors of an article and where they stand: what the readers after `actors` ask for who is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from ..records import Actor, ActorKind, Evidence
from ..tables.actors import Entry, Table, fold
from ..tables.words import words
from .document import Document

FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves"})
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "herself", "hers"})
SINGULAR = MALE | FEMALE
MADAM, SIR = frozenset({"mrs", "ms", "madame", "queen"}), frozenset({"mr", "lord", "king", "sir"})
WOMEN, MEN = words("names.women"), words("names.men")  # first names that are nearly always one or the other


def local_id(name: str) -> str:
    """The ID of an actor who is known from the page alone."""
    return "local:" + re.sub(r"\W+", "-", fold(name))


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor at tokens first..last (inclusive) of a paragraph."""

    actor: str
    paragraph: int
    first: int
    last: int


@dataclass(slots=True)
class Cast:
    """All actors of an article and where they stand."""

    document: Document
    table: Table
    entries: dict[str, Entry] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    at: dict[tuple[int, int], Mention] = field(default_factory=dict)  # (paragraph, token) → mention
    called: tuple[set[str], ...] = ()  # women and men, as far as names and titles tell
    speakers: dict[tuple[int, int], str] = field(default_factory=dict)  # tokens of quotations → who speaks
    stated: dict[tuple[int, int], str] = field(default_factory=dict)  # tokens of what is said → the state of who says it

    def enter(self, entry: Entry, number: int, first: int, last: int, *, over: bool = False) -> None:
        """A mention, unless one stands there already; with `over`, in the place of those that it takes in. The entry is known
        from here on."""
        self.entries.setdefault(entry.id, entry)
        standing = [m for i in range(first, last + 1) if (m := self.at.get((number, i))) is not None]
        if standing and not over:
            return
        for old in {(m.first, m.last): m for m in standing}.values():
            self.mentions.remove(old)
            for i in range(old.first, old.last + 1):
                del self.at[number, i]
        mention = Mention(entry.id, number, first, last)
        self.mentions.append(mention)
        self.at.update(dict.fromkeys(((number, i) for i in range(first, last + 1)), mention))

    def side(self, actor: str | None) -> str | None:
        """Whom an actor speaks for: its state, or itself where none is known."""
        entry = self.entries.get(actor or "")
        return (entry.side or entry.id) if entry else None

    def name(self, actor: str) -> str:
        """The name to show."""
        return self.entries[actor].name

    def kind(self, actor: str) -> ActorKind:
        """Person, organisation, country or outlet."""
        return self.entries[actor].kind

    def of_token(self, paragraph: int, token: Token) -> str | None:
        """The actor that a token belongs to, pronouns resolved."""
        found = self.at.get((paragraph, token.i))
        if found:
            return found.actor
        if token.lower_ in FIRST_PERSON:
            return self.speakers.get((paragraph, token.i))
        if token.lower_ in SINGULAR:
            return self.before(paragraph, token)
        if token.lower_ in ("who", "which", "that") and token.dep_ in ("nsubj", "nsubjpass"):
            verb = token.head
            return self.of_token(paragraph, verb.head) if verb.dep_ == "relcl" else None
        return None

    def before(self, paragraph: int, token: Token) -> str | None:
        """Whom "he" or "she" means: a subject earlier in the sentence, else who was last the subject of a sentence (in
        this paragraph or the two before it), else the person named last."""
        if not self.called:  # all mentions are known by the time that anybody asks
            self.called = (self._called(WOMEN, MADAM), self._called(MEN, SIR))
        other = self.called[0 if token.lower_ in MALE else 1]
        earlier = [m for m in self.mentions if self.entries[m.actor].kind == "person" and m.actor not in other
                   and (m.paragraph, m.last) < (paragraph, token.i) and paragraph - m.paragraph <= 2]  # fmt: skip
        ranks: tuple[list[Mention], list[Mention]] = ([], [])
        for m in earlier:
            subject = next((t for t in self._tokens(m) if t.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is None:
                continue
            if m.paragraph == paragraph and m.first >= token.sent.start:
                ranks[0].append(m)
            elif subject.head.dep_ in ("ROOT", "conj"):
                ranks[1].append(m)
        found = next((rank[-1] for rank in ranks if rank), earlier[-1] if earlier else None)
        return found.actor if found else None

    def _called(self, names: frozenset[str], titles: frozenset[str]) -> set[str]:
        """The people whose first name, or the title before or in a mention, is one of these."""
        found = {i for i, e in self.entries.items() if e.kind == "person" and fold(e.name).split(" ")[0] in names}
        for m in self.mentions:
            doc = self.document.paragraphs[m.paragraph].doc
            if not titles.isdisjoint(t.lower_.rstrip(".") for t in doc[max(0, m.first - 1) : m.first + 1]):
                found.add(m.actor)
        return found

    def _tokens(self, mention: Mention) -> list[Token]:
        return list(self.document.paragraphs[mention.paragraph].doc[mention.first : mention.last + 1])

    def within(self, paragraph: int, tokens: list[Token]) -> list[str]:
        """The actors mentioned among tokens, in order, each once."""
        out: list[str] = []
        for token in tokens:
            mention = self.at.get((paragraph, token.i))
            if mention and mention.actor not in out:
                out.append(mention.actor)
        return out

    def actors(self) -> tuple[Actor, ...]:
        """The actors with their mentions as evidence."""
        places: dict[str, list[Evidence]] = {}
        for m in self.mentions:
            paragraph = self.document.paragraphs[m.paragraph]
            places.setdefault(m.actor, []).append(
                self.document.of_tokens(paragraph, paragraph.doc[m.first : m.last + 1]))  # fmt: skip
        return tuple(
            Actor(e.id, e.name, e.kind, e.wikidata, e.side, tuple(places[e.id])) for e in self.entries.values() if e.id in places
        )
