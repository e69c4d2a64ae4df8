"""A Spark session that fits this program, or what is missing for one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENGINE = "--engine spark"
JAVA = 17
"""The oldest Java that Spark 4 runs on."""
_VERSION = re.compile(r'version "(\d+)')  # openjdk version "17.0.15" 2025-04-15
_JAVA_OPTIONS = "spark.driver.extraJavaOptions"
_DEFAULTS = {
    "spark.app.name": "kg",
    "spark.log.level": "ERROR",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def session(master: str | None = None, conf: Mapping[str, str] | None = None) -> SparkSession:
    """Return the session that runs, or start one.

    Args:
        master: local[2], spark://host:7077, yarn, k8s://…; None for what Spark's own settings say.
        conf: settings of Spark by name, which come before ours.

    Raises:
        InputError: pyspark or Java is missing, or Spark does not start.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        remedy = "pip install 'baozhi-kg[spark]'"
        raise InputError(ENGINE, "it needs an extra", remedy=remedy) from error
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    check_java()
    given = dict(conf or {})
    if "PYSPARK_PYTHON" not in os.environ and "spark.pyspark.python" not in given:
        os.environ["PYSPARK_PYTHON"] = sys.executable
    log = Path(__file__).with_name("log4j2.properties")
    quiet = f"-Dlog4j2.configurationFile={log.as_uri()}"
    given[_JAVA_OPTIONS] = f"{quiet} {given.get(_JAVA_OPTIONS, '')}".strip()
    builder = SparkSession.builder
    if master is not None:
        builder = builder.master(master)
    for name, value in {**_DEFAULTS, **given}.items():
        builder = builder.config(name, value)
    try:
        started = builder.getOrCreate()
    except (PySparkException, OSError, ValueError) as error:
        raise InputError(ENGINE, f"Spark does not start ({_line(error)})") from error
    if "spark.sql.shuffle.partitions" not in given:
        wanted = max(8, 3 * started.sparkContext.defaultParallelism)
        started.conf.set("spark.sql.shuffle.partitions", str(wanted))
    return started


def _line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def check_java() -> None:
    """Refuse to go on where Spark would end with a sentence about a gateway."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    remedy = f"install Java {JAVA} (apt-get install openjdk-{JAVA}-jre-headless), or let JAVA_HOME name it"
    if found is None:
        where = "there is no Java" if not home else f"there is no Java in JAVA_HOME ({home})"
        raise InputError(ENGINE, where, remedy=remedy)
    said = subprocess.run((found, "-version"), capture_output=True, text=True, check=False).stderr  # noqa: S603
    version = _VERSION.search(said)
    if version is None or int(version[1]) < JAVA:
        what = f"{found} is Java {version[1]}" if version else f"{found} does not say which Java it is"
        raise InputError(ENGINE, what, remedy=remedy)
