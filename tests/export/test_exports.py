"""Each export is checked by the tool or schema of those who will read it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree

from onrecord import settle
from onrecord.cli import app
from onrecord.export import EXPORTS, OF_CONTACTS
from onrecord.ingest import pages
from onrecord.ledger import open_ledger
from onrecord.pipeline import read_page
from onrecord.records import Page
from onrecord.settle import views

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example pages in a ledger."""
    path = tmp_path_factory.mktemp("export") / "a.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_ACTORS", str(EXAMPLES / "actors.tsv"))
        book = open_ledger(path)
        for page in pages([str(EXAMPLES / "pages")]):
            assert isinstance(page, Page)
            settle.add(book, read_page(page))
    return path


@pytest.fixture(scope="module")
def contacts(ledger: Path) -> list[dict[str, Any]]:
    """Its contacts."""
    return views.contacts(open_ledger(ledger), [])


def written(form: str, contacts: list[dict[str, Any]]) -> str:
    """What an export makes of them."""
    out = io.StringIO()
    EXPORTS[form](contacts, out, ())
    return out.getvalue()


def test_events_have_a_row_for_denied_contacts_too(contacts: list[dict[str, Any]]) -> None:
    """Codes as CAMEO and PLOVER have them; who denies is named; the denied and cancelled say so."""
    rows = list(csv.DictReader(io.StringIO(written("events", contacts)), delimiter="\t"))
    assert len(rows) == len(contacts)
    assert all(re.fullmatch(r"0\d\d\d?", r["cameo"]) and r["plover"] in ("CONSULT", "AGREE") for r in rows)
    assert {r["status"] for r in rows if r["negated"] == "true"} <= {"denied", "cancelled"}
    assert any(r["denied_by"] for r in rows if r["status"] == "disputed")
    assert all(r["actor1"] and r["actor2"] for r in rows)


def test_parquet_is_read_back_as_it_was(contacts: list[dict[str, Any]], tmp_path: Path) -> None:
    """By pyarrow, with days as days and positions as lists."""
    parquet = pytest.importorskip("pyarrow.parquet")
    with (tmp_path / "a.parquet").open("w", encoding="utf-8") as out:
        EXPORTS["parquet"](contacts, out, ())
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [r["id"] for r in rows] == [v["id"] for v in contacts]
    assert [str(r["start"]) if r["start"] else None for r in rows] == [v["when"]["start"] for v in contacts]
    assert [[p["text"] for p in r["positions"]] for r in rows] == [[p["text"] for p in v["positions"]] for v in contacts]


def test_followthemoney_takes_the_entities(contacts: list[dict[str, Any]]) -> None:
    """Its own model validates each, and every reference leads to an entity that is there."""
    model = pytest.importorskip("followthemoney", reason="install followthemoney (it needs ICU) to check the FtM export").model
    entities = [json.loads(line) for line in written("ftm", contacts).splitlines()]
    ids = {e["id"] for e in entities}
    assert len(ids) == len(entities) and {e["schema"] for e in entities} >= {"Person", "PublicBody", "Article", "Event"}
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        model.get(entity["schema"]).validate({"properties": entity["properties"]})
        assert set(proxy.to_dict()["properties"]) == set(entity["properties"])
        if entity["schema"] == "Event":
            assert set(entity["properties"]["involved"]) | set(entity["properties"]["proof"]) <= ids


def test_prov_is_read_back_by_prov(contacts: list[dict[str, Any]]) -> None:
    """Each contact derives from positions, they from articles, they from pages."""
    prov = pytest.importorskip("prov.model")
    doc = prov.ProvDocument.deserialize(content=written("prov", contacts), format="json")
    derived = {(str(r.args[0]), str(r.args[1])) for r in doc.get_records(prov.ProvDerivation)}
    contact = f"onrecord:contact-{contacts[0]['id']}"
    positions = {b for a, b in derived if a == contact}
    articles = {b for a, b in derived if a in positions}
    assert len(positions) == len(contacts[0]["positions"])
    assert articles and all(any(a == article and "page-" in b for a, b in derived) for article in articles)


SCHEMA_ORG = {"NewsArticle": {"headline", "url", "datePublished", "publisher", "identifier"},
              "Quotation": {"text", "spokenByCharacter", "isPartOf"}, "Claim": {"text", "appearance", "temporalCoverage"}}  # fmt: skip


def test_jsonld_uses_terms_of_schema_org_and_reviews_nothing(contacts: list[dict[str, Any]]) -> None:
    """Known types and properties only; each reference leads to a node; no ClaimReview."""
    found = json.loads(written("jsonld", contacts))
    ids = {n["@id"] for n in found["@graph"]}
    for node in found["@graph"]:
        assert set(node) - {"@type", "@id"} <= SCHEMA_ORG[node["@type"]]
        targets = [node.get("isPartOf"), *node.get("appearance", ())]
        assert all(target["@id"] in ids for target in targets if target)
    assert {n["@type"] for n in found["@graph"]} == set(SCHEMA_ORG)


# What the Web Annotation Data Model (W3C, 2017) says an annotation MUST have, and of what kind.
ANNOTATION = {
    "type": "object", "required": ["@context", "id", "type", "target"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "id": {"type": "string", "format": "uri"}, "type": {"const": "Annotation"},
        "motivation": {"enum": ["classifying", "identifying", "describing"]}, "created": {"type": "string", "format": "date-time"},
        "body": {"type": "array", "items": {"type": "object", "required": ["type", "value"], "properties": {"type": {"const": "TextualBody"}}}},
        "target": {"type": "object", "required": ["source", "selector"], "properties": {
            "source": {"type": "string", "format": "uri"},
            "selector": {"type": "object", "required": ["type", "exact"], "properties": {"type": {"const": "TextQuoteSelector"}}},
        }},
    },
}  # fmt: skip


def test_annotations_are_the_w3cs(contacts: list[dict[str, Any]]) -> None:
    """One for each position, each with the words that it is about."""
    rows = [json.loads(line) for line in written("annotations", contacts).splitlines()]
    assert len(rows) == sum(len(v["positions"]) for v in contacts)
    for row in rows:
        jsonschema.validate(row, ANNOTATION)
        assert row["target"]["selector"]["exact"].strip()


def test_the_feed_and_the_picture_are_well_formed(contacts: list[dict[str, Any]]) -> None:
    """Atom by a feed reader, SVG by an XML parser: it names each status, and fetches nothing."""
    feed = feedparser.parse(written("atom", contacts))
    assert not feed.bozo and len(feed.entries) == len(contacts)
    picture = etree.fromstring(written("svg", contacts).encode())
    assert picture.tag.endswith("svg") and len(picture.findall(".//{*}title")) >= len(contacts)
    assert not picture.xpath("//@*[local-name()='href']") and b"url(" not in etree.tostring(picture)


def test_the_dossier_numbers_each_quotation_and_cites_its_page(contacts: list[dict[str, Any]]) -> None:
    """No script, nothing fetched; every number once; every cited page listed with its digest."""
    page = written("dossier", contacts)
    assert "<script" not in page and "http-equiv" in page and "src=" not in page
    assert page.count("<q>") == sum(len(v["positions"]) for v in contacts)
    assert set(re.findall(r'href="#(page-\d+)"', page)) == set(re.findall(r'id="(page-\d+)"', page))
    assert all(p["page_sha256"] in page for v in contacts for p in v["positions"])
    entries = written("bibtex", contacts)
    assert entries.count("@online{") == len({p["article"] for v in contacts for p in v["positions"]})
    assert entries.count("{") == entries.count("}")


@pytest.mark.parametrize("form", [f for f in OF_CONTACTS if f != "parquet"])
def test_every_export_is_a_command(form: str, ledger: Path, tmp_path: Path) -> None:
    """To a file; and nothing at all is exported without a fault."""
    for extra in ([], ["--status", "conditional"]):
        out = tmp_path / f"{form}{len(extra)}"
        assert app(["export", form, "--ledger", str(ledger), "--output", str(out), *extra], standalone_mode=False) == 0
        assert out.exists()


def test_the_desk_as_files_has_no_dead_link(ledger: Path, tmp_path: Path) -> None:
    """Every link of every file leads to a file; nothing is asked of a desk that is not there."""
    folder = tmp_path / "site"
    assert app(["serve", "--ledger", str(ledger), "--export-static", str(folder)], standalone_mode=False) == 0
    files = list(folder.rglob("*.html"))
    assert len(files) > 30
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "<form" not in text and "<script" not in text
        for target in re.findall(r'(?:href|src)="([^"#:]+)', text):
            assert (file.parent / target).exists(), f"{file.relative_to(folder)}: {target}"
