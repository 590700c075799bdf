"""Builds the actor table from what is kept by hand, one line a person, and holds offices against a public list of leaders.

    python -m training.actors.build [--reign ../shared/data/actors/reign_leaders.tsv] [--check]

`people.tsv` has for each person the state, other spellings, the Wikidata ID where known, and offices with their days
("president of RUS 2012-05-07..; prime minister of RUS 2008-05-08..2012-05-07"; an empty end is still held); `bodies.tsv` has
institutions. Written are `actors.tsv` and `roles.tsv` of the program; with --check nothing is written, and a difference is an
error. With --reign, presidents and prime ministers are looked for in REIGN (Bell, Besaw and Frank 2021; leaders by month, to
March 2021, one for each state), and those whom it has in office in other months only are listed.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
TABLES = HERE.parents[1] / "src" / "onrecord" / "tables"
OFFICE = re.compile(r"(?P<role>.+?) of (?P<of>[\w-]+) (?P<start>\d{4}-\d\d-\d\d)?\.\.(?P<end>\d{4}-\d\d-\d\d)?")
LAST = "2021-03"  # the last month of REIGN
QID = re.compile(r"Q[1-9]\d*")
LEADING = ("president", "prime minister", "chancellor", "king", "supreme leader")
# REIGN's states (Correlates of War) whose code is not the ISO one of the table.
COW = {
    "UKG": "GBR", "FRN": "FRA", "GMY": "DEU", "SPN": "ESP", "POR": "PRT", "NTH": "NLD", "SWZ": "CHE", "AUS": "AUT", "AUL": "AUS",
    "SWD": "SWE", "DEN": "DNK", "ROM": "ROU", "BUL": "BGR", "CZR": "CZE", "SLO": "SVK", "SLV": "SVN", "CRO": "HRV", "YUG": "SRB",
    "LAT": "LVA", "LIT": "LTU", "GRG": "GEO", "MLD": "MDA", "KZK": "KAZ", "TKM": "TKM", "TAJ": "TJK", "KYR": "KGZ", "ROK": "KOR",
    "TAW": "TWN", "PHI": "PHL", "INS": "IDN", "MAL": "MYS", "SIN": "SGP", "CAM": "KHM", "MYA": "MMR", "DRV": "VNM", "SRI": "LKA",
    "NEP": "NPL", "BNG": "BGD", "LEB": "LBN", "KUW": "KWT", "UAE": "ARE", "OMA": "OMN", "LIB": "LBY", "ALG": "DZA", "MOR": "MAR",
    "SUD": "SDN", "NIG": "NGA", "SAF": "ZAF", "ZIM": "ZWE", "ZAM": "ZMB", "TAZ": "TZA", "DRC": "COD", "ANG": "AGO", "BUI": "BDI",
    "BFO": "BFA", "NIR": "NER", "CHA": "TCD", "CDI": "CIV", "IRE": "IRL", "MAC": "MKD", "MNG": "MNE", "BOS": "BIH", "KOS": "XKX",
    "GUA": "GTM", "MON": "MNG", "UZB": "UZB",
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """A table kept by hand."""
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))


def offices(person: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """(role, of, first day, last day) of each office of a person. Raises `ValueError` for one that cannot be read."""
    out = []
    for part in filter(None, (p.strip() for p in person["offices"].split(";"))):
        match = OFFICE.fullmatch(part)
        if match is None:
            raise ValueError(f"{person['id']}: {part!r} is not 'ROLE of STATE FIRST..LAST'")
        start, end = match["start"] or "", match["end"] or ""
        if start and end and date.fromisoformat(start) > date.fromisoformat(end):
            raise ValueError(f"{person['id']}: {part!r} ends before it begins")
        out.append((match["role"], match["of"], start, end))
    return out


def built() -> dict[str, str]:
    """The two tables as text. Raises `ValueError` where a row is wrong."""
    people, bodies = rows("people.tsv"), rows("bodies.tsv")
    states = {line.split("\t")[0] for line in (TABLES / "countries.tsv").read_text(encoding="utf-8").splitlines()[1:]}
    states |= {body["id"] for body in bodies} | {""}
    actors = ["id\tkind\tname\tnames\tside\twikidata\tprovenance"]
    roles = ["actor\trole\tof\tstart\tend\tprovenance"]
    seen: set[str] = set()
    for kind, row in [*(("person", p) for p in people), *((b["kind"], b) for b in bodies)]:
        wrong = row["id"] in seen or row["side"] not in states or (row["wikidata"] and not QID.fullmatch(row["wikidata"]))
        if wrong:
            raise ValueError(f"{row['id']}: given twice, or of no known state, or with no Wikidata ID in its column")
        seen.add(row["id"])
        actors.append("\t".join((row["id"], kind, *(row[c] for c in ("name", "names", "side", "wikidata", "provenance")))))
    for person in people:
        roles += ["\t".join((person["id"], *office, "public record")) for office in offices(person)]
    return {"actors.tsv": "\n".join(actors) + "\n", "roles.tsv": "\n".join(roles) + "\n"}


def folded(name: str) -> set[str]:
    """The words of a name, in plain lower-case letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return set(re.findall(r"[a-z]+", plain))


def unknown(reign: Path) -> list[str]:
    """The heads of state and government whom REIGN has in office, but in other months."""
    held: dict[str, list[tuple[set[str], str, str]]] = {}
    for line in reign.read_text(encoding="utf-8").splitlines()[1:]:
        leader, state, start, end = line.split("\t")
        held.setdefault(COW.get(state, state), []).append((folded(leader), start, end or LAST))
    out = []
    for person in rows("people.tsv"):
        for role, of, start, end in offices(person):
            if role not in LEADING or of not in held or not start or start[:7] > LAST:
                continue
            names = folded(person["name"]) | folded(person["names"].replace("|", " "))
            terms = [(a, b) for words, a, b in held[of] if words & names]
            if terms and not any(a <= (end[:7] or LAST) and start[:7] <= b for a, b in terms):
                out.append(f"{person['name']}, {role} of {of} {start}..{end}: REIGN has {terms}")
    return out


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reign", type=Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    for name, text in built().items():
        if args.check and (TABLES / name).read_text(encoding="utf-8") != text:
            sys.exit(f"{name} is not what `python -m training.actors.build` makes; run it, and commit what it writes")
        if not args.check:
            (TABLES / name).write_text(text, encoding="utf-8")
    if args.reign:
        print("\n".join(unknown(args.reign)))


if __name__ == "__main__":
    main()
