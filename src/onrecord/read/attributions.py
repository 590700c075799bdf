"""Who said what: source, cue and content, read off the parse and the quotation marks.

Cue verbs and nouns come from a table. The content is the clause below the cue, the clause that a closing "…, X said"
leans on, or the quotation next to it; a quotation paragraph without a cue goes on from the last speaker.
"""

from __future__ import annotations

from spacy.tokens import Token

from ..records import Attribution, Evidence, Quotation, Span, Time
from ..tables.words import words
from . import context
from .cast import Cast
from .content import SUBJECTS, closing_speaker, content_of, cue_tokens, runs, source_tokens, subject_of, tidy
from .cues import NOUNS, PARENTHETICAL, Cue, cue_of
from .document import Document, Paragraph, tokens_in
from .drafts import Draft

PUBLISHERS = words("attributions.publishers")
IMPERSONAL = words("attributions.impersonal")
SPEECH_ACT_PARTNERS = words(
    "attributions.speech_act_partners"
)  # "I think" inside a quotation says nothing that the quotation does not


def read(document: Document, cast: Cast, times: tuple[Time, ...]) -> tuple[list[Draft], tuple[Attribution, ...]]:
    """The attributions of an article, in text order; drafts keep the tokens for the readers after this one."""
    drafts: list[Draft] = []
    for number, paragraph in enumerate(document.paragraphs):
        drafts += _of_paragraph(number, paragraph)
    _floating(document, drafts)
    drafts.sort(key=lambda d: (d.paragraph, d.content[0] if d.content else (0, 0), d.head.i if d.head is not None else 0))
    for count, draft in enumerate(drafts, 1):
        draft.id = f"a{count}"
        draft.actors = _actors(cast, draft)
        tokens = [t for span in draft.content if (t := tokens_in(document.paragraphs[draft.paragraph], span)) is not None]
        draft.covers = {t.i for span_tokens in tokens for t in span_tokens}
        draft.text = " ".join(t.text for t in tokens)
        if draft.actors and draft.kind == "say":
            paragraph = document.paragraphs[draft.paragraph]
            quoted = (i for i in draft.covers if paragraph.in_quote(paragraph.doc[i].idx))
            cast.speakers.update(dict.fromkeys(((draft.paragraph, i) for i in quoted), draft.actors[0]))
    return drafts, tuple(_record(document, cast, draft, drafts, times) for draft in drafts)


def _of_paragraph(number: int, paragraph: Paragraph) -> list[Draft]:
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


def _verb(number: int, paragraph: Paragraph, verb: Token, cue: Cue, claimed: set[Span]) -> Draft | None:
    inside = paragraph.in_quote(verb.idx)
    subject = subject_of(verb)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if passive:
        agent = [o for c in verb.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
        subject = agent[0] if agent else None
    closing = closing_speaker(verb) if subject is None and cue.lemma in PARENTHETICAL else []
    if closing:
        subject = next(t for t in reversed(closing) if t.pos_ in ("PROPN", "NOUN", "PRON"))
    if subject is not None and subject.lower_ in SPEECH_ACT_PARTNERS:
        return None
    if subject is not None and subject.lower_ in IMPERSONAL and cue.kind != "think" and not passive:
        subject = None
    content, direct = content_of(paragraph, verb, cue, inside, claimed, subject, passive)
    if not content:
        return None
    if subject is None and not passive and not direct:
        if verb.lemma_ in NOUNS and verb.text.endswith("s"):  # a plural noun that the tagger took for a verb
            return Draft(number, [verb], [], content, "noun", verb, confidence=0.4)
        if verb.dep_ not in ("advcl", "ROOT"):
            return None
    if passive and subject is None and cue.kind == "think":
        return None  # "was planned" by nobody named
    source = closing or (source_tokens(subject) if subject is not None else [])
    covered = {t.i for a, b in content for t in (tokens_in(paragraph, (a, b)) or [])}
    source = [t for t in source if t.i not in covered]
    confidence = 0.9 if direct and source else 0.75 if source and cue.kind in ("say", "deny", "ask") else 0.5
    return Draft(number, cue_tokens(verb), source, content, cue.kind, verb, confidence=confidence)


def _according(number: int, paragraph: Paragraph, token: Token) -> Draft | None:
    """ "…, according to X"."""
    to = token.nbor(1)
    if to.lower_ != "to":
        return None
    objects = [c for head in (token, to) for c in head.children if c.dep_ == "pobj"]
    if not objects:
        return None
    source = source_tokens(objects[0])
    own = {t.i for t in objects[0].subtree} | {token.i, to.i}
    rest = [t for t in token.sent if t.i not in own]
    widest = max(tidy(paragraph, runs(rest)), key=lambda s: s[1] - s[0], default=None)
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
    content = tidy(paragraph, runs(tokens))
    source_head = by if by is not None else owner
    if by is not None:
        inner = {t.i for t in by.subtree if clause is None or not clause.is_ancestor(t)} | {by.head.i}
        content = tidy(paragraph, runs([t for t in tokens if t.i not in inner]))
    source = [t for t in source_tokens(source_head) if t.text not in ("'s", "’s")] if source_head is not None else []
    if head == about and source_head is None and noun.lemma_ not in ("speculation", "report", "rumor", "rumour"):
        return None
    return Draft(number, [noun], source, content, "noun", noun, confidence=0.5)


def _floating(document: Document, drafts: list[Draft]) -> None:
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
                named = token.pos_ == "PROPN" or token.lower_ in PUBLISHERS
                links = ("appos", "compound", "nmod", "flat") if named else ("appos",)
                beside = [t for c in token.children if c.dep_ in links for t in (c, *c.children)]
                near = cast.within(_of_source(draft), beside)
                people = [a for a in near if cast.kind(a) == "person"]
                outlets = [a for a in near if cast.kind(a) == "outlet"]
                actor = people[-1] if people else outlets[-1] if outlets and token.lower_ in PUBLISHERS else None
            if actor and actor not in found:
                found.append(actor)
    if found and cast.kind(found[0]) == "outlet":  # "A, B and C reported": however the list is parsed
        found += [a for a in cast.within(_of_source(draft), draft.source) if cast.kind(a) == "outlet" and a not in found]
    return tuple(found)


def _record(document: Document, cast: Cast, draft: Draft, drafts: list[Draft], times: tuple[Time, ...]) -> Attribution:
    paragraph = document.paragraphs[draft.paragraph]
    quotation = _quotation(paragraph, draft)
    return Attribution(
        id=draft.id, content=document.evidence(paragraph, draft.content),
        source=_evidence(document, document.paragraphs[_of_source(draft)], draft.source),
        cue=_evidence(document, paragraph, draft.cue),
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
