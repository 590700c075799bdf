"""Who said what: source, cue and content. The trained reader goes first; what it leaves is read off the parse."""

from __future__ import annotations

from spacy.tokens import Token

from ..records import Attribution, Evidence, Time
from ..tables.words import words
from . import by_model, by_parse, context
from .cast import Cast
from .cues import PARENTHETICAL
from .document import Document, Paragraph, tokens_in
from .drafts import Draft, quotation

PUBLISHERS = words("attributions.publishers")
WHOLE = 0.8  # share of a quotation from which on a content is the quotation
SURE = 0.9  # of what the parse finds by a saying verb and the model does not


def read(document: Document, cast: Cast, times: tuple[Time, ...]) -> tuple[list[Draft], tuple[Attribution, ...]]:
    """The attributions of an article, in text order; drafts keep the tokens for the readers after this one."""
    drafts = _within_forms(document, by_model.drafts(document))
    for number, paragraph in enumerate(document.paragraphs):
        mine = [d for d in drafts if d.paragraph == number]
        drafts += _left(paragraph, by_parse.of_paragraph(number, paragraph), mine)
    drafts.sort(key=lambda d: (d.paragraph, d.content[0] if d.content else (0, 0), d.head.i if d.head is not None else 0))
    whole = [draft for draft in drafts if draft.continues is None and not draft.unsaid]
    for count, draft in enumerate(whole, 1):
        draft.id = f"a{count}"
    for draft in drafts:
        if draft.continues is not None:
            draft.id = draft.continues.id
        draft.actors = _actors(cast, draft)
        tokens = [t for span in draft.content if (t := tokens_in(document.paragraphs[draft.paragraph], span)) is not None]
        draft.covers = {t.i for span_tokens in tokens for t in span_tokens}
        draft.text = " ".join(t.text for t in tokens)
        if draft.actors and draft.kind == "say":
            paragraph = document.paragraphs[draft.paragraph]
            quoted = (i for i in draft.covers if paragraph.in_quote(paragraph.doc[i].idx))
            cast.speakers.update(dict.fromkeys(((draft.paragraph, i) for i in quoted), draft.actors[0]))
    return drafts, tuple(_record(document, cast, draft, drafts, times) for draft in whole)


def _within_forms(document: Document, drafts: list[Draft]) -> list[Draft]:
    """The drafts, without those that reach out of a paragraph whose form says who speaks: only what is said within it stays."""
    forms = {n: s for n, p in enumerate(document.paragraphs) if (s := by_parse.by_form(n, p)) is not None}
    kept = []
    for draft in drafts:
        own = forms.get(draft.paragraph)
        if own is None:
            kept.append(draft)
        elif draft.continues is None and draft.head is not None and draft.home == draft.paragraph:
            low, high = own.content[0]
            within = all(
                low <= start < high for start in (draft.head.idx, *(t.idx for t in draft.source), *(a for a, _ in draft.content))
            )
            whole = sum(b - a for a, b in draft.content) > WHOLE * (high - low)
            if within and not whole:
                kept.append(draft)
    firsts = {id(d) for d in kept}
    return [d for d in kept if d.continues is None or id(d.continues) in firsts]


def _left(paragraph: Paragraph, found: list[Draft], known: list[Draft]) -> list[Draft]:
    """What the parse finds and the model does not: other cues that say, deny, ask or accuse. What the model has under another
    cue stays the model's, unless that one closes after it: "Peskov said …, Interfax reported". Sayings within the words that
    somebody is quoted with are more often wrong than right: they stay unsaid."""
    heads = {t.i for d in known for t in d.cue}
    out = []
    for draft in found:
        if draft.by_form:
            out.append(draft)
            continue
        if draft.head is None or draft.head.i in heads or draft.kind == "think":
            continue
        around = [k for k in known if any(a <= draft.head.idx < b for a, b in k.content)]
        closing = [k for k in around if k.head is not None and k.head.i > draft.head.i]
        joined = any(k.head is not None and k.head in draft.head.conjuncts for k in known)
        plain = draft.head.lemma_ in PARENTHETICAL and draft.confidence >= 0.75
        sure = draft.kind != "say" or bool(draft.source and (closing or joined or plain or draft.confidence >= SURE))
        if closing:
            draft.content = [(max(a, low), min(b, high)) for a, b in draft.content for low, high in closing[0].content
                             if max(a, low) < min(b, high)]  # fmt: skip
        own = draft.kind == "noun" or not around  # "said that reports that … are false": the reports are somebody else's
        if sure and draft.content and (closing or (own and not any(_same(draft, k, 0.8 if around else 0.5) for k in known))):
            draft.unsaid = draft.kind == "say" and paragraph.in_quote(draft.head.idx) is not None
            out.append(draft)
    return out


def _same(a: Draft, b: Draft, share: float) -> bool:
    shared = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a.content for y in b.content)
    return shared > share * max(sum(y - x for x, y in d.content) for d in (a, b))


def _actors(cast: Cast, draft: Draft) -> tuple[str, ...]:
    """The actors that a source names: its head noun's, and those joined to it by "and"."""
    if not draft.source:
        return ()
    inside = {t.i for t in draft.source}
    heads = [t for t in draft.source if t.head.i not in inside or t.head == t]
    found: list[str] = []
    for head in heads[:1]:
        joined = [head, *head.conjuncts]
        for token in joined:
            actor = cast.of_token(draft.home, token)
            if actor is None:  # "Kremlin spokesman Dmitry Peskov", "the party's leader, X"
                named = token.pos_ == "PROPN" or token.lower_ in PUBLISHERS
                links = ("appos", "compound", "nmod", "flat") if named else ("appos",)
                beside = [t for c in token.children if c.dep_ in links for t in (c, *c.children)]
                near = cast.within(draft.home, beside)
                people = [a for a in near if cast.kind(a) == "person"]
                outlets = [a for a in near if cast.kind(a) == "outlet"]
                actor = people[-1] if people else outlets[-1] if outlets and token.lower_ in PUBLISHERS else None
            if actor and actor not in found:
                found.append(actor)
    if found and cast.kind(found[0]) == "outlet":  # "A, B and C reported": however the list is parsed
        found += [a for a in cast.within(draft.home, draft.source) if cast.kind(a) == "outlet" and a not in found]
    return tuple(found)


def _record(document: Document, cast: Cast, draft: Draft, drafts: list[Draft], times: tuple[Time, ...]) -> Attribution:
    paragraph = document.paragraphs[draft.paragraph]
    parts = [draft, *(d for d in drafts if d.continues is draft)]
    spans = [(p.start + a, p.start + b) for d in parts for p in (document.paragraphs[d.paragraph],) for a, b in d.content]
    how = quotation(paragraph, draft)
    return Attribution(
        id=draft.id, content=document.evidence_at(paragraph.where, spans),
        source=_evidence(document, document.paragraphs[draft.home], draft.source),
        cue=_evidence(document, paragraph, draft.cue),
        actors=draft.actors, quotation=how,
        verbatim=how != "none" and not document.article.reworded,
        relayed_by=context.relayed_by(draft, drafts), addressee=context.addressee(cast, draft),
        venue=context.venue(cast, draft), said_on=context.said_on(paragraph, draft, times),
        confidence=draft.confidence,
    )  # fmt: skip


def _evidence(document: Document, paragraph: Paragraph, tokens: list[Token]) -> Evidence | None:
    return document.of_tokens(paragraph, tokens) if tokens else None
