"""Typography on export: every rule of section 9, and the laws."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.export.typography import apply_typography, to_ascii
from editor.markup.inlines import resolve_content, text_of
from editor.markup.model import Close, LineBreak, Open, Style, Text
from editor.markup.spans import parse_spans
from tests.markup.reading import written


def inlines_of(content):
    return resolve_content(content, parse_spans(content), reflows=False)


def typeset(content, language="en"):
    return written(apply_typography(inlines_of(content), language))


def check(cases):
    return pytest.mark.parametrize(("content", "wanted"), cases, ids=[content for content, _ in cases])


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "“a ‘b’ c” – d—e— f"),
        ("de", "„a ‚b‘ c“ – d–e– f"),
        ("fr", "«\xa0a “b” c\xa0» – d—e— f"),
        ("ru", "«a „b“ c» — d—e— f"),
        ("es", "«a “b” c» — d—e— f"),
        ("sv", "”a ’b’ c” – d–e– f"),
        ("de-AT", "„a ‚b‘ c“ – d–e– f"),
        ("EN_gb", "“a ‘b’ c” – d—e— f"),
        ("tlh", "“a ‘b’ c” – d—e— f"),
        ("", "“a ‘b’ c” – d—e— f"),
    ],
)
def test_each_language_has_its_quotes_and_dashes(language, wanted):
    assert typeset("\"a 'b' c\" - d--e--- f", language) == wanted


@check(
    [
        ("a... b", "a… b"),
        ("a.... b", "a…. b"),
        ("a.. b..... c......", "a.. b..... c......"),
        ("a . . . b", "a . . . b"),
        ("...a?...", "…a?…"),
        (r"\...", "..."),
        (r"a\.... b", "a.... b"),
        ("a *b..*. c", "a <em>b…</em> c"),
    ]
)
def test_exactly_three_or_four_dots_become_an_ellipsis(content, wanted):
    assert typeset(content) == wanted


@check(
    [
        ("a--b a---b a----b", "a—b a—b a----b"),
        ("a - b -- c --- d", "a – b — c — d"),
        ("self-made 1914-18", "self-made 1914-18"),
        ("a -b c- d", "a -b c- d"),
        ("a\xa0-\u2009b", "a\xa0–\u2009b"),
        ("- Hello -- he", "— Hello — he"),
        ("-- Hello", "— Hello"),
        ("--- Hello", "— Hello"),
        ("--Hello", "—Hello"),
        ("---- Hello", "---- Hello"),
        ("-Hello", "-Hello"),
        ("*- Hello*", "<em>— Hello</em>"),
        ("a<br>- b", "a<br>– b"),
        (r"a \-- b \- c", "a -- b - c"),
        ("a *b -*- c", "a <em>b —</em> c"),
        ("a — b – c", "a — b – c"),
    ]
)
def test_hyphens_become_dashes_where_they_stand_for_them(content, wanted):
    assert typeset(content) == wanted


def test_a_dialogue_dash_is_long_in_every_language():
    assert typeset("- Ja - sagte er.", "de") == "— Ja – sagte er."


@check(
    [
        ("6'2\" and 5'11\".", "6′2″ and 5′11″."),
        ('"He\'s 6\'2" tall," she said.', "“He’s 6′2″ tall,” she said."),
        ("*He* is 6'2\" tall", "<em>He</em> is 6′2″ tall"),
        ("6' and 2\"", "6’ and 2”"),
        ("the 80's \"", "the 80’s ”"),
    ]
)
def test_feet_and_inches_get_primes(content, wanted):
    assert typeset(content) == wanted


@check(
    [
        ('"a" b', "“a” b"),
        ('("a") ["b"] {"c"} <"d">', "(“a”) [“b”] {“c”} <“d”>"),
        ('"*No*," he', "“<em>No</em>,” he"),
        ('*"No," he*', "<em>“No,” he</em>"),
        ('a--"b"--c', "a—“b”—c"),
        ('"a--" b', "“a—” b"),
        ('"a', "“a"),
        ('a"', "a”"),
        ('a "', "a ”"),
        ('"a"b"c"', "“a”b“c”"),
        ("\"'a'\"", "“‘a’”"),
        ('"a<br>b"', "“a<br>b”"),
        ('a"<br>"b"', "a”<br>“b”"),
        (r'\"a\" "b"', '"a" “b”'),
        ('“a" b', "“a” b"),
        ('“a"--b', "“a”—b"),
    ]
)
def test_double_quotes_open_and_close(content, wanted):
    assert typeset(content) == wanted


@check(
    [
        ("don't o'clock l'homme", "don’t o’clock l’homme"),
        ("*Don*'t", "<em>Don</em>’t"),
        ("'90s '45 '80's", "’90s ’45 ’80’s"),
        ("'tis 'Twas 'EM rock 'n' roll", "’tis ’Twas ’EM rock ’n’ roll"),
        ("'Cause 'bout 'ello 'ere", "’Cause ’bout ’ello ’ere"),
        ("takin' the dogs' bowls", "takin’ the dogs’ bowls"),
        ("'No,' he said.", "‘No,’ he said."),
        ("a ('b') 'c' --'d'", "a (‘b’) ‘c’ —‘d’"),
        ("He said 'no.", "He said ’no."),
        ("'Speech goes on", "‘Speech goes on"),
        ("\"'Speech goes on", "“‘Speech goes on"),
        ("'speech goes on", "’speech goes on"),
        ("'I'm goin' home,' he said.", "‘I’m goin’ home,’ he said."),
        ("he was 'goin' home.", "he was ’goin’ home."),
        ("the 'rain' fell", "the ‘rain’ fell"),
        ("said 'in' twice", "said ‘in’ twice"),
        ("'1984' is a book", "‘1984’ is a book"),
        ("a ' b", "a ' b"),
        ("a '", "a ’"),
        ("'a b.'", "‘a b.’"),
        ("''a''", "‘‘a’’"),
        (r"\'a\' 'b'", "'a' ‘b’"),
        ("x *'a'* y", "x <em>‘a’</em> y"),
    ]
)
def test_single_quotes_open_close_or_are_apostrophes(content, wanted):
    assert typeset(content) == wanted


def test_the_closing_single_quote_of_another_language_is_used_only_while_one_is_open():
    assert typeset("'Hunde' und Hans' Napf", "de") == "‚Hunde‘ und Hans’ Napf"


@check(
    [
        ("“Already curly,” he said—fine… and ‘so’ is this.", None),
        ("„Ja“, sagte er – ‚so‘.", None),
        ("«\xa0Oui\xa0»", None),
        ("’Tis 6′2″", None),
    ]
)
def test_what_is_set_already_stays(content, wanted):
    for language in ("en", "de", "fr", "ru", "es", "sv"):
        assert typeset(content, language) == (wanted or content)


def test_curly_quotes_are_remembered_as_the_language_reads_them():
    assert typeset('«Да „нет“--"но" да', "ru") == "«Да „нет“—»но» да"
    assert typeset('“Yes ‘no’--" she', "en") == "“Yes ‘no’—” she"
    assert typeset("„Ja“ \"'nein'\"", "de") == "„Ja“ „‚nein‘“"


def test_addresses_stay_as_they_are():
    assert typeset("see http://a.b/c--d'e...f now") == "see http://a.b/c--d'e...f now"


@check(
    [
        ("“Don’t,” he said—‘so’… – no", "\"Don't,\" he said--'so'... - no"),
        ("«\xa0Oui\xa0», „ja“", '"Oui", "ja"'),
        ("1914–18 word–word", "1914-18 word--word"),
        ("Zoë a\xa0b co\xadop 6′2″", "Zoë a b coop 6'2\""),
        ("*“x”*", '<em>"x"</em>'),
    ]
)
def test_ascii_typography_takes_it_all_back_and_leaves_letters(content, wanted):
    assert written(to_ascii(inlines_of(content))) == wanted


PIECES = ['"', "'", "a", "B", "in", "goin", "tis", "n", "90", "6'2\"", "7", ".", "...", "....", "-", "--", "---", "----", " ",
          " - ", "(", "[", "—", "“", "”", "’", "‘", "„", "«", "\xa0", "é", "e\u0301", "_", "他", "?", ","]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
languages = st.sampled_from(["en", "de", "fr", "ru", "es", "sv"])
paragraphs = st.lists(
    st.builds(Text, texts, is_literal=st.booleans())
    | st.just(LineBreak())
    | st.builds(lambda text: (Open(Style.EMPHASIS), Text(text), Close(Style.EMPHASIS)), texts),
    max_size=5,
).map(
    lambda parts: tuple(inline for part in parts for inline in (part if isinstance(part, tuple) else (part,)))
)


@settings(max_examples=400)
@given(texts, languages)
def test_span_boundaries_are_invisible(text, language):
    whole = apply_typography((Text(text),), language)
    middle = len(text) // 2
    pieces = [Text(part) for part in (text[:middle], text[middle:]) if part]
    spans = (pieces[0], Open(Style.STRONG), *pieces[1:], Close(Style.STRONG))
    assert text_of(apply_typography(spans, language)) == text_of(whole)


@settings(max_examples=300)
@given(paragraphs, languages)
@example((Text('-"'),), "fr")
@example((Text('A -"'),), "fr")
def test_setting_twice_changes_nothing_more(inlines, language):
    once = apply_typography(inlines, language)
    assert apply_typography(once, language) == once


@settings(max_examples=300)
@given(paragraphs, languages)
def test_letters_marks_and_literal_texts_stay(inlines, language):
    def kept(inlines):
        return [
            inline if not isinstance(inline, Text) or inline.is_literal else letters
            for inline in inlines
            if not isinstance(inline, Text)
            or inline.is_literal
            or (letters := "".join(filter(str.isalnum, inline.text)))
        ]

    assert kept(apply_typography(inlines, language)) == kept(inlines)
