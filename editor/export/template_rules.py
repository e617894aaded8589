"""What a page template may say: a small part of Jinja2, so that every template ends, and none reaches anything but the book.

A template that lies beside a manuscript may come from a stranger. Allowed are text, `{{ … }}`, `if`, `for` and `set`, with
the filters below; nothing can be called but `range`, no list is built, no text is glued together, no other file is taken in. All work is
paid for from a budget that grows with the book: steps of loops by what they hold, text by its length. So the end does not
depend on a clock, and the same template gives the same result on every computer. Limits: a template is no program.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateAssertionError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

DEEPEST = 60
TOO_DEEP = "It is nested too deeply"
PRICE_OF_A_STEP = 4  # of each part of a template in a loop; about what it costs beside a character
LARGEST_NUMBER = 10**15

_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign)
_LEAVES = (nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Operand)
_WORKING = (
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.CondExpr,
    nodes.BinExpr,
    nodes.UnaryExpr,
    nodes.Call,
)
_LISTS = (nodes.List, nodes.Tuple)
_BARRED = (nodes.Concat, nodes.Pow)
"""Glueing texts together, and powers: few of them make more than a computer holds."""

_IN_WORDS = {
    "Include": "include",
    "Import": "import",
    "FromImport": "import",
    "Extends": "extends",
    "Block": "block",
    "Macro": "macro",
    "CallBlock": "call",
    "FilterBlock": "filter … endfilter",
    "AssignBlock": "set … endset",
    "Concat": "~ (write {{ a }}{{ b }})",
    "Pow": "**",
    "Dict": "{…}",
    "List": "a list of anything but plain values",
    "Tuple": "a list of anything but plain values",
    "Keyword": "arguments with names",
}

BEFORE_THE_FIRST_PAGE = 1_000_000  # Jinja2 works out what is constant when it reads a template
ALL_PAGES = 500_000_000
"""What all pages of a site may cost together, beside their own texts: a list of all chapters on each page takes much."""


class Budget:
    """What one page may still cost, and all pages together."""

    def __init__(self, all_pages: int = ALL_PAGES) -> None:
        self._left = self._given = BEFORE_THE_FIRST_PAGE
        self._all = all_pages + BEFORE_THE_FIRST_PAGE

    def begin(self, amount: int, own: int) -> None:
        """Start a page that may cost `amount`, of which `own` is for what no other page has."""
        self._all += own - (self._given - self._left)
        self._left = self._given = max(0, min(amount, self._all))

    def pay(self, amount: int) -> None:
        """Take `amount` off; raise SecurityError if that is more than there is."""
        self._left -= amount
        if self._left < 0:
            raise SecurityError("it makes too much of too little: its loops go on for too long")

    def weighed(self, value: Any) -> Any:
        """Return `value`, paid for by its length."""
        self.pay(len(value) if isinstance(value, str | list | tuple | range) else 1)
        return value

    def counted(self, items: Iterable[Any], price: int) -> Iterator[Any]:
        """Yield `items`, each paid for with `price`."""
        for item in items:
            self.pay(price)
            yield item

    def shown(self, value: Any) -> Any:
        """Return a value that is about to be written, paid for; raise SecurityError if it is not text."""
        if isinstance(value, str):
            self.pay(len(value))
        elif (
            value is not None and not isinstance(value, int | float) and not hasattr(value, "_undefined_name")
        ):
            raise SecurityError("only text and numbers can be written; go through a list with {% for %}")
        return "" if value is None else value


class RestrictedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja2 with most of it taken out."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})

    def call_binop(self, _context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers of a usual size, and with nothing else."""
        if not all(isinstance(each, int | float) and abs(each) < LARGEST_NUMBER for each in (left, right)):
            raise SecurityError(f"{operator} takes numbers only")
        return super().call_binop(_context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow `range` and nothing else."""
        return obj is self.globals.get("range")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for node, depth in _walk(template):
            _check(node, depth, name)
        for node, _depth in list(_walk(template)):
            _weigh(node)
        return template


def make_environment(budget: Budget, text: Callable[[str], str], undefined: Any) -> RestrictedEnvironment:
    """Return the environment of one template. `text` makes a string fit between tags, `undefined` stands for what there is not."""
    environment = RestrictedEnvironment(
        autoescape=True,
        undefined=undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=budget.shown,
        cache_size=0,
    )
    environment.globals = {"range": environment.globals["range"]}
    kept = {name: environment.filters[name] for name in _FILTERS}
    environment.filters = {
        **kept,
        "text": lambda value: Markup(text(str(value))),  # noqa: S704 - it is what escapes
        "join": lambda values, between="": _join(budget, values, between),
        "_weighed": budget.weighed,
        "_counted": budget.counted,
    }
    return environment


_FILTERS = frozenset({"capitalize", "count", "d", "default", "e", "escape", "first", "int", "last", "length"}) | {
    "lower", "reverse", "safe", "title", "trim", "truncate", "upper", "urlencode",
}  # fmt: skip


def _join(budget: Budget, values: Iterable[Any], between: str) -> Markup:
    between = escape(between)
    pieces = []
    for value in values:
        pieces.append(escape(budget.shown(value)))
        budget.pay(len(between) + 1)
    return between.join(pieces)


def _walk(root: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    """Yield every node with its depth; without recursion, so that no depth is too deep to be refused."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]


def _check(node: nodes.Node, depth: int, name: str | None) -> None:
    if depth > DEEPEST:
        raise TemplateAssertionError(TOO_DEEP, node.lineno or 1, name)
    if barred := _what_is_barred(node):
        raise TemplateAssertionError(f"A page template cannot use {barred}", node.lineno or 1, name)


def _what_is_barred(node: nodes.Node) -> str:
    """Return in words what a template must not use of `node`, "" if nothing."""
    kind = type(node).__name__
    if isinstance(node, _LISTS):
        return "" if all(map(_is_plain, node.items)) else _IN_WORDS[kind]
    if isinstance(node, nodes.For) and node.recursive:
        return "for … recursive"
    if isinstance(node, nodes.Call) and not (isinstance(node.node, nodes.Name) and node.node.name == "range"):
        return "calls of anything but range()"
    if isinstance(node, nodes.Filter | nodes.Test) and node.name.startswith("_"):
        return node.name
    if isinstance(node, nodes.Filter | nodes.Test | nodes.Call) and (node.dyn_args or node.dyn_kwargs):
        return "* before an argument"
    is_known = isinstance(node, _STATEMENTS + _LEAVES + _WORKING) and not isinstance(node, _BARRED)
    return "" if is_known else _IN_WORDS.get(kind, kind)


def _is_plain(item: nodes.Node) -> bool:
    return isinstance(item, nodes.Const) or (isinstance(item, nodes.Name) and item.ctx == "store")


def _weigh(node: nodes.Node) -> None:
    """Put the paying into the template, at everything that goes through a list or a text."""
    if isinstance(node, nodes.For):
        price = sum(PRICE_OF_A_STEP + _length(each) for each, _depth in _walk(node))
        node.iter = _filter(node.iter, "_counted", [nodes.Const(price, lineno=node.lineno)])
    elif isinstance(node, nodes.Filter | nodes.Test):
        if node.node is not None:
            node.node = _filter(node.node, "_weighed")
        node.args = [_filter(each, "_weighed") for each in node.args]
    elif isinstance(node, nodes.Compare | nodes.Operand):
        node.expr = _filter(node.expr, "_weighed")
    elif isinstance(node, nodes.Getitem):
        node.node = _filter(node.node, "_weighed")


def _filter(node: nodes.Node, name: str, arguments: list[nodes.Expr] | None = None) -> nodes.Filter:
    return nodes.Filter(node, name, arguments or [], [], None, None, lineno=node.lineno)


def _length(node: nodes.Node) -> int:
    return len(node.data) if isinstance(node, nodes.TemplateData) else 0
