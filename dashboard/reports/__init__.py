"""
A released diagnosis → bytes to take away. Decides the form of a file, never a figure or a sentence.
"""

from dashboard.reports.goes_with import SLOPES, slopes_table
from dashboard.reports.kinds import FILES, KINDS, check_template, reports
from dashboard.reports.tables import TABLES, problems_table, tables, to_csv, to_json
from dashboard.reports.workbook import workbook

__all__ = [
    "FILES",
    "KINDS",
    "SLOPES",
    "TABLES",
    "check_template",
    "problems_table",
    "reports",
    "slopes_table",
    "tables",
    "to_csv",
    "to_json",
    "workbook",
]
