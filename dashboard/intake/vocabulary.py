"""
Vocabulary: the words by which columns and rows are recognised. Data, not decisions.
"""

from __future__ import annotations

import re
import unicodedata


def key(name: str) -> str:
    """
    A column name as words are compared: small letters, camel case opened, one underscore between words.

    >>> key("Respondent ID"), key("TeamName"), key("Befragten-Nr."), key("SE_01")
    ('respondent_id', 'team_name', 'befragten_nr', 'se_01')
    """
    opened = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", unicodedata.normalize("NFKC", name))
    return re.sub(r"[\W_]+", "_", opened.casefold()).strip("_")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# In order of preference: the first that is there is taken.
TEAM = _words(
    """team team_id team_name teamid teamname team_code team_no team_number team_key your_team my_team which_team
    squad squad_id squad_name crew crew_id tribe work_group workgroup work_team group group_id group_name groupid
    unit unit_id unit_name org_unit organisational_unit organizational_unit business_unit business_unit_name
    cost_center cost_centre classroom class_id store store_id ward branch_id neighbourhood neighborhood
    team_nr teamnummer teambezeichnung gruppe arbeitsgruppe einheit organisationseinheit equipe équipe equipo squadra"""
)
PERIOD = _words(
    """period quarter survey_quarter wave survey_wave survey_period pulse quarter_label reporting_period round cycle
    t time_point timepoint occasion quartal welle periode erhebung befragungswelle zeitraum messzeitpunkt trimestre
    vague période semester half_year month survey_month monat year survey_year jahr survey_date date datum"""
)
DATE_PERIOD = frozenset(_words("survey_date date datum"))
PERSON = _words(
    """respondent_id respondent respondentid participant_id participant participantid person_id person personid
    employee_id employee employeeid employee_number personnel_number member_id member memberid user_id userid
    subject_id subject subjectid subnum sub worker_id staff_id pseudonym panelist_id
    participant_code respondent_code member_code staff_code person_code
    employee_code personnel_code personal_code
    befragten_id befragter teilnehmer_id teilnehmer teilnehmernummer person_nr mitarbeiter_id personalnummer
    respondent_nr"""
)
RESPONDENT = PERSON + _words(
    "external_reference_id antwort_id record_id responseid response_id response record token submission_id case_id "
    "caseid id"
)
TIME = frozenset(
    _words(
        """startdate start_date enddate end_date recordeddate recorded_date timestamp time_stamp submitdate submit_date
        submitted submitted_at datestamp start_time completion_time completed_at created_at updated_at date_created
        date_modified date_submitted date_started startzeit endzeit fertigstellungszeit startdatum enddatum
        anfangsdatum zeitstempel erfassungsdatum datum_abgeschickt datum_gestartet last_action date_last_action
        start_zeit hora_de_inicio horodateur marca_temporal"""
    )
)
SEGMENT = frozenset(
    _words(
        """department dept division site location office country region function job_function business_area area
        tenure tenure_band years_of_service level job_level grade seniority role job_role job_family position gender
        sex age_group age_band generation employment_type employment_status contract contract_type work_mode remote
        working_model shift language collector abteilung bereich standort land funktion hierarchieebene geschlecht
        altersgruppe betriebszugehörigkeit vertragsart org parent plant city cohort manager_status full_part_time"""
    )
)
PERSONAL = frozenset(
    _words(
        """name full_name fullname first_name firstname last_name lastname surname given_name family_name nickname
        recipient_first_name recipient_last_name recipient_email recipientfirstname recipientlastname recipientemail
        email e_mail email_address e_mail_address emailaddress mail ip ip_address ipaddress ip_addr phone phone_number
        telephone mobile mobile_phone address street street_address postal_address zip zip_code postcode date_of_birth
        dob birth_date birthdate birthday ssn social_security_number national_id passport iban latitude longitude
        location_latitude location_longitude location_accuracy locationlatitude locationlongitude locationaccuracy
        vorname nachname familienname geburtsdatum telefon telefonnummer adresse strasse straße plz e_mail_adresse
        ip_adresse nachname_des_empfängers vorname_des_empfängers e_mail_des_empfängers nom prénom prenom courriel
        employee_name respondent_name participant_name your_name member_name manager manager_name supervisor_name
        name_first name_last device_id user_agent photo mugshot salary"""
    )
)
ASKS_SEGMENT = re.compile(
    r"\b(?:which|what|your|you|welche\w*|ihr\w*|dein\w*|sie|quel\w*|votre)\b.*\b(?:department|division|site|location|"
    r"office|country|region|function|business area|job level|abteilung|bereich|standort|land|funktion|département|"
    r"service|lieu|pays)\b|\bhow long have you\b|\bwie lange (?:sind|arbeiten|bist|arbeitest)\b|"
    r"\bdepuis combien de temps\b",
    re.IGNORECASE,
)  # a question after a part of the organisation, or how long somebody has been there
COMMENT = frozenset(
    _words(
        """comment comments remark remarks note notes feedback open_text free_text text suggestions anything_else
        kommentar kommentare anmerkung anmerkungen bemerkung bemerkungen freitext commentaire comentarios verbatim"""
    )
)
METADATA = frozenset(
    _words(
        """status progress finished duration duration_in_seconds response_type response_set responseset user_language
        userlanguage distribution_channel distributionchannel external_reference external_data_reference seed
        externalreference externaldatareference lastpage last_page startlanguage start_language collector_id
        custom_data_1 refurl referrer interviewtime interview_time total_time consent age weight height bmi education
        income experience version source survey_id survey_name antworttyp aktueller_stand beendet benutzersprache
        verteilungskanal externe_datenreferenz dauer_in_sekunden row index nr no number lfd_nr"""
    )
)
STATE = frozenset(
    _words("""status response_type antworttyp finished beendet completed submitdate date_submitted datum_abgeschickt""")
)  # columns that may say that a response is a test or unfinished
SCALE_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (scale, re.compile(rf"^(?:{pattern})$"))
    for scale, pattern in (
        ("attribution_coordination", r"(?:att|attr|attribution)_?(?:coord\w*|team\w*)(?:_?\d+)?"),
        ("attribution_heroics", r"(?:att|attr|attribution)_?(?:hero\w*)(?:_?\d+)?"),
        ("attribution_luck", r"(?:att|attr|attribution)_?(?:luck\w*|chance)(?:_?\d+)?"),
        ("attribution_help", r"(?:att|attr|attribution)_?(?:help\w*|support\w*)(?:_?\d+)?"),
        ("interdependence", r"(?:interdependence|interdep|task_interdependence|int_?dep)(?:_?\d+)?"),
        ("shared_mastery", r"(?:shared_mastery|mastery)(?:_?\w+)?"),
        ("structure_confidence", r"(?:structure_confidence|structure_conf|str_?conf)(?:_?\w+)?"),
        (
            "individual_efficacy",
            r"(?:se|ise|gse|self|self_efficacy|individual|individual_efficacy|ind|ind_eff|ie)_?\d+[a-z]?(?:_?(?:r|rev))?"
            r"|(?:se|ise|gse|self_efficacy|individual_efficacy)_\w+",
        ),
        (
            "collective_efficacy",
            r"(?:ce|cse|gce|coll|collective|collective_efficacy|team_efficacy|group_efficacy|coll_eff)_?\d+[a-z]?"
            r"(?:_?(?:r|rev))?|(?:ce|cse|gce|collective_efficacy|team_efficacy|group_efficacy)_\w+",
        ),
    )
)
REVERSED_NAME = re.compile(r"(?:\d_?|_)(?:r|rev|reversed|neg)$")
NUMBERED = re.compile(r"^[a-z]{1,14}_?\d+(?:_\d+|_?[a-z])*$")
NOT_RATED = re.compile(
    r"\brank(?:ing|ed)?\b|in order of preference|reihenfolge|how many|wie viele|how old|"
    r"wie alt|\bage\b|\byears?\b|\bjahre\b",
    re.IGNORECASE,
)
GRAND_TOTAL = re.compile(r"^(?:grand |sub)?-?(?:totals?|summe|gesamt|gesamtsumme|insgesamt)\s*:?$", re.IGNORECASE)
IN_GRAND_TOTAL = ("total", "summe", "gesamt")
"""One of these stands in every word for a grand total, in small letters."""
TOTAL = re.compile(
    r"^(?:grand |sub)?-?(?:total|totals|sum|sums|summe|gesamt|gesamtsumme|insgesamt|mean|average|median|mittelwert|"
    r"durchschnitt|std\.? ?dev\w*|std|sd|standard deviation|"
    r"count|anzahl|n|min|max|minimum|maximum|moyenne)\s*:?$",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(
    r"^\W*(?:source|quelle|note|notes|hinweis|footnote|fußnote|exported|generated|created|erstellt|stand|as of|"
    r"copyright|©|"
    r"legend|legende|end of|n\s*=|\*|confidential|vertraulich|report|page|seite|filter|last updated|"
    r"downloaded)\b|^\W*[*†©]",
    re.IGNORECASE,
)
EVENT_KINDS = ("shared_mastery", "individual_training", "ai_rollout", "disruption", "other")
