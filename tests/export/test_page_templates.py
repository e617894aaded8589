"""Page templates and style sheets of the writer: the shipped ones change nothing, hostile ones end, mistakes are told with their line."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.app.resources import resource_path
from editor.errors import InputError
from editor.export.options import Sort
from editor.export.page_style import _BASE
from editor.export.page_template import LONGEST_SOURCE, Page, PageTemplate
from editor.export.profile import CHAPTER_FILES, EPUB, HTML, OPTIONS, SITE, Profile
from editor.export.registry import export_bytes, export_files
from editor.export.renderers.site import SITE_STYLE
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines

SHIPPED = resource_path("templates", "page.html.j2").read_text("utf-8")
STORY = """Title: The "Weir" & <others>
Author: A. "Q" O'Neill
Rating: PG
Summary: Rain, & more of it.

/Chapter One/

"The *gate* was open."

* * *

It closed.

Chapter Two: "B" <b>

A/N: Thanks.

Rain.
"""


def manuscript(text=STORY):
    return Manuscript(split_lines(text))


def with_template(source, **choices):
    return Profile("x", template="page.html.j2", own_template=source, **choices)


def rendered(source, text=STORY, **choices):
    choices = {"typography": "typed", **choices}
    return export_bytes(manuscript(text), with_template(source, **choices)).decode()


texts = st.text(st.sampled_from("ab c\n*/_\"'&<>#\x00\x0b\x85\u05d0é—") | st.characters(), max_size=200)


@given(
    text=texts | st.just(STORY),
    header=st.sampled_from(["none", "author", "all"]),
    language=st.sampled_from(["en", "he", "auto"]),
)
def test_the_shipped_template_makes_the_very_pages_of_dinkus(text, header, language):
    for files in ("one", CHAPTER_FILES, SITE):
        plain = Profile("x", header=header, language=language, files=files)
        own = replace(plain, template="page.html.j2", own_template=SHIPPED)
        assert export_files(manuscript(text), own) == export_files(manuscript(text), plain)


def test_the_shipped_template_makes_the_very_page_also_with_a_style_sheet_and_without_text():
    for text in (STORY, "", "\n\n"):
        plain = Profile(
            "x", style="a.css", own_style="p { color: red }\n\n", include_title=False, header="none"
        )
        own = replace(plain, template="page.html.j2", own_template=SHIPPED)
        assert export_bytes(manuscript(text), own) == export_bytes(manuscript(text), plain)


def test_the_shipped_style_sheet_is_the_look_of_the_pages():
    css = resource_path("templates", "page.css").read_text("utf-8")
    assert css.partition("*/\n")[2] == _BASE + SITE_STYLE
    assert css.count("*/") == 1


def test_a_template_is_given_the_book():
    source = (
        "{{ kind }}|{{ title }}|{{ author }}|{{ language }}|{{ direction }}|{{ words }}|{{ generator }}"
        "{% for f in header %}|{{ f.key }}={{ f.value }}{% endfor %}"
        "{% for c in chapters %}|{{ c.number }} {{ c.title|text }} {{ c.body|length > 0 }} {{ loop.last }}{% endfor %}"
    )
    assert rendered(source, header="all") == (
        "page|The &#34;Weir&#34; &amp; &lt;others&gt;|A. &#34;Q&#34; O&#39;Neill|en|ltr|7|Dinkus"
        "|Author=A. &#34;Q&#34; O&#39;Neill|Rating=PG|Summary=Rain, &amp; more of it."
        '|1 Chapter One True False|2 Chapter Two: "B" &lt;b&gt; True True'
    )


def test_the_pages_of_a_site_know_one_another():
    source = "{{ kind }}:{{ title }}:{{ previous.href if previous }}:{{ next.href if next }}:{{ contents.href }}:{{ words }}"
    files = export_files(
        manuscript("/One/\n\nRain here.\n\n/Two/\n\nSun.\n"), with_template(source, files=SITE)
    )
    assert [data.decode() for data in files.values()] == [
        "contents:One::" + ":index.html:3",
        "chapter:One::chapter-2.html:index.html:2",
        "chapter:Two:chapter-1.html::index.html:1",
    ]


def test_titles_cannot_leave_the_place_a_template_gives_them():
    made = rendered('<i title="{{ book_title }}">{{ title }}</i>')
    assert (
        made
        == '<i title="The &#34;Weir&#34; &amp; &lt;others&gt;">The &#34;Weir&#34; &amp; &lt;others&gt;</i>'
    )


BROKEN = {
    "\n\n{% if title %}": "line 3",
    "a\n{{ nothing }}": "line 2: 'nothing' is undefined",
    "{% for %}": "line 1",
    "\n{% include 'other.html' %}": "line 2: a page template cannot use include",
    "{% import 'x' as y %}": "cannot use import",
    "{% extends 'x' %}": "cannot use extends",
    "{% macro a() %}{% endmacro %}": "cannot use macro",
    "{% set a %}{% endset %}": "cannot use set",
    "\n\n{{ title ~ title }}": "line 3: a page template cannot use ~",
    "{{ 9 ** 9 }}": "cannot use **",
    "{{ 'a' * 100000000 }}": "numbers only",
    "{{ title + title }}": "numbers only",
    "{{ title.upper() }}": "calls of anything but range",
    "{% set range = title.format %}{{ range(title) }}": "",
    "{{ title.__class__.__mro__ }}": "line 1",
    "{{ ''.__class__ }}": "line 1",
    "{{ title.format }}": "only text and numbers can be written",
    "{{ chapters }}": "only text and numbers can be written",
    "{{ range(10) }}": "only text and numbers can be written",
    "{{ lipsum() }}": "",
    "{{ cycler }}": "'cycler' is undefined",
    "{{ [title, title]|join }}": "cannot use a list of anything but plain values",
    "{{ {'a': title} }}": "cannot use {…}",
    "{{ chapters|_counted(-99) }}": "cannot use _counted",
    "{{ title|truncate(length=3) }}": "cannot use arguments with names",
    "{{ title|truncate(*title) }}": "cannot use *",
    "{{ 9999999999999999 * 2 }}": "numbers only",
    "{{ title|attr('__class__') }}": "no filter named 'attr'",
    "{{ title|center(100000000) }}": "no filter named 'center'",
    "{{ 1 // 0 }}": "line 1",
    "{{ title[0:9:0] }}": "line 1",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}": "nested too deeply",
    "{{ title" + ".a" * 100 + " }}": "nested too deeply",
    "{{ title" + ".b" * 5000 + " }}": "nested too deeply",
    "{{ title" + "|e" * 5000 + " }}": "nested too deeply",
    "{{ " + "- " * 5000 + "1 }}": "nested too deeply",
    "{{ " + "9" * 5000 + " }}": "cannot be used",
    "{% if 1 %}{% elif 2 %}" + "{% elif 3 %}" * 5000 + "{% endif %}": "nested too deeply",
    "{% for a in range(0x" + "f" * 900 + ") %}{% endfor %}": "too large",
    "{% set ns.x = 1 %}": "cannot",
    "{% for a in chapters recursive %}{% endfor %}": "cannot use for",
    "{% autoescape false %}{{ title }}{% endautoescape %}": "cannot use",
    "{% if 1 %}" * 3000 + "{% endif %}" * 3000: "nested too deeply",
    "{% for a in chapters %}" * 25 + "{% endfor %}" * 25: "",
    "x" * (LONGEST_SOURCE + 1): "more than 100,000 characters",
}


@pytest.mark.parametrize("source", BROKEN, ids=lambda source: source[:40].strip())
def test_a_template_that_cannot_be_used_is_told_in_words(source):
    with pytest.raises(InputError) as told:
        rendered(source)
    message = str(told.value)
    assert message.startswith("The template “page.html.j2” ")
    assert BROKEN[source] in message
    assert "\n" not in message


ENDLESS = [
    "{% for a in range(99) %}" + "x" * 9_000 + "{% endfor %}",
    "{% if range(99)|join(body) %}{% endif %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{{ body }}{% endfor %}",
    "{% for a in range(99999) %}" + "x" * 90_000 + "{% endfor %}",
    "{% for a in range(99999) %}{% if body|upper|lower|trim == title %}{% endif %}{% endfor %}",
    "{% for a in range(99999) %}{% if title in body %}{% endif %}{% endfor %}",
    "{% for a in range(99999) if body[::-1] == title %}{% endfor %}",
    "{% for a in body %}{% for b in body %}{% for c in body %}{% endfor %}{% endfor %}{% endfor %}",
    "{{ range(99999)|join(body) }}",
    "{% for a in range(99999) %}{{ range(99999)|join(title) }}{% endfor %}",
    "{% for a in range(99999) %}{% if title in range(99999) %}{% endif %}{% endfor %}",
    "{{ body }}" * 9_000,
]


DEAR = """body == title|title == body|title in body|body is eq title|title is eq body|body[1:2]|range(99999) == title
title in range(99999)""".replace("\n", "|").split("|")
DEAR += ["body|upper", "title|default(body)", "body|trim|length > 3", "range(99999)|last"]


@pytest.mark.parametrize("expression", DEAR)
def test_a_few_steps_through_a_long_text_cost_its_length(expression):
    source = f"{{% for a in range(N) %}}{{% if {expression} %}}{{% endif %}}{{% endfor %}}"
    assert rendered(source.replace("N", "3"), "Rain. " * 3000) == ""
    with pytest.raises(InputError, match="go on for too long"):
        rendered(source.replace("N", "99"), "Rain. " * 3000)


@pytest.mark.parametrize("source", ENDLESS, ids=lambda source: source[:60])
def test_a_template_that_would_never_end_is_stopped(source):
    with pytest.raises(InputError, match="go on for too long"):
        rendered(source, "Rain. " * 3000)


def test_a_loop_over_all_chapters_of_a_long_serial_is_no_fault():
    text = "".join(f"/Chapter {number}/\n\nRain.\n\n" for number in range(1, 1500))
    made = rendered(
        "{% for c in chapters %}{{ c.number }}. {{ c.title }}\n{{ c.body }}{% endfor %}{{ body }}", text
    )
    assert made.count("Rain.") == 2 * 1499


PIECES = [
    *"{}%#ab |.()[]\"'1+-*~:=\n",
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "for ",
    " in ",
    "if ",
    "title",
    "range",
    "end",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_is_a_template_or_is_refused_in_words(source):
    try:
        made = PageTemplate("t", source).render(Page("page", "T", "T", "", "en", "<p>b</p>", ""))
    except InputError as error:
        made = str(error).removeprefix("The template “t” cannot be used")
    assert isinstance(made, str)
    assert "Traceback" not in made


def test_pages_of_one_template_do_not_share_what_they_may_cost():
    page = Page("page", "T", "T", "", "en", "<p>b</p>", "")
    dear, cheap = "{% for a in range(99999) %}{{ a }}{% endfor %}", "{{ title }}"
    for source in (cheap, dear, cheap):
        one, other = PageTemplate("one", source), PageTemplate("other", source)
        assert one._budget is not other._budget
        if source is dear:
            with pytest.raises(InputError, match="“one”"):
                one.render(page)
        else:
            assert one.render(page) == other.render(page) == "T"


def test_a_style_sheet_comes_after_ours_and_cannot_end_its_element():
    css = "p { color: red }\r\n</style><script>alert(1)</script>\x00"
    made = export_bytes(manuscript(), Profile("x", style="a.css", own_style=css)).decode()
    head, _, rest = made.partition("</style>")
    assert rest.startswith("\n</head>")
    assert head.endswith("p { color: red }\n<\\/style><script>alert(1)</script>\ufffd\n")
    assert head.index("hanging-punctuation") < head.index("color: red")


def test_a_style_sheet_is_in_the_e_book_after_ours():
    profile = Profile("x", renderer=EPUB, style="a.css", own_style="p { color: red }")
    with zipfile.ZipFile(io.BytesIO(export_bytes(manuscript(), profile))) as book:
        css = book.read("EPUB/style.css").decode()
    assert css.endswith("p { color: red }\n")
    assert "hr.scene" in css


@pytest.mark.parametrize("choice", ["template", "style"])
def test_a_file_that_nobody_has_read_is_no_silent_page_of_ours(choice):
    profile = Profile("x").with_options({choice: "mine.txt"})
    with pytest.raises(InputError, match="“mine"):
        export_bytes(manuscript(), profile)


def test_another_name_is_another_file():
    profile = with_template("x")
    assert profile.with_options({"template": "other.j2"}).own_template is None
    assert profile.with_options({"header": "all"}).own_template == "x"


def test_names_of_files_are_options_like_others():
    files = {option.name: option for option in OPTIONS if option.sort is Sort.FILE}
    assert set(files) == {"template", "style", "cover_image"}
    assert files["template"].renderers == {HTML}
    assert files["template"].parse(" a.j2 ") == "a.j2"
    assert "beside the manuscript" in files["style"].describe_values()
