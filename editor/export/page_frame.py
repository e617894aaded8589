"""What stands around the text of a web page: doctype, head, a policy that lets nothing be loaded or run, and the escaping.

Every character of a book is text: it is escaped, and what no HTML page may hold (control characters) becomes a space or U+FFFD.
"""

import html
import re

from editor.export.languages import is_right_to_left

_FORBIDDEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
_SPACE = re.compile("[\t\n\x0b\x0c\r\x85]")
_CONTROL = re.compile(f"[{_FORBIDDEN}]")

PAGE_END = "</body>\n</html>"


def page_start(title: str, language: str, style: str, *, author: str = "") -> str:
    """Return a page up to the start of its body. `language` is a BCP 47 tag, `style` a style sheet that ends with a line end."""
    direction = ' dir="rtl"' if is_right_to_left(language) else ""
    by = f'<meta name="author" content="{attribute(author)}">\n' if author else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{attribute(language)}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{by}<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>"
    )


def clean(text: str) -> str:
    """Return `text` without what no page may hold."""
    return text if text.isprintable() else _CONTROL.sub("\ufffd", _SPACE.sub(" ", text))


def escape(text: str) -> str:
    """Return `text` as the content of an element; the common case, nothing to escape, costs four quick looks."""
    if not text.isprintable():  # a space of some other kind, or what no page may hold
        text = clean(text)
    if "&" in text or "<" in text or ">" in text:
        return html.escape(text, quote=False)
    return text


def attribute(text: str) -> str:
    """Return `text` as the value of an attribute, written as the templates write it."""
    return html.escape(clean(text), quote=False).replace('"', "&#34;").replace("'", "&#39;")
