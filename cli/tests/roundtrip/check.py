#!/usr/bin/env python3
"""Reads back what `bantin extract` writes, with other people's readers, and compares it with the NDJSON.

    python check.py PATH/TO/bantin FOLDER_OF_TEXTS

CSV is read by pandas (and by Python's csv for the exact cells), Parquet by pyarrow and pandas, brat by brat_parser and by the rules of
its format, the labels of CoNLL by iobes. Texts made to trip the formats are read beside the folder's. Exit status 1 and a list of differences where anything is not the same.
"""

import argparse
import csv
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

import iobes
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from brat_parser import get_entities_relations_attributes_groups

csv.field_size_limit(2**31 - 1)

# A text that a spreadsheet would run has one apostrophe before it (cli/src/output/csv.rs).
GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")

problems = []
compared = {}


def differ(where, *what):
    problems.append(f"{where}: " + " ".join(str(part) for part in what))


def count(what, number=1):
    compared[what] = compared.get(what, 0) + number


def text_of(path):
    """A file's text; line ends stay as they are."""
    return path.read_bytes().decode("utf-8")


def run(bantin, *arguments):
    done = subprocess.run([bantin, "extract", "--quiet", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"bantin {' '.join(map(str, arguments))}: status {done.returncode}\n{done.stderr}")


# --- what the tables must hold, made from the JSON alone ---

def span(item):
    return {"start": item["span"]["start"], "end": item["span"]["end"], "text": item.get("text")}


def flat(bulletin):
    """The rows of each table, from a bulletin's object."""
    tables = {}

    def row(table, index, **fields):
        tables.setdefault(table, []).append({"source": bulletin["source"], "index": index, **fields})

    def rest(item, *without):
        return {name: value for name, value in item.items() if name not in ("span", "text", *without)}

    for at, person in enumerate(bulletin["persons"]):
        row("persons", at, **span(person), **rest(person, "titles"), titles=len(person["titles"]))
        for index, title in enumerate(person["titles"]):
            row("titles", index, person=at, person_name=person["name"], **span(title), **rest(title))
    for at, date in enumerate(bulletin["dates"]):
        row("dates", at, **span(date), **rest(date, "start", "end"), first_day=date["start"], last_day=date["end"])
    for at, document in enumerate(bulletin["documents"]):
        symbol = document["symbol"] or dict.fromkeys(["number", "year", "type", "issuer", "system", "level"])
        symbol = {f"symbol_{name}": value for name, value in symbol.items()}
        row("documents", at, **span(document), **rest(document, "symbol", "provisions", "contradictions"), **symbol)
        for index, provision in enumerate(document["provisions"]):
            row("document_provisions", index, document=at, **provision)
        for index, contradiction in enumerate(document["contradictions"]):
            row("document_contradictions", index, document=at, **contradiction)
    for at, money in enumerate(bulletin["money"]):
        row("money", at, **span(money), **{"upper": None, "approx": None, **rest(money)})
    for table in ("organizations", "ratios", "percents", "quantities", "places", "quotes", "indicators"):
        for at, item in enumerate(bulletin[table]):
            row(table, at, **span(item), **rest(item))
    for at, reference in enumerate(bulletin["references"]):
        row("references", at, **span(reference), **{"entity": None, "document": None, **rest(reference)})
    body = dict.fromkeys(["inferred", "branch", "level", "parent", "distinct"])
    for at, entity in enumerate(bulletin["entities"]):
        row("entities", at, **{**body, **rest(entity, "posts", "aliases")})
        for index, alias in enumerate(entity.get("aliases", [])):
            row("entity_aliases", index, entity=at, alias=alias)
        for index, post in enumerate(entity.get("posts", [])):
            row("posts", index, entity=at, person_name=entity["name"], **post)
    header = dict(bulletin["header"])
    spans = header.pop("spans")
    fields = {("header_source" if name == "source" else name): value for name, value in header.items()}
    for name, where in spans.items():
        name = "header_source" if name == "source" else name
        fields[f"{name}_start"] = where and where["start"]
        fields[f"{name}_end"] = where and where["end"]
    record = bulletin.get("record")
    row("headers", 0, schema=bulletin["schema"], **fields, record=record and json.dumps(record, ensure_ascii=False))
    return tables


def same(table, column, found, wanted):
    if column == "record" and found is not None and wanted is not None:
        return json.loads(found) == json.loads(wanted)
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return found is not None and not isinstance(found, (bool, str)) and float(found) == float(wanted)
    return found == wanted and type(found) is type(wanted)


def compare(kind, table, rows, wanted):
    if len(rows) != len(wanted):
        return differ(f"{kind} {table}", len(rows), "rows, the JSON has", len(wanted))
    for at, (row, want) in enumerate(zip(rows, wanted)):
        if set(row) != set(want):
            return differ(f"{kind} {table}", "columns", sorted(set(row) ^ set(want)), "are only on one side")
        for column in want:
            if not same(table, column, row[column], want[column]):
                differ(f"{kind} {table} row {at} {column}", repr(row[column]), "is", repr(want[column]), "in the JSON")
            count(f"{kind} cells")
    count(f"{kind} tables")
    count(f"{kind} rows", len(rows))


# --- CSV ---

def unguarded(cell):
    return cell[1:] if GUARDED.match(cell) else cell


def typed(cell, kind):
    """A CSV cell as its Parquet column's type."""
    if cell == "":
        return None
    if pa.types.is_string(kind):
        return unguarded(cell)
    if pa.types.is_boolean(kind):
        return {"true": True, "false": False}[cell]
    return int(cell) if pa.types.is_integer(kind) else float(cell)


def plain(value):
    """A pandas cell as a Python value."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def check_csv(folder, types, wanted):
    names = {path.stem for path in folder.glob("*.csv")}
    if names != set(types):
        differ("csv", "tables", names ^ set(types), "are only on one side")
    for table, columns in types.items():
        path = folder / f"{table}.csv"
        raw = path.read_bytes()
        if raw.startswith(b"\xef\xbb\xbf"):
            differ(f"csv {table}", "begins with a byte order mark")
        raw.decode("utf-8")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if rows[0] != list(columns):
            differ(f"csv {table}", "header", rows[0], "is not", list(columns))
        for row in rows[1:]:
            for (name, kind), cell in zip(columns.items(), row):
                if pa.types.is_string(kind) and cell.startswith(tuple("=+-@＝＋－＠\t\r\n")):
                    differ(f"csv {table} {name}", "would run as a formula:", repr(cell))
        compare("csv", table, [{name: typed(cell, kind) for (name, kind), cell in zip(columns.items(), row)} for row in rows[1:]],
                wanted.get(table, []))
        # pandas without any help but the text columns' type, as users call it.
        text = {name: str for name, kind in columns.items() if pa.types.is_string(kind)}
        frame = pd.read_csv(path, dtype=text, keep_default_na=False, na_values={name: [""] for name in columns}, lineterminator="\n")
        found = frame.to_dict("records")
        found = [{name: unguarded(value) if isinstance(value := plain(row[name]), str) else value for name in row} for row in found]
        compare("pandas csv", table, found, wanted.get(table, []))


# --- Parquet ---

ALLOWED = {pa.string(): str, pa.int64(): int, pa.float64(): float, pa.bool_(): bool}


def check_parquet(folder, wanted):
    types = {}
    for path in sorted(folder.glob("*.parquet")):
        file = pq.ParquetFile(path)
        types[path.stem] = {field.name: field.type for field in file.schema_arrow}
        for name, kind in types[path.stem].items():
            if kind not in ALLOWED:
                differ(f"parquet {path.stem} {name}", "has type", kind)
        for group in range(file.metadata.num_row_groups):
            codecs = {file.metadata.row_group(group).column(at).compression for at in range(file.metadata.num_columns)}
            if codecs != {"SNAPPY"}:
                differ(f"parquet {path.stem}", "is packed with", codecs)
        rows = file.read().to_pylist()
        for row in rows:
            for name, value in row.items():
                if value is not None and type(value) is not ALLOWED[types[path.stem][name]]:
                    differ(f"parquet {path.stem} {name}", repr(value), "is of another type")
        compare("parquet", path.stem, rows, wanted.get(path.stem, []))
        frame = pd.read_parquet(path)
        if len(frame) != len(rows):
            differ(f"parquet {path.stem}", "pandas reads", len(frame), "rows")
    for table in set(wanted) - set(types):
        differ("parquet", "has no table", table)
    return types


# --- brat ---

KINDS = {"persons": "Person", "organizations": "Organization", "dates": "Date", "ratios": "Ratio", "percents": "Percent", "quantities": "Quantity",
         "money": "Money", "documents": "Document", "places": "Place", "quotes": "Quote"}


def mentions(bulletin):
    found = {(kind, item["span"]["start"], item["span"]["end"]) for name, kind in KINDS.items() for item in bulletin[name]}
    return found | {("Title", title["span"]["start"], title["span"]["end"]) for person in bulletin["persons"] for title in person["titles"]}


def configuration(folder):
    sections, section = {}, None
    for line in (folder / "annotation.conf").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = sections.setdefault(match[1], [])
        elif line:
            section.append(line.split("\t"))
    if set(sections) != {"entities", "relations", "events", "attributes"}:
        differ("brat annotation.conf", "sections", sorted(sections))
    return {fields[0] for fields in sections["entities"]}, {fields[0] for fields in sections["relations"]}


def check_brat(folder, bulletins):
    entities, relations = configuration(folder)
    files = list(folder.rglob("*.ann"))
    if len(files) != len(bulletins):
        differ("brat", len(files), "files,", len(bulletins), "texts")
    by_text = {}
    for bulletin in bulletins:
        by_text.setdefault(bulletin["input"], []).append(bulletin)
    for path in files:
        text = text_of(path.with_suffix(".txt"))
        bulletin = by_text.get(text, [None])[0]
        if bulletin is None:
            differ(f"brat {path}", "its text is no text of the JSON")
            continue
        spans, kinds, titles, corefs = {}, {}, set(), set()
        for line in text_of(path).splitlines():
            name, _, data = line.partition("\t")
            if re.fullmatch(r"T\d+", name):
                head, _, written = data.partition("\t")
                kind, _, places = head.partition(" ")
                if name in spans or kind not in entities:
                    differ(f"brat {path} {name}", "is there twice or of an unknown type", kind)
                pieces = [tuple(map(int, place.split(" "))) for place in places.split(";")]
                if " ".join(text[start:end] for start, end in pieces) != written or any(start >= end for start, end in pieces):
                    differ(f"brat {path} {name}", repr(written), "is not the text at", places)
                if any("\n" in text[start:end] for start, end in pieces):
                    differ(f"brat {path} {name}", "a fragment runs over a line break")
                spans[name], kinds[name] = (pieces[0][0], pieces[-1][1]), kind
                count("brat mentions")
                count("brat mentions in fragments", len(pieces) > 1)
            elif match := re.fullmatch(r"R\d+\t(\w+) Arg1:(T\d+) Arg2:(T\d+)", line):
                if match[1] not in relations or (kinds.get(match[2]), kinds.get(match[3])) != ("Person", "Title"):
                    differ(f"brat {path}", line)
                else:
                    titles.add((*spans[match[2]], *spans[match[3]]))
            elif match := re.fullmatch(r"\*\tCoref((?: T\d+){2,})", line):
                corefs.add(frozenset(spans[one] for one in match[1].split()))
            elif match := re.fullmatch(r"#\d+\tAnnotatorNotes (T\d+)\t(.+)", line):
                if match[1] not in spans:
                    differ(f"brat {path}", "note on nothing:", line)
                count("brat notes")
            else:
                differ(f"brat {path}", "no line of brat's:", repr(line))
        found = {(kinds[name], *spans[name]) for name in spans}
        if found != mentions(bulletin):
            differ(f"brat {path}", "mentions", sorted(found ^ mentions(bulletin)), "are only on one side")
        want = {(person["span"]["start"], person["span"]["end"], title["span"]["start"], title["span"]["end"])
                for person in bulletin["persons"] for title in person["titles"]}
        read, related, _, _ = get_entities_relations_attributes_groups(str(path))
        if {name: (entity.span[0][0], entity.span[-1][1]) for name, entity in read.items()} != spans or len(related) != len(titles):
            differ(f"brat {path}", "brat_parser reads other mentions or relations")
        if titles != want:
            differ(f"brat {path}", "titles", sorted(titles ^ want), "are only on one side")
        groups = {}
        for item in bulletin["persons"] + bulletin["organizations"]:
            groups.setdefault(item["entity"], set()).add((item["span"]["start"], item["span"]["end"]))
        want = {frozenset(group) for entity, group in groups.items() if entity is not None and len(group) > 1}
        if corefs != want:
            differ(f"brat {path}", "groups", corefs ^ want, "are only on one side")
        count("brat texts")


# --- CoNLL ---

def check_conll(path, bulletins):
    by_source = {re.sub(r"[\x00-\x1f\x7f-\x9f]", "_", bulletin["source"]): bulletin for bulletin in bulletins}
    seen, missing, bulletin = set(), 0, None

    def close():
        nonlocal missing
        if bulletin is None:
            return
        found = set()
        for labels in columns:
            spans, errors = iobes.parse_spans_bio_with_errors(labels)
            if errors:
                differ(f"conll {bulletin['source']}", "labels", errors[:3])
            found |= {(span.type, places[span.start][0], places[span.end - 1][1]) for span in spans}
        want = mentions(bulletin)
        if not found <= want:
            differ(f"conll {bulletin['source']}", "mentions", sorted(found - want), "are not in the JSON")
        # The columns hold two mentions over one another and the outermost quotes; deeper ones are left out.
        for kind, start, end in want - found:
            over = sum(k != "Quote" and s < end and start < e for k, s, e in found)
            if over < 2 and not (kind == "Quote" and any(k == kind and s <= start and end <= e for k, s, e in found)):
                differ(f"conll {bulletin['source']}", "lacks", kind, start, end)
            missing += 1
        count("conll mentions", len(found))
        count("conll texts")

    for line in text_of(path).removesuffix("\n").split("\n"):
        if line.startswith("# newdoc id = "):
            close()
            source = line[len("# newdoc id = "):]
            bulletin, columns, places, last, empty = by_source.get(source), ([], [], []), [], 0, True
            if source in seen or bulletin is None:
                differ("conll", "text there twice or not in the JSON:", source)
            seen.add(source)
        elif line == "":
            # Two empty lines would be an empty sentence to some readers.
            if bulletin is not None and empty and last:
                differ(f"conll {bulletin['source']}", "an empty sentence behind", last)
            empty = True
        else:
            empty = False
            fields = line.split("\t")
            if len(fields) != 6:
                differ("conll", "fields:", repr(line))
                continue
            token, start, end = fields[0], int(fields[1]), int(fields[2])
            if start < last or re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "_", bulletin["input"][start:end]) != token:
                differ(f"conll {bulletin['source']}", repr(token), "is not the text at", start, end)
            between = bulletin["input"][last:start]
            if re.search(r"\w", between):
                differ(f"conll {bulletin['source']}", repr(between), "is in no token")
            last = end
            count("conll tokens")
            places.append((start, end))
            for labels, label in zip(columns, fields[3:]):
                labels.append(label)
    close()
    if len(seen) != len(bulletins):
        differ("conll", len(seen), "texts, the JSON has", len(bulletins))
    count("conll mentions left out (third over one another)", missing)


def hostile(folder):
    """Texts that formats trip over: line breaks of all sorts inside mentions, tabs, quotation marks, formulas, decomposed letters, signs beyond 16 bits."""
    folder.mkdir()
    text = "Sáng 12/11/2021, đồng chí Đỗ Văn{0}Hùng, Phó Bí thư{0}Huyện ủy, dự họp tại xã{0}Tân Lập. Ông nói: “{1}Xã kết nạp 7/5{0}đảng viên, đạt 120% kế hoạch”.\n"
    breaks = ["\n", "\r\n", "\r", "\t", "\u2028", "\u0085", "\x0b", "\x0c", "\x1c", " \n ", "\u00a0", "\u200b"]
    starts = ["", "=1+1 ", "+", "-", "@x ", "＝1 ", "'=1 ", "''@ ", '"; ', "\t=1 ", "NaN ", "\U0001f1fb\U0001f1f3 ", "\x1b[2J", "<script>", "\u202e"]
    for number, (line_break, start) in enumerate([(one, "") for one in breaks] + [(" ", one) for one in starts]):
        (folder / f"={number}, \"a\"; Tin.txt").write_bytes(text.format(line_break, start).encode("utf-8"))
    (folder / "@decomposed.txt").write_bytes(unicodedata.normalize("NFD", text.format("\n", "=") * 3).encode("utf-8"))
    (folder / "-empty.txt").write_bytes(b"\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("bantin", help="the program")
    arguments.add_argument("folder", help="a folder of texts")
    arguments = arguments.parse_args()
    bantin = str(pathlib.Path(arguments.bantin).resolve())
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        hostile(out / "hostile")
        inputs = [arguments.folder, out / "hostile"]
        for unit in ("chars", "bytes"):
            ndjson = out / f"{unit}.ndjson"
            run(bantin, "-f", "ndjson", "--text", "--offsets", unit, "-o", ndjson, *inputs)
            bulletins = [json.loads(line) for line in text_of(ndjson).split("\n") if line]
            if not bulletins:
                sys.exit("no text was read")
            for bulletin in bulletins:
                text = bulletin["input"] if unit == "chars" else bulletin["input"].encode()
                for name in KINDS:
                    for item in bulletin[name]:
                        found = text[item["span"]["start"]:item["span"]["end"]]
                        if (found if unit == "chars" else found.decode()) != item["text"]:
                            differ(f"ndjson {bulletin['source']} {name}", repr(item["text"]), "is not at its span")
                        count("ndjson spans")
            wanted = {}
            for bulletin in bulletins:
                for table, rows in flat(bulletin).items():
                    wanted.setdefault(table, []).extend(rows)
            run(bantin, "-f", "parquet", "--offsets", unit, "-o", f"{out}/{unit}-parquet/", *inputs)
            types = check_parquet(out / f"{unit}-parquet", wanted)
            run(bantin, "-f", "csv", "--offsets", unit, "-o", f"{out}/{unit}-csv/", *inputs)
            check_csv(out / f"{unit}-csv", types, wanted)
            if unit == "chars":
                run(bantin, "-f", "brat", "-o", f"{out}/brat/", *inputs)
                check_brat(out / "brat", bulletins)
                run(bantin, "-f", "conll", "--offsets", unit, "-o", out / "all.conll", *inputs)
                check_conll(out / "all.conll", bulletins)
    for what, number in compared.items():
        print(f"{number:>10} {what}")
    for problem in problems[:50]:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(f"{len(problems)} differences")
    print("all the same")


if __name__ == "__main__":
    main()
