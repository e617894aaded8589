"""Word files come in with their words, emphasis, structure and breaks."""

import pytest

from editor.importing.refusal import Refusal
from editor.importing.registry import import_bytes
from tests.importing.packing import W, docx, p, pack

ITALIC, BOLD = "<w:i/>", "<w:b/>"


def imported(body, **parts):
    return import_bytes(docx(body, **parts), "book.docx")


def lines_of(body, **parts):
    return list(imported(body, **parts).lines)


def style(id_, name, inside="", base=""):
    base = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:styleId="{id_}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def styles(*all_):
    return f"<w:styles {W}>{''.join(all_)}</w:styles>"


def test_slant_and_weight_become_our_marks():
    assert lines_of(p("It was ", ("not", ITALIC), " his ", ("gun", BOLD), " & ", ("both", ITALIC + BOLD)).replace("&", "&amp;")) == [
        "It was *not* his **gun** & ***both***"
    ]  # fmt: skip


def test_a_switch_that_is_off_is_off():
    assert lines_of(p(("no", '<w:i w:val="0"/>'), " ", ("yes", '<w:i w:val="true"/>'))) == ["no *yes*"]


def test_one_word_in_many_runs_is_one_word():
    assert lines_of(p(("al", ITALIC), ("wa", ITALIC), ("ys ", ITALIC), "so")) == ["*always* so"]


def test_the_look_of_a_style_is_inherited_and_a_slant_in_a_slant_stands_upright():
    sheet = styles(
        style("Em", "Emphasis", "<w:rPr><w:i/></w:rPr>"),
        style("Em2", "Thought", base="Em"),
        style("Dream", "Dream", "<w:rPr><w:i/></w:rPr>"),
    )
    body = p("a ", ("thought", '<w:rStyle w:val="Em2"/>')) + p(
        "dreaming ", ("awake", '<w:rStyle w:val="Em"/>'), style="Dream"
    )
    assert lines_of(body, styles=sheet) == ["a *thought*", "", "*dreaming* awake"]


def test_headings_the_title_and_their_depth_come_from_the_styles():
    sheet = styles(
        style("T", "Title"),
        style("H1", "heading 1", "<w:rPr><w:b/></w:rPr>"),
        style("Mine", "My chapter", base="H1"),
    )
    body = (
        p("The Weir", style="T") + p("Dusk", style="H1") + p("Water.") + p("Dawn", style="Mine") + p("Light.")
    )
    assert lines_of(body, styles=sheet) == [
        "Title: The Weir",
        "",
        "",
        "# Dusk",
        "",
        "Water.",
        "",
        "# Dawn",
        "",
        "Light.",
    ]


def test_breaks_of_every_kind_are_scene_breaks():
    page = '<w:r><w:br w:type="page"/></w:r>'
    centred = '<w:jc w:val="center"/>'
    body = (
        p("One.")
        + p("* * *", properties=centred)
        + p("Two.")
        + p("#", properties=centred)
        + p("Three.")
        + p(page)
        + p("Four.")
    )
    body += p("Five.", properties="<w:pageBreakBefore/>")
    text = "One.\n\n* * *\n\nTwo.\n\n#\n\nThree.\n\n* * *\n\nFour.\n\n* * *\n\nFive."
    assert lines_of(body) == text.split("\n")


def test_rare_empty_paragraphs_are_breaks_and_regular_ones_are_not():
    few = p("One.") + p("Two.") + p("Three.") + p() + p("Four.")
    many = p("One.") + p() + p("Two.") + p() + p("Three.")
    assert "* * *" in lines_of(few)
    assert "* * *" not in lines_of(many)


def test_insertions_are_taken_and_deletions_dropped_and_both_told_of():
    inserted = '<w:ins w:id="1"><w:r><w:t>new </w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>old </w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="3"><w:r><w:t>twice</w:t></w:r></w:moveFrom>'
    done = imported(p("a ", inserted, deleted, moved, "word"))
    assert done.lines == ("a new word",)
    assert done.left_out == ("1 tracked deletion: left out.", "1 tracked insertion: taken into the text.")


def test_a_change_of_look_that_is_tracked_shows_the_new_look():
    assert lines_of(p(("x1", "<w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange>"), " plain")) == ["x1 plain"]


def test_comments_and_footnotes_are_kept_as_private_notes():
    body = p(
        "Text.", '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>See p. 9.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    remarks = f'<w:comments {W}><w:comment w:id="0" w:author="Ann"><w:p><w:r><w:t>Cut?</w:t></w:r></w:p></w:comment></w:comments>'
    done = imported(body, footnotes=notes, comments=remarks)
    assert done.lines == ("Text.", "", "%% Footnote: See p. 9.", "", "%% Comment by Ann: Cut?")
    assert done.left_out == (
        "1 footnote: put below its paragraph as a private note.",
        "1 comment: kept as a private note.",
    )


def test_pictures_macros_and_page_headers_are_told_of():
    data = pack(
        {
            "[Content_Types].xml": "",
            "word/document.xml": f'<w:document {W}><w:body><w:p><w:r><w:drawing><a:blip xmlns:a="x"/></w:drawing></w:r>{p("Hi.")}</w:p></w:body></w:document>',
            "word/header1.xml": f"<w:hdr {W}>{p('Smith / 1')}</w:hdr>",
            "word/vbaProject.bin": b"\x00evil",
        }
    )
    done = import_bytes(data, "x.docm")
    assert done.lines == ("Hi.",)
    assert len(done.left_out) == 3


def test_a_text_box_gives_its_words_beside_those_of_the_paragraph_around_it():
    box = f"<w:r><w:pict><w:txbxContent>{p('In the box.')}</w:txbxContent></w:pict></w:r>"
    assert lines_of(p("Before ", box, "and after.")) == ["In the box.", "", "Before and after."]


def test_line_breaks_tabs_and_hard_hyphens_stay():
    assert lines_of(p("a", "<w:r><w:br/></w:r>", "b", "<w:r><w:tab/><w:noBreakHyphen/></w:r>", "c")) == [
        "a",
        "b \u2011c",
    ]


def test_a_table_of_contents_and_hidden_text_stay_away():
    sheet = styles(style("TOC1", "toc 1"))
    body = p("Chapter 1 ... 3", style="TOC1") + p(("hidden", "<w:vanish/>"), "seen text")
    assert lines_of(body, styles=sheet) == ["seen text"]


@pytest.mark.parametrize("tenths", range(10))
def test_a_file_that_is_cut_off_is_refused(tenths):
    data = docx(p("One.") * 50)
    with pytest.raises(Refusal):
        import_bytes(data[: len(data) * tenths // 10], "x.docx")
