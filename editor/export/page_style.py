"""The style sheet of an exported web page.

One column of about 34 em, the reader's own serif, light or dark as the reader's system is, and pages that break where a
book would. Nothing is loaded from anywhere. A style sheet of the writer's own comes after these rules. Limits: plain CSS that older
browsers may ignore in parts without harm.
"""

import re

from editor.export.profile import Profile

_BASE = """\
:root { color-scheme: light dark; --ink: #22201d; --paper: #fdfcf9; --faint: #6d675e; --line: #d9d4ca; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #d8d3c9; --paper: #1b1a18; --faint: #9c958a; --line: #45413a; }
}
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; padding: 3.5rem 1.25rem 6rem; }
main {
  max-width: 34em; margin: 0 auto; font: 1.1875rem/1.6 "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua",
    "URW Palladio L", Georgia, "Noto Serif", serif;
  font-kerning: normal; hanging-punctuation: first last; overflow-wrap: break-word;
}
h1, h2, h3 { font-weight: normal; line-height: 1.25; text-align: center; text-wrap: balance; break-after: avoid; }
h1 { font-size: 1.9em; margin: 3em 0 1.5em; }
h1.title { font-size: 2.2em; margin: 0.5em 0 0.6em; }
h2 { font-size: 1.5em; margin: 3.2em 0 1.6em; }
h3 { font-size: 1.1em; font-style: italic; margin: 2.4em 0 1.2em; }
main > :first-child { margin-top: 0; }
p { margin: 0; orphans: 2; widows: 2; }
.byline { text-align: center; font-style: italic; margin: 0 0 3em; }
.fields { color: var(--faint); font-size: 0.9em; margin: 0 0 3em; text-align: start; }
.dinkus { text-align: center; margin: 1.8em 0; break-after: avoid; }
hr { border: 0; border-top: 1px solid var(--line); width: 8em; margin: 2.2em auto; break-after: avoid; }
hr.blank { border-top-color: transparent; margin: 1.1em auto; }
.verse { margin: 1.2em 0; padding: 0 0 0 2em; break-inside: avoid; }
blockquote { margin: 1.3em 0; padding: 0 2em; break-inside: auto; }
aside {
  margin: 1.8em 0; padding: 0.7em 1.1em; border-left: 3px solid var(--line); color: var(--faint); font-size: 0.9em;
}
aside p + p, blockquote p + p { margin-top: 0.5em; }
.end { text-align: center; margin: 2.6em 0 0; font-style: italic; }
.end + .end { margin-top: 0.6em; }
:lang(zh) em, :lang(ja) em, :lang(ko) em { font-style: normal; text-emphasis: filled; }
@media print {
  :root { --ink: #000; --paper: #fff; --faint: #444; --line: #999; }
  @page { margin: 2.2cm 2.4cm; }
  body { padding: 0; }
  main { max-width: none; font-size: 11.5pt; line-height: 1.45; text-align: justify; hyphens: auto; }
  h1, h2 { break-before: page; }
  h1.title, h2:first-of-type, h1.part + h2 { break-before: auto; }
}
"""

_PARAGRAPHS = {
    "indented": """\
main > p + p:not([class]) { text-indent: 1.4em; }
main > p[class] + p:not([class]) { text-indent: 0; }
""",
    "spaced": """\
main > p:not([class]) { margin: 0 0 0.9em; }
""",
}


def style_sheet(paragraphs: str) -> str:
    """Return the style sheet for one way of setting `paragraphs` (a value of that option)."""
    return _BASE + _PARAGRAPHS[paragraphs]


_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def page_style(profile: Profile, more: str = "") -> str:
    """Return the whole style sheet of a page: ours, `more` of ours, the writer's own."""
    return style_sheet(profile.paragraphs) + more + own_style(profile)


def own_style(profile: Profile) -> str:
    """Return the writer's own rules, with a line end, so that they stay what they are within a page; "" if there are none.

    Raise InputError if the profile names a style sheet that nobody has read.
    """
    if not profile.style:
        return ""
    text = profile.text_of("style").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    text = _FORBIDDEN.sub("\ufffd", text)
    return re.sub("(?i)</(?=style)", r"<\\/", text) + "\n"
