"""Attributions as the trained reader finds them, on the tokens of the parse, which sharpens their edges."""

from __future__ import annotations

from spacy.tokens import Token

from ..records import Span
from .content import joined_cue, source_tokens, tidy
from .cues import NOUNS, cue_of
from .document import Document, Paragraph, tokens_in
from .drafts import Draft
from .tagger import CUE_AT, CUE_AT_VERB, Tagged, tagger

SAYS_WITHOUT_VERB = frozenset({"according", "per", "via", ":", "—", "–", "-"})
UNSURE = 0.6  # score below which the parse may name another source
RELATIVE = frozenset({"who", "which", "that"})


def drafts(document: Document) -> list[Draft]:
    """The model's attributions, title and body each for itself."""
    out: list[Draft] = []
    for where in ("title", "body"):
        places = {n: p for n, p in enumerate(document.paragraphs) if p.where == where}
        for found in tagger().tag([(p.start, p.doc.text) for p in places.values()], CUE_AT_VERB) if places else ():
            if found.head_score >= CUE_AT or _says(places, found.head):
                out += _drafts(places, found)
    return out


def _says(places: dict[int, Paragraph], head: Span) -> bool:
    cue = cue_of(_tokens(places[_paragraph(places, head)], [head])[0])
    return cue is not None and cue.kind != "think"


def _drafts(places: dict[int, Paragraph], found: Tagged) -> list[Draft]:
    """A draft for each paragraph that the content reaches into; all but the first continue it."""
    home = _paragraph(places, found.head)
    head = _tokens(places[home], [found.head])[0]
    cue = _tokens(places[home], found.cue)
    source_home = _paragraph(places, found.source[0]) if found.source else home
    source = _source(_of_one_sentence(_tokens(places[source_home], found.source), head))
    if source_home == home and found.score < UNSURE:
        source = _of_verb(head, source)
    kind = _kind(head, source)
    if kind == "ask" and any(c.dep_ == "nsubjpass" and c in source for c in head.children):
        source = []  # "she was asked about": by whom is not said
    contents = _contents(places, home, found, joined_cue(places[home], head))
    if home in contents:
        contents[home] = _with_verb(places[home], head, contents[home])
    first = home if home in contents else min(contents, default=None)
    out: list[Draft] = []
    for number in sorted(contents, key=lambda n: (n != first, n)):
        here = number == home
        spans = tidy(places[number], contents[number]) or contents[number]
        out.append(Draft(number, cue if here else [], source, spans, kind, head if here else None,
                         None if source_home == number else source_home, confidence=round(tagger().confidence(found), 2),
                         continues=out[0] if out else None))  # fmt: skip
    return out


def _contents(places: dict[int, Paragraph], home: int, found: Tagged, limit: int | None) -> dict[int, list[Span]]:
    """The content by paragraph, counted from each one's start; after its cue it ends before `limit`, if there is one."""
    out: dict[int, list[Span]] = {}
    for start, end in found.content:
        for number, paragraph in places.items():
            low, high = max(start, paragraph.start), min(end, paragraph.start + len(paragraph.doc.text))
            if number == home and limit is not None and found.head[1] <= low < paragraph.start + limit:
                high = min(high, paragraph.start + limit)
            if low < high and (number >= home or _quoted(paragraph, low)):
                out.setdefault(number, []).append((low - paragraph.start, high - paragraph.start))
    return out


def _of_verb(head: Token, source: list[Token]) -> list[Token]:
    """The source; where it is the subject of another verb and the cue's verb has one of its own, that one."""
    subject = next((c for c in head.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")), None)
    other = bool(source) and all(t.head != head for t in source) and any(t.dep_ == "nsubj" and t.head != head for t in source)
    return source_tokens(subject) if subject is not None and other and subject not in source else source


def _with_verb(paragraph: Paragraph, head: Token, spans: list[Span]) -> list[Span]:
    """The spans; where they are but what the parse takes for the cue's object, and a clause without a subject follows ("fear the
    United States | might turn away"), that clause too: it is the object's."""
    end = paragraph.start + spans[-1][1]
    for thing in (c for c in head.children if c.dep_ == "dobj"):
        last = thing.right_edge
        for clause in (c for c in head.children if c.dep_ == "ccomp" and c.left_edge.i == last.i + 1):
            bare = not any(c.dep_ in ("nsubj", "nsubjpass", "mark") for c in clause.children)
            if bare and abs(paragraph.start + last.idx + len(last) - end) <= 1:
                return [*spans[:-1], (spans[-1][0], clause.right_edge.idx + len(clause.right_edge))]
    return spans


def _quoted(paragraph: Paragraph, start: int) -> bool:
    """Does it begin in a quotation? Only quotations reach back before the paragraph of their cue; a line before is another's."""
    return paragraph.in_quote(start - paragraph.start + 1) is not None


def _of_one_sentence(tokens: list[Token], head: Token) -> list[Token]:
    """The part of a source that stands in the cue's sentence, else in its last one: "… asked Zarubin. Peskov | agreed"."""
    sentences = {t.sent.start for t in tokens}
    if len(sentences) < 2:
        return tokens
    kept = head.sent.start if tokens[0].doc is head.doc and head.sent.start in sentences else max(sentences)
    return [t for t in tokens if t.sent.start == kept]


def _source(tokens: list[Token]) -> list[Token]:
    """ "Who" takes along whom its clause hangs on ("Trump, who"); "there" ("there were reports") and adverbs are nobody."""
    if len(tokens) == 1 and tokens[0].lower_ in RELATIVE and tokens[0].head.dep_ == "relcl":
        before = [t for t in source_tokens(tokens[0].head.head) if t.i < tokens[0].i]
        return [*before, *tokens]
    while len(tokens) > 1 and (tokens[0].lower_ == "by" or tokens[0].text[0].isdigit() or tokens[0].is_punct):
        tokens = tokens[1:]  # the agent of a passive; the time that a live blog's entry begins with
    return [] if all(t.pos_ == "ADV" or t.lower_ == "there" for t in tokens) else tokens


def _kind(head: Token, source: list[Token]) -> str:
    if not source and head.lemma_.lower() in NOUNS and head.text.endswith("s"):
        return "noun"  # a plural that the tagger took for a verb
    known = cue_of(head)
    if known is not None:
        return known.kind
    if head.lower_ in SAYS_WITHOUT_VERB:
        return "say"
    return "noun" if head.lemma_.lower() in NOUNS and head.pos_ in ("NOUN", "PROPN") else "think"


def _paragraph(places: dict[int, Paragraph], span: Span) -> int:
    return next(n for n, p in places.items() if p.start <= span[0] < p.start + len(p.doc.text))


def _tokens(paragraph: Paragraph, spans: tuple[Span, ...] | list[Span]) -> list[Token]:
    out: list[Token] = []
    for start, end in spans:
        out += tokens_in(paragraph, (start - paragraph.start, min(end - paragraph.start, len(paragraph.doc.text)))) or []
    return out
