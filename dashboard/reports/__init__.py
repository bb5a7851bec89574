"""
A released diagnosis → bytes to take away. Decides the form of a file, never a figure or a sentence.
"""

from dashboard.reports.tables import TABLES, problems_table, tables, to_csv, to_json

__all__ = ["TABLES", "problems_table", "tables", "to_csv", "to_json"]
