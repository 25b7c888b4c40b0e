"""Voices by how they are written: codes and letters in front, abbreviations, a name beside an office, a seat behind.

Bulletins and digests write so: "NTH MoD", "BOR chief Roth", "the Oak agency", "the state's war minister, Anna Roth", "the
prosecutor in <Capital>". Each leads to a side by words of its own, before anything is guessed from the document.
"""

from __future__ import annotations

import re
from abc import abstractmethod

from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.bodies import Bodies
from trucewatch.stages.resolve.phrases import ARTICLE, LOCAL, STATE_BODY, clean

_CODED = re.compile(r"^(?:[Tt]he\s+)?(?P<code>[A-Z]{3})\s+(?P<thing>\S.*)$")
_LETTERED = re.compile(r"^(?:[Tt]he\s+)?(?P<body>[A-Z]{2,6})\s+(?P<thing>[A-Z].*)$")
_ABBREVIATED = {
    "MoPH": "the Ministry of Public Health",
    "MoH": "the Ministry of Health",
    "MoD": "the Ministry of Defence",
    "MoFA": "the Foreign Ministry",
    "MFA": "the Foreign Ministry",
    "MoI": "the Ministry of Interior",
}
_SHORT = re.compile(r"^(?:[Tt]he\s+)?(?P<short>MoPH|MoH|MoD|MoFA|MFA|MoI)$")
_MEDIUM = re.compile(
    r"^(?:[Tt]he\s+)?(?:(?:official|state|semi-official|state-run)\s+)?(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)\s+"
    r"(?:(?:state|official)\s+)?(?:news\s+)?(?:agency|newspaper|daily|channel|website|network|broadcaster)$"
)
# ", Anna Roth," right behind "the state's war minister", and "the governor of Rivertown, " right before a name
_NAME = r"[A-Z][\w’'-]+(?:\s+(?:al-|el-|bin |ben |von |de )?[A-Z][\w’'-]+){1,3}"
_NAME_BEHIND = re.compile(rf",\s+(?P<name>{_NAME})(?=\s*[,.;:”\"])")
_NAME_WITHIN = re.compile(rf",\s+(?P<name>{_NAME})$")
_OFFICE_BEFORE = re.compile(
    r"(?:^|[\s,(“\"])(?P<office>(?:[Tt]he|its|their|an?)\s+[a-z][\w’' -]{2,60}?"
    r"(?:\s+(?:of|in|for|at)\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)?),\s+$"
)
_SEATED = re.compile(
    r"^(?:[Tt]he\s+|[Aa]n?\s+)?(?P<body>[a-z][\w’' -]*?)\s+in\s+(?P<seat>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)$", re.S
)
_SPOKEN_FOR = re.compile(r"\s+(?:spokes\w+|officials?|command(?:ers?)?|headquarters|office|service)$")
_PAPERS = re.compile(r"\b(?:Today|News|Times|Post|TV|Radio|Weekly|Daily|Herald|Tribune|Review|Online)\b")
_BRACKETED = re.compile(r"^(?P<long>.+?)\s*\((?P<short>[A-Z][\w’' -]+)\)$")


class Written(Bodies):
    """Whose a voice is by codes, letters, abbreviations and names that stand in or beside it."""

    def _as_written(self, text: str, start: int, depth: int) -> Answer | None:
        """The first of these that leads to one side."""
        return (
            self._by_code(text)
            or self._spelled_out(text, start, depth)
            or self._by_medium_name(text)
            or self._bracketed(text)
            or self._name_beside(text, start)
        )

    def _one(self, text: str, party: str | None = None) -> Answer | None:
        found = self._direct(text, party)
        return found if found is not None and found.party is not None and ";" not in found.party else None

    def _by_code(self, text: str) -> Answer | None:
        """ "NTH MoD": of the party with that code; "BOR chief Roth": of the side of the body with those letters."""
        if _PAPERS.search(text):
            return None  # "NTH Today"
        coded = _CODED.match(text)
        if coded is not None and coded["code"] in self.actors.parties:
            party = coded["code"]
            thing = _ABBREVIATED.get(coded["thing"], coded["thing"])
            own = self._one(ARTICLE.sub("", thing), party)
            how = f"“{text}” begins with the code {party}"
            return because(own, how) or Answer(actor_id=None, name=None, party=party, confidence=0.7, how=how)
        lettered = _LETTERED.match(text)
        body = self._one(lettered["body"]) if lettered is not None else None
        if lettered is None or body is None:
            return None
        return Answer(
            actor_id=None, name=None, party=body.party, confidence=0.7, how=f"“{text}”: of “{lettered['body']}”", via=body.name
        )

    def _spelled_out(self, text: str, start: int, depth: int) -> Answer | None:
        short = _SHORT.match(text)
        if short is None:
            return None
        long = _ABBREVIATED[short["short"]]
        return because(self.answer(long, start, depth + 1), f"“{text}” is {long}", long)

    def _by_medium_name(self, text: str) -> Answer | None:
        """ "the Oak agency": the agency called Oak."""
        medium = _MEDIUM.match(text)
        return because(self._one(medium["name"]), f"“{text}” is {medium['name']}") if medium is not None else None

    def _bracketed(self, text: str) -> Answer | None:
        """ "the forces of peace (BLUEFOR)"."""
        match = _BRACKETED.match(text)
        return because(self._one(match["short"]), f"“{text}” is “{match['short']}”") if match is not None else None

    def _name_within(self, text: str) -> Answer | None:
        """ "the enemy's war minister, Anna Roth": the one who is named, whatever he is called."""
        within = _NAME_WITHIN.search(text)
        named = self._one(within["name"]) if within is not None else None
        if within is None or named is None or named.actor_id is None:
            return None
        return because(named, f"“{text}” is {within['name']}", within["name"])

    def _name_beside(self, text: str, start: int) -> Answer | None:
        """ "the state's war minister, Anna Roth, said", "the governor of Rivertown, Jon Dal, said": the other tells."""
        whole = self.reading.document.text
        end = start + len(text)
        behind = _NAME_BEHIND.match(whole, end) if whole[start:end] == text and ARTICLE.match(text) else None
        named = self._one(behind["name"]) if behind is not None else None
        if behind is not None and named is not None and named.actor_id is not None:
            return because(named, f"“{text}” is {behind['name']}", behind["name"])
        before = _OFFICE_BEFORE.search(whole[max(0, start - 90) : start]) if re.fullmatch(_NAME, text) else None
        if before is None:
            return None
        office = clean(before["office"])
        found = self._one(office) or self._local_office(office)
        return because(found, f"“{text}” is “{office}”", office)

    @abstractmethod
    def _local_office(self, office: str) -> Answer | None:
        """Of the side that holds the place of a local office."""

    def _by_named_seat(self, text: str) -> Answer | None:
        """ "The prosecutor in <Capital>": of the side that is called by its seat, whose victims ever it counts."""
        seated = _SEATED.match(text)
        body = _SPOKEN_FOR.sub("", seated["body"]) if seated is not None else ""
        # all of it: a government critic, an army veteran in a capital is nobody's voice
        if seated is None or not (LOCAL.fullmatch(body) or STATE_BODY.fullmatch(body)):
            return None
        side = self._one(seated["seat"])
        if side is None or side.party not in self._principals or side.actor_id is not None:
            return None
        own = self._one(seated["body"], side.party)
        how = f"“{text}” sits in {seated['seat']}"
        return because(own, how, seated["seat"]) if own is not None else because(side, how, seated["seat"])
