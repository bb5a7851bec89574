"""
Does collective efficacy go with performance? Decides what past beliefs and past performance say about the next period:
slopes with errors that know of teams, within and between, the reverse, predictions for unseen teams, a permutation of
whole teams, dominance, and what an unreliable self-efficacy would hide. Decides nothing about what may be shown.
"""
