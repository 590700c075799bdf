"""The spans of an attribution: whose words a cue introduces, and where they begin and end."""

from __future__ import annotations

import re

from spacy.tokens import Token

from ..records import Span
from ..tables.words import words
from .cues import NEEDS_CLAUSE, PARENTHETICAL, TAKES_OBJECT, Cue, cue_of
from .document import Paragraph, subtree

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
CONTENT_MARGIN = ",;:—–- \n\t"
OBJECT_CONTROL = words("attributions.object_control")


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
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head.head)  # "X has no plans to meet"
    perfect = verb.dep_ == "xcomp" and any(c.lower_ == "to" for c in verb.children)  # "are said to have held"
    if verb.dep_ in ("advcl", "xcomp", "ccomp") and (verb.tag_ in ("VBG", "VB") or perfect) and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    return None


def cue_tokens(verb: Token) -> list[Token]:
    """The verb with its auxiliaries and what stands between ("has repeatedly said")."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i]
    if not helpers:
        return [verb]
    return [t for t in verb.doc[helpers[0].i : verb.i + 1] if t == verb or t.dep_ in ("aux", "auxpass", "neg", "advmod")]


def source_tokens(subject: Token) -> list[Token]:
    """The noun phrase of a source: with titles and appositions, without the clauses that hang on it."""
    cut = [c for c in subject.children if c.dep_ in ("relcl", "acl", "advcl", "cc") and c.dep_ != "cc"]
    tokens = subtree(subject, cut)
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    if tokens and len(tokens) > 25:
        tokens = [t for t in tokens if abs(t.i - subject.i) < 6]
    return tokens


def content_of(
    paragraph: Paragraph, verb: Token, cue: Cue, inside: Span | None, claimed: set[Span], subject: Token | None, passive: bool
) -> tuple[list[Span], bool]:
    """Content spans, and whether they are a quotation."""
    sentence = verb.sent
    speaker = closing_speaker(verb) if cue.lemma in PARENTHETICAL else []
    complement = next((c for c in verb.children if c.dep_ in ("ccomp",) and c != subject), None)
    quotes = [] if inside else _quotes_near(paragraph, verb, claimed)
    if speaker and not quotes:
        return tidy(paragraph, [(sentence.start_char, speaker[0].idx)]), False
    if quotes and (complement is None or any(a <= complement.idx < b for a, b in quotes)):
        return _with_lead(paragraph, quotes, complement, verb), True
    if complement is not None and (complement.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "PRON")):
        return tidy(paragraph, _clause_span(complement, verb, subject)), False
    if cue.kind == "ask":
        for child in verb.children:
            if child.dep_ == "advcl" and any(m.lower_ in ("if", "whether") for m in child.children):
                return tidy(paragraph, _clause_span(child, verb, subject)), False
    if cue.lemma in PARENTHETICAL and verb.dep_ in ("parataxis",) and verb.head != verb:
        rest = [t for t in sentence if not verb.is_ancestor(t) and t != verb]
        return tidy(paragraph, runs(rest)), False
    for child in verb.children:
        if child.dep_ == "xcomp" and (cue.kind in ("think", "say", "deny") and child.tag_ in ("VB", "VBG", "VBN")):
            return tidy(paragraph, _clause_span(child, verb, subject)), False
        if child.dep_ == "prep" and child.lower_ in ("of", "about", "to", "against", "for") and cue.lemma in (
            "warn", "caution", "accuse", "ask", "consent", "agree", "call", "point", "blame", "implicate"):  # fmt: skip
            objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")] if cue.kind == "accuse" else []
            return tidy(paragraph, runs([t for part in (*objects, child) for t in part.subtree])), False
    if cue.kind == "deny" and verb.dep_ == "relcl" and not any(c.dep_ == "dobj" for c in verb.children):
        return tidy(paragraph, runs([verb.head])), False  # "…, something that X rejects"
    if cue.lemma in NEEDS_CLAUSE and cue.lemma not in TAKES_OBJECT:
        return [], False
    for child in verb.children:
        if child.dep_ in ("dobj", "oprd") and cue.lemma in TAKES_OBJECT and child != subject:
            return tidy(paragraph, _clause_span(child, verb, subject)), False
        if passive and child.dep_ == "nsubjpass" and cue.lemma in TAKES_OBJECT and child != subject:
            return tidy(paragraph, _clause_span(child, verb, subject)), False
    return [], False


CLOSING_WORDS = 8  # a closing speaker's name and title are no longer
AFTER_CLOSING = 5  # "on Friday in Ostrel"


def closing_speaker(verb: Token) -> list[Token]:
    """The speaker in a closing ", X said", read off the words: the parser often takes X for a part of what was said."""
    doc, sentence = verb.doc, verb.sent
    rest = [t for t in doc[verb.i + 1 : sentence.end] if not t.is_punct and not t.is_space]
    if len(rest) > AFTER_CLOSING or any(t.pos_ in ("VERB", "AUX") for t in rest) or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return []
    first = verb.i
    while first > sentence.start and doc[first - 1].text != "," and verb.i - first <= CLOSING_WORDS:
        first -= 1
    speaker = list(doc[first : verb.i])
    if first - sentence.start < 4 or doc[first - 1].text != "," or not speaker or len(speaker) > CLOSING_WORDS:
        return []
    nominal = any(t.pos_ in ("PROPN", "NOUN", "PRON") for t in speaker)
    clause = any(t.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") or t.lower_ in ("who", "which") for t in speaker)
    told = any(t.pos_ in ("VERB", "AUX") for t in doc[sentence.start : first])
    return speaker if nominal and not clause and told else []


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
        marks = 2 if text[start - 2 : start] in ("''", "``") else 1
        out.append((max(0, start - marks), min(end + marks, len(text))))
    if complement is not None and complement.i > verb.i:
        tokens = list(complement.subtree)
        out.append((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
        low, high = min(a for a, _ in out), max(b for _, b in out)
        if low > verb.idx:
            return [(low, high)]
    return out


def _clause_span(head: Token, verb: Token, subject: Token | None) -> list[Span]:
    """The tokens below `head` without those of the cue's own verb and subject, as spans."""
    own = {verb.i} | ({t.i for t in source_tokens(subject)} if subject is not None else set())
    tokens = [t for t in head.subtree if t.i not in own]
    if head.i > verb.i:  # "said that …": begin after the cue
        tokens = [t for t in tokens if t.i > verb.i]
    return runs(tokens)


def runs(tokens: list[Token]) -> list[Span]:
    """Spans of neighbouring tokens; a gap of mere punctuation does not part them."""
    runs: list[list[Token]] = []
    for token in sorted(set(tokens), key=lambda t: t.i):
        if runs and all(t.is_punct or t.is_space for t in token.doc[runs[-1][-1].i + 1 : token.i]):
            runs[-1].append(token)
        else:
            runs.append([token])
    solid = [run for run in runs if any(t.is_alpha or t.like_num for t in run)]
    return [(run[0].idx, run[-1].idx + len(run[-1])) for run in solid]


def tidy(paragraph: Paragraph, spans: list[Span]) -> list[Span]:
    """Spans without commas and blanks at their ends."""
    text, out = paragraph.doc.text, []
    for start, end in spans:
        while start < end and text[start] in CONTENT_MARGIN:
            start += 1
        while end > start and text[end - 1] in CONTENT_MARGIN + ".":
            end -= 1
        for word in (" and", " but"):  # what joins the next clause
            if text[start:end].endswith(word):
                end -= len(word)
        if end > start:
            out.append((start, end))
    return out


def joined_cue(paragraph: Paragraph, head: Token) -> int | None:
    """Where the next cue with the same subject begins ("said … and warned …" are two), counted from the paragraph's start."""
    for verb in head.conjuncts:
        if verb.i < head.i or verb.pos_ != "VERB" or cue_of(verb) is None:
            continue
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
            continue
        first = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "neg", "advmod"))])
        before = paragraph.doc[first - 1]
        return int(before.idx if before.dep_ == "cc" else paragraph.doc[first].idx)
    return None
