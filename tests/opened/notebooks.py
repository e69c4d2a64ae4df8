"""Runs the code cells of a notebook one after the other, without Jupyter.

python tests/opened/notebooks.py FILE    runs it and writes what its cells give into it
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def run(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, list[str]]]]:
    """Yield each code cell with what its last expression gives, as a notebook keeps it; nothing, {}."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]), f"cell {number}")
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), names)
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
        yield cell, {} if value is None else shown(value)


def shown(value: Any) -> dict[str, list[str]]:
    """Return the forms in which a notebook shows a value."""
    data = {"text/plain": repr(value).splitlines(keepends=True)}
    html = getattr(value, "_repr_html_", None)
    return data if html is None else {"text/html": html().splitlines(keepends=True), **data}


def main(path: Path) -> None:
    """Run a notebook and write it with its results."""
    notebook = json.loads(path.read_text("utf-8"))
    for number, (cell, data) in enumerate(run(notebook), 1):
        result = {"output_type": "execute_result", "execution_count": number, "data": data, "metadata": {}}
        cell |= {"execution_count": number, "outputs": [result] if data else []}
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
