import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.terms import Instrument, Scale

PULSE = """
title = "Team pulse 2026"
team = "team_id"
period = "quarter"
respondent = "respondent_id"
segments = ["department", "site"]
mirrored = true

[scales.individual_efficacy]
items = ["se_1", "se_2", "se_3"]
minimum = 1
maximum = 5
reversed = ["se_3"]

[scales.collective_efficacy]
items = ["ce_1", "ce_2", "ce_3"]
minimum = 1
maximum = 5
"""


def test_an_instrument_is_read_from_toml() -> None:
    pulse = Instrument.from_toml(PULSE)
    assert pulse.team == ("team_id",)
    assert pulse.segments == ("department", "site")
    assert pulse.mirrored
    assert pulse.individual == Scale(
        name="individual_efficacy", items=("se_1", "se_2", "se_3"), minimum=1, maximum=5, reversed=("se_3",)
    )
    assert pulse.collective.bounds == (1, 5)
    assert pulse.collective.options == 5


def test_several_team_columns_are_a_list() -> None:
    assert Instrument.from_toml('team = ["BTN", "COMPANY"]').team == ("BTN", "COMPANY")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("team = ", "not valid TOML"),
        ("team = 3", "team must be a list of column names"),
        ("period = 3", "period must be the name of one column"),
        ("scales = 3", "scales must be tables"),
        ('[scales.x]\nitems = ["a", "a"]', "names an item twice: a"),
        ('[scales.x]\nitems = ["a"]\nreversed = ["b"]', "reverses what is not one of its items: b"),
        ('[scales.x]\nitems = ["a"]\nminimum = 5\nmaximum = 1', "the maximum must be the larger"),
        ('[scales.x]\nitems = ["a"]\nminimum = 5', "needs both minimum and maximum"),
        ('[scales.x]\nitems = ["a"]\nminimum = true\nmaximum = 2', "minimum must be a number"),
        ("[scales.x]\nitems = []", "has no items"),
    ],
)
def test_a_wrong_instrument_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Instrument.from_toml(text)


names = st.text(min_size=1, max_size=12)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    items = tuple(draw(st.lists(names, min_size=1, max_size=5, unique=True)))
    low, high = sorted(draw(st.lists(st.integers(-9, 100), min_size=2, max_size=2, unique=True)))
    return Scale(
        name=draw(names),
        items=items,
        minimum=low,
        maximum=high,
        reversed=tuple(item for item in items if draw(st.booleans())),
    )


@given(st.lists(scales(), max_size=4), names, st.lists(names, max_size=3), st.one_of(st.none(), names), st.booleans())
def test_what_is_written_is_read_back(
    found: list[Scale], title: str, columns: list[str], period: str | None, mirrored: bool
) -> None:
    instrument = Instrument(
        title=title,
        team=tuple(columns),
        period=period,
        segments=tuple(columns),
        mirrored=mirrored,
        scales={scale.name: scale for scale in found},
    )
    assert Instrument.from_toml(instrument.to_toml()) == instrument
