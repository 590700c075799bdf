"""Who said what: source, cue and content, read off the parse and the quotation marks.

Cue verbs and nouns come from a table. The content is the clause below the cue, the clause that a closing "…, X said"
leans on, or the quotation next to it; a quotation paragraph without a cue goes on from the last speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from ..records import Attribution, Evidence, Quotation, Span, Time
from ..tables.words import words
from . import context
from .actors import Cast
from .cues import NEEDS_CLAUSE, NOUNS, PARENTHETICAL, TAKES_OBJECT, Cue, cue_of
from .document import Document, Paragraph, subtree, tokens_in

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
CONTENT_MARGIN = ",;:—–- \n\t"
PUBLISHERS = words("attributions.publishers")
OBJECT_CONTROL = words("attributions.object_control")
IMPERSONAL = words("attributions.impersonal")
SPEECH_ACT_PARTNERS = words("attributions.speech_act_partners")  # "I think" inside a quotation says nothing that the quotation does not
COLON_SPEAKER = re.compile(r"^([A-Z][A-Za-z .'’-]{2,40}): (?=[“\"A-Z])")


@dataclass(slots=True)
class Draft:
    """An attribution as found: tokens of one paragraph."""

    paragraph: int
    cue: list[Token]
    source: list[Token]
    content: list[Span]  # counted from the paragraph's start
    kind: str
    head: Token | None = None  # the cue's verb or noun
    source_paragraph: int | None = None  # where the source stands, if not in this paragraph
    actors: tuple[str, ...] = ()
    confidence: float = 0.5
    id: str = ""
    covers: set[int] = field(default_factory=set)  # token indices of the content
    text: str = ""  # of the content


def read(document: Document, cast: Cast, times: tuple[Time, ...]) -> tuple[list[Draft], tuple[Attribution, ...]]:
    """The attributions of an article, in text order; drafts keep the tokens for the readers after this one."""
    drafts: list[Draft] = []
    for number, paragraph in enumerate(document.paragraphs):
        drafts += _of_paragraph(document, cast, number, paragraph)
    _floating(document, cast, drafts)
    drafts.sort(key=lambda d: (d.paragraph, d.content[0] if d.content else (0, 0), d.head.i if d.head is not None else 0))
    for count, draft in enumerate(drafts, 1):
        draft.id = f"a{count}"
        draft.actors = _actors(cast, draft)
        tokens = [t for span in draft.content if (t := tokens_in(document.paragraphs[draft.paragraph], span)) is not None]
        draft.covers = {t.i for span_tokens in tokens for t in span_tokens}
        draft.text = " ".join(t.text for t in tokens)
    return drafts, tuple(_record(document, cast, draft, drafts, times) for draft in drafts)


def _of_paragraph(document: Document, cast: Cast, number: int, paragraph: Paragraph) -> list[Draft]:
    out: list[Draft] = []
    claimed: set[Span] = set()
    for token in paragraph.doc:
        draft = None
        cue = cue_of(token)
        if cue is not None:
            draft = _verb(number, paragraph, token, cue, claimed)
        elif token.lower_ == "according" and token.i + 1 < len(paragraph.doc):
            draft = _according(number, paragraph, token)
        elif token.lemma_.lower() in NOUNS and token.pos_ == "NOUN":
            draft = _noun(number, paragraph, token)
        if draft is not None and draft.content:
            out.append(draft)
            if not paragraph.in_quote(token.idx):  # a cue within a quotation does not take it from its speaker
                claimed.update(q for q in paragraph.quotes if any(a < q[1] and q[0] < b for a, b in draft.content))
    return _without_doubles(out)


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """One attribution for the same content: the one with a source, then the earlier one."""
    best: dict[tuple[Span, ...], Draft] = {}
    for draft in drafts:
        key = tuple(draft.content)
        if key not in best or (not best[key].source and draft.source):
            best[key] = draft
    return list(best.values())


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, that of the verb it is joined to, or what its relative clause hangs on."""
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.dep_ != "expl":
            if child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    if verb.dep_ in ("relcl", "acl") and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_ in OBJECT_CONTROL:
        return next((c for c in verb.head.children if c.dep_ in ("dobj", "nsubjpass") and c.i < verb.i), None)
    if verb.dep_ in ("advcl", "xcomp", "ccomp") and verb.tag_ in ("VBG", "VB") and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    return None


def _verb(number: int, paragraph: Paragraph, verb: Token, cue: Cue, claimed: set[Span]) -> Draft | None:
    inside = paragraph.in_quote(verb.idx)
    subject = subject_of(verb)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if passive:
        agent = [o for c in verb.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
        subject = agent[0] if agent else None
    if subject is not None and subject.lower_ in SPEECH_ACT_PARTNERS:
        return None
    if subject is not None and subject.lower_ in IMPERSONAL and cue.kind != "think" and not passive:
        subject = None
    content, direct = _content(paragraph, verb, cue, inside, claimed, subject, passive)
    if not content:
        return None
    if subject is None and not passive and not direct:
        if verb.lemma_ in NOUNS and verb.text.endswith("s"):  # a plural noun that the tagger took for a verb
            return Draft(number, [verb], [], content, "noun", verb, confidence=0.4)
        if verb.dep_ not in ("advcl", "ROOT"):
            return None
    if passive and subject is None and cue.kind == "think":
        return None  # "was planned" by nobody named
    source = _source_tokens(subject) if subject is not None else []
    covered = {t.i for a, b in content for t in (tokens_in(paragraph, (a, b)) or [])}
    source = [t for t in source if t.i not in covered]
    confidence = 0.9 if direct and source else 0.75 if source and cue.kind in ("say", "deny", "ask") else 0.5
    return Draft(number, _cue_tokens(verb), source, content, cue.kind, verb, confidence=confidence)


def _cue_tokens(verb: Token) -> list[Token]:
    """The verb with its auxiliaries and what stands between ("has repeatedly said")."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i]
    if not helpers:
        return [verb]
    return [t for t in verb.doc[helpers[0].i : verb.i + 1] if t == verb or t.dep_ in ("aux", "auxpass", "neg", "advmod")]


def _source_tokens(subject: Token) -> list[Token]:
    """The noun phrase of a source: with titles and appositions, without the clauses that hang on it."""
    cut = [c for c in subject.children if c.dep_ in ("relcl", "acl", "advcl", "cc") and c.dep_ != "cc"]
    tokens = subtree(subject, cut)
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    if tokens and len(tokens) > 25:
        tokens = [t for t in tokens if abs(t.i - subject.i) < 6]
    return tokens


def _content(
    paragraph: Paragraph, verb: Token, cue: Cue, inside: Span | None, claimed: set[Span], subject: Token | None, passive: bool
) -> tuple[list[Span], bool]:
    """Content spans, and whether they are a quotation."""
    sentence = verb.sent
    closing = _before_closing(paragraph, verb, subject)
    complement = next((c for c in verb.children if c.dep_ in ("ccomp",) and c != subject), None)
    quotes = [] if inside else _quotes_near(paragraph, verb, claimed)
    if closing and not quotes and cue.lemma in PARENTHETICAL:
        return _tidy(paragraph, [closing]), False
    if quotes and (complement is None or any(a <= complement.idx < b for a, b in quotes)):
        return _with_lead(paragraph, quotes, complement, verb), True
    if complement is not None and (complement.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "PRON")):
        return _tidy(paragraph, _clause_span(complement, verb, subject)), False
    if cue.kind == "ask":
        for child in verb.children:
            if child.dep_ == "advcl" and any(m.lower_ in ("if", "whether") for m in child.children):
                return _tidy(paragraph, _clause_span(child, verb, subject)), False
    if cue.lemma in PARENTHETICAL and verb.dep_ in ("parataxis",) and verb.head != verb:
        rest = [t for t in sentence if not verb.is_ancestor(t) and t != verb]
        return _tidy(paragraph, _runs(rest)), False
    for child in verb.children:
        if child.dep_ == "xcomp" and (cue.kind in ("think", "say", "deny") and child.tag_ in ("VB", "VBG", "VBN")):
            return _tidy(paragraph, _clause_span(child, verb, subject)), False
        if child.dep_ == "prep" and child.lower_ in ("of", "about", "to", "against", "for") and cue.lemma in (
            "warn", "caution", "accuse", "ask", "consent", "agree", "call", "point", "blame", "implicate"):  # fmt: skip
            objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")] if cue.kind == "accuse" else []
            return _tidy(paragraph, _runs([t for part in (*objects, child) for t in part.subtree])), False
    if cue.lemma in NEEDS_CLAUSE and cue.lemma not in TAKES_OBJECT:
        return [], False
    for child in verb.children:
        if child.dep_ in ("dobj", "oprd") and cue.lemma in TAKES_OBJECT and child != subject:
            return _tidy(paragraph, _clause_span(child, verb, subject)), False
        if passive and child.dep_ == "nsubjpass" and cue.lemma in TAKES_OBJECT and child != subject:
            return _tidy(paragraph, _clause_span(child, verb, subject)), False
    return [], False


def _before_closing(paragraph: Paragraph, verb: Token, subject: Token | None) -> Span | None:
    """What stands before a closing ", X said": from the sentence's start to that comma, whatever the parser made of it."""
    if subject is None or subject.i > verb.i:
        return None
    sentence = verb.sent
    first = min(t.i for t in subject.subtree)
    rest = [t for t in sentence.doc[verb.i + 1 : sentence.end] if not t.is_punct and not t.is_space]
    if len(rest) > 5 or any(t.pos_ in ("VERB", "AUX") for t in rest) or first - sentence.start < 4:
        return None
    before = sentence.doc[first - 1]
    if before.text != "," or any(t.pos_ in ("VERB", "AUX") for t in sentence.doc[first : verb.i] if t.head != verb):
        return None
    if not any(t.pos_ in ("VERB", "AUX") for t in sentence.doc[sentence.start : first]):
        return None
    return sentence.start_char, before.idx


def _quotes_near(paragraph: Paragraph, verb: Token, claimed: set[Span]) -> list[Span]:
    """The quotations that a cue next to them introduces: before it ("…," X said), after it, or on both sides."""
    low = verb.sent.start_char
    high = verb.sent.end_char
    left = [q for q in paragraph.quotes if q[1] <= verb.idx and q[1] >= low - 1 and q not in claimed]
    right = [q for q in paragraph.quotes if verb.idx < q[0] <= high and q not in claimed]
    if right and any(cue_of(t) is not None for t in paragraph.doc if verb.i < t.i and t.idx < right[0][0]):
        right = []  # "Asked if it was true, he said: “…”": the quotation is the other cue's
    text = paragraph.doc.text
    found = []
    if left and not re.search(r"[.!?][”\"]?\s+[A-Z“]\w*.*[,.;]", text[left[-1][1] : verb.idx]) and _long(text, left[-1]):
        found.append(left[-1])
    if right:
        between = text[verb.idx : right[0][0]]
        if (re.search(r"[,:.]\s*[“\"]?$", between) or len(between.split()) <= 3) and "." not in between[:-3]:
            found.append(right[0])
    return found


def _long(text: str, quote: Span) -> bool:
    """Is a quotation a clause of its own rather than a word or a title? It then ends in a mark, or is long."""
    words = text[slice(*quote)].split()
    return len(words) >= 4 or text[slice(*quote)].rstrip()[-1:] in ",.?!"


def _with_lead(paragraph: Paragraph, quotes: list[Span], complement: Token | None, verb: Token) -> list[Span]:
    """Quotations with their marks; a partial quotation takes its clause along ("said it was “a mistake”")."""
    out = []
    for start, end in quotes:
        text = paragraph.doc.text
        out.append((max(0, start - 1), min(end + 1, len(text))))
    if complement is not None and complement.i > verb.i:
        tokens = list(complement.subtree)
        out.append((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
        low, high = min(a for a, _ in out), max(b for _, b in out)
        if low > verb.idx:
            return [(low, high)]
    return out


def _clause_span(head: Token, verb: Token, subject: Token | None) -> list[Span]:
    """The tokens below `head` without those of the cue's own verb and subject, as spans."""
    own = {verb.i} | ({t.i for t in subject.subtree} if subject is not None else set())
    tokens = [t for t in head.subtree if t.i not in own]
    if head.i > verb.i:  # "said that …": begin after the cue
        tokens = [t for t in tokens if t.i > verb.i]
    return _runs(tokens)


def _runs(tokens: list[Token]) -> list[Span]:
    """Spans of neighbouring tokens; a gap of mere punctuation does not part them."""
    runs: list[list[Token]] = []
    for token in sorted(set(tokens), key=lambda t: t.i):
        if runs and all(t.is_punct or t.is_space for t in token.doc[runs[-1][-1].i + 1 : token.i]):
            runs[-1].append(token)
        else:
            runs.append([token])
    solid = [run for run in runs if any(t.is_alpha or t.like_num for t in run)]
    return [(run[0].idx, run[-1].idx + len(run[-1])) for run in solid]


def _tidy(paragraph: Paragraph, spans: list[Span]) -> list[Span]:
    """Spans without commas and blanks at their ends."""
    text, out = paragraph.doc.text, []
    for start, end in spans:
        while start < end and text[start] in CONTENT_MARGIN:
            start += 1
        while end > start and text[end - 1] in CONTENT_MARGIN + ".":
            end -= 1
        if end > start:
            out.append((start, end))
    return out


def _according(number: int, paragraph: Paragraph, token: Token) -> Draft | None:
    """ "…, according to X"."""
    to = token.nbor(1)
    if to.lower_ != "to":
        return None
    objects = [c for head in (token, to) for c in head.children if c.dep_ == "pobj"]
    if not objects:
        return None
    source = _source_tokens(objects[0])
    own = {t.i for t in objects[0].subtree} | {token.i, to.i}
    rest = [t for t in token.sent if t.i not in own]
    runs = _tidy(paragraph, _runs(rest))
    widest = max(runs, key=lambda s: s[1] - s[0], default=None)
    if widest is None:
        return None
    quoted = [q for q in paragraph.quotes if q[0] <= widest[0] and widest[1] <= q[1] + 1]
    return Draft(number, [token, to], source, [widest], "say", token, confidence=0.8 if not quoted else 0.9)


def _noun(number: int, paragraph: Paragraph, noun: Token) -> Draft | None:
    """ "Reports that …", "remarks by X that …", "speculation about …", "X's claim that …"."""
    by = next(
        (o for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for o in c.children if o.dep_ == "pobj"),
        None,
    )
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i), None)
    about = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("about", "of", "on")), None)
    if clause is not None and clause.dep_ == "relcl" and any(c.lower_ in ("which", "who") for c in clause.children):
        clause = None
    if clause is not None and not any(c.lower_ in ("that", "about") or c.dep_ in SUBJECTS for c in clause.children):
        clause = None
    if clause is None and by is not None:  # the parser hangs "remarks by X that …" on X
        clause = next((c for c in by.children if c.dep_ == "relcl" and any(g.lower_ == "that" for g in c.children)), None)
    head = clause or (about if noun.lemma_ in ("speculation", "report", "claim", "allegation", "rumor", "rumour") else None)
    if head is None:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if head.lemma_ in ("show", "suggest", "indicate", "imply"):
        head = next((c for c in head.children if c.dep_ == "ccomp"), head)
    tokens = [t for t in head.subtree if t.i > noun.i]
    content = _tidy(paragraph, _runs(tokens))
    source_head = by if by is not None else owner
    if by is not None:
        inner = {t.i for t in by.subtree if clause is None or not clause.is_ancestor(t)} | {by.head.i}
        content = _tidy(paragraph, _runs([t for t in tokens if t.i not in inner]))
    source = [t for t in _source_tokens(source_head) if t.text not in ("'s", "’s")] if source_head is not None else []
    if head == about and source_head is None and noun.lemma_ not in ("speculation", "report", "rumor", "rumour"):
        return None
    return Draft(number, [noun], source, content, "noun", noun, confidence=0.5)


def _floating(document: Document, cast: Cast, drafts: list[Draft]) -> None:
    """Quotations of a clause or more that no cue claimed go to whoever spoke last, if that is near."""
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.where != "body":
            continue
        mine = [d for d in drafts if d.paragraph == number]
        for quote in paragraph.quotes:
            text = paragraph.doc.text[slice(*quote)]
            if len(text.split()) < 5 or any(a < quote[1] and quote[0] < b for d in mine for a, b in d.content):
                continue
            before = [d for d in drafts if d.kind in ("say", "deny", "ask") and d.source and d.confidence >= 0.75
                      and not (d.head is not None and document.paragraphs[d.paragraph].in_quote(d.head.idx))
                      and (d.paragraph, d.content[0]) < (number, quote) and number - d.paragraph <= 1]  # fmt: skip
            if not before:
                continue
            last = max(before, key=lambda d: (d.paragraph, d.content[0]))
            span = (max(0, quote[0] - 1), min(quote[1] + 1, len(paragraph.doc.text)))
            if last.paragraph == number and _quotation(paragraph, last) == "direct":
                last.content.append(span)  # “…,” she said. “…”
                continue
            where = last.paragraph if last.source_paragraph is None else last.source_paragraph
            drafts.append(Draft(number, [], last.source, [span], "say", None, where, confidence=0.55))


def _of_source(draft: Draft) -> int:
    return draft.paragraph if draft.source_paragraph is None else draft.source_paragraph


def _actors(cast: Cast, draft: Draft) -> tuple[str, ...]:
    """The actors that a source names: its head noun's, and those joined to it by "and"."""
    if not draft.source:
        return ()
    inside = {t.i for t in draft.source}
    heads = [t for t in draft.source if t.head.i not in inside]
    found: list[str] = []
    for head in heads[:1]:
        joined = [head, *head.conjuncts]
        for token in joined:
            actor = cast.of_token(_of_source(draft), token)
            if actor is None:  # "Kremlin spokesman Dmitry Peskov", "the party's leader, X"
                beside = [t for c in token.children if c.dep_ == "appos" or (c.dep_ in ("compound", "nmod", "flat") and (token.pos_ == "PROPN" or token.lower_ in PUBLISHERS))
                          for t in (c, *c.children)]  # fmt: skip
                near = cast.within(_of_source(draft), beside)
                people = [a for a in near if cast.kind(a) == "person"]
                outlets = [a for a in near if cast.kind(a) == "outlet"]
                actor = people[-1] if people else outlets[-1] if outlets and token.lower_ in PUBLISHERS else None
            if actor and actor not in found:
                found.append(actor)
    return tuple(found)


def _record(document: Document, cast: Cast, draft: Draft, drafts: list[Draft], times: tuple[Time, ...]) -> Attribution:
    paragraph = document.paragraphs[draft.paragraph]
    quotation = _quotation(paragraph, draft)
    return Attribution(
        id=draft.id, content=document.evidence(paragraph, draft.content),
        source=_evidence(document, document.paragraphs[_of_source(draft)], draft.source), cue=_evidence(document, paragraph, draft.cue),
        actors=draft.actors, quotation=quotation,
        verbatim=quotation != "none" and not document.article.reworded,
        relayed_by=context.relayed_by(draft, drafts), addressee=context.addressee(cast, draft),
        venue=context.venue(cast, draft), said_on=context.said_on(paragraph, draft, times),
        confidence=draft.confidence,
    )  # fmt: skip


def _evidence(document: Document, paragraph: Paragraph, tokens: list[Token]) -> Evidence | None:
    return document.of_tokens(paragraph, tokens) if tokens else None


def _quotation(paragraph: Paragraph, draft: Draft) -> Quotation:
    total = sum(b - a for a, b in draft.content)
    quoted = sum(max(0, min(b, q[1] + 1) - max(a, q[0] - 1)) for a, b in draft.content for q in paragraph.quotes)
    if not quoted:
        return "none"
    return "direct" if quoted >= total * 0.8 else "partial"
