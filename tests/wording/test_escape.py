from hypothesis import given
from hypothesis import strategies as st

from dashboard.wording import escape


def test_markdown_of_a_hostile_name_is_only_text() -> None:
    shown = escape.markdown("![x](https://example.org/p.png) :red[x] $x$ # x")
    assert shown.startswith(r"\!\[x\]\(https⁠\:\/\/example\.org\/p\.png\)")
    for sign in "![]():$#":
        assert all(shown[at - 1] == "\\" for at, character in enumerate(shown) if character == sign)


def test_links_that_need_no_brackets_are_broken() -> None:
    for text in ("https://a.org", "www.a.org", "someone@a.org"):
        assert "\u2060" in escape.markdown(text), text
    assert "->" not in escape.markdown("a -> b")


def test_html_of_a_hostile_name_is_only_text() -> None:
    assert escape.html("<img src=x onerror=alert(1)>") == "&lt;img src=x onerror=alert(1)&gt;"


def test_cells_that_would_be_formulas_carry_an_apostrophe() -> None:
    assert escape.cell("=cmd|' /C calc'!A0") == "'=cmd|' /C calc'!A0"
    for start in "=+-@\t\r":
        assert escape.cell(f"{start}1") == f"'{start}1"
    assert escape.cell("Alpha") == "Alpha"


def test_a_name_stays_on_its_line() -> None:
    assert escape.plain("a\nb\x1b[31m\u202ec") == "a b [31m c"


@given(st.text())
def test_every_punctuation_character_of_markdown_is_escaped(text: str) -> None:
    shown = escape.markdown(text)
    at = 0
    while at < len(shown):
        if shown[at] == "\\":
            at += 2
            continue
        assert shown[at] not in "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"
        at += 1


def test_what_no_xml_may_hold_is_left_out_and_halves_of_letters_too() -> None:
    assert escape.plain("a\ufffeb\uffff") == "a b"
    assert escape.html("a\ud800b\udfff").encode() == b"a b"
    assert escape.plain("\ue000\ufffd\U0001f600") == "\ue000\ufffd\U0001f600"  # the neighbours and a whole pair stay
