"""The example organisation: its files are what the generator makes, hold what is promised, and are explained."""

import csv
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import dashboard
from dashboard import samples
from dashboard.measurement.reliability import cronbach_alpha

FOLDER = samples.folder()
GENERATOR = FOLDER / "generate.py"
QUARTERS = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
INDIVIDUAL = [f"se_{n}" for n in range(1, 6)]
COLLECTIVE = [f"ce_{n}" for n in range(1, 6)]


def table(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv")


def generate(*arguments: str) -> None:
    subprocess.run([sys.executable, str(GENERATOR), *arguments], check=True)


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("example_generator", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def survey() -> pd.DataFrame:
    read = table("survey")
    return read.assign(individual=read[INDIVIDUAL].mean(axis=1), collective=read[COLLECTIVE].mean(axis=1))


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return table("truth").set_index("team_id")


@pytest.fixture(scope="module")
def released() -> dashboard.Released:
    return dashboard.diagnose(
        dashboard.read_survey(FOLDER / "survey.csv", instrument=dashboard.read_instrument(FOLDER / "instrument.toml")),
        performance=dashboard.read_performance(FOLDER / "performance.csv"),
        events=dashboard.read_events(FOLDER / "events.csv"),
        structures=dashboard.read_structures(FOLDER / "structures.csv"),
        roster=dashboard.read_roster(FOLDER / "roster.csv"),
    )


# ── the generator ─────────────────────────────────────────────────────────────────────────────────


def test_the_generator_writes_the_files_that_are_kept(tmp_path: Path) -> None:
    generate("--out", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(samples.FILES)
    different = [name for name in samples.FILES if (tmp_path / name).read_bytes() != (FOLDER / name).read_bytes()]
    assert different == []


def test_another_seed_gives_other_answers_from_the_same_truth(tmp_path: Path) -> None:
    generate("--out", str(tmp_path), "--seed", "1")
    assert (tmp_path / "survey.csv").read_bytes() != (FOLDER / "survey.csv").read_bytes()
    assert (tmp_path / "truth.csv").read_bytes() == (FOLDER / "truth.csv").read_bytes()


def test_an_organisation_of_any_size_can_be_drawn(tmp_path: Path) -> None:
    generate("--out", str(tmp_path), "--teams", "30", "--people", "200", "--periods", "3")
    heads = table("roster", tmp_path)
    assert heads["team_id"].nunique() == len(table("truth", tmp_path)) == 30
    assert list(heads["quarter"].unique()) == QUARTERS[:3]
    assert heads[heads["quarter"] == "2025-Q1"]["headcount"].sum() == 200
    assert dashboard.read_survey(tmp_path / "survey.csv").periods[-1].label == "2025-Q3"


@pytest.mark.parametrize("periods", ["1", "2"])
def test_the_example_can_be_written_for_few_quarters(tmp_path: Path, periods: str) -> None:
    generate("--out", str(tmp_path), "--periods", periods)
    assert table("survey", tmp_path)["quarter"].nunique() == int(periods)


def test_too_few_people_for_the_teams_are_refused_in_a_sentence(tmp_path: Path) -> None:
    asked = [sys.executable, str(GENERATOR), "--out", str(tmp_path), "--teams", "10", "--people", "20"]
    refused = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr == "20 people cannot form 10 teams of at least three people.\n"


def test_a_survey_alone_has_a_row_for_every_person_and_quarter(tmp_path: Path) -> None:
    generate("--out", str(tmp_path), "--teams", "50", "--people", "1000", "--periods", "4", "--survey-only")
    assert [path.name for path in tmp_path.iterdir()] == ["survey.csv"]
    read = table("survey", tmp_path)
    assert len(read) == 1000 * 4
    assert not read.duplicated(["respondent_id", "quarter"]).any()
    assert list(read.columns) == [name for name in table("survey").columns if name != "comment"]
    assert b'"' not in (tmp_path / "survey.csv").read_bytes()


def test_true_states_follow_the_gains(generator: ModuleType, truth: pd.DataFrame) -> None:
    for gains in truth.itertuples():
        assert generator.state(gains.individual_gain, gains.collective_gain) == gains.state, gains.Index
    assert generator.state(10, 5.0) == "not compounding"  # exactly half is not more than half
    assert generator.state(-5, 4.9) == "eroding"
    assert generator.state(-9, 5.0) == "collective-led"


def test_the_generator_needs_numpy_alone_for_the_example() -> None:
    told = "import sys, runpy; runpy.run_path(sys.argv[1]); print(sorted(set(sys.modules) & {'pandas', 'pyarrow'}))"
    asked = [sys.executable, "-c", told, str(GENERATOR)]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "[]\n"


# ── what is promised ──────────────────────────────────────────────────────────────────────────────


def test_about_220_people_work_in_26_teams_over_six_quarters(survey: pd.DataFrame) -> None:
    assert list(survey["quarter"].unique()) == QUARTERS
    assert survey["team_id"].nunique() == 26
    heads = table("roster").groupby("quarter")["headcount"].sum()
    assert heads.between(210, 230).all()


def test_three_quarters_to_85_percent_answer(survey: pd.DataFrame) -> None:
    rate = survey.groupby("quarter").size() / table("roster").groupby("quarter")["headcount"].sum()
    assert rate.between(0.75, 0.85).all()


def test_people_join_and_leave(survey: pd.DataFrame) -> None:
    first, last = (set(survey.loc[survey["quarter"] == q, "respondent_id"]) for q in (QUARTERS[0], QUARTERS[-1]))
    assert len(first & last) > 80
    assert len(first - last) > 20
    assert len(last - first) > 20


def test_nobody_answers_twice_in_a_quarter_and_more_never_answer_than_work_there(survey: pd.DataFrame) -> None:
    assert not survey.duplicated(["respondent_id", "quarter"]).any()
    answered = survey.groupby(["team_id", "quarter"]).size()
    heads = table("roster").set_index(["team_id", "quarter"])["headcount"]
    assert (answered <= heads.reindex(answered.index)).all()


def test_answers_are_whole_numbers_on_their_scales(survey: pd.DataFrame) -> None:
    scales = tomllib.loads((FOLDER / "instrument.toml").read_text(encoding="utf-8"))["scales"]
    for scale in scales.values():
        given = np.unique(survey[scale["items"]].to_numpy(float))
        assert set(given[np.isfinite(given)]) == set(range(scale["minimum"], scale["maximum"] + 1))


def test_scales_are_as_reliable_as_published_ones(survey: pd.DataFrame) -> None:
    # The assumptions of the method: alpha about .84.
    for items in (INDIVIDUAL, COLLECTIVE):
        alphas = [cronbach_alpha(answers[items].to_numpy(float)).value for _, answers in survey.groupby("quarter")]
        assert np.mean(alphas) == pytest.approx(0.84, abs=0.02)


def test_a_team_of_three_people_stays_below_every_minimum(survey: pd.DataFrame) -> None:
    heads = table("roster").groupby("team_id")["headcount"].max()
    assert heads[heads <= 3].to_dict() == {"Hardware Security": 3}
    assert survey[survey["team_id"] == "Hardware Security"].groupby("quarter").size().max() <= 3


def test_one_team_stands_at_the_ceiling_from_the_start(survey: pd.DataFrame) -> None:
    first = survey[survey["quarter"] == QUARTERS[0]].groupby("team_id")["collective"].mean()
    pomp = 25 * (first - 1)
    assert list(pomp.index[pomp > 90]) == ["Site Reliability"]


def test_a_renamed_team_ends_under_one_name_and_begins_under_another(survey: pd.DataFrame, truth: pd.DataFrame) -> None:
    seen = survey.groupby("team_id")["quarter"].unique().map(list)
    assert seen["Web Experience"] == QUARTERS[:3]
    assert seen["Experience Lab"] == QUARTERS[3:]
    before, after = (set(survey.loc[survey["team_id"] == t, "respondent_id"]) for t in seen.index[seen.map(len) == 3])
    assert len(before & after) >= 5
    assert "Experience Lab" in truth.loc["Web Experience", "note"]
    assert "Web Experience" in truth.loc["Experience Lab", "note"]


def test_no_other_team_has_a_gap(survey: pd.DataFrame) -> None:
    quarters = survey.groupby("team_id")["quarter"].nunique()
    assert sorted(quarters.index[quarters < 6]) == ["Experience Lab", "Web Experience"]


def test_every_kind_of_team_is_there(truth: pd.DataFrame) -> None:
    assert Counter(truth["done"]) == {
        "subscriptions_only": 9,
        "shared_projects": 7,  # the renamed one twice
        "hardly_used": 4,
        "mixed": 3,
        "own_shared_practice": 1,
        "lost_structures": 1,
        "long_rehearsed": 1,
    }
    assert (truth.loc[truth["done"] == "subscriptions_only", "state"] == "not compounding").all()


def test_everybody_received_the_assistant_in_the_second_quarter() -> None:
    events = dashboard.read_events(FOLDER / "events.csv").events
    rollout = events[events["kind"] == "ai_rollout"]
    assert rollout[["team", "period"]].values.tolist() == [["", "2025-Q2"]]
    assert len(events) == len(table("events"))


def test_shared_mastery_belongs_to_teams_that_did_something_together(truth: pd.DataFrame) -> None:
    events = table("events")
    together = set(events.loc[events["kind"] == "shared_mastery", "team_id"])
    done = truth["done"].isin(["shared_projects", "own_shared_practice", "long_rehearsed"])
    assert together == set(truth.index[done])
    trained = set(events.loc[events["kind"] == "individual_training", "team_id"])
    assert trained == set(truth.index[truth["done"] == "subscriptions_only"])


def test_the_outage_hits_five_teams_and_heals_with_collective_efficacy() -> None:
    events = table("events")
    hit = events.loc[events["kind"] == "disruption", "team_id"]
    assert sorted(hit) == ["Build Systems", "Checkout", "Firmware", "Legacy Services", "Motion Control"]
    metrics = table("performance").query("metric == 'delivered_value'")
    value = metrics.pivot_table(index="team_id", columns="quarter", values="value")
    kept = value["2025-Q4"] / value[QUARTERS[:3]].mean(axis=1)
    assert kept[hit].max() < kept.drop(hit).dropna().min()
    back = value["2026-Q1"] / value[QUARTERS[:3]].mean(axis=1)
    assert back[["Build Systems", "Motion Control"]].min() > back[["Checkout", "Firmware", "Legacy Services"]].max()


def test_the_structures_of_the_eroding_team_wear_out() -> None:
    states = table("structures")
    assert states["health"].between(0, 100).all()
    health = states.pivot_table(index=["structure", "team_id"], columns="quarter", values="health")
    of_legacy = health.xs("Legacy Services", level="team_id")
    assert list(of_legacy.index) == ["guild", "review_rota"]
    assert (of_legacy[QUARTERS[-1]] < 20).all()
    assert (of_legacy["2025-Q3"] > 60).all()


def test_team_metrics_go_with_collective_and_member_metrics_with_individual_efficacy(survey: pd.DataFrame) -> None:
    values = table("performance")
    means = survey.groupby(["team_id", "quarter"])["collective"].mean()
    of_teams = values[values["respondent_id"].isna()].set_index(["team_id", "quarter"])
    for metric, sign in (("delivered_value", 1), ("lead_time_days", -1), ("change_failure_rate", -1)):
        together = of_teams.loc[of_teams["metric"] == metric, "value"].to_frame().join(means)
        assert sign * together.corr().iloc[0, 1] == pytest.approx(0.42, abs=0.12), metric
    of_members = values.merge(survey, on=["respondent_id", "team_id", "quarter"])
    assert of_members["value"].corr(of_members["individual"]) == pytest.approx(0.4, abs=0.07)


def test_each_metric_has_one_direction_and_unit() -> None:
    kinds = table("performance")[["metric", "higher_is_better", "unit"]].drop_duplicates().set_index("metric")
    assert kinds["higher_is_better"].to_dict() == {
        "delivered_value": True,
        "lead_time_days": False,
        "change_failure_rate": False,
        "tasks_closed": True,
    }
    assert kinds["unit"].tolist() == ["points", "days", "percent", "tasks"]


# ── how it is read ────────────────────────────────────────────────────────────────────────────────


def test_the_survey_is_read_alike_with_and_without_its_instrument() -> None:
    given = dashboard.read_instrument(FOLDER / "instrument.toml")
    found = dashboard.read_survey(FOLDER / "survey.csv").instrument
    assert found.scales == given.scales
    assert (found.team, found.period, found.respondent) == (given.team, given.period, given.respondent)
    assert found.segments == given.segments


def test_every_file_is_taken_for_what_it_is() -> None:
    for name in ("survey", "performance", "events", "structures", "roster"):
        found = dashboard.inspect(FOLDER / f"{name}.csv")
        assert found.kind == name
        assert found.verdict in ("read", "read_warn")
        assert not [problem for problem in found.problems if problem.severity in ("error", "choice")]


# ── what is found ─────────────────────────────────────────────────────────────────────────────────


def test_a_few_teams_are_flagged_and_nearly_all_truly_so(released: dashboard.Released, truth: pd.DataFrame) -> None:
    flagged = released.verdicts.loc[released.verdicts["flagged"] == 1, "team_id"]
    assert 4 <= len(flagged) <= 8
    assert (truth.loc[flagged, "state"] != "not compounding").sum() <= 1
    verdicts = released.verdicts.set_index("team_id")["verdict"]
    assert (verdicts == "watch").sum() >= 1
    assert (verdicts == "compounding").sum() >= 4


def test_teams_that_cannot_be_shown_or_judged_say_why(released: dashboard.Released) -> None:
    reason = released.verdicts.set_index("team_id")["reason"]
    assert reason["Hardware Security"] == reason["Web Experience"] == reason["Experience Lab"] == "minimum group"
    assert reason["Site Reliability"] == "ceiling"


# ── README ────────────────────────────────────────────────────────────────────────────────────────


def readme() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """File name → what README says under its heading."""
    parts = re.split(r"^#+ ", readme(), flags=re.MULTILINE)
    return {part.split(":")[0]: part for part in parts if re.match(r"\w+\.(csv|toml):", part)}


@pytest.mark.parametrize("name", samples.FILES)
def test_readme_explains_every_column_of_every_file(name: str) -> None:
    section = sections()[name]
    if name.endswith(".toml"):
        names = [*tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))]
        names.remove("scales")
    else:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            names = next(csv.reader(file))
    assert [column for column in names if f"`{column}`" not in section] == []


def test_readme_and_instrument_hold_the_questions_word_for_word(generator: ModuleType) -> None:
    instrument = (FOLDER / "instrument.toml").read_text(encoding="utf-8")
    asked = {f"se_{n + 1}": generator.question(n, False) for n in range(5)}
    asked |= {f"ce_{n + 1}": generator.question(n, True) for n in range(5)}
    asked |= {item: text for _, item, text in generator.SUCCESS}
    for item, text in asked.items():
        assert f"| `{item}` | {text} |" in sections()["survey.csv"]
        assert f"# {item}: {text}\n" in instrument


def test_readme_counts_what_is_there(survey: pd.DataFrame) -> None:
    assert f"{len(survey):,} responses" in readme()
    assert f"{survey['respondent_id'].nunique()} persons" in readme()


def test_readme_says_which_team_has_which_verdict(released: dashboard.Released) -> None:
    verdicts = released.verdicts.set_index("team_id")["verdict"]
    rows = re.findall(r"^\| ([a-z-]+(?: compounding)?)(?: \(flagged\))? \| ([A-Z][^|]*) \|", readme(), re.MULTILINE)
    said = {team: verdict for verdict, teams in rows for team in teams.split(", ")}
    assert said == verdicts.to_dict()
