"""Spans: every row of 6.5, every rule of 6.2 to 6.4, and the laws."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings

from editor.markup.model import Span, SpanKind
from editor.markup.spans import parse_spans
from tests.markup.reading import contents, read

ATOMS = {SpanKind.COMMENT, SpanKind.ESCAPE, SpanKind.URL, SpanKind.LINE_BREAK}


def check(cases):
    """Run a test for every (content, what a reader gets); None stands for the content as it is."""
    cases = [(content, content if wanted is None else wanted) for content, wanted in cases]
    return pytest.mark.parametrize(("content", "wanted"), cases, ids=[content for content, _ in cases])


def em(text):
    return f"<em>{text}</em>"


def strong(text):
    return f"<strong>{text}</strong>"


@check(
    [
        ("and/or w/o he/she/they 24/7", None),
        ("5 * 3 * 2, 2*3*4", None),
        ("/etc/passwd, /usr/bin/", None),
        ("http://x/y/", None),
        ("/see http://x/y/ for it/", em("see http://x/y/ for it")),
        ("snake_case_name, o_O", None),
        ("^_^", None),
        ("f*ck, sh*t, d**n, a**hole", None),
        ("word* … word*", None),
        ("* footnote", None),
        ("****, _____", None),
        ("Mr. *** of N***", None),
        ("* thought in spaced stars *", None),
        ("un*frigging*believable", None),
        ("::telepathy::, //x//, ~x~", None),
        ("...really...*really*...the", f"...really...{em('really')}...the"),
        ("*word*s", f"{em('word')}s"),
        ('"*No*," he said', f'"{em("No")}," he said'),
        ("*multi word with 'quotes' and -- dashes*", em("multi word with 'quotes' and -- dashes")),
        ("*he said /now/*", em(f"he said {em('now')}")),
        ("*f*ck you*", em("f*ck you")),
        ("*sigh* Fine.", f"{em('sigh')} Fine."),
        ("他*真的*不", f"他{em('真的')}不"),
        ("*line one\nline two*", em("line one<br>line two")),
        ("_herab_stieg", f"{em('herab')}stieg"),
        ("*unclosed, then *word* more", f"*unclosed, then {em('word')} more"),
    ]
)
def test_the_table_of_the_specification_holds(content, wanted):
    assert read(content) == wanted


@check(
    [
        ("*x*", em("x")),
        ("_x_", em("x")),
        ("/x/", em("x")),
        ("**x**", strong("x")),
        ("__x__", strong("x")),
        ("***x***", strong(em("x"))),
        ("****x****", None),
        ("___x___", None),
        ("//x//", None),
        ("*x**", None),
        ("**x*", None),
        ("*x_", None),
    ]
)
def test_runs_of_the_known_lengths_are_marks_and_all_others_are_literal(content, wanted):
    assert read(content) == wanted


@check(
    [
        (r"\*x\*", "*x*"),
        (r"*a\* b*", em("a* b")),
        (r"\\*x*", "\\" + em("x")),
        (r"\a \ä \1", None),
        ("end\\", None),
        ("a\\\nb", "a<br>b"),
        ("a \\ \nb", "a<br>b"),
        ("a [[*b* _c_]] d", "a d"),
        ("*a [[x* y]] b*", em("a b")),
        ("a [[b c", None),
        ("[[a]] ]] b", "]] b"),
        ("a [[b]]]", "a ]"),
        ("a[[x]]b", "ab"),
        ("see http://a.b/c_d_e/*f* now", None),
        ("*http://a.b/c*.", f"{em('http://a.b/c')}."),
        ("(https://a.b/_x_)", None),
        ("xhttp://a/b/ c/", None),
        ("他http://a/b/ c/", None),
        ("ftp://a/*b*c mailto:a_b_@c www.a/_b_c", None),
        ("http://a/b'*.,*x*", "http://a/b'*.,*x*"),
        ("<http://a/b> *x*", f"<http://a/b> {em('x')}"),
        ('"http://a/_b_" _c_', f'"http://a/_b_" {em("c")}'),
        ('<a href="/x/ y/">z</a>', None),
        ("<u>x</u> /y/", f"<u>x</u> {em('y')}"),
        ("<I *know* that>", f"<I {em('know')} that>"),
    ]
)
def test_no_mark_inside_an_atom_counts(content, wanted):
    assert read(content) == wanted


@pytest.mark.parametrize(
    "before", ["", " ", "他", "(", '"', "“", "—", "-", ".", "...", "'", "!", "\xa0", "\u3000"]
)
@pytest.mark.parametrize("mark", ["*", "_", "**", "__", "***"])
def test_a_run_opens_at_the_start_and_after_white_space_unspaced_scripts_and_punctuation(mark, before):
    assert read(f"{before}{mark}x{mark}").endswith(("</em>", "</strong>"))


@pytest.mark.parametrize("before", ["a", "é", "e\u0301", "7", "=", "+", "~", "$", "<", "|", "^", "`", "€"])
@pytest.mark.parametrize("mark", ["*", "_", "/", "**", "__", "***"])
def test_a_run_never_opens_straight_after_a_letter_a_digit_or_a_symbol(mark, before):
    content = f"{before}{mark}x{mark}"
    assert read(content) == content


@pytest.mark.parametrize("before", list("/:.#@&=?~%+"))
def test_a_slash_does_not_open_after_the_signs_of_addresses(before):
    assert read(f"x {before}/y z/") == f"x {before}/y z/"


@pytest.mark.parametrize("after", list("/\\,;:!?)]}>.="))
def test_a_slash_does_not_open_before_punctuation(after):
    assert "<em>" not in read(f"x /{after}y z/")


def test_a_slash_may_stand_beside_two_dots_or_an_ellipsis():
    assert read(".../then/ so…/then/ /..then/") == "...<em>then</em> so…<em>then</em> <em>..then</em>"


@pytest.mark.parametrize(
    "after", ["", " ", "他", ".", ",", ")", '"', "”", "—", "-", "~", "!", "*", "…", "'s"]
)
def test_a_run_closes_strongly_before_the_end_white_space_unspaced_scripts_and_punctuation(after):
    assert read(f"_two words_{after}") == f"{em('two words')}{after.rstrip()}"


@pytest.mark.parametrize("after", ["=", "+", "$", "<", "|", "^", "`", "s", "7"])
def test_a_run_of_several_words_closes_neither_before_a_symbol_nor_before_a_letter(after):
    assert read(f"*two words*{after}") == f"*two words*{after}"


def test_a_run_does_not_close_after_white_space():
    assert read("*a *, *a\n* b") == "*a *, *a<br>* b"


@check(
    [
        ("_par_ish", f"{em('par')}ish"),
        ("**Par**ish", f"{strong('Par')}ish"),
        ("***Par***ish", f"{strong(em('Par'))}ish"),
        ("/par/ish", None),
        ("*two words*s", None),
        ("*a*b*c", f"{em('a')}b*c"),
        ("*a*b c*", em("a*b c")),
        ("*word*s and *more*", f"{em('word')}s and {em('more')}"),
        ('*say"*no*"', f'{em("say" + chr(34))}no*"'),
        ("*“*no*", f"*“{em('no')}"),
    ]
)
def test_a_weak_closer_is_taken_only_within_a_word_and_if_no_strong_one_comes_first(content, wanted):
    assert read(content) == wanted


@check(
    [
        ("*one *two* three*", f"*one {em('two')} three*"),
        ('*he said "*no*" there*', f'*he said "{em("no")}" there*'),
        ("**one **two** three**", f"**one {strong('two')} three**"),
        ("/one /two/ three/", f"/one {em('two')} three/"),
        ("*a _b *c* d_ e*", f"*a {em('b ' + em('c') + ' d')} e*"),
    ]
)
def test_an_unclosed_mark_never_reaches_over_a_fresh_one(content, wanted):
    assert read(content) == wanted


@check(
    [
        ("**a *b* c**", strong(f"a {em('b')} c")),
        ("*a **b** c*", em(f"a {strong('b')} c")),
        ("_*x*_", em(em("x"))),
        ("*/x/*", em(em("x"))),
        ("**_x_**", strong(em("x"))),
        ("_a /b *c **d** e* f/ g_", em(f"a {em('b ' + em('c ' + strong('d') + ' e') + ' f')} g")),
        ("*Ask **her***, he", f"{em('Ask ' + strong('her'))}, he"),
        ("**or *me***.", f"{strong('or ' + em('me'))}."),
        ("__or _me___.", f"{strong('or ' + em('me'))}."),
        ("*a **b* c", f"{em('a **b')} c"),
        ("*a ***", None),
        ("***a** b*", None),
        ("***a *b* _c_***", strong(em(f"a *b* {em('c')}"))),
        ("*a ***b*** c*", em(f"a {strong(em('b'))} c")),
        ("*a _b* c_", f"{em('a _b')} c_"),
    ]
)
def test_marks_nest_when_they_differ(content, wanted):
    assert read(content) == wanted


@check(
    [
        ("*?!* *...* /.../ _-_ **…**", None),
        ("*7* *他* *\u0301*", f"{em('7')} {em('他')} {em(chr(0x301))}"),
        ("/usr/local/bin/", None),
        ("/either/or is fine/", em("either/or is fine")),
        ("/either/or/", None),
        ("/a//b/ /a//b c/", f"/a//b/ {em('a//b c')}"),
        ("/<b>x</b>/", em(strong("x"))),
        ("*[[x]]*", "**"),
        ("*<br>*", "*<br>*"),
    ]
)
def test_marks_need_a_letter_or_digit_between_them_and_slashes_no_path(content, wanted):
    assert read(content) == wanted


@check(
    [
        (
            "<i>a</i> <EM>b</em> <b>c</B> <strong>d</strong>",
            f"{em('a')} {em('b')} {strong('c')} {strong('d')}",
        ),
        ("un<i>frigging</i>believable", f"un{em('frigging')}believable"),
        ("<i>a</em>", None),
        ("a</i> <i>b", None),
        ("<i>...</i> <b></b>", None),
        ("<i><b></b></i>", None),
        ("<i>a <b>b</b> c</i>", em(f"a {strong('b')} c")),
        ("<i>a <b>b</i> c</b>", None),
        ("<i>a <i>b</i>", f"<i>a {em('b')}"),
        ("<i>a <b>b</i>", em("a <b>b")),
        ("<b>*x*</b>*y*", strong(em("x")) + em("y")),
        ("*<b>x</b>* *y*<b>z</b>", f"{em(strong('x'))} {em('y')}{strong('z')}"),
        ("<i>a *b</i> c*", f"<i>a {em('b</i> c')}"),
        ("*a <i>b* c</i>", f"{em('a <i>b')} c</i>"),
        ("<b>a <i>b *c</i> d*</b>", strong(f"a <i>b {em('c</i> d')}")),
        ("a<br>b<BR/>c<br />d", "a<br>b<br>c<br>d"),
        ("*a*<br>*b*", f"{em('a')}<br>{em('b')}"),
        ('<i class="x">a</i> <u>b</u> <i >c</i>', None),
        ("<i>_a_ /b/</i>", em(f"{em('a')} {em('b')}")),
    ]
)
def test_tags_are_marks_in_pairs_that_nest_and_literal_otherwise(content, wanted):
    assert read(content) == wanted


def test_a_span_says_where_its_marks_and_its_inside_are():
    assert parse_spans(r"😀 **a \* b** [[c]] www.d.e.<br>") == (
        Span(SpanKind.STRONG, 2, 12, 4, 10),
        Span(SpanKind.ESCAPE, 6, 8, 7, 8),
        Span(SpanKind.COMMENT, 13, 18, 18, 18),
        Span(SpanKind.URL, 19, 26, 19, 26),
        Span(SpanKind.LINE_BREAK, 27, 31, 31, 31),
    )


@settings(max_examples=400)
@given(contents)
def test_spans_stay_in_the_content_and_nest_or_stand_apart(content):
    spans = parse_spans(content)
    for span in spans:
        assert 0 <= span.start <= span.inner_start <= span.inner_end <= span.end <= len(content)
    for one, other in pairwise(spans):
        assert (one.start, -one.end) < (other.start, -other.end)
        if one.kind in ATOMS:
            assert one.end <= other.start
    around = []
    for span in spans:
        while around and around[-1].end <= span.start:
            around.pop()
        if around:
            assert around[-1].inner_start <= span.start
            assert span.end <= around[-1].inner_end
        around.append(span)


@settings(max_examples=200)
@given(contents, contents)
def test_a_paragraph_reads_the_same_whatever_was_read_before(content, other):
    parse_spans(other)
    again = "".join(list(content))
    assert parse_spans(content) == parse_spans(again)


HOSTILE = ["*", "_a_a", "/a", "[[", "<i>", "*a ", "**a *b ", "\\"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_line_of_one_megabyte_of_marks_takes_a_second_or_so(unit):
    content = unit * (1_000_000 // len(unit))
    started = time.process_time()
    parse_spans(content)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "unit",
    [
        *HOSTILE, "<i>a</i>", "<b><i>", "*a* ", "_a ", "/a ", "*.", "*. ", "*.* ", "/a/ /", "www.", "xhttp://", "<a b", '<a b="',
        "</i>", "<br>", "\\\n", "他*", "***a** ", "a_", "é_", "*“", "[[a", "[[a]]", "<i>*a</i>* ", "<i>*a</i><b>_a</b>* _ ",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_and_not_with_its_square(unit):
    def seconds(size):
        content = unit * (size // len(unit))
        times = []
        for number in range(3):
            started = time.process_time()
            parse_spans(content + " " * number)
            times.append(time.process_time() - started)
        return min(times)

    assert (
        seconds(120_000) < 20 * seconds(20_000) + 0.1
    )  # 6 times if it grows with the length, 36 with its square


def test_pairs_may_be_nested_deeper_than_python_recurses():
    depth = 20_000
    spans = parse_spans("<i>" * depth + "x" + "</i>" * depth)
    assert len(spans) == depth
    assert read("<i>" * depth + "x" + "</i>" * depth) == "<em>" * depth + "x" + "</em>" * depth
