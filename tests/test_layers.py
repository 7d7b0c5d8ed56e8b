"""Imports point one way, and the command line starts without the heavy libraries."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent / "bitext"
PATHS = sorted(ROOT.rglob("*.py"))

# What a module may import of the package, besides itself. This is the diagram.
MAY_IMPORT = {
    "errors": set(),
    "units": set(),
    "registry": {"errors"},
    "atomic": {"errors"},
    "text": set(),
    "addresses": set(),
    "verbatim": set(),
    "documents": {"addresses", "units", "errors", "text", "inline", "formats", "verbatim"},
    "ingest": {"units", "errors", "text", "documents"},
    "segment": {"units", "verbatim"},
    "glossary": {"units", "errors", "text", "addresses"},
    "models": {"errors"},
    "engines": {"units", "errors", "registry", "models"},
    "enforce": {"units", "text", "addresses", "glossary", "engines", "qa", "verbatim"},
    "linking": {"units", "text", "engines"},
    "qa": {"units", "errors", "text", "addresses", "glossary"},
    "align": {"units"},
    "score": {"units", "errors", "text"},
    "formats": {"units", "errors", "registry", "segment", "__version__"},
    "interchange": {
        "atomic", "units", "errors", "formats", "runs", "revision", "enforce", "engines", "qa",
        "__version__",
    },
    "revision": {"units", "enforce", "qa"},
    "cleaning": {"units", "qa"},
    "review": {"units", "errors", "addresses", "glossary", "qa", "revision", "__version__"},
    "memory": {"units", "errors", "text", "formats", "models", "engines", "enforce", "qa"},
    "pipeline": {
        "errors", "units", "text", "ingest", "segment", "glossary", "enforce", "engines", "qa",
        "verbatim",
    },
    "inline": {"units", "verbatim"},
    "pretranslate": {
        "pipeline", "inline", "memory", "glossary", "engines", "formats", "qa", "text", "units",
        "errors",
    },
    "pairing": {
        "atomic", "align", "linking", "engines", "enforce", "errors", "formats", "glossary",
        "ingest", "qa", "review", "runs", "score", "segment", "text", "units", "__version__",
    },
    "runs": {
        "atomic", "pipeline", "ingest", "glossary", "enforce", "engines", "formats", "review",
        "score", "memory", "documents", "segment", "units", "errors", "registry", "__version__",
    },
    "serve": {
        "pipeline", "pairing", "ingest", "glossary", "engines", "qa", "units", "errors",
        "__version__",
    },
    "train": {"atomic", "units", "errors", "text", "formats", "engines", "models"},
    "cli": {"*"},
    "__main__": {"cli"},
}  # fmt: skip

HEAVY = {
    "torch",
    "transformers",
    "ctranslate2",
    "sacrebleu",
    "numpy",
    "lxml",
    "sentencepiece",
    "openpyxl",
    "docx",
}
# Only these may name the engines' libraries at all.
ENGINE_LIBRARIES = {"torch", "transformers", "ctranslate2"}
MAY_LOAD_ENGINES = {"engines", "models", "train"}


@cache
def modules():
    """Every module: its place, the part of the package it is in, and its syntax tree."""
    parts = ((path, path.relative_to(ROOT).with_suffix("").parts[0]) for path in PATHS)
    return [(p, name, ast.parse(p.read_text("utf-8"))) for p, name in parts if name != "__init__"]


def imported(tree):
    """Every absolute import: (module, the names taken from it)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or "", [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)


def test_imports_point_one_way():
    wrong = []
    for path, name, tree in modules():
        allowed = MAY_IMPORT[name] | {name}
        for module, names in imported(tree):
            if module.split(".")[0] != "bitext":
                continue
            taken = module.split(".")[1:2] or names
            wrong += [f"{path.name}: {t}" for t in taken if "*" not in allowed and t not in allowed]
    assert [] == wrong


def test_only_engines_name_the_engines_libraries():
    wrong = [
        f"{path.name}: {module}"
        for path, name, tree in modules()
        if name not in MAY_LOAD_ENGINES
        for module, _ in imported(tree)
        if module.split(".")[0] in ENGINE_LIBRARIES
    ]
    assert [] == wrong


def test_nothing_prints_but_the_command_line():
    wrong = [
        f"{path.name}:{node.lineno}"
        for path, name, tree in modules()
        if name != "cli"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"print", "exit", "input"}
    ]
    assert [] == wrong


def test_the_command_line_starts_light():
    program = f"import sys, bitext.cli; print(sorted({HEAVY!r} & set(sys.modules)))"
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert "[]" == loaded.strip()
