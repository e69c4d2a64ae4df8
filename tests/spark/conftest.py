"""One Spark for all tests: its start costs more than they do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from sparks import FAST


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    from kg.errors import InputError
    from kg.spark import session as starting

    try:
        starting.check_java()
    except InputError as error:
        pytest.skip(str(error))
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    started = starting.session("local[2]", FAST)
    yield started
    started.stop()
