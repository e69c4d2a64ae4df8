"""Everything that is checked before a change counts: style, types, layers, tests, coverage.

    check.py [--strict]

Each check runs even when one before it failed. What this machine cannot run (the browser tests without
Chromium, those of scans without a Chinese font, those of Spark without Java) is named at the end; with
--strict that is a failure. On Debian as root, what they need is installed when it is missing. The last line
is pytest's closing line.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sysconfig.get_path("scripts"))
BRANCHES = 90.0
"""Per cent of the branches of kg/ that the tests must take."""
LIMIT = 1500
"""Seconds that all tests together may take."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk", "fontconfig", "openjdk-17-jre-headless")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pre-commit", "validate-config", ".pre-commit-config.yaml"),
)


def main() -> int:
    """Run everything and return the exit code."""
    strict = "--strict" in sys.argv[1:]
    missing = install()
    failed = [" ".join(check) for check in CHECKS if not run(check)]
    good, closing = tests(browser=has_browser())
    if not good:
        failed.append("pytest")
    for line in missing:
        print(f"could not run: {line}")
    for name in failed:
        print(f"failed: {name}")
    print(closing, flush=True)
    return 1 if failed or (strict and missing) else 0


def install() -> list[str]:
    """Install what the browser tests need where that is possible; return what cannot run without it."""
    if lacks() and shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES)):
            subprocess.run(
                ("apt-get", "-qq", *command), env=environment, stdin=subprocess.DEVNULL, check=False
            )
    return lacks()


def lacks() -> list[str]:
    """Return which tests cannot run here, each with what they miss."""
    missing = []
    if not has_browser():
        missing.append("browser tests (no Chromium; on Debian: apt-get install chromium)")
    if not has_font():
        missing.append(
            "tests of scans (no Chinese font; on Debian: apt-get install fonts-noto-cjk fontconfig)"
        )
    if shutil.which("java") is None:
        missing.append("tests of Spark (no Java; on Debian: apt-get install openjdk-17-jre-headless)")
    return missing


def has_browser() -> bool:
    """Say whether a Chromium is on the path."""
    return any(map(shutil.which, BROWSERS))


def has_font() -> bool:
    """Say whether fontconfig knows a font with Chinese characters."""
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    return bool(subprocess.run((listing, ":lang=zh-cn", "file"), capture_output=True, check=False).stdout)


def run(check: tuple[str, ...]) -> bool:
    """Run one of the tools of this environment and say how it went."""
    start = time.monotonic()
    done = subprocess.run((BIN / check[0], *check[1:]), cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"--- {' '.join(check)}: {verdict}, {time.monotonic() - start:.0f} s", flush=True)
    return done.returncode == 0


def tests(*, browser: bool) -> tuple[bool, str]:
    """Run pytest with coverage; return whether all is well and its closing line."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder, "coverage.json")
        command = [
            sys.executable,
            "-m",
            "pytest",
            f"--numprocesses={min(4, os.cpu_count() or 1)}",
            "--dist=loadfile",
            "--no-loadscope-reorder",  # tests/conftest.py has put the longest files first
            "--cov",
            "--cov-report=term",
            f"--cov-report=json:{figures}",
        ]
        if not browser:
            command += ["-m", "not browser"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said: list[str] = []
        reader = threading.Thread(target=tell, args=(process, said), daemon=True)
        reader.start()
        try:
            process.wait(LIMIT)
        finally:
            process.kill()
        reader.join(10)  # what a test left running may hold the other end for ever
        closing = next((line.strip() for line in reversed(said) if line.strip()), "")
        covered = 0.0
        if figures.exists():
            covered = json.loads(figures.read_text())["totals"]["percent_branches_covered"]
    print(f"--- branches of kg/ taken by the tests: {covered:.1f} % (wanted: {BRANCHES:.0f} %)")
    return process.returncode == 0 and covered >= BRANCHES, closing


def tell(process: subprocess.Popen[str], said: list[str]) -> None:
    """Print what a process prints while it runs, and keep it."""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        said.append(line)


if __name__ == "__main__":
    sys.exit(main())
