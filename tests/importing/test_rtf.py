"""Rich text files come in, whatever their code page."""

import pytest

from editor.importing.registry import import_bytes


def lines_of(rtf):
    data = rtf if isinstance(rtf, bytes) else rtf.encode("latin-1")
    return list(import_bytes(data, "x.rtf").lines)


def test_slant_weight_and_underline_become_marks():
    assert lines_of(r"{\rtf1\ansi It was {\i not} his {\b gun}\i0 , \ul no\ulnone !\par\pard Next.}") == [
        "It was *not* his **gun**, *no*!",
        "",
        "Next.",
    ]


@pytest.mark.parametrize(
    "rtf,text",
    [
        (r"{\rtf1\ansi\ansicpg1252 caf\'e9 \'93yes\'94}", "café “yes”"),
        (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f0 caf\'e9 \f1 \'cf\'f0}", "café Пр"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset128 M;}}\f0 \'82\'a0\'82\'a2}", "あい"),
        (r"{\rtf1\ansi\uc1 it\u8217?s \u-10179?\u-8704?}", "it’s 😀"),
        (r"{\rtf1\ansi\uc0\u8220 Hi\u8221 }", "“Hi”"),
        (r"{\rtf1\ansi\uc2 a\u8212\'97\'97b}", "a—b"),
        (r"{\rtf1\mac caf\'8e}", "café"),
        (r"{\rtf1 a\emdash b\~c\_d \{x\} \\}", "a—b\u00a0c\u2011d {x} \\"),
    ],
)
def test_characters_come_as_they_were_meant(rtf, text):
    assert lines_of(rtf) == [text]


def test_headings_come_from_styles_and_outline_levels():
    rtf = r"{\rtf1{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}\pard\s1 Dusk\par\pard\s0 Water.\par\pard\outlinelevel0 Dawn\par\pard Light.}"
    assert lines_of(rtf) == ["# Dusk", "", "Water.", "", "# Dawn", "", "Light."]


def test_a_style_for_quotations_makes_a_quotation():
    rtf = r"{\rtf1{\stylesheet{\s0 Normal;}{\s7 Quotations;}}\pard\s7 Dear A,\par\pard\s0 Words.}"
    assert lines_of(rtf) == ["> Dear A,", "", "Words."]


def test_what_is_no_text_is_passed_over_and_told_of():
    rtf = r"{\rtf1{\info{\title Secret}}{\*\generator Word}{\header Smith / 1}{\pict\pngblip 89504e47}{\object{\*\objdata 00}}Text{\footnote See p. 9.}.\page More.{\v hidden}{\deleted old}}"
    done = import_bytes(rtf.encode(), "x.rtf")
    assert done.lines == ("Text.", "", "%% Footnote: See p. 9.", "", "* * *", "", "More.")
    assert len(done.left_out) == 6


def test_binary_data_is_jumped_over():
    assert lines_of(b"{\\rtf1 a{\\pict\\bin5 }}}\\\\}b}") == ["ab"]
