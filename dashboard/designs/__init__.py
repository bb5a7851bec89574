"""
Designs: what was found about a team → shared-mastery designs that fit it. Decides what is offered, as options; how it
went is for the next survey to say.
"""

from dashboard.designs.design import Design, Option

__all__ = ["Design", "Option"]
