"""What is shipped works away from the checkout: the wheel alone, in a clean environment, somewhere else."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(command: Sequence[object], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command; what it wrote is in the message when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built with what the development environment holds."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "-q", "--wheel-dir", folder)
    run([sys.executable, "-m", "pip", "wheel", *options, ROOT], folder)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_carries_every_file_of_ontology_lexicon_and_page(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"kg/data/ontology/{p.relative_to(ROOT / 'ontology')}" for p in files(ROOT / "ontology")}
    shipped |= {f"kg/data/lexicon/{p.name}" for p in files(ROOT / "seeds" / "lexicon")}
    shipped |= {f"kg/data/models/{p.name}" for p in files(ROOT / "seeds" / "models")}
    shipped |= {p.relative_to(ROOT).as_posix() for p in files(ROOT / "kg")}
    assert any(name.endswith("kg.ttl") for name in shipped)
    assert sorted(shipped - inside) == []


def test_the_wheel_carries_its_licence_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if "test" in name]


def test_the_wheel_builds_a_graph_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "v", with_pip=False)
    python = tmp_path / "v" / "bin" / "python"
    site = Path(
        run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], tmp_path).stdout.strip()
    )
    into = ("--no-deps", "--no-index", "-q", "--python", python)
    run([sys.executable, "-m", "pip", *into[3:], "install", *into[:3], wheel], tmp_path)
    # the dependencies of the development environment, without its own editable kg
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    work = tmp_path / "elsewhere"
    work.mkdir()
    (work / "page.txt").write_text("昨天，海宁市市长周立新走访了海宁恒达电子有限公司。\n", "utf-8")
    where = run([python, "-c", "import kg; print(kg.__file__)"], work).stdout
    assert where.startswith(str(site))
    kg = tmp_path / "v" / "bin" / "kg"
    done = run([kg, "build", "page.txt"], work)
    assert "Warning" not in done.stderr
    found = run([kg, "query", "SELECT ?n { ?s a kg:Person ; rdfs:label ?n }", "--format", "csv"], work).stdout
    assert found.split() == ["n", "周立新"]
    assert "周立新" in (work / "output" / "index.html").read_text("utf-8")


def test_what_is_installed_is_what_the_lock_says() -> None:
    from importlib.metadata import version

    lines = (ROOT / "requirements.lock").read_text().splitlines()
    pins = dict(line.split(" ")[0].split("==") for line in lines if "==" in line and " ; " not in line)
    assert {name: version(name) for name in ("rdflib", "pyoxigraph", "click", "jieba")} == {
        name: pins[name] for name in ("rdflib", "pyoxigraph", "click", "jieba")
    }


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_by_hash_and_name_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "http" not in text
    assert "index-url" not in text
    pins = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    assert pins
    assert all(line.endswith("\\") for line in pins)


def files(folder: Path) -> list[Path]:
    """Return the files of a folder that belong to the project."""
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and "__pycache__" not in p.parts]
