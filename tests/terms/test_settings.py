import pytest

from dashboard.terms import Settings


def test_settings_are_a_key() -> None:
    assert {Settings(): 1}[Settings()] == 1
    assert Settings() != Settings(gain=6)


def test_every_setting_says_its_unit_and_why() -> None:
    for setting in Settings().describe():
        assert setting.value == setting.default
        assert setting.source, setting.name


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"minimum_group": 2}, "minimum_group is 2; it must be between 3 and 1000"),
        ({"false_flag_share": 0.9}, "false_flag_share is 0.9; it must be between 0.01 and 0.5"),
        ({"seed": -1}, "seed is -1; it must be at least 0"),
        ({"gain": float("nan")}, "gain is nan"),
    ],
)
def test_a_setting_outside_what_the_method_allows_is_named(wrong: dict[str, float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Settings(**wrong)  # type: ignore[arg-type]
