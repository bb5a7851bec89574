"""
A released diagnosis → bytes to take away. Decides the form of a file, never a figure or a sentence.
"""

from dashboard.reports.goes_with import SLOPES, slopes_table
from dashboard.reports.tables import TABLES, problems_table, tables, to_csv, to_json

__all__ = ["SLOPES", "TABLES", "problems_table", "slopes_table", "tables", "to_csv", "to_json"]
