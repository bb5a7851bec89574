"""
The store of what was brought: immutable, one transaction per import, nothing lost and nothing half.

Decides what is kept (accepted tables with pseudonyms, never raw files), which of it is in use, and how it is erased;
understands no file and computes no statistics. Others call `Workspace`; it takes and gives `Records`.
"""

from dashboard.history.erasing import Erased
from dashboard.history.instruments import Remembered, for_columns
from dashboard.history.known import Known
from dashboard.history.log import Clash, Import, State, Upload, persons_gone
from dashboard.history.records import Records
from dashboard.history.refusals import Why, WorkspaceRefused
from dashboard.history.renames import Rename, in_order_said
from dashboard.history.story import Story
from dashboard.history.workspace import Clashed, Workspace

__all__ = [
    "Clash",
    "Clashed",
    "Erased",
    "Import",
    "Known",
    "Records",
    "Remembered",
    "Rename",
    "State",
    "Story",
    "Upload",
    "Why",
    "Workspace",
    "WorkspaceRefused",
    "for_columns",
    "in_order_said",
    "persons_gone",
]
