"""Who says what: forms of attribution in made-up sentences, and the scorer of the public set on made-up answers."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.unit.reading_voices import read

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The northern army said that its guns had hit a bridge.", "hit a bridge", "The northern army"),
        ("A shell has killed two farmers, local officials say.", "killed two farmers", "local officials"),
        ("Two farmers were killed, according to the health ministry.", "killed", "the health ministry"),
        ("According to the mayor, two farmers were killed.", "were killed", "the mayor"),
        ("“Our guns hit the bridge,” the general said on Monday.", "hit the bridge", "the general"),
        ("The general told Reuters that his guns had hit the bridge.", "hit the bridge", "The general"),
        ("Strike kills two in border town, health ministry says", "kills two", "health ministry"),
        ("Anna Brandt: “The truce has been broken again.”", "has been broken", "Anna Brandt"),
        ("The general said the bridge was hit, but the mayor denied this.", "was hit", "The general"),
        ("The general accused Northland of shelling two villages.", "shelling two villages", "The general"),
        ("The president vowed to retake the valley.", "retake the valley", "The president"),
        ("The minister called on both sides to stop fighting.", "stop fighting", "The minister"),
        (
            "Both ministers, Mr Hall and Ms Roth, said a convoy had been hit.",
            "had been hit",
            "Both ministers, Mr Hall and Ms Roth",
        ),
        ("The governor and the mayor said a convoy had been hit.", "had been hit", "The governor and the mayor"),
        ("The bridge fell on Monday.", "fell on Monday", "outlet"),
        ("A convoy was reportedly hit near the river.", "hit near the river", None),
        ("The army denied having fired at the village.", "fired at the village", "The army"),
        ("Video released by the defence ministry shows a burning tank.", "burning tank", "the defence ministry"),
        ("The general, who said that a convoy had been hit, left.", "had been hit", "The general"),
        ("The envoy condemned the attack on the convoy.", "attack on the convoy", "The envoy"),
        ("A news agency quoted an official as saying the army had left.", "had left", "an official"),
        ("The mayor said the road was cut; the army said it was open.", "was cut", "The mayor"),
        ("The mayor said the road was cut; the army said it was open.", "was open", "the army"),
        ("The ministry puts its death toll at 31.", "at 31", "The ministry"),
        ("The northern moves suggested that a raid was near.", "a raid was near", "outlet"),
        ("As reported by the Ministry of Health, two posts were hit.", "were hit", "the Ministry of Health"),
        ("The army announced it had taken two villages.", "taken two villages", "The army"),
    ],
)
def test_who(text: str, words: str, source: str | None) -> None:
    assert read(text).who(words) == source


def test_two_voices_in_a_sentence_keep_to_their_own() -> None:
    told = read("Two soldiers were killed, northern officials say, while southern officials say nobody was hurt.")
    assert told.who("Two soldiers were killed") == "northern officials"
    assert told.who("nobody was hurt") == "southern officials"


def test_a_denial_points_back_to_what_is_denied() -> None:
    told = read("The army said it had hit a fuel store, which was denied by the tenant of the site.")
    denial = told.of("denied")
    assert (denial.kind, told.text[denial.source_start : denial.source_end]) == ("denies", "the tenant of the site")
    assert any("hit a fuel store" in told.text[s:e] for s, e in denial.about)


@pytest.mark.parametrize(
    "text",
    [
        "Northland said its troops had taken the ridge. The southern ministry rejected that claim.",
        "Northland said its troops had taken the ridge, but Southland has denied this.",
        "Northland said its troops had taken the ridge - a claim denied by southern officials.",
    ],
)
def test_denials_of_a_claim(text: str) -> None:
    told = read(text)
    denial = next(a for a in told.attributions if a.kind == "denies")
    assert any("taken the ridge" in text[s:e] for s, e in denial.about), told.attributions
    assert told.who("taken the ridge") == "Northland"


def test_to_reject_an_offer_is_no_denial() -> None:
    assert read("The army rejected an offer of talks.").of("rejected").kind == "rejects"
    assert read("The army rejected the claim that it had shelled a village.").of("rejected").kind == "denies"


@pytest.mark.parametrize(
    "text", ["The army called those reports fake.", "The mayor said this was not true.", "The army dismissed the claim as a lie."]
)
def test_calling_it_untrue_is_a_denial(text: str) -> None:
    told = read(f"Northland said a post had fallen. {text}")
    denial = next(a for a in told.attributions if a.kind == "denies")
    assert denial.sentence == 1


def test_claim_inside_a_denial_stays_its_makers() -> None:
    told = read("The army went on air to deny Northland's claim that it had opened fire.")
    inner = told.of("claim")
    assert told.text[inner.source_start : inner.source_end] == "Northland"
    assert inner.parent is not None
    assert told.attributions[inner.parent].kind == "denies"


def test_reported_speech_inside_reported_speech() -> None:
    told = read("State radio reported that the army said it had withdrawn.")
    assert told.who("withdrawn") == "the army"
    assert told.attributions[told.of("said").parent or 0] == told.of("reported")


def test_quotation_over_sentences_with_the_cue_at_the_end() -> None:
    told = read("“The road is closed. Nobody may pass,” the mayor said.")
    assert told.who("The road is closed") == "the mayor"


def test_a_paragraph_that_is_only_a_quotation_continues_the_speaker() -> None:
    told = read("“The road is closed,” the mayor said.\n\n“We have asked them twice to open it again.”")
    assert told.who("asked them twice") == "the mayor"
    assert any(a.is_continuation for a in told.attributions)


def test_scare_quotes_speak_for_nobody() -> None:
    assert read("The so-called “quiet zone” was shelled on Monday.").who("quiet zone") == "outlet"


def test_a_conjoined_cue_outside_the_quotation_is_the_speakers() -> None:
    told = read("She added, “We cannot go on like this,” and stressed that “both armies must leave the town.”")
    assert told.who("must leave") == "She"


def test_participle_leads_back_past_an_aside() -> None:
    told = read("The mayor posted a film of the square, as smoke rose and people gathered, saying the market had been hit.")
    assert told.who("had been hit") == "The mayor"


@pytest.mark.parametrize(
    ("text", "cue", "channel"),
    [
        ("The mayor tweeted that the market had been hit.", "tweeted", "Twitter"),
        ("The mayor said on Facebook that the market had been hit.", "said", "Facebook"),
        ("The mayor went on X, which used to be Twitter, to deny the report.", "deny", "X"),
        ("In a televised address, the mayor said that the market had been hit.", "said", "television"),
        ("The mayor said in a statement that the market had been hit.", "said", "statement"),
        ("“It was hit,” the mayor wrote in an update on Telegram.", "wrote", "Telegram"),
    ],
)
def test_channel(text: str, cue: str, channel: str) -> None:
    assert read(text).of(cue).channel == channel


def test_medium_told() -> None:
    told = read("The mayor told the Daily Star Agency that the market had been hit.")
    assert told.of("told").channel == "Daily Star Agency"


def test_quoted_as_saying() -> None:
    told = read("“We had no warning,” Mr Hall was quoted as saying by Interfax.")
    assert told.who("no warning") == "Mr Hall"


@pytest.mark.parametrize(
    "text", ["The army must say so.", "The storm threatens to flood the town.", "The agreement calls for talks."]
)
def test_what_is_not_said(text: str) -> None:
    assert not [a for a in read(text).attributions if a.kind in ("threatens", "demands", "says")]


def test_negated_cue_is_marked() -> None:
    assert read("The army did not confirm that it had left the town.").of("confirm").is_negated


def test_a_topic_before_a_colon_is_no_source() -> None:
    assert read("Upper Valley: army launches raid in disputed district").who("launches raid") == "outlet"


def test_attitudes_come_last_and_vouch_for_nothing() -> None:
    told = read("Mr Hall supports a longer truce. The mayor said it would hold.")
    assert [(a.cue_lemma, a.is_attitude) for a in told.attributions] == [("say", False), ("support", True)]
    attitude = told.of("supports")
    assert told.text[attitude.source_start : attitude.source_end] == "Mr Hall"
    assert told.content("supports") == "a longer truce"
    assert attitude.kind == "thinks"
    assert 0 < attitude.score < 1
    assert told.who("longer truce") == "outlet"
    assert not any(mention.speaks for mention in told.mentions if mention.text == "Mr Hall")


def test_what_is_found_out_is_vouched_for_though_no_rule_knows_the_verb() -> None:
    told = read("The inquiry team found that the shell had been fired from the ridge.")
    assert told.of("found").kind == "says"
    assert not told.of("found").is_attitude
    assert told.who("had been fired") == "The inquiry team"


def test_talk_inside_a_quotation_is_its_speakers() -> None:
    told = read("“I think they will shell the bridge again, as you know,” said the mayor.")
    assert [a.cue_lemma for a in told.attributions] == ["say"]
    assert told.who("shell the bridge") == "the mayor"


def test_a_denial_inside_a_quotation_stays() -> None:
    told = read("“The army denies that it shelled the bridge,” said the mayor.")
    assert told.of("denies").kind == "denies"
    assert told.who("shelled the bridge") == "The army"


@pytest.mark.parametrize("text", ["", "....", "“”", "said", "“ said", "According to"])
def test_scraps_raise_nothing(text: str) -> None:
    for a in read(text).attributions:
        assert all(0 <= s < e <= len(text) for s, e in a.content)


def test_offsets_lie_in_the_text_and_parents_hold_their_children() -> None:
    text = "State radio reported that the army said it had left.\n\n“Not so,” the mayor told Reuters. He added: “They are here.”"
    told = read(text)
    for number, a in enumerate(told.attributions):
        assert all(0 <= s < e <= len(text) for s, e in a.content)
        if a.parent is not None:
            assert a.parent != number
            assert any(s <= (a.cue_start or a.content[0][0]) < e for s, e in told.attributions[a.parent].content)


# the public set's scorer, on made-up answers


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = ROOT / "bench" / "quality" / "attribution.py"
    spec = importlib.util.spec_from_file_location("bench_attribution", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_scorer(bench: ModuleType) -> None:
    """All right is 1.0, all wrong 0.0, empty 0.0; punctuation is no token; two annotations weigh half each."""
    text = "He said it fell, again."
    gold = {"Content": [(8, 15)], "Source": [(0, 2)], "Cue": [(3, 7)]}
    content, source = bench.score([(text, [gold], [(8, 16)], [(0, 2)])])
    assert (content.f1, source.f1) == (1.0, 1.0)
    content, source = bench.score([(text, [gold], [(17, 22)], [(3, 7)])])
    assert (content.f1, source.f1) == (0.0, 0.0)
    content, _ = bench.score([(text, [gold], [], [])])
    assert (content.f1, content.recall) == (0.0, 0.0)
    nothing = {"Content": [], "Source": [], "Cue": []}
    content, _ = bench.score([(text, [gold, nothing], [(8, 15)], [])])
    assert (content.precision, content.recall) == (0.5, 1.0)


def test_marks_on_the_public_set(
    bench: ModuleType, shared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Floors on 8 articles of PolNeAR's dev part; the whole part is measured by bench/quality/attribution.py."""
    monkeypatch.setenv("TRUCEWATCH_SHARED", str(shared))
    monkeypatch.setattr(sys, "argv", ["attribution.py", "--limit", "8"])
    assert bench.main() == 0
    marks = [float(line.split("F1 ")[1].split()[0]) for line in capsys.readouterr().out.splitlines() if "F1" in line]
    assert marks[0] >= 0.8
    assert marks[1] >= 0.7


def test_the_hearers_of_a_telling_do_not_hide_what_is_told() -> None:
    told = read("The minister told a rally in the square that the bridge had been shelled.")
    assert told.who("the bridge") == "The minister"


def test_what_follows_a_closing_attribution_after_a_semicolon_is_still_told() -> None:
    told = read("The bridge was shelled in the night, the army said; two farmers died.")
    assert told.who("two farmers") == "the army"
    other = read("The bridge was shelled in the night, the army said; the mayor said that two farmers died.")
    assert other.who("two farmers") == "the mayor"


def test_a_speaker_inside_an_unclosed_quotation_stays() -> None:
    told = read("“The raids on the town are a new sign of contempt, the ministry said in a statement. “We stand by it.” ”")
    assert told.who("The raids") == "the ministry"
