"""Attributions read off the parse and the quotation marks: what the trained reader leaves is looked for here.

Cue verbs and nouns come from a table. The content is the clause below the cue, the clause that a closing "…, X said"
leans on, or the quotation next to it.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from ..records import Span
from ..tables.words import words
from ..text import SIGNED, trim
from .content import SUBJECTS, closing_speaker, content_of, cue_tokens, joined_cue, runs, source_tokens, subject_of, tidy
from .cues import NOUNS, PARENTHETICAL, Cue, cue_of
from .document import Paragraph, tokens_in
from .drafts import Draft

TURN = re.compile(r"[“\"]?(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3})(?P<mark>:)\s+(?=\S)")  # a turn of a transcript
IMPERSONAL = words("attributions.impersonal")
SPEECH_ACT_PARTNERS = words(
    "attributions.speech_act_partners"
)  # "I think" inside a quotation says nothing that the quotation does not


def of_paragraph(number: int, paragraph: Paragraph) -> list[Draft]:
    """The attributions of a paragraph, in the order of their cues."""
    whole = by_form(number, paragraph)
    if whole is not None:
        return [whole]
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


def by_form(number: int, paragraph: Paragraph) -> Draft | None:
    """A turn of a transcript ("NAME: …") or a signed quotation ("“…” — Name"): the form says who speaks."""
    text = paragraph.doc.text
    match = TURN.match(text) or SIGNED.match(text)
    if match is None or match["name"][0].islower():
        return None
    name, mark = (list(tokens_in(paragraph, trim(text, match.span(group))) or ()) for group in ("name", "mark"))
    said = match.span("said") if match.re is SIGNED else (match.end(), len(text.rstrip()))
    return Draft(number, mark, name, [said], "say", mark[0], confidence=0.9, by_form=True)


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
    limit = joined_cue(paragraph, verb)
    if limit is not None and not direct:
        content = tidy(paragraph, [(a, min(b, limit)) if verb.idx < a < limit else (a, b) for a, b in content])
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
