"""
The example organisation with its people dealt to the teams at random: no team is left in the answers.

    python -m tests.diagnosis.dealt        prints the gates and the headline before and after
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import dashboard
from dashboard.terms import Survey
from dashboard.wording import gates_words


def dealt_anew(survey: Survey, seed: int) -> Survey:
    """The same answers, with persons dealt to the teams at random: nothing of a team is left in them."""
    random = np.random.default_rng(seed)
    team = survey.team.copy()
    for period in range(len(survey.periods)):
        rows = np.flatnonzero(survey.period == period)
        team[rows] = random.permutation(team[rows])
    order = np.lexsort((survey.respondent, team, survey.period))
    return replace(
        survey,
        team=team[order],
        period=survey.period[order],
        respondent=survey.respondent[order],
        answers={name: np.asfortranarray(values[order]) for name, values in survey.answers.items()},
        segments=survey.segments.iloc[order].reset_index(drop=True),
    )


def told(released: dashboard.Released) -> str:
    """The headline, what the two means are called, and every gate with its reason."""
    gates = [f"  {each.need:16} {each.state:8} {gates_words.why(each, released.settings)}" for each in released.gates]
    return "\n".join([dashboard.wording.headline(released), ", ".join(gates_words.names(released)), *gates])


def main() -> None:
    """Before and after."""
    folder = dashboard.samples.folder()
    instrument = dashboard.read_instrument(folder / "instrument.toml")
    survey = dashboard.read_survey(folder / "survey.csv", instrument=instrument)
    performance = dashboard.read_performance(folder / "performance.csv")
    for title, answers in (("As it is", survey), ("Dealt at random", dealt_anew(survey, seed=0))):
        print(f"{title}\n{told(dashboard.diagnose(answers, performance=performance))}\n")


if __name__ == "__main__":
    main()
