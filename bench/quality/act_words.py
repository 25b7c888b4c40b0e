"""How many of the acts of made-up press prose the word lists know, and how often they see one where none is marked.

    python bench/quality/act_words.py [--by class|act] [--missed ACT] [--raise]

bench/quality/act_words/*.txt: our own sentences in the manner of agencies, papers, ministries and monitors, one a line,
each act's word marked `[[word|ACT]]` by who never saw the program; all that is not marked is none. Each line is parsed as a run
does. A line's class is found where a mention of the lists has it (stages/extract/frames.py); recall is the share of the classes
marked that are found, precision the share of the classes found that are marked. Mentions without the company of a side, force or
place, which make no claim by themselves, count here. lexicon_press.toml was drawn from these lines, so that the figures tell what
the lists hold, not how they do on others' prose: claims.py and unseen.py tell that. Exit status 1 where one is below its floor
(tests/golden/floors.json, "act_words").
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from trucewatch.model.codebook import act_class, acts
from trucewatch.stages.extract.frames import find_acts
from trucewatch.stages.extract.lexicon import load_lexicon
from trucewatch.text.parse import Parser
from trucewatch.text.plain import PlainDoc
from trucewatch.text.repairs import mend

LINES = Path(__file__).parent / "act_words"
FLOORS = Path(__file__).parents[2] / "tests/golden/floors.json"
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
Line = tuple[str, list[str], list[str]]


def read_lines() -> Iterator[Line]:
    """(text, acts marked, acts that the lists tell) of each line."""
    parser, lexicon = Parser(), load_lexicon()
    for path in sorted(LINES.glob("*.txt")):
        marked = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        texts = [_MARK.sub(r"\1", line) for line in marked]
        docs = [parser.nlp.make_doc(text) for text in texts]
        parser.annotate(docs)
        for line, text, doc in zip(marked, texts, docs, strict=True):
            mend(doc)
            yield text, [act for _, act in _MARK.findall(line)], [m.act for m in find_acts(PlainDoc(doc), lexicon)]


def class_of(act: str) -> str:
    """Class of an act or of a group of acts ("CIV")."""
    return act_class(act) if act in acts() else act


def measure(lines: list[Line]) -> dict[str, float]:
    """Precision and recall over the classes of the lines."""
    found = [({class_of(a) for a in gold}, {class_of(a) for a in told}) for _, gold, told in lines]
    hits = sum(len(gold & told) for gold, told in found)
    return {
        "precision": round(hits / max(1, sum(len(told) for _, told in found)), 3),
        "recall": round(hits / max(1, sum(len(gold) for gold, _ in found)), 3),
    }


def main() -> int:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--by", choices=("class", "act"), help="the share found of each class or act, too")
    arguments.add_argument("--missed", metavar="ACT", help="list the lines in which an act is missed")
    arguments.add_argument("--raise", action="store_true", dest="raises", help="write the figures, a hundredth lower, as floors")
    options = arguments.parse_args()
    lines = list(read_lines())
    figures = measure(lines)
    print(f"{len(lines)} lines  precision {figures['precision']}  recall {figures['recall']}")
    if options.by:
        name = class_of if options.by == "class" else str
        wanted = Counter(one for _, gold, _ in lines for one in {name(act) for act in gold})
        got = Counter(
            one for _, gold, told in lines for one in {name(act) for act in gold} if class_of(one) in {class_of(a) for a in told}
        )
        for one, count in sorted(wanted.items()):
            print(f"    {one:26} {got[one]:4} of {count}")
    for text, gold, told in lines if options.missed else ():
        if options.missed in gold and class_of(options.missed) not in {class_of(act) for act in told}:
            print("   ", text)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if options.raises:
        floors["act_words"] = {name: round(value - 0.01, 3) for name, value in figures.items()}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    return int(any(figures[name] < floor for name, floor in floors.get("act_words", {}).items()))


if __name__ == "__main__":
    sys.exit(main())
