"""
A Qualtrics export as it comes: three header rows, 40 columns, people who stopped half-way, one preview.

Two quarters, told apart by nothing but the date of each response; answers are words. The same seed, the same bytes.
"""

from __future__ import annotations

import csv
import io
import json

import numpy as np

TEAMS = ("Atlas", "Billing", "Claims", "Data Platform", "Field Service", "Payments", "Research", "Support")
ABOUT = (
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
    "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
)  # fmt: skip
ABOUT_TEXTS = (
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished",
    "Recorded Date", "Response ID", "Recipient Last Name", "Recipient First Name", "Recipient Email",
    "External Data Reference", "Location Latitude", "Location Longitude", "Distribution Channel", "User Language",
)  # fmt: skip
ASKED = {
    "Q1": "Which team do you work in?",
    "Q2": "Which department is your team part of?",
    "Q3": "At which site do you work?",
    "Q4": "How long have you been with us?",
    "Q5_1": "How far do you agree? - I can solve most problems in my work if I try hard enough.",
    "Q5_2": "How far do you agree? - I am confident that I can deal well with unexpected events in my work.",
    "Q5_3": "How far do you agree? - I can use AI tools to get better results in my own work.",
    "Q5_4": "How far do you agree? - I can reach the goals that I set myself at work.",
    "Q5_5": "How far do you agree? - I can learn what I need to do my work well.",
    "Q5_6": "How far do you agree? - I can keep my work on course when things get hard.",
    "Q6_1": "How far do you agree? - Our team can solve most problems in our work if we try hard enough.",
    "Q6_2": "How far do you agree? - Our team is confident that we can deal well with unexpected events.",
    "Q6_3": "How far do you agree? - Our team can use AI tools to get better results together.",
    "Q6_4": "How far do you agree? - Our team can reach the goals that we set ourselves.",
    "Q6_5": "How far do you agree? - Our team can learn together what we need to do our work well.",
    "Q6_6": "How far do you agree? - Our team can keep its work on course when things get hard.",
    "Q7_1": "When our team succeeded, it was because - we coordinated our work well",
    "Q7_2": "When our team succeeded, it was because - one or two people saved the day",
    "Q7_3": "When our team succeeded, it was because - we were lucky",
    "Q8": "To get my work done I depend on others in my team.",
    "Q9": "What else would you like to tell us?",
    "employee_code": "employee_code",
    "Q10": "May we come back to you about this survey?",
}
AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
QUARTERS = ("2026-02", "2026-05")  # the months in which people answered


def export(quarters: tuple[str, ...] = QUARTERS, members: int = 14) -> bytes:
    """The whole export: two quarters of eight teams with some 14 members each."""
    names = [*ABOUT, *ASKED]
    ids = [json.dumps({"ImportId": f"QID{place}" if name in ASKED else name}) for place, name in enumerate(names)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([names, [*ABOUT_TEXTS, *ASKED.values()], ids])
    random = np.random.default_rng(20260)
    for later, month in enumerate(quarters):
        for place, team in enumerate(TEAMS):
            level = random.normal(3.1, 0.25)
            writer.writerows(
                _response(random, month, place * members + member, team, level, later) for member in range(members)
            )
    writer.writerow(_response(random, quarters[0], 9_999, "Atlas", 3.0, 0, status="Survey Preview"))
    return ("\ufeff" + out.getvalue()).encode()


def _response(
    random: np.random.Generator,
    month: str,
    person: int,
    team: str,
    level: float,
    later: int,
    status: str = "IP Address",
) -> list[str]:
    """One row: everybody's own efficacy grows; belief in the team grows in every other team only."""
    done = random.random() > 0.03
    day = f"{month}-{random.integers(1, 28):02d} {random.integers(8, 18):02d}:{random.integers(0, 59):02d}:07"
    own, team_grows = random.normal(0, 0.5), TEAMS.index(team) % 2 == 0
    about = [
        day, day, status, f"10.1.{person % 250}.{person % 90}", "100" if done else "44", str(random.integers(120, 900)),
        str(done), day, f"R_{random.integers(10**9):09d}{person}", "Doe", f"Jo{person}", f"jo{person}@example.org", "",
        "52.52", "13.40", "email", "EN",
    ]  # fmt: skip
    individual = [_agree(random, level + own + 0.7 * later) for _ in range(6)]
    collective = [_agree(random, level + own / 2 + 0.7 * later * team_grows) if done else "" for _ in range(6)]
    rest = [_agree(random, 3) if done else "" for _ in range(4)]
    segments = [team, ("Operations", "Products")[person % 2], ("Berlin", "Lyon")[person % 3 // 2], "2-5 years"]
    return [*about, *segments, *individual, *collective, *rest, "More time, please.", f"E{person:05d}", "Yes"]


def _agree(random: np.random.Generator, level: float) -> str:
    return AGREE[int(np.clip(round(random.normal(level, 0.7)), 1, 5)) - 1]
