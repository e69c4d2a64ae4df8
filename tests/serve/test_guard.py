"""Who is answered, and the headers that keep browsers safe."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from servers import TOKEN, Server

from kg.cli import kg

PATHS = (
    "/",
    "/editor",
    "/sparql?query=ASK%20%7B%7D",
    "/none",
    "/static/page.css",
    "/healthz",
    "/search?q=a",
    "/sparql?query=x",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_tells_browsers_to_be_careful(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", ""])
def test_a_name_that_is_not_the_servers_is_refused(server: Server, host: str) -> None:
    assert server.get("/", Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "LOCALHOST", "[::1]:8000"])
def test_the_names_of_this_machine_are_answered(server: Server, host: str) -> None:
    assert server.get("/", Host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/%00",
        "/entity/..%2f..%2fetc%2fpasswd",
        "/entity/%3E%20%7B%7D",
        "/network/../../etc/passwd",
        "/etc/passwd",
        "/page/124968302976%00",
        "/unknown/0123456789abcdef",
        "/entity/0123456789abcdef",
        "/article/0123456789ab-1",
        "/page/0123456789ab",
        "/statement/0123456789abcdef",
        "/evidence/0123456789abcdef",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_no_path_leads_to_a_file_or_into_a_query(server: Server, path: str, accept: str) -> None:
    assert server.get(path, accept).status == 404


def test_only_who_shows_the_token_is_answered(strict: Server) -> None:
    refused = strict.get("/")
    assert refused.status == 401
    schemes = [value.split()[0] for name, value in refused.every if name == "www-authenticate"]
    assert schemes == ["Bearer", "Basic"]
    assert strict.get("/", Authorization="Bearer 0123456789abcdeF").status == 401
    assert strict.get("/", Authorization="Basic %%%").status == 401
    assert strict.get("/", Authorization="Bearer \u00e9").status == 401
    assert strict.get("/healthz").status == 200
    allowed = strict.get("/", **TOKEN)
    assert (allowed.status, allowed.headers["cache-control"]) == (200, "private, no-store")
    login = base64.b64encode(b"anybody:0123456789abcdef").decode()
    assert strict.get("/", Authorization=f"Basic {login}").status == 200


def test_behind_a_proxy_links_begin_with_its_path(strict: Server) -> None:
    text = strict.get("/", "text/html", **TOKEN, Host="kg.example.org").text
    links = re.findall(r'(?:href|src|action|data-suggest)="([^"]*)"', text)
    assert links
    assert all(link.startswith("/kg/") for link in links if not link.startswith("data:"))
    entity = next(link for link in links if "/entity/" in link)
    assert strict.get(entity.removeprefix("/kg"), "text/html", **TOKEN).status == 200


def test_the_network_page_is_served_under_its_own_policy(server: Server, folder: Path) -> None:
    assert server.get("/network").status == 404
    page = folder / "index.html"
    page.write_text("<!DOCTYPE html><p>network</p>", "utf-8")
    try:
        said = server.get("/network")
    finally:
        page.unlink()
    assert said.status == 200
    assert "default-src 'none'" in said.headers["content-security-policy"]


@pytest.mark.parametrize("token", ["short", "with space 0123456789", "密码密码密码密码密码密码密码密码"])
def test_a_token_that_would_be_guessed_or_garbled_is_refused(
    folder: Path, tmp_path: Path, token: str
) -> None:
    file = tmp_path / "token"
    file.write_text(token, "utf-8")
    done = CliRunner().invoke(kg, ["serve", "--graph", str(folder), "--token-file", str(file), "--port", "0"])
    assert done.exit_code != 0
    assert "no token" in str(done.exception)


def test_a_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(kg, ["serve", "--graph", str(tmp_path)])
    assert "there is no graph" in str(done.exception)
