"""Encodings and languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.text.charset import decode, is_binary
from trucewatch.text.language import detect_language, is_read

RUSSIAN = "Министерство обороны сообщило в воскресенье, что обстрел северных сёл продолжался всю ночь, жертв нет."
UKRAINIAN = "Міністерство оборони повідомило в неділю, що обстріл північних сіл тривав усю ніч, жертв немає."
ENGLISH = "The ministry said on Sunday that the shelling of the northern villages had gone on all night – “nobody was hurt”."
GERMAN = "Das Ministerium teilte am Sonntag mit, dass der Beschuss der Dörfer im Norden die ganze Nacht über angedauert habe."
TURKISH = "Bakanlık pazar günü yaptığı açıklamada kuzeydeki köylere yönelik top atışının bütün gece sürdüğünü bildirdi."
AZERBAIJANI = (
    "Müdafiə Nazirliyi bazar günü bildirdi ki, şimal kəndlərinin atəşə tutulması bütün gecə davam edib, xəsarət alan yoxdur."
)
ARMENIAN = "Նախարարությունը կիրակի օրը հայտնել է, որ հյուսիսային գյուղերի գնդակոծությունը շարունակվել է ամբողջ գիշեր։"
GEORGIAN = "სამინისტრომ კვირას განაცხადა, რომ ჩრდილოეთის სოფლების დაბომბვა მთელი ღამე გაგრძელდა."
HEBREW = "המשרד מסר ביום ראשון כי ההפגזה על הכפרים בצפון נמשכה כל הלילה ולא היו נפגעים."
ARABIC = "قالت الوزارة يوم الأحد إن قصف القرى الشمالية استمر طوال الليل ولم يصب أحد بأذى في الهجوم."


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859_5"),
        (UKRAINIAN, "cp1251"),
        (GERMAN, "cp1252"),
        (ARMENIAN, "utf-16-le"),
    ],
)
def test_encodings_are_found(text: str, codec: str) -> None:
    found, _, _ = decode(text.encode(codec))
    assert found == text
    assert not is_binary(text.encode(codec))


def test_a_declaration_is_followed_where_the_bytes_allow_it() -> None:
    assert decode(TURKISH.encode("cp1254"), "windows-1254")[0] == TURKISH
    text, encoding, _ = decode(ENGLISH.encode(), "windows-1251")
    assert (text, encoding) == (ENGLISH, "utf-8")
    assert decode(ENGLISH.encode("cp1252"), "no-such-codec")[0] == ENGLISH
    assert decode(ENGLISH.encode("cp1252"), "rot13")[0] == ENGLISH


def test_broken_utf_8_is_repaired_with_an_issue() -> None:
    broken = "Shells – they said – hit “three” villages".encode() + b" \x93at night\x94 and \xe2\x80 more."
    text, encoding, issues = decode(broken)
    assert encoding == "utf-8"
    assert text.startswith("Shells – they said – hit “three” villages “at night” and ")
    assert [(issue.code, issue.level, issue.value) for issue in issues] == [("broken-utf-8", "warning", "4")]


def test_cut_off_utf_16_is_repaired_with_an_issue() -> None:
    text, _, issues = decode(ENGLISH.encode("utf-16")[:-1])
    assert text.startswith("The ministry said")
    assert [issue.code for issue in issues] == ["broken-encoding"]


def test_text_encoded_twice_is_read_back() -> None:
    twice = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in ENGLISH.encode()).encode()
    text, _, issues = decode(twice)
    assert text == ENGLISH
    assert [issue.code for issue in issues] == ["encoded-twice"]
    single = "Â£5 and the name Âron"
    assert decode(single.encode()) == (single, "utf-8", ())


@given(st.binary(max_size=400), st.one_of(st.none(), st.sampled_from(["utf-8", "windows-1251", "utf-16", "base64", "x\x00y"])))
def test_any_bytes_give_some_text(original: bytes, declared: str | None) -> None:
    text, encoding, issues = decode(original, declared)
    assert isinstance(text, str)
    assert encoding
    assert all(issue.stage == "clean" for issue in issues)


@given(st.text(min_size=1, max_size=300))
def test_utf_8_comes_back_unless_it_was_encoded_twice(text: str) -> None:
    found, _, issues = decode(text.encode())
    assert found == text or issues or text.startswith("\ufeff") or "\x00" in text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (RUSSIAN, "ru"),
        (UKRAINIAN, "uk"),
        (GERMAN, "de"),
        (TURKISH, "tr"),
        (AZERBAIJANI, "az"),
        (ARMENIAN, "hy"),
        (GEORGIAN, "ka"),
        (HEBREW, "he"),
        (ARABIC, "ar"),
        ("Ministry of the defence denied having opened fire at the positions of enemy in north.", "en"),
        ("Le ministère a déclaré dimanche que les bombardements des villages du nord avaient duré toute la nuit.", "fr"),
        ("El ministerio dijo el domingo que el bombardeo de las aldeas del norte duró toda la noche.", "es"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == language
    assert is_read(language) == (language == "en")


def test_too_little_to_tell_is_tried_as_english() -> None:
    assert detect_language("") is None
    assert detect_language("12:30 +++ 4/5") is None
    assert detect_language("Calm.") is None
    assert is_read(None)


def test_a_menu_in_another_language_does_not_decide() -> None:
    assert detect_language("Главная Новости Контакты " * 10 + ENGLISH * 20) == "en"
