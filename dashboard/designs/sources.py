"""
Sources: where the designs come from. Books and papers by their authors, year, title and place; what they found is for
the reader to look up, as none of them says what this team will find.
"""

ARGOTE = (
    "Argote, Beckman & Epple (1990). The persistence and transfer of learning in industrial settings. "
    "Management Science 36(2), 140–154."
)
BANDURA = "Bandura (1997). Self-efficacy: The exercise of control. W. H. Freeman."
BANDURA_GROUPS = (
    "Bandura (2000). Exercise of human agency through collective efficacy. "
    "Current Directions in Psychological Science 9(3), 75–78."
)
BRESMAN = (
    "Bresman (2010). External learning activities and team performance: A multimethod field study. "
    "Organization Science 21(1), 81–96."
)
CARSON = (
    "Carson, Tesluk & Marrone (2007). Shared leadership in teams: An investigation of antecedent conditions and "
    "performance. Academy of Management Journal 50(5), 1217–1234."
)
EDMONDSON = (
    "Edmondson (1999). Psychological safety and learning behavior in work teams. "
    "Administrative Science Quarterly 44(2), 350–383."
)
GODDARD = (
    "Goddard, Hoy & Woolfolk Hoy (2004). Collective efficacy beliefs: Theoretical developments, empirical evidence, "
    "and future directions. Educational Researcher 33(3), 3–13."
)
GORMAN = "Gorman, Cooke & Amazeen (2010). Training adaptive teams. Human Factors 52(2), 295–307."
GULLY = (
    "Gully, Incalcaterra, Joshi & Beaubien (2002). A meta-analysis of team-efficacy, potency, and performance: "
    "Interdependence and level of analysis as moderators of observed relationships. "
    "Journal of Applied Psychology 87(5), 819–832."
)
HANNAY = (
    "Hannay, Dybå, Arisholm & Sjøberg (2009). The effectiveness of pair programming: A meta-analysis. "
    "Information and Software Technology 51(7), 1110–1122."
)
KLEIN = "Klein (2007). Performing a project premortem. Harvard Business Review 85(9), 18–19."
LEWIS = (
    "Lewis (2004). Knowledge and performance in knowledge-worker teams: A longitudinal study of transactive memory "
    "systems. Management Science 50(11), 1519–1533."
)
MARKS_ADAPTING = (
    "Marks, Zaccaro & Mathieu (2000). Performance implications of leader briefings and team-interaction training for "
    "team adaptation to novel environments. Journal of Applied Psychology 85(6), 971–986."
)
MARKS_CROSSING = (
    "Marks, Sabella, Burke & Zaccaro (2002). The impact of cross-training on team effectiveness. "
    "Journal of Applied Psychology 87(1), 3–13."
)
MESMER_MAGNUS = (
    "Mesmer-Magnus & DeChurch (2009). Information sharing and team performance: A meta-analysis. "
    "Journal of Applied Psychology 94(2), 535–546."
)
MITCHELL = (
    "Mitchell, Russo & Pennington (1989). Back to the future: Temporal perspective in the explanation of events. "
    "Journal of Behavioral Decision Making 2(1), 25–38."
)
SALAS = (
    "Salas, DiazGranados, Klein, Burke, Stagl, Goodwin & Halpin (2008). Does team training improve team performance? "
    "A meta-analysis. Human Factors 50(6), 903–933."
)
TANNENBAUM = (
    "Tannenbaum & Cerasoli (2013). Do team and individual debriefs enhance performance? A meta-analysis. "
    "Human Factors 55(1), 231–245."
)
TASA = (
    "Tasa, Taggar & Seijts (2007). The development of collective efficacy in teams: A multilevel and longitudinal "
    "perspective. Journal of Applied Psychology 92(1), 17–27."
)
WAGEMAN = "Wageman (1995). Interdependence and group effectiveness. Administrative Science Quarterly 40(1), 145–180."
WANG = (
    "Wang, Waldman & Zhang (2014). A meta-analysis of shared leadership and team effectiveness. "
    "Journal of Applied Psychology 99(2), 181–198."
)
