"""
Designs: what was found about a team → shared-mastery designs that fit it. Decides what is offered, as options; how it
went is for the next survey to say. Others call `fitting`, and read `LIBRARY`; `spoken` says a design with the
organisation’s word for a group.
"""

from dashboard.designs.design import Design, Option, spoken
from dashboard.designs.fitting import fitting
from dashboard.designs.library import BY_KEY, GENERAL, LIBRARY

__all__ = ["BY_KEY", "GENERAL", "LIBRARY", "Design", "Option", "fitting", "spoken"]
