"""
Questions: what the words of an item say: whom it asks about, what success is put down to, whether it is turned round.

English, German, French and Spanish. All of it is a proposal with its reason; a person can overrule each.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from dashboard.terms import COLLECTIVE, INDIVIDUAL


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)


_WE = _any(
    r"we|we['’](?:re|ve|ll|d)|our|ours|us|ourselves|my team|my group|my unit|(?:the|this|your) team|team ?members|"
    r"teammates|(?:the|this) group|each team member|"
    r"wir|unser\w*|uns|(?:mein\w*|das|dieses|im|ihr|euer) team|teammitglieder|(?:meine|die) gruppe|"
    r"nous|nous-mêmes|notre|nos|(?:mon|cette) équipe|l['’]équipe|mon groupe|les membres de l['’]équipe|"
    r"nosotr[oa]s|nuestr[oa]s?|(?:el|mi|este) equipo|mi grupo|los miembros del equipo|"
    r"podemos|somos|sabemos|tenemos|confiamos|logramos|conseguimos|estamos|resolvemos|cumplimos|superamos|creemos|"
    r"noi|nostr[oaie]|il team|la squadra"
)
_SELF_BARE = re.compile(r"\bI\b(?!\.)|\bI['’](?:m|ve|d|ll)\b")
_SELF = _any(
    r"my|me|myself|mine|ich|mein\w*|mir|mich|je|moi|moi-même|mon|ma|mes|"
    r"yo|mi|mis|conmigo|puedo|soy|sé|tengo|confío|logro|consigo|estoy|resuelvo|cumplo|supero|creo|me siento|"
    r"io|mio|mia"
)
_ELIDED = re.compile(r"\b[jm]['’](?=\w)", re.IGNORECASE)  # j'arrive, m'appuyer

_SUCCESS = _any(
    r"success\w*|succeed\w*|went well|achiev\w*|accomplish\w*|erfolg\w*|gelang\w*|gelungen|gelingt|"
    r"réussi\w*|succès|éxitos?|exitos\w*|logros?|salió bien|salieron bien"
)
_ABILITY = _any(
    r"can|able|capable|confident|confidence|sure|certain|believe|kann|können|fähig|zuversichtlich|sicher|traue\w*|"
    r"peux|pouvons|peut|capables?|confiance|sûr\w*|puedo|podemos|puede|capaz|capaces|confío|confiamos|segur\w*"
)
_PUT_DOWN_TO: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "attribution_luck",
        _any(
            r"luck\w*|chance|circumstances|coincidence|glück\w*|zufall\w*|zufällig\w*|umstände\w*|hasard|circonstances|"
            r"suerte|azar|circunstancias"
        ),
    ),
    (
        "attribution_heroics",
        _any(
            r"one or two|a single|individuals?|hero\w*|one person|few people|eine\w* oder zwei|einzeln\w*|held\w*|"
            r"une ou deux|quelques personnes|une seule personne|héros|una o dos|unas pocas personas|una sola persona|"
            r"héroes?"
        ),
    ),
    (
        "attribution_help",
        _any(
            r"help from outside|outside help|other teams|support from (?:outside|others)|hilfe von außen|"
            r"andere\w* teams|unterstützung von außen|aide extérieure|aide de l['’]extérieur|d['’]autres équipes|"
            r"ayuda externa|ayuda de fuera|otros equipos"
        ),
    ),
    (
        "attribution_coordination",
        _any(
            r"coordinat\w*|work\w* together|teamwork|collaborat\w*|zusammenarbeit\w*|zusammenspiel|abstimm\w*|"
            r"koordin\w*|coordination|travail d['’]équipe|collabor\w*|ensemble|coordinación|trabajo en equipo|"
            r"trabajar juntos"
        ),
    ),
)
_DEPENDENCE = _any(
    r"depend(?:s|ed)? on (?:each other|one another|my teammates|my colleagues|others in)|rely on each other to do|"
    r"(?:voneinander|aufeinander) (?:abhängig|angewiesen)|dépend\w* les uns des autres|dependemos un[oa]s de otr[oa]s"
)
_TURNED = re.compile(
    r"\b(?:not|cannot|never|hardly|rarely|seldom|barely|unable|doubt\w*|struggl\w*|fail(?:s|ed|ing)?|lacks?|lacking|"
    r"gives? up|giving up|difficult\w*|too hard|helpless\w*|overwhelm\w*|"
    r"nicht|kaum|kein\w*|niemals|nie|selten|unfähig|zweif\w*|scheiter\w*|überforder\w*|aufgeb\w*|"
    r"geb\w+ (?:ich|wir) (?:\w+ )*auf|schwer|"
    r"jamais|pas|guère|rarement|incapables?|dout\w*|échou\w*|abandonn\w*|"
    r"no|nunca|jamás|apenas|rara vez|incapa(?:z|ces)|dud[oa]\w*|fracas\w*|difícil\w*|rendi\w*)(?!\w)|n['’]t\b",
    re.IGNORECASE,
)
_NOT_TURNED = re.compile(
    r"\bnot only\b|\bno (?:problems?|tasks?|challenges?|obstacles?)\b|\bno matter\b|"
    r"\bnever give\w* up\b|\b(?:do|does|will) not give up\b|\bdon['’]t give up\b|"
    r"\beven (?:if|when|though)\b.*|\bnicht nur\b|\bnie auf\w*\b|\bgeb\w+ nicht auf\b|\bauch wenn\b.*|"
    r"\bselbst wenn\b.*|\bpas seulement\b|\bmême (?:si|quand)\b.*|\bno solo\b|\bno sólo\b|\baunque\b.*|"
    r"\bincluso (?:si|cuando)\b.*|\bdifficult (?:problems?|tasks?|situations?|goals?|work)\b|\bschwere\w* \w+|"
    r"\b(?:problemas?|tareas?) difícil\w*|\bsituacion\w* difícil\w*|\bno importa\b|\bn['’]import\w*\b",
    re.IGNORECASE,
)


def scale_of(text: str) -> tuple[str | None, str]:
    """
    The scale that a question belongs to by its words, `None` where they do not tell; and why.

    >>> [scale_of(text)[0] for text in ("I can solve hard problems", "Unser Team löst schwere Probleme",
    ...  "Je peux compter sur mes compétences", "Podemos resolver problemas juntos", "How was lunch today?")]
    ['individual_efficacy', 'collective_efficacy', 'individual_efficacy', 'collective_efficacy', None]
    >>> scale_of("Our successes are down to luck")
    ('attribution_luck', 'the question asks what success is put down to')
    """
    if len(text.split()) > 2:
        if _SUCCESS.search(text) and not _ABILITY.search(text):
            for scale, pattern in _PUT_DOWN_TO:
                if pattern.search(text):
                    return scale, "the question asks what success is put down to"
        if _DEPENDENCE.search(text):
            return "interdependence", "the question asks how much members depend on each other"
        if _WE.search(text):
            return COLLECTIVE, "the question speaks of the team"
        if _SELF_BARE.search(text) or _SELF.search(text) or _ELIDED.search(text):
            return INDIVIDUAL, "the question speaks of the person"
    return None, "it holds ratings; its scale is to be chosen"


def is_turned(text: str) -> bool:
    """
    Whether agreeing with a statement means little of what its scale measures, by its words.

    >>> is_turned("I doubt that I can keep up"), is_turned("Wir geben nicht auf"), is_turned("I can, even if I fail")
    (True, False, False)
    """
    return len(text.split()) > 2 and bool(_TURNED.search(_NOT_TURNED.sub(" ", text)))


# ── mirrored pairs ────────────────────────────────────────────────────────────────────────────────


def _bare(word: str) -> str:
    """A word in small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(sign))


_REFERENT = frozenset(
    _bare(word)
    for word in """
    i we our ours us my mine me myself ourselves team teams team's group unit members member the a an this that in
    of to is are am be has have can will would do does ich wir unser unsere unserem unseren unserer unseres uns mein
    meine meinem meinen meiner mich mir das dem der die den ein eine im kann können ist sind bin habe haben hat
    gruppe sich je j m nous notre nos mon ma mes me moi équipe l le la les un une de des d du peux peut pouvons suis
    sommes est ai avons a groupe yo nosotros nosotras nuestro nuestra nuestros nuestras mi mis nos se equipo el los
    las puedo puede podemos soy somos es en que gruppo it its sais sait savons sé sabe sabemos know knows weiß
    wissen tengo tenemos confiamos confío estoy estamos siento sentimos
    """.split()
)
_LIKE = 0.6  # share of the telling words that two questions have in common, at least
_STEM = 4  # letters that words must share: solve and solves, löse and löst


class Pair(NamedTuple):
    """An item about the person and the one that asks the same about the team; `likeness` 0–1."""

    individual: str
    collective: str
    likeness: float


def mirrored(individual: dict[str, str], collective: dict[str, str]) -> tuple[Pair, ...]:
    """
    Items that ask the same of the person and of the team, paired by the words that are left without the referent.

    Parameters
    ----------
    individual, collective : item → question text.

    Returns
    -------
    A pair for every item; nothing where any item of either scale has no partner.

    >>> mirrored({"a": "I can solve hard problems", "b": "I finish what I start"},
    ...          {"x": "Our team finishes what it starts", "y": "We can solve hard problems"})
    (Pair(individual='a', collective='y', likeness=1.0), Pair(individual='b', collective='x', likeness=1.0))
    """
    if not individual or len(individual) != len(collective):
        return ()
    theirs = {item: _telling(text) for item, text in collective.items()}
    found = [
        Pair(item, other, likeness)
        for item, words in ((item, _telling(text)) for item, text in individual.items())
        for other, their_words in theirs.items()
        if (likeness := _likeness(words, their_words)) >= _LIKE
    ]
    taken: dict[str, Pair] = {}
    for pair in sorted(found, key=lambda pair: -pair.likeness):
        if pair.individual not in taken and pair.collective not in {other.collective for other in taken.values()}:
            taken[pair.individual] = pair
    return tuple(taken[item] for item in individual) if len(taken) == len(individual) else ()


def _telling(text: str) -> frozenset[str]:
    """The beginnings of a question's words, without those that only say whom it is about."""
    words = re.findall(r"[^\W\d_]+", _bare(text.replace("’", "'")))
    return frozenset(word[:_STEM] for word in words if word not in _REFERENT)


def likeness(one: str, other: str) -> float:
    """
    How alike two questions are, 0–1, whoever they ask about: the share of telling words that both have.

    >>> likeness("I can solve hard problems", "We solve hard problems"), likeness("I can wait", "I can sing")
    (1.0, 0.0)
    """
    return _likeness(_telling(one), _telling(other))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if len(one) and len(other) else 0.0
