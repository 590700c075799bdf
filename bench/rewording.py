"""Rewords articles by script, with a seed: the copies that `bench.copies` looks for.

`WordNet` reads the files of Debian's package wordnet-base (`apt-get download wordnet-base`, unpacked anywhere). Each kind of
rewording is one function of (sentences, WordNet, random numbers). Nothing was built for `summary` and `clipped`, though
their figures were in sight when the thresholds were set.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d[\d.,]*|[^\w\s]|\s+")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[“\"A-Z])")
PARTS = ("noun", "verb", "adj", "adv")
COMMON = 4  # of a word's senses, the first few: a spinner takes a likely one, if not the right one


class WordNet:
    """Synonyms and hypernyms by lemma."""

    def __init__(self, folder: Path) -> None:
        self.senses: dict[str, list[list[str]]] = {}
        self.above: dict[str, list[str]] = {}
        for part in PARTS:
            self._read(folder, part)

    def _read(self, folder: Path, part: str) -> None:
        words: dict[str, list[str]] = {}
        above: dict[str, str] = {}
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            cells = line.split(" | ")[0].split()
            count = int(cells[3], 16)
            words[cells[0]] = [w.split("(")[0].replace("_", " ") for w in cells[4 : 4 + 2 * count : 2]]
            pointers = cells[5 + 2 * count :]
            wider = [pointers[i + 1] for i in range(0, len(pointers) - 3, 4) if pointers[i] == "@"]
            above |= dict.fromkeys([cells[0]] if wider else [], wider[-1] if wider else "")
        for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            cells = line.split()
            offsets = cells[-int(cells[2]) :][:COMMON]
            lemma = cells[0].replace("_", " ")
            self.senses.setdefault(lemma, []).extend(words[o] for o in offsets)
            self.above.setdefault(lemma, []).extend(w for o in offsets if o in above for w in words[above[o]][:1])

    def synonyms(self, word: str) -> list[str]:
        """Words for a word, in its own inflection where that is regular."""
        for lemma, ending in lemmas(word.lower()):
            found = [w for sense in self.senses.get(lemma, ()) for w in sense if w.lower() != lemma]
            if found:
                return [inflect(w, ending) for w in found]
        return []

    def hypernyms(self, word: str) -> list[str]:
        """Wider words for a word."""
        return [inflect(w, ending) for lemma, ending in lemmas(word.lower()) for w in self.above.get(lemma, ())]


def lemmas(word: str) -> list[tuple[str, str]]:
    """What a word may be a form of, with the ending."""
    out = [(word, "")]
    for ending, new in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            out.append((word[: -len(ending)] + new, "s" if ending.endswith("s") else ending[-3:].lstrip("i")))
    return out


def inflect(lemma: str, ending: str) -> str:
    """A lemma with an ending, by the regular rules; of several words the first is inflected."""
    if not ending:
        return lemma
    first, _, rest = lemma.partition(" ")
    if ending == "s":
        first += "es" if first.endswith(("s", "x", "ch", "sh")) else "s"
    else:
        first = first.removesuffix("e") + ("ed" if ending == "ed" else "ing")
    return f"{first} {rest}" if rest else first


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [s.strip() for line in text.split("\n") for s in SENTENCE.split(line) if s.strip()]


def replaced(sentence: str, share: float, words: Callable[[str], list[str]], rng: random.Random) -> str:
    """A share of the words that the lexicon knows, replaced; names and numbers stay."""
    out = []
    for token in WORD.findall(sentence):
        known = words(token) if token.islower() and len(token) > 2 else []
        out.append(rng.choice(known) if known and rng.random() < share else token)
    return "".join(out)


def synonyms(share: float) -> Kind:
    """Synonyms for a share of the known words, quotations included."""
    return lambda lines, net, rng: [replaced(line, share, net.synonyms, rng) for line in lines]


def shuffled(lines: list[str], net: WordNet, rng: random.Random) -> list[str]:
    """Two words in five replaced, and the sentences in another order, the first few kept together."""
    lines = [replaced(line, 0.4, net.synonyms, rng) for line in lines]
    rest = lines[2:]
    rng.shuffle(rest)
    return lines[:2] + rest


def edited(lines: list[str], net: WordNet, rng: random.Random) -> list[str]:
    """No word changed; a part cut off, one sentence in eight left out, an opening of its own."""
    del net
    kept = [line for line in lines[: max(3, len(lines) * 7 // 10)] if rng.random() > 0.125]
    return ["Here is what is known so far about the story that everyone has been talking about.", *kept]


def clipped(lines: list[str], net: WordNet, rng: random.Random) -> list[str]:
    """Wider words for a third, small words left out here and there, clauses in another order: nothing was built for it."""
    out = []
    for line in lines:
        clauses = re.split(r"(?<=,) ", replaced(line, 0.33, net.hypernyms, rng))
        rng.shuffle(clauses)
        tokens = [w for w in " ".join(clauses).split() if not (len(w) < 4 and w.islower() and rng.random() < 0.5)]
        out.append(" ".join(tokens))
    return out


def summary(lines: list[str], net: WordNet, rng: random.Random) -> list[str]:
    """Half of the sentences, without what follows a second comma, a third of the words replaced: nothing was built for it."""
    kept = [line for i, line in enumerate(lines) if i == 0 or rng.random() < 0.5]
    return [replaced(", ".join(line.split(", ")[:2]).rstrip(".") + ".", 0.33, net.synonyms, rng) for line in kept]


Kind = Callable[[list[str], WordNet, random.Random], list[str]]
KINDS: dict[str, Kind] = {
    "synonyms, 20%": synonyms(0.2), "synonyms, 40%": synonyms(0.4), "synonyms, 60%": synonyms(0.6),
    "sentences in another order, 40%": shuffled, "edited": edited, "clipped (not built for)": clipped,
    "summary (not built for)": summary,
}  # fmt: skip


def reword(text: str, kind: str, net: WordNet, seed: int) -> str:
    """A text reworded in one of the KINDS; the same seed gives the same words."""
    return "\n".join(KINDS[kind](sentences_of(text), net, random.Random(f"{kind} {seed}")))
