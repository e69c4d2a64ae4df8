"""A server in a process of its own, and what it answers; names that try to do harm."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from processes import end, killed_after

IMAGE = "<img src=x onerror=alert(1)>有限公司"
SCRIPT = "</script><script>alert(2)</script>协会"
TURNED = "河口\u202e司公限有"
LONG = "长" * 10_000
FORMULA = "=HYPERLINK(1)"
KINDS = {
    "柳青": "Person",
    "王大力": "Person",
    "中共河口县委": "Organization",
    IMAGE: "Organization",
    SCRIPT: "Organization",
    TURNED: "Organization",
    LONG: "Organization",
    FORMULA: "Organization",
    "河口经济技术开发区": "Place",
    "星河项目": "Project",
}


TOKEN = {"Authorization": "Bearer 0123456789abcdef"}


@dataclass(frozen=True)
class Said:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    data: bytes
    every: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")

    @property
    def kind(self) -> str:
        return self.headers["content-type"].partition(";")[0]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Server:
    """A running server: its address without a slash at the end, and its process."""

    at: str
    process: subprocess.Popen[str]

    def get(self, path: str, accept: str | None = None, **headers: str) -> Said:
        return self.send("GET", path, None, accept, **headers)

    def post(
        self, path: str, body: bytes, kind: str | None, accept: str | None = None, **headers: str
    ) -> Said:
        return self.send("POST", path, body, accept, **headers, **({"Content-Type": kind} if kind else {}))

    def ask(self, sparql: str, accept: str | None = None, **more: str) -> Said:
        return self.get("/sparql?" + urllib.parse.urlencode({"query": sparql, **more}), accept)

    def send(
        self, method: str, path: str, body: bytes | None, accept: str | None = None, **headers: str
    ) -> Said:
        request = urllib.request.Request(self.at + path, body, headers, method=method)
        if accept is not None:
            request.add_header("Accept", accept)
        opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return _said(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return _said(error.code, error.headers, error.read())


def _said(status: int, headers: object, data: bytes) -> Said:
    pairs = tuple((name.lower(), value) for name, value in headers.items())  # type: ignore[attr-defined]
    return Said(status, dict(pairs), data, pairs)


@contextlib.contextmanager
def serving(folder: Path, *options: str, **env: str) -> Iterator[Server]:
    code = "from kg.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--graph", str(folder), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **env})
    ended = False
    try:
        assert process.stderr is not None
        with killed_after(process):
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line + process.stderr.read()
        yield Server(found[0], process)
    finally:
        ended = end(process, signal.SIGINT)
    assert ended, "the server did not end when it was told to"
