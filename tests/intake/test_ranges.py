"""Which scale answers were given on, and what is no answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.ranges import range_of
from dashboard.intake.ranks import in_order, ranked


def ends(counts: dict[float, int]) -> tuple[float | None, float | None]:
    found = range_of(counts)
    return found.low, found.high


@pytest.mark.parametrize(
    ("answers", "range_"),
    [
        ((1, 4), (1, 4)), ((1, 5), (1, 5)), ((2, 5), (1, 5)), ((1, 6), (1, 6)), ((3, 7), (1, 7)), ((0, 4), (0, 4)),
        ((1, 10), (1, 10)), ((0, 10), (0, 10)), ((0, 7), (0, 10)), ((5, 100), (0, 100)), ((-3, 3), (-3, 3)),
        ((1, 101), (None, None)),
    ],
)  # fmt: skip
def test_the_range_is_the_smallest_common_one_that_holds_all_answers(
    answers: tuple[int, int], range_: tuple[int, int]
) -> None:
    low, high = answers
    steps = range(low, high + 1) if high < 50 else (low, 20, 55, high)
    assert ends(dict.fromkeys(steps, 30)) == range_


def test_a_thin_tail_is_part_of_the_scale_and_no_slip() -> None:
    # 716 answers to one item that few endorse: four of them at the top of a 1–5 scale
    assert ends({1: 260, 2: 250, 3: 150, 4: 52, 5: 4}) == (1, 5)
    # a bell on 1–7 whose last option is hardly ever chosen
    assert ends({1: 30, 2: 120, 3: 240, 4: 300, 5: 220, 6: 80, 7: 3}) == (1, 7)
    # zeros are rare on 0–10 and stay
    assert ends({0: 2} | {n: 10 * n for n in range(1, 10)} | {10: 60}) == (0, 10)


def test_a_cliff_with_a_few_answers_beyond_it_is_a_slip() -> None:
    found = range_of({1: 200, 2: 900, 3: 2100, 4: 2600, 5: 1500, 6: 3, 55: 2})
    assert (found.low, found.high, found.strays) == (1, 5, {6, 55})


def test_codes_for_no_answer_do_not_widen_a_range_however_frequent() -> None:
    found = range_of({1: 20, 2: 30, 3: 39, -1: 33, -2: 13, 99: 40})
    assert (found.low, found.high, found.codes) == (1, 4, {-1, -2, 99})


@given(st.lists(st.text(alphabet="ab01-", min_size=1, max_size=6), min_size=1, max_size=60))
def test_texts_are_ranked_as_python_sorts_them(texts: list[str]) -> None:
    signs = np.frombuffer("".join(texts).encode(), dtype=np.uint8)
    places = np.cumsum([0, *map(len, texts)]).astype(np.int32)
    found = ranked(places, signs)
    assert found is not None
    values, codes = found
    assert list(values) == sorted(set(texts))
    assert [values[code] for code in codes] == texts


@given(st.lists(st.integers(0, 2**62), min_size=1, max_size=50))
def test_rows_are_ordered_by_key_and_then_as_they_came(keys: list[int]) -> None:
    assert in_order(np.array(keys)).tolist() == sorted(range(len(keys)), key=lambda place: keys[place])
