"""Pages of our own, the graph built from them, and the command line, in this process or in one of its own."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import main

KG = str(Path(sysconfig.get_path("scripts"), "kg"))

PAGES = {
    "visit.txt": """市长周立新走访重点企业
■记者 陆思敏
本报讯 昨天上午，海宁市市长周立新走访了海宁恒达电子有限公司。
恒达电子总投资3.2亿元的智能终端产业园项目位于海宁经济开发区。
“我们计划明年6月投产。”海宁恒达电子有限公司董事长沈国强说。
""",
    "meeting.md": """## 全市工业经济大会召开
■记者 钱文亮
本报讯 2月18日，海宁市召开全市工业经济大会。市委书记许建华出席会议并讲话，市长周立新主持会议。
海宁恒达电子有限公司获评“市级工业强企”称号。
""",
    "signing.txt": """海宁市与浙江大学签署合作协议
■通讯员 马小芳
本报讯 3月2日，海宁市人民政府与浙江大学签署战略合作协议。海宁市市长周立新会见了浙江大学副校长罗启明。
""",
}


@dataclass(frozen=True, slots=True)
class Done:
    """How a call ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three pages."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Return the command line, called in this process."""

    def run(*args: object) -> Done:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, out, err)

    return run


@pytest.fixture(scope="session")
def spawn() -> Callable[..., Done]:
    """Return the command line, called in a process of its own."""

    def run(*args: object, cwd: Path | None = None) -> Done:
        command = [sys.executable, KG, *map(str, args)]
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def graph(pages: Path, tmp_path_factory: pytest.TempPathFactory, spawn: Callable[..., Done]) -> Path:
    """Return the folder of the graph built from the pages."""
    out = tmp_path_factory.mktemp("graph") / "output"
    done = spawn("build", pages, "--out", out, "--jobs", 1)
    assert done.code == 0, done.err
    return out
