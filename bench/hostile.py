"""Pages that nobody means well with, and pages mutated at random."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

PROSE = "<p>The envoys met in the city on Monday evening, and left without a word to the press that had waited for them.</p>"

Maker = Callable[[], str]
HTML: dict[str, Maker] = {
    "20 MB of paragraphs": lambda: "<html><body>" + PROSE * (19_990_000 // len(PROSE)),
    "20 MB in one paragraph": lambda: "<p>" + "word " * 3_990_000,
    "100,000 nested tags": lambda: "<div>" * 100_000 + PROSE,
    "100,000 nested links": lambda: "<a href=x>" * 100_000 + PROSE,
    "3 million entities": lambda: "<p>" + "&amp;" * 3_000_000,
    "5 million entities": lambda: "<p>" + "&lt;" * 4_900_000,
    "a million tiny blocks": lambda: "<p>x" * 1_000_000 + PROSE,
    "300,000 attributes": lambda: "<p " + " ".join(f"a{i}=1" for i in range(300_000)) + ">" + PROSE,
    "attributes with brackets": lambda: "<p " + " ".join(f'a{i}="<>"' for i in range(200_000)) + ">" + PROSE,
    "attributes and brackets": lambda: "<p " + " < ".join(f"a{i}" for i in range(200_000)) + ">" + PROSE,
    "many tags of many attributes": lambda: ("<p " + " ".join(f"a{i}=1" for i in range(900)) + ">x") * 500 + PROSE,
    "NULs": lambda: PROSE.replace(" ", "\x00") * 500,
    "right to left": lambda: "<p dir=rtl>\u202e" + "هذا نص عربي طويل بما يكفي ليكون مقالا. " * 200 + PROSE,
    "bad JSON-LD": lambda: '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PROSE * 5,
    "open comment": lambda: "<!--" + PROSE * 1000,
    "open script": lambda: PROSE * 5 + "<script>" + "x" * 1_000_000,
    "CDATA and PIs": lambda: "<![CDATA[" * 10_000 + "<?x " * 10_000 + PROSE,
    "tables in tables": lambda: "<table><tr><td>" * 20_000 + PROSE,
    "line breaks": lambda: "<p>" + "a<br>" * 500_000,
    "long class names": lambda: f'<div class="{"a" * 5_000_000}">{PROSE}</div>',
}
TEXT: dict[str, Maker] = {
    "1 MB of ampersands": lambda: "&& " * 320_000,
    "1 MB of one word": lambda: "x" * 990_000,
    "1 MB of U+FFFD": lambda: "\ufffd" * 990_000,
    "1 MB of lines": lambda: "a\n" * 490_000,
    "1 MB of quotation marks": lambda: "“" * 990_000,
    "1 MB of mojibake": lambda: "â€œ" * 320_000,
    "1 MB of half entities": lambda: "ldquo;" * 160_000,
    "1 MB of escapes": lambda: "&amp;amp;amp;" * 70_000,
    "The post": lambda: "The post " * 100_000,
}


def names() -> Iterator[str]:
    """What there is."""
    yield from (*HTML, *TEXT)


def pages() -> Iterator[tuple[bytes, str]]:
    """Each page with its media type, made when it is its turn."""
    for make in HTML.values():
        yield make().encode("utf-8", "surrogatepass"), "text/html"
    for make in TEXT.values():
        yield make().encode("utf-8", "surrogatepass"), "text/plain"
    yield PROSE.encode("utf-16") + PROSE.encode("cp1252") * 100 + bytes(range(256)) * 20, "text/html"


def mutated(originals: list[bytes], count: int, rng: random.Random) -> Iterator[bytes]:
    """Pieces of real pages with bytes changed, dropped, doubled and moved; of a size that keeps the run short."""
    for _ in range(count):
        page = bytearray(rng.choice(originals))
        start = rng.randrange(max(1, len(page) - 20_000))
        page = page[start : start + rng.choice([2_000, 8_000, 20_000])]
        for _ in range(rng.randint(1, 30)):
            at, size = rng.randrange(len(page) or 1), rng.choice([1, 1, 4, 40, 400])
            how = rng.randrange(5)
            if how == 0:
                page[at : at + size] = rng.randbytes(size)
            elif how == 1:
                del page[at : at + size]
            elif how == 2:
                page[at:at] = page[at : at + size] * rng.choice([1, 2, 20])
            elif how == 3:
                other = rng.choice(originals)
                place = rng.randrange(len(other))
                page[at:at] = other[place : place + size]
            else:
                page[at:at] = rng.choice(
                    [b"<", b">", b'"', b"<!--", b"</div>", b"<table>", b"&#x110000;", b"\x00", b"\xff\xfe", b"<script>"]
                )
        yield bytes(page)
