"""What a server holds after a push is what the folder holds, whatever happened on the way."""

from __future__ import annotations

import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from stores import dump

from kg.config import Settings
from kg.errors import InputError, StoreError
from kg.remote import push
from kg.remote.http import ServerError

SETTINGS = Settings()


@pytest.fixture
def out(graph: Path, tmp_path: Path) -> Path:
    """Return a graph that nothing was sent of."""
    return Path(shutil.copytree(graph, tmp_path / "graph"))


def lines(out: Path) -> list[str]:
    return sorted((out / "kg.nq").read_text("utf-8").splitlines())


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_address[1]}"
        finally:
            http.shutdown()
            thread.join(20)


def test_the_server_holds_every_quad_and_a_second_push_sends_nothing(server: str, out: Path) -> None:
    done = push(f"{server}/store", out, SETTINGS)
    assert dump(server) == lines(out)
    assert (done.quads, done.before) == (len(lines(out)), 0)
    again = push(f"{server}/store", out, SETTINGS)
    assert (again.quads, again.before) == (0, len(lines(out)))


def test_an_interrupted_push_goes_on_after_the_last_piece(server: str, out: Path) -> None:
    def told(sent: int, every: int) -> None:
        if sent > every // 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(f"{server}/store", out, SETTINGS, told=told, piece=20_000)
    part = len(dump(server))
    assert 0 < part < len(lines(out))
    done = push(f"{server}/store", out, SETTINGS, piece=20_000)
    assert done.before == part
    assert dump(server) == lines(out)


def test_replacing_removes_what_a_graph_held_before(server: str, out: Path) -> None:
    said = b"<https://a.example/s> <https://a.example/p> <https://a.example/o> ."
    graph = lines(out)[0].rsplit(" ", 2)[1][1:-1]
    for name in ("default", f"graph={graph}"):
        headers = {"Content-Type": "application/n-triples"}
        asked = urllib.request.Request(f"{server}/store?{name}", said, headers)
        urllib.request.urlopen(asked, timeout=60).close()
    push(f"{server}/store", out, SETTINGS, replace=True)
    assert dump(server) == lines(out)


def test_a_server_that_takes_no_quads_gets_graph_by_graph(server: str, out: Path) -> None:
    class Plain(BaseHTTPRequestHandler):
        """Hands on what names a graph."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if "?" not in self.path:
                self.send_error(415)
                return
            headers = {"Content-Type": self.headers["Content-Type"]}
            asked = urllib.request.Request(server + self.path, body, headers)
            with urllib.request.urlopen(asked, timeout=60) as answer:
                self.send_response(answer.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with listening(Plain) as url:
        push(f"{url}/store", out, SETTINGS)
    assert dump(server) == lines(out)


def test_keys_are_sent_and_never_shown(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    class Closed(BaseHTTPRequestHandler):
        """Lets nobody in."""

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(self.headers["Authorization"])
            self.send_error(401)

        def log_message(self, *_: object) -> None:
            pass

    with listening(Closed) as url:
        with pytest.raises(ServerError, match=r"401 .*KG_SERVER_USER and KG_SERVER_PASSWORD"):
            push(f"{url}/store", out, SETTINGS)
        monkeypatch.setenv("KG_SERVER_USER", "reader")
        monkeypatch.setenv("KG_SERVER_PASSWORD", "s3cret")
        with pytest.raises(ServerError) as refused:
            push(f"{url}/store", out, SETTINGS)
        monkeypatch.setenv("KG_SERVER_TOKEN", "t0ken")
        with pytest.raises(ServerError):
            push(f"{url}/store", out, SETTINGS)
    assert seen == [None, "Basic cmVhZGVyOnMzY3JldA==", "Bearer t0ken"]
    assert "s3cret" not in str(refused.value) + repr(refused.value)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/store", "store", "http://", "http://a b/", "http://a.example:x/"]
)
def test_what_is_no_address_is_refused(url: str, out: Path) -> None:
    with pytest.raises(InputError, match="no address of a server"):
        push(url, out, SETTINGS)


def test_a_password_in_an_address_is_refused_unseen(out: Path) -> None:
    with pytest.raises(InputError, match="seen by others") as refused:
        push("http://me:s3cret@127.0.0.1/store", out, SETTINGS)
    assert "s3cret" not in str(refused.value)


def test_without_a_graph_nothing_is_sent(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no graph; run kg build"):
        push("http://127.0.0.1:9/store", tmp_path, SETTINGS)


def test_a_server_that_is_not_there_is_named(out: Path) -> None:
    with pytest.raises(
        ServerError, match=r"http://127.0.0.1:9/store: cannot be reached \(Connection refused\)"
    ):
        push("http://127.0.0.1:9/store", out, SETTINGS)
