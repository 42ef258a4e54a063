"""Every text that a person sees is marked for translators. Read from the source, so that no page escapes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.language.room_words import NAMES
from staffing.labour import every_rule

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted([*(ROOT / "dashboards").glob("*.py"), *(ROOT / "planner" / "reports").glob("**/*.py")])
MARKS = {"_", "message", "ngettext", "pgettext", "counted"}
NO_TEXT = {"stylesheet.py", "palette.py", "style.py", "fonts.py", "engine.py"}  # CSS, fonts
# calls whose arguments, by place, a person reads; and keywords a person reads in any call
READ = {
    "Cell": (0,), "Mark": (0,), "Figure": (0, 2), "Edge": (0,), "Amount": (1,), "Fact": (0, 3), "Tile": (),
    "nothing": (0, 1, 2), "card": (1, 2), "head": (1,), "foot": (0,), "say": (0,), "tell": (0,), "refuse": (0,),
    "text_input": (0,), "selectbox": (0,), "button": (0,), "radio": (0,), "date_input": (0,), "number_input": (0,),
    "slider": (0,), "checkbox": (0,), "toggle": (0,), "download_button": (0,), "multiselect": (0,),
    "TextColumn": (0,), "NumberColumn": (0,), "DateColumn": (0,), "ProgressColumn": (0,), "CheckboxColumn": (0,),
}  # fmt: skip
READ_BY_NAME = {"alt", "text", "every", "small", "under", "hint", "help", "placeholder"}
A_WORD = re.compile(r"[^\W\d_]{2,}")
A_SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:.]? [(“‘]?[^\W\d_]{2,}")
# what looks like a text and is none: what plotly, pandas, CSS and formats read; units, alike in all languages
ALLOWED = re.compile(
    r"[xy]\d? domain|x unified|[xy] unified|first|sum|mean|ddd D MMM.*|.*%\{.*|<.*>|.*%[-a-zA-Z].*|font-.*|Mon|"
    r"1?<.*>|w cells.*|ln dots|Noto .*|Plex,.*|left out|weighs less|min|Erlang|UTC|CSV|↓ CSV|n|DD.*|YYYY.*|[a-z]+_[a-z_]+|[a-z]+-[a-z-]+|lines\+markers|planner .*",
    re.DOTALL,
)


def tree_of(path: Path) -> tuple[ast.Module, dict[ast.AST, ast.AST]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tree, {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node


def words_of(node: ast.AST) -> str | None:
    """The letters of a literal, of an f-string those that stand in the source."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return None


def is_read(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether the literal is handed to a call that shows it, itself or as one side of a choice."""
    parent = parents[node]
    while isinstance(parent, (ast.IfExp, ast.BinOp, ast.BoolOp)) and node is not getattr(
        parent, "test", None
    ):
        node, parent = parent, parents[parent]
    if isinstance(parent, ast.keyword):
        return parent.arg in READ_BY_NAME
    return isinstance(parent, ast.Call) and any(
        node is one and place in READ.get(called(parent), ()) for place, one in enumerate(parent.args)
    )


def excused(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Docstrings, marked texts, subscripts and comparisons, parts of an f-string, texts of a raise."""
    parent = parents[node]
    if isinstance(
        parent, (ast.Expr, ast.JoinedStr, ast.FormattedValue, ast.Subscript, ast.Compare, ast.Raise)
    ):
        return True
    if isinstance(parent, ast.Dict) and node in parent.keys:
        return True
    return any(called(one) in MARKS or isinstance(one, ast.Raise) for one in above(node, parents))


def untranslated(path: Path) -> list[str]:
    """Line and text of each literal that a person would read in English only."""
    tree, parents = tree_of(path)
    found = []
    for node in ast.walk(tree):
        words = words_of(node)
        if not words or words in NAMES or ALLOWED.fullmatch(words.strip()) or excused(node, parents):
            continue
        if A_SENTENCE.search(words) or (is_read(node, parents) and A_WORD.search(words)):
            found.append(f"{path.name}:{node.lineno}: {words[:80]!r}")
    return found


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name not in NO_TEXT], ids=lambda path: path.name
)
def test_every_text_is_marked(path: Path) -> None:
    assert untranslated(path) == []


def test_a_text_that_is_not_marked_is_found(tmp_path: Path) -> None:
    source = (
        'def page(n):\n    """A docstring is no text."""\n    look.foot("Not marked.")\n    Mark("actual")\n'
        '    say = f"{n} queues are short"\n    look.card("name", "Why?" if n else _("How?"), about)\n'
        '    look.foot(_("Marked text."))\n    frame["not a text"]\n'
    )
    path = tmp_path / "page.py"
    path.write_text(source, encoding="utf-8")
    assert [line.split(":")[1] for line in sorted(untranslated(path))] == ["3", "4", "5", "6"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_marks_hold_plain_texts_and_nothing_hides_them(path: Path) -> None:
    tree, _parents = tree_of(path)
    broken = [
        node.lineno
        for node in ast.walk(tree)
        if called(node) in MARKS and any(isinstance(one, ast.JoinedStr) for one in node.args)
    ]
    hidden = [
        name.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and any(called(node) == "_" for node in ast.walk(function))
        for name in ast.walk(function)
        if isinstance(name, ast.Name)
        and name.id == "_"
        and isinstance(name.ctx, ast.Store)
        and not _in_comprehension(name, _parents)
    ]
    assert (broken, hidden) == ([], [])


def _in_comprehension(name: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    return any(isinstance(one, ast.comprehension) for one in above(name, parents))


def test_every_labour_rule_is_a_text_for_translators() -> None:
    texts = {text for rule in every_rule() for text in (rule.name, rule.meaning)}
    assert texts <= set(NAMES)
