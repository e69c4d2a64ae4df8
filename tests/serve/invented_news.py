"""A graph of invented pages with one person whom hundreds meet, and a proxy that cuts a path off."""

from __future__ import annotations

import contextlib
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kg import ontology
from kg.config import Settings
from kg.rdf import write

sys.path.append(str(Path(__file__).parent.parent / "publish"))
import invented_pages

HUB = "欧阳天成"
LAST = "客人五百号"
_DIGITS = "零一二三四五六七八九"
_GUESTS = [LAST, *(f"客人{''.join(_DIGITS[int(d)] for d in str(n))}" for n in range(1, 500))]
_SAYS = [
    ("钟许栋", "inspected", "澄江经济技术开发区", "走访澄江经济技术开发区", {}),
    ("钟许栋", "met", "邵青", "会见了邵青", {}),
    ("钟许栋", "holdsPosition", "澄江市人民政府", "市长钟许栋", {"title": "市长"}),
    ("邵青", "holdsPosition", "海蓝阀门有限公司", "邵青任海蓝阀门有限公司董事长", {"title": "董事长"}),
    ("海蓝阀门有限公司", "undertakes", "海蓝二期", "海蓝阀门计划承担海蓝二期", {"status": "planned"}),
    (HUB, "holdsPosition", "澄江市人民政府", "欧阳天成任澄江市人民政府顾问", {"title": "顾问"}),
    ("钟许栋", "cooperatesWith", HUB, "钟许栋与欧阳天成合作", {}),
]
_ENTITIES = [
    ("Person", "钟许栋"),
    ("Person", "邵青"),
    ("Person", HUB),
    ("Organization", "海蓝阀门有限公司", "海蓝阀门"),
    ("Organization", "澄江市人民政府"),
    ("Place", "澄江经济技术开发区"),
    ("Project", "海蓝二期"),
]
IN_MAY = {entity[1] for entity in _ENTITIES}


def write_into(folder: Path) -> None:
    """Write the graph: 507 entities, of which one has 502 facts."""
    settings = Settings()
    first: dict[str, Any] = {
        "source": "a.txt",
        "date": "2031-05-06",
        "newspaper": "澄江日报",
        "articles": [
            {
                "headline": ["市长走进园区"],
                "byline": [("记者", "何一帆")],
                "body": "昨天，市长钟许栋走访澄江经济技术开发区，会见了邵青。\n邵青任海蓝阀门有限公司董事长。"
                "海蓝阀门计划承担海蓝二期。欧阳天成任澄江市人民政府顾问。钟许栋与欧阳天成合作。",
                "entities": _ENTITIES,
                "facts": _SAYS,
            }
        ],
    }
    pages = [first]
    for start in range(0, len(_GUESTS), 50):
        some = _GUESTS[start : start + 50]
        body = "".join(f"{HUB}会见{guest}。" for guest in some)
        facts = [(HUB, "met", guest, f"{HUB}会见{guest}", {}) for guest in some]
        entities = [("Person", HUB), *(("Person", guest) for guest in some)]
        article = {"headline": [f"会见之{start}"], "body": body, "entities": entities, "facts": facts}
        day = f"2032-{1 + start // 50:02}-01"
        pages.append({"source": f"{start}.txt", "date": day, "articles": [article]})
    write(invented_pages.graph(*pages), ontology.load(settings.ontology), settings, folder)


@contextlib.contextmanager
def proxy(to: str, path: str) -> Iterator[str]:
    """Give the address of a proxy that hands on what comes under a path, without it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(path + "/"):
                self.send_error(404)
                return
            asked = urllib.request.Request(to + self.path.removeprefix(path))
            for name in ("Accept", "Authorization"):
                if name in self.headers:
                    asked.add_header(name, self.headers[name])
            try:
                with urllib.request.urlopen(asked, timeout=60) as said:
                    status, headers, data = said.status, said.headers, said.read()
            except urllib.error.HTTPError as error:
                status, headers, data = error.code, error.headers, error.read()
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("date", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join(20)
        server.server_close()
