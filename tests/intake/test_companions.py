"""Performance, events, structures and the roster, in the shapes people bring them."""

import pandas as pd
import pytest

from dashboard.intake import inspect, read_events, read_performance, read_roster, read_structures, read_survey
from dashboard.terms import InputRefused

LONG = b"""team_id,quarter,metric,value,respondent_id,higher_is_better,unit,note
Alpha,2026-Q1,lead_time,12.5,,false,days,x
Alpha,2026-Q1,tasks,3,p1,yes,,x
Beta,Q1 2026,lead_time,"1,200",,0,days,x
Beta,2026-Q2,lead_time,,,0,days,x
"""


def test_long_performance_has_a_row_per_value_of_team_or_member() -> None:
    found = read_performance(LONG)
    assert list(found.values.columns) == "team period metric value respondent_id higher_is_better unit".split()
    assert found.values["value"].tolist() == [12.5, 3.0, 1200.0]
    assert found.values["respondent_id"].tolist() == ["", "p1", ""]
    assert found.values["higher_is_better"].tolist() == [False, True, False]
    assert found.values["period"].tolist() == ["2026-Q1"] * 3
    assert any("row 5 has no value" in problem.found for problem in found.problems)


def test_wide_performance_has_a_metric_per_column() -> None:
    found = read_performance(b"Team;Quarter;Revenue;Units\nAlpha;2026-Q1;1.000,5;12\nBeta;2026-Q1;3,5;\n")
    assert found.values[["team", "metric", "value"]].to_numpy().tolist() == [
        ["Alpha", "Revenue", 1000.5],
        ["Alpha", "Units", 12.0],
        ["Beta", "Revenue", 3.5],
    ]
    assert found.values["higher_is_better"].all()


def test_a_metric_said_to_be_better_lower_once_is_so_where_nothing_is_said() -> None:
    lines = b"team,period,metric,value,higher_is_better\nA,2026-Q1,errors,3,false\nA,2026-Q2,errors,4,\n"
    assert read_performance(lines).values["higher_is_better"].tolist() == [False, False]


def test_a_comma_is_decimal_where_the_column_shows_it() -> None:
    found = read_performance(b"team;period;metric;value\nA;2026-Q1;m;2,035\nB;2026-Q1;m;2,5\n")
    assert found.values["value"].tolist() == [2.035, 2.5]


def test_performance_does_not_depend_on_the_order_of_rows() -> None:
    head, *rest = LONG.splitlines(keepends=True)
    pd.testing.assert_frame_equal(read_performance(LONG).values, read_performance(head + b"".join(rest[::-1])).values)


def test_performance_without_a_period_is_refused_or_takes_the_named_one() -> None:
    with pytest.raises(InputRefused, match="Name the period with --period"):
        read_performance(b"team,metric,value\nA,m,1\n")
    assert str(read_performance(b"team,metric,value\nA,m,1\n", period="2026Q1").periods[0]) == "2026-Q1"


def test_events_take_their_quarter_from_their_date_and_an_empty_team_is_everyone() -> None:
    found = read_events(
        b"date,kind,team,name,participants\n"
        b"2026-02-11,ai_rollout,,Copilot,\n2026-05-01,Shared Mastery,Alpha,Game day,9\n"
    )
    assert found.events["period"].tolist() == ["2026-Q1", "2026-Q2"]
    assert found.events["kind"].tolist() == ["ai_rollout", "shared_mastery"]
    assert found.events["team"].tolist() == ["", "Alpha"]
    assert found.events["date"].tolist() == ["2026-02-11", "2026-05-01"]
    assert found.events["participants"].tolist()[1] == 9.0


def test_an_unknown_kind_of_event_is_kept_as_other_and_said() -> None:
    found = read_events(b"period,kind\n2026-Q1,offsite\n")
    assert found.events[["kind", "name"]].to_numpy().tolist() == [["other", "offsite"]]
    assert "kinds that are not known: offsite" in found.problems[0].found


def test_events_in_an_ambiguous_order_follow_what_the_column_shows() -> None:
    found = read_events(b"date,kind\n03/25/2026,disruption\n04/02/2026,disruption\n")
    assert found.events["period"].tolist() == ["2026-Q1", "2026-Q2"]


def test_a_structures_health_lies_between_0_and_100() -> None:
    found = read_structures(
        b"structure,team,period,health,name\nguild,A,2026-Q1,80,Test guild\nguild,A,2026-Q2,180,Test guild\n"
    )
    states = found.states[["structure", "team", "period", "health"]]
    assert states.to_numpy().tolist() == [["guild", "A", "2026-Q1", 80.0]]
    assert "row 3 has a health outside 0–100" in found.problems[0].found


def test_a_roster_has_one_head_count_per_team_and_period_and_the_unit_above() -> None:
    found = read_roster(b"team,period,headcount,parent\nA,2026-Q1,9,Platform\nA,2026-Q1,9,Platform\nB,2026-Q1,x,\n")
    assert found.headcounts.to_numpy().tolist() == [["A", "2026-Q1", 9.0, "Platform"]]
    assert any("row 4 has no head count" in problem.found for problem in found.problems)


@pytest.mark.parametrize(
    ("reader", "sentence"),
    [
        (read_performance, "no metric and value columns"),
        (read_events, "no kind column"),
        (read_structures, "no structure and health columns"),
        (read_roster, "no headcount column"),
    ],
)
def test_what_a_file_lacks_is_said_by_each_reader(reader: object, sentence: str) -> None:
    with pytest.raises(InputRefused, match=sentence):
        reader(b"team,period,what\nA,2026-Q1,x\nB,2026-Q1,y\n")  # type: ignore[operator]


def test_a_first_event_unlike_all_others_is_an_event_and_no_second_header() -> None:
    common = b"".join(f"2025-07-1{day},Alpha,shared_mastery,Project,done,8\n".encode() for day in range(8))
    header = b"date,team_id,kind,name,outcome,participants\n"
    found = read_events(header + b"2025-05-12,,ai_rollout,AI assistant for everyone,given out,220\n" + common)
    assert len(found.events) == 9
    assert found.events["kind"].tolist().count("ai_rollout") == 1


@pytest.mark.parametrize("reader", [read_survey, read_performance, read_events, read_structures, read_roster])
def test_no_file_at_all_is_refused(reader) -> None:
    with pytest.raises(InputRefused, match="no file was given"):
        reader([])


def test_what_an_event_is_called_is_no_personal_column() -> None:
    assert inspect(b"date,team_id,kind,name\n2025-05-12,A,other,Move\n2025-06-12,B,other,Fair\n").personal_columns == ()


def test_persons_named_as_participants_are_counted_and_their_names_dropped() -> None:
    content = b"date,kind,participants\n2026-02-11,shared_mastery,Ann Lee; Bo Nye; Cy Oz\n2026-05-01,other,9\n"
    found = read_events(content)
    assert found.events["participants"].tolist() == [3.0, 9.0]
    assert "the column names persons" in found.problems[0].found
    assert "Ann" not in found.events.to_csv() + "".join(map(str, found.problems)) + inspect(content).preview.to_csv()
