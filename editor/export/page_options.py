"""Options about the files of the writer's own that change how pages look."""

from editor.export.document_options import EPUB
from editor.export.options import Sort, option_field

HTML = "html"

TEMPLATE = option_field(
    "",
    Sort.FILE,
    "Page template",
    "A file of your own that says how a web page is put together, beside the manuscript or in the folder of templates.",
    renderers=frozenset({HTML}),
)
COVER_IMAGE = option_field(
    "",
    Sort.FILE,
    "Picture of the cover",
    "A JPEG or PNG file of your own, beside the manuscript or in the folder of templates; it takes the place of the plain cover.",
    choices=(("", "None"),),
    renderers=frozenset({EPUB}),
)
STYLE = option_field(
    "",
    Sort.FILE,
    "Style sheet",
    "A CSS file of your own, beside the manuscript or in the folder of templates; its rules come after those of Dinkus.",
    renderers=frozenset({HTML, EPUB}),
)
