"""The forms that an English word takes in a text: what a text is searched with where it is not parsed."""

from __future__ import annotations

from functools import cache

_IRREGULAR = """
bar barred barring;beat beaten;begin began begun;bid bade;blow blew blown;break broke broken;bring brought;build built;burn burnt;
catch caught;child children;come came;deal dealt;deny denied;die dying;dig dug;do did done;draw drew drawn;drive drove driven;
fall fell fallen;feel felt;fight fought;find found;flee fled fleeing;fly flew flown;forbid forbade forbidden;forgive forgave
forgiven;freeze froze frozen;get got gotten;give gave given;go went gone;hang hung;have has had;hold held;keep kept;know knew
known;lay laid;lead led;leave left;lie lain lay lying;light lit;lose lost;make made;man men;meet met;overfly overflew overflown;
overrun overran;pay paid;plead pled;retake retook retaken;rise rose risen;run ran;say said;see saw seen;seek sought;sell sold;
send sent;shoot shot;sit sat;slay slew slain;sneak snuck;speak spoke spoken;spread spreading;stand stood;steal stole stolen;
strike struck stricken;strive strove striven;swear swore sworn;sweep swept;take took taken;teach taught;tear tore torn;
tell told;think thought;throw threw thrown;understand understood;undergo underwent undergone;undertake undertook undertaken;
win won;wind wound;withdraw withdrew withdrawn;withhold withheld;withstand withstood;woman women;wring wrung;write wrote written
"""
_TABLE = {words[0]: words[1:] for words in (entry.split() for entry in _IRREGULAR.replace("\n", " ").split(";"))}
_VOWELS = frozenset("aeiou")


@cache
def forms_of(lemma: str) -> frozenset[str]:
    """Every form of a word in lower case, whatever part of speech it is; some that English does not have are among them."""
    word = lemma.lower()
    forms = {word, *_TABLE.get(word, ()), *(word + ending for ending in ("s", "es", "d", "ed", "ing"))}
    if word.endswith("e"):
        forms.add(word[:-1] + "ing")
    if word.endswith("y"):
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    if word.endswith("f"):
        forms.add(word[:-1] + "ves")
    if word.endswith("c"):
        forms |= {word + "ked", word + "king"}
    if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS:
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(forms)
