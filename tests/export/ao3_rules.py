"""What Archive of Our Own does to a text that is posted, as far as it is known: its sanitizer and its paragraph rules.

An oracle, not a copy: written from a list of facts, on a tree of html5lib. `apply_rules` gives the text as it would be
stored, `as_tree` the text as it was meant; equal trees mean that nothing was changed.
"""

import re

import html5lib

ELEMENTS = {
    "a", "abbr", "acronym", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code",
    "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var"
}  # fmt: skip
ATTRIBUTES = {"align", "dir", "lang", "title"}
GONE_WITH_CONTENT = {
    "iframe", "math", "noembed", "noframes", "noscript", "plaintext", "script", "style", "svg", "xmp"
}  # fmt: skip
BLOCKS = {
    "blockquote", "center", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table",
    "ul"
}  # fmt: skip
LEFT_ALONE = {
    "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"
}  # fmt: skip
_EDGES = " \t\n"


def as_tree(source):
    """Return a posted text as nested (tag, attributes, children), white space between blocks aside."""
    return [each for each in _children(_parse(source)) if not _is_white(each)]


def apply_rules(source):
    """Return the tree that is stored for a posted text."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("<3", "&lt;3").strip()
    return _with_paragraphs([each for node in _children(_parse(source)) for each in _sanitized(node)])


def _parse(source):
    return html5lib.parseFragment(source, namespaceHTMLElements=False)


def _children(element):
    found = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            found.append((child.tag, dict(child.attrib), _inside(child)))
        if child.tail:
            found.append(child.tail)
    return found


def _inside(element):
    children = _children(element)
    return [each for each in children if not _is_white(each)] if element.tag == "blockquote" else children


def _is_white(node):
    return isinstance(node, str) and not node.strip(_EDGES)


def _sanitized(node):
    if isinstance(node, str):
        return [node]
    tag, attributes, children = node
    if tag in GONE_WITH_CONTENT:
        return []
    inner = [each for child in children for each in _sanitized(child)]
    if tag not in ELEMENTS:
        return inner
    return [(tag, {name: value for name, value in attributes.items() if name in ATTRIBUTES}, inner)]


def _with_paragraphs(nodes):
    """Wrap what is in no paragraph, split paragraphs at double breaks, take out what is empty."""
    result, loose = [], []
    for node in [*nodes, ("hr", {}, None)]:
        if isinstance(node, str) or node[0] not in BLOCKS:
            loose.append(node)
            continue
        result += _paragraphs({}, [each for part in loose for each in _cut_at_newlines(part)])
        loose = []
        tag, attributes, children = node
        if children is None:
            continue
        if tag == "p":
            result += _paragraphs(attributes, children)
        elif tag in LEFT_ALONE:
            result.append((tag, attributes, _trimmed(children)))
        else:
            result.append((tag, attributes, _with_paragraphs(children)))
    return result


def _cut_at_newlines(node):
    if not isinstance(node, str):
        return [node]
    pieces = filter(None, re.split("(\n)", node))
    return [("br", {}, []) if piece == "\n" else piece for piece in pieces]


def _paragraphs(attributes, nodes):
    """Return paragraphs: two line breaks end one, more leave a blank one between."""
    groups, breaks = [[]], 0
    for node in nodes:
        if not isinstance(node, str) and node[0] == "br":
            breaks += 1
            continue
        if _is_white(node) and (breaks or not groups[-1]):
            continue
        if breaks == 1 and groups[-1]:
            groups[-1].append(("br", {}, []))
        elif breaks > 1:
            groups += [["\u00a0"], []] if breaks > 2 else [[]]
        breaks = 0
        groups[-1].append(node)
    return [("p", attributes, trimmed) for trimmed in map(_trimmed, groups) if trimmed]


def _trimmed(children):
    """Drop white space at both ends and beside line breaks, and what is empty then."""
    result = []
    for index, child in enumerate(children):
        kept = child
        if isinstance(kept, str):
            after = children[index + 1] if index + 1 < len(children) else ("br", {}, [])
            kept = kept.lstrip(_EDGES) if not result or _is_break(result[-1]) else kept
            kept = kept.rstrip(_EDGES) if _is_break(after) else kept
        if kept:
            result.append(kept)
    return result


def _is_break(node):
    return not isinstance(node, str) and node[0] == "br"
