"""Claims against annotated articles of our own, names given: a floor below which no change may fall."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from kg.extract.claims import find_claims
from kg.extract.tools import Tools
from kg.model import Article, Page, SourceMap, Span
from kg.train.given import entities_of

WRITERS = ("w1", "w4")
FLOOR = 0.66


def test_facts_of_annotated_articles_are_found_when_their_names_are_given(
    shared: Path, claim_tools: Tools
) -> None:
    right = wrong = missed = 0
    for writer in WRITERS:
        for file in sorted((shared / "gold" / "own" / writer).glob("*.json")):
            data = json.loads(file.read_text("utf-8"))
            (annotated,) = data["articles"]
            raw = (file.parent / "articles" / f"{file.stem}.txt").read_text("utf-8")
            head = "\n".join(annotated["headline"])
            lines = [line.strip() for line in raw.splitlines() if line.strip()]
            body = "\n".join(lines[len(annotated["headline"]) :])
            text = f"{head}\n{body}"
            page = Page("p", file.name, text, ())
            article = Article(
                "p-1", "p", "news", (head,), (), None, text, Span(len(head) + 1, len(text)), SourceMap(())
            )
            tools = dataclasses.replace(claim_tools, city=data["city"])
            tools._prepared.update(claim_tools._prepared)
            claims, _ = find_claims(page, [article], entities_of(text, annotated["entities"]), tools)
            claim_tools._prepared.update(tools._prepared)
            said = {
                (c.subject.name, c.predicate, getattr(c.object, "name", None) or c.object.text)
                for c in claims
            }
            wanted = {(f["s"], f["p"], f["o"]): bool(f.get("optional")) for f in annotated["facts"]}
            for s, p, o in said:
                turned = (o, p, s) if p in {"met", "cooperatesWith"} else (s, p, o)
                if (s, p, o) not in wanted and turned not in wanted:
                    wrong += 1
            for (s, p, o), optional in wanted.items():
                turned = (o, p, s) if p in {"met", "cooperatesWith"} else (s, p, o)
                hit = (s, p, o) in said or turned in said
                right += hit and not optional
                missed += not hit and not optional
    assert 2 * right / (2 * right + wrong + missed) >= FLOOR
