"""The walls of the house, proven from the imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sttprep

PACKAGE = Path(sttprep.__file__).parent

# A room may import from the rooms of earlier rows, and from those of its own row named beside it.
LAYERS: list[dict[str, set[str]]] = [
    {"errors": {"source"}, "source": set(), "data": {"errors"}, "files": {"errors"}},
    {
        "grammars": set(),
        "corpora": set(),
        "acoustics": set(),
        "words": {"corpora"},
        "ngrams": {"corpora"},
        "evaluation": {"corpora"},
    },
    {"recognition": set()},
    {"customization": set()},
    {"experiments": set()},
    {"project": set(), "transfer": set(), "service": set()},
    {"notebook": set()},
    {"cli": set()},
]
PURE = set(LAYERS[1])
NO_IO = {"asyncio", "http", "multiprocessing", "signal", "socket", "subprocess", "threading"}
NO_IO |= {"time", "timeit", "urllib", "requests", "datetime"}
HEAVY = ("IPython", "matplotlib", "nltk", "numpy", "pandas", "polars")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Dotted name below the package and syntax tree of every module."""
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE).with_suffix("")
        parts = [part for part in relative.parts if part != "__init__"]
        yield ".".join(parts), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all modules imported anywhere in a tree, those for types included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the direction"
            yield node.module or ""


def run_time_imports(tree: ast.Module) -> Iterator[str]:
    """Imports that happen when the module is loaded."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(node)


def room(name: str) -> str:
    """First part of a name below the package."""
    return name.split(".")[0]


def allowed() -> dict[str, set[str]]:
    """The rooms each room may import from."""
    table: dict[str, set[str]] = {}
    below: set[str] = set()
    for layer in LAYERS:
        for name, siblings in layer.items():
            table[name] = below | siblings | {name}
        below |= set(layer)
    return table


def test_imports_point_one_way():
    """No room imports from a room above it, or from a sibling it may not know."""
    table = allowed()
    wrong = []
    for name, tree in modules():
        if name in ("", "__main__"):  # the public names and the command line
            continue
        for target in imports(tree):
            if target.startswith("sttprep."):
                target_room = room(target.removeprefix("sttprep."))
                if target_room not in table[room(name)]:
                    wrong.append(f"{name} imports {target}")
    assert not wrong


def test_every_room_is_in_the_table():
    """A new room is placed in the order before it is built."""
    rooms = {room(name) for name, _ in modules()} - {"", "__main__"}
    assert rooms <= set(allowed())


def test_no_cycles():
    """Modules can be loaded in some order: no module reaches itself while being loaded."""
    names = {name for name, _ in modules()}
    graph: dict[str, set[str]] = {}
    for name, tree in modules():
        graph[name] = set()
        if name in ("", "__main__"):
            continue
        for node in tree.body:
            if not isinstance(node, ast.ImportFrom | ast.Import):
                continue
            for target in imports(node):
                short = target.removeprefix("sttprep.").removeprefix("sttprep")
                if not target.startswith("sttprep") or not short:
                    continue
                graph[name].add(short)
                if isinstance(node, ast.ImportFrom):
                    inner = {f"{short}.{alias.name}" for alias in node.names}
                    graph[name] |= inner & names
    done: set[str] = set()

    for name, targets in graph.items():
        targets.discard(name)  # a package that loads its own modules

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"cycle: {' → '.join((*path, name))}"
        if name in done:
            return
        for target in sorted(graph.get(name, ())):
            visit(target, (*path, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_one_importer_of_pocketsphinx():
    """The engine is imported in recognition/sphinx.py and nowhere else."""
    found = {name for name, tree in modules() if "pocketsphinx" in {room(t) for t in imports(tree)}}
    assert found == {"recognition.sphinx"}


def test_pure_rooms_do_no_io():
    """The rooms below recognition know no clock, no sockets and no processes."""
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules()
        if room(name) in PURE or name == "service.session"
        for target in imports(tree)
        if room(target) in NO_IO and target != "urllib.parse"  # works on text alone
    ]
    assert not wrong


def test_pictures_and_tables_are_loaded_late():
    """No module loads matplotlib, pandas, nltk or IPython before it needs them."""
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules()
        if room(name) != "notebook"
        for target in run_time_imports(tree)
        if room(target) in {"IPython", "matplotlib", "nltk", "pandas", "ipywidgets"}
    ]
    assert not wrong


def python(*code: str) -> str:
    """Standard output of a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-W", "error", *code], capture_output=True, text=True, check=True
    ).stdout


def test_importing_the_package_loads_nothing_heavy():
    """``import sttprep`` stays fast: its names are loaded when first used."""
    code = f"import sttprep, sys; print([n for n in {HEAVY!r} if n in sys.modules])"
    assert python("-c", code).strip() == "[]"


def test_import_time_is_printed(capsys):
    """The import time is reported, not judged: machines differ."""
    code = "import time; t = time.perf_counter(); import sttprep; print(time.perf_counter() - t)"
    seconds = float(python("-c", code))
    with capsys.disabled():
        print(f" [import sttprep: {seconds * 1000:.0f} ms] ", end="")
    assert seconds > 0


@pytest.mark.parametrize("name", ["build --help", "models list --help", "--version"])
def test_help_loads_nothing_heavy(name):
    """The command line answers at once."""
    code = (
        "import sys\nfrom sttprep.cli import main\n"
        f"try:\n    main({name.split()!r})\nexcept SystemExit:\n    pass\n"
        f"print([n for n in {HEAVY!r} if n in sys.modules])"
    )
    assert python("-c", code).strip().endswith("[]")


def test_modules_stay_small():
    """A file over 400 lines is two things."""
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long
