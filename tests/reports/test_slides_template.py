"""A corporate template: its design is used, its slides and links are not; what is none is refused."""

import io
import re
import zipfile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Template
from pptx.util import Emu, Inches

from dashboard import reports
from dashboard.reports.slides import slides
from dashboard.reports.slides_ground import ground
from dashboard.reports.slides_look import house
from dashboard.terms import InputRefused
from tests.reports.test_slides import boxes, inside, parts
from tests.storyline import made

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
THEME = f"{RELATIONSHIP_TYPE.THEME}"
GREEN = {"dk1": "102020", "lt1": "FFFFFF", "accent1": "0B6E4F", "accent2": "C8553D", "accent3": "5E3C99"}
NIGHT = {"dk1": "FFFFFF", "lt1": "0D1B2A", "accent1": "FFB703", "accent2": "8ECAE6", "accent3": "FB8500"}


def saved(template: Template) -> bytes:
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def dressed(colours: dict[str, str], font: str = "Georgia") -> Template:
    """python-pptx's plain template, 4:3, in these colours."""
    template = Presentation()
    part = template.slide_master.part.part_related_by(THEME)
    theme = etree.fromstring(part.blob)
    for slot in theme.find(f".//{A}clrScheme"):
        if (name := etree.QName(slot).localname) in colours:
            slot[:] = [etree.Element(f"{A}srgbClr", val=colours[name])]
    for latin in theme.iterfind(f".//{A}fontScheme/*/{A}latin"):
        latin.set("typeface", font)
    part._blob = etree.tostring(theme)
    return template


def wide(template: Template) -> Template:
    """The same in 16:9, its placeholders moved."""
    template.slide_width, template.slide_height = Inches(13.333), Inches(7.5)
    places = {"TITLE": (1, 0.4, 11.3, 0.9), "BODY": (1, 1.6, 11.3, 4.9), "SLIDE_NUMBER": (11.3, 6.9, 1, 0.4)}
    places |= {"DATE": (1, 6.9, 2, 0.4), "FOOTER": (4, 6.9, 5, 0.4)}
    for shape in template.slide_master.placeholders:
        box = places[shape.placeholder_format.type.name]
        shape.left, shape.top, shape.width, shape.height = map(Inches, box)
    return template


def without_layouts(*kept: str) -> Template:
    template = Presentation()
    for layout in [each for each in template.slide_layouts if each.name not in kept]:
        template.slide_layouts.remove(layout)
    return template


TEMPLATES = {
    "4:3": lambda: dressed(GREEN),
    "16:9, dark": lambda: wide(dressed(NIGHT, "Verdana")),
    "a title in the middle and a blank": lambda: without_layouts("Title Slide", "Blank"),
    "a blank only": lambda: without_layouts("Blank"),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_slides_on_a_template_keep_its_size_and_stay_inside_it(name: str) -> None:
    template = TEMPLATES[name]()
    made_on_it = Presentation(io.BytesIO(slides(made.deck("made"), saved(template))))
    assert (made_on_it.slide_width, made_on_it.slide_height) == (template.slide_width, template.slide_height)
    for page, told in zip(made_on_it.slides, made.deck("made").slides, strict=True):
        assert told.title in (shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        assert (page.shapes.title is None) == (name == "a blank only")
        inside(page, Emu(template.slide_width).pt, Emu(template.slide_height).pt)
        assert len(boxes(page)) >= 3


def test_the_colours_of_a_theme_stand_for_the_same_things_and_follow_it() -> None:
    look = ground(saved(dressed(GREEN))).look
    assert (look.individual.value, look.collective.value, look.accent.value) == ("0b6e4f", "c8553d", "5e3c99")
    assert (look.individual.slot, look.ink.slot) == ("accent1", "tx1")
    night = ground(saved(dressed(NIGHT))).look
    assert (night.background.value, night.ink.value) == ("0d1b2a", "ffffff")


def test_a_theme_whose_colours_cannot_be_told_apart_gets_those_of_the_house() -> None:
    grey = {f"accent{number}": f"6{number}6{number}6{number}" for number in range(1, 7)}
    look = ground(saved(dressed(grey))).look
    assert look.individual.value == house().individual.value
    assert look.individual.slot == ""


def test_the_text_stands_in_the_layout_with_one_text_and_the_rest_in_that_with_a_title_alone() -> None:
    on = ground(saved(dressed(GREEN)))
    assert (on.text.name, on.bare.name) == ("Title and Content", "Title Only")


def test_its_own_slides_and_links_to_elsewhere_are_left_behind() -> None:
    template = dressed(GREEN)
    old = template.slides.add_slide(template.slide_layouts[0])
    old.shapes.title.text = "Last year’s secret"
    layout = template.slide_layouts[1]
    run = layout.placeholders[0].text_frame.paragraphs[0].add_run()
    run.text, run.hyperlink.address = "intranet", "https://intranet.example.org/brand"
    run.font.color.rgb = RGBColor(0, 0, 0)
    found = parts(slides(made.deck("made"), saved(template)))
    everything = b"".join(found.values())
    assert "Last year’s secret".encode() not in everything
    assert b"intranet.example.org" not in everything
    assert b'TargetMode="External"' not in everything
    assert sum(name.startswith("ppt/slides/slide") for name in found) == len(made.deck("made").slides)


def test_a_potx_is_a_template_too() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts(saved(dressed(GREEN))).items():
            package.writestr(name, part.replace(b"presentation.main+xml", b"template.main+xml"))
    assert ground(out.getvalue()).look.individual.value == "0b6e4f"


def test_the_same_template_gives_the_same_bytes() -> None:
    template = saved(dressed(GREEN))
    assert slides(made.deck("one period"), template) == slides(made.deck("one period"), template)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files.items():
            package.writestr("[Content_Types].xml" if name == "types" else name, content)
    return out.getvalue()


REFUSED = {
    "damaged": saved(Presentation())[:9000],
    "a text": b"team,period\n",
    "nothing": b"",
    "locked": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "macros": zipped(types=b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    "a document": zipped(types=b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "a zip": zipped(letter=b"hello"),
}
SAID = {
    "damaged": "it cannot be opened as a presentation. Open it in PowerPoint, save it anew as .pptx or .potx",
    "locked": "it is protected by a password, or in the format from before 2007. Save it without a password",
    "macros": "it holds macros. Save it as .pptx or .potx, which hold none, and give that.",
    "a document": "it is no presentation. Give a .pptx or .potx file.",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_template_is_refused_with_what_it_is_and_what_to_do(name: str) -> None:
    alike = {"a text": "damaged", "nothing": "damaged", "a zip": "a document"}
    with pytest.raises(InputRefused) as refused:
        reports.check_template(REFUSED[name])
    assert str(refused.value).startswith(f"template: {SAID[alike.get(name, name)]}")


def test_a_template_with_a_broken_part_is_refused() -> None:
    broken = parts(saved(Presentation()))
    broken["ppt/slideMasters/slideMaster1.xml"] = b"<p:sldMaster"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in broken.items():
            package.writestr(name, part)
    with pytest.raises(InputRefused, match="cannot be opened as a presentation"):
        slides(made.deck("made"), out.getvalue())


def test_a_template_whose_theme_is_no_theme_is_refused() -> None:
    template = Presentation()
    template.slide_master.part.part_related_by(
        THEME
    )._blob = b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x>&y;</x>'
    with pytest.raises(InputRefused, match="cannot be opened as a presentation"):
        reports.check_template(saved(template))


def test_a_good_template_is_let_through() -> None:
    assert reports.check_template(saved(dressed(GREEN))) is None


def edited(part: str, pattern: bytes, instead: bytes) -> bytes:
    """The plain template with one thing in one of its parts changed."""
    found = parts(saved(Presentation()))
    changed = re.sub(pattern, instead, found[part], flags=re.DOTALL)
    assert changed != found[part]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in (found | {part: changed}).items():
            package.writestr(name, content)
    return out.getvalue()


MASTER, COLOURS = "ppt/slideMasters/slideMaster1.xml", "ppt/theme/theme1.xml"
BROKEN = {
    "no map of colours": (MASTER, rb"<p:clrMap [^>]*/>", b""),
    "a title of no size": (MASTER, rb'sz="4400"', b'sz="abc"'),
    "a master without a theme": (
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        rb"<Relationship [^>]*/theme[^>]*>",
        b"",
    ),
    "a theme that is no XML": (COLOURS, rb".*", b"<a>"),
    "a theme without colours": (COLOURS, rb"<a:clrScheme.*?</a:clrScheme>", b""),
    "a layout of no size": (
        "ppt/slideLayouts/slideLayout2.xml",
        rb"<p:spPr/>",
        b'<p:spPr><a:xfrm><a:off x="a" y="b"/></a:xfrm></p:spPr>',
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_template_that_opens_and_lacks_something_is_refused_like_one_that_does_not(name: str) -> None:
    template = edited(*BROKEN[name])
    for use in (reports.check_template, lambda given: slides(made.deck("made"), given)):
        with pytest.raises(InputRefused, match="cannot be opened as a presentation"):
            use(template)


@pytest.mark.parametrize(
    "colour", [b'<a:prstClr val="red"/>', b'<a:scrgbClr r="0" g="0" b="0"/>', b'<a:sysClr val="window"/>']
)
def test_a_colour_by_its_name_is_taken_for_what_its_place_usually_is(colour: bytes) -> None:
    for slot, usual in ((b"lt1", "ffffff"), (b"dk1", "000000")):
        template = edited(COLOURS, rb"<a:%b>.*?</a:%b>" % (slot, slot), b"<a:%b>%b</a:%b>" % (slot, colour, slot))
        look = ground(template).look
        assert {"lt1": look.background.value, "dk1": look.ink.value}[slot.decode()] == usual
        reports.check_template(template)


@pytest.mark.parametrize("inches", [(1, 1), (10, 2), (4, 7.5)])
def test_a_page_without_room_for_a_chart_is_refused(inches: tuple[float, float]) -> None:
    template = without_layouts("Blank")
    template.slide_width, template.slide_height = map(Inches, inches)
    with pytest.raises(InputRefused, match="too little room for a chart with its texts"):
        reports.check_template(saved(template))


def test_whatever_does_not_go_onto_a_template_is_known_when_it_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("notes")

    monkeypatch.setattr("dashboard.reports.slides._notes", stumble)
    with pytest.raises(InputRefused, match="cannot be opened as a presentation"):
        reports.check_template(saved(dressed(GREEN)))
