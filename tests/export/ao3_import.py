"""What the import of Archive of Our Own finds in a page, as far as it is known: an oracle written from a list of facts.

It looks for a name with a colon anywhere in the body, in any case, and takes all up to the end of the line; tags of line breaks and
paragraphs begin new lines first.
"""

import html
import re

NAMES = {
    "title": "Title",
    "note": "Note",
    "summary": "Summary",
    "tag": "Tag",
    "fandom": "Fandom",
    "rating": "Rating",
    "warning": "Warning",
    "relationship": "Relationship|Pairing",
    "character": "Character",
    "date": "Date|Posted|Posted on|Posted at",
    "chapter title": "Chapter Title",
}


def read_import(page):
    """Return what is found, by the names above; a tag that is still in a value stays there, as it would on the site."""
    body = re.search(r"<body>(.*)</body>", page, re.DOTALL).group(1)
    body = re.sub(r"<(br|p)", r"\n<\1", body)
    found = {}
    for name, pattern in NAMES.items():
        match = re.search(rf"({pattern})\s*:\s*(.*)", body, re.IGNORECASE) or re.search(
            rf"({pattern}s)\s*:\s*(.*)", body, re.IGNORECASE
        )
        if match:
            again = re.search(rf"({pattern})\s*:\s*(.*)", match[2], re.IGNORECASE)
            found[name] = html.unescape(again[2] if again else match[2])
    return found
