"""One policy, wherever a password is chosen."""

import hashlib
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from passavant.accounts.rules import leaks
from passavant.accounts.rules.passwords import DOUANE, LONGEST, NIST, faults, is_passphrase, shown, unfit
from tests.people import PASSWORD

ABOUT = ("lea.durand", "Durand", "Léa", "lea.durand@negoce.example", "732829320")
PHRASE = "sept petits voiliers verts quittent doucement le port"


def codes(password: str, policy: str = DOUANE, *, second_factor: bool = False) -> list[str]:
    return [fault.code for fault in faults(password, about=ABOUT, policy=policy, second_factor=second_factor)]


@pytest.mark.parametrize(
    "password", [PASSWORD, "Ancre&Boussole7", "Éà8-ñandú", "x" * 200 + "A1!", PHRASE, "étés🎉Zz1"], ids=str.__len__
)
def test_good_passwords_are_accepted(password: str) -> None:
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Court1!", ("length",)),
        ("GRANDVOILIER7!", ("lower",)),
        ("grandvoilier7!", ("upper",)),
        ("Grand-Voilier!", ("digit",)),
        ("Grand_Voilier7", ("special",)),  # the underscore does not count: procedure of June 2022
        ("abc", ("length", "upper", "digit", "special")),
    ],
)
def test_the_message_names_what_is_missing(password: str, missing: tuple[str, ...]) -> None:
    fault = faults(password, about=ABOUT, policy=DOUANE)[0]
    assert fault.missing == missing
    assert str(fault.message).startswith("Ajoutez à votre mot de passe\u00a0: ")
    assert str(fault.message).count(" minimum") == len(missing)


def test_d10_common_words_in_disguise_are_refused_with_the_reason() -> None:
    disguised = ["Motdepasse2026!", "M0tdep@sse!9", "Douane2026!", "Douaniers-75!", "Azerty123!", "P@ssw0rd2026!"]
    disguised += ["$oleil2026!", "Mot-de-Passe1", "2026Bonjour!", "SoleilSoleil1!", "123Dragon!456"]
    assert {password: codes(password) for password in disguised if "leaked" not in codes(password)} == {}


@pytest.mark.parametrize(
    "password",
    ["Lea.Durand1!", "Durand-2026!", "lea.DURAND@7", "Dur4nd!2026", "Negoce-2026!", "Passavant7!", "732829320Aa!"],
)
def test_d10_what_is_known_of_the_person_is_refused_with_the_reason(password: str) -> None:
    assert "similar" in codes(password)


def test_d10_the_name_in_a_long_password_of_ones_own_is_accepted() -> None:
    assert codes("Durand+quatorze-cerisiers8") == []


def test_d10_a_passphrase_of_seven_words_needs_nothing_else() -> None:
    assert codes(PHRASE) == []
    assert is_passphrase("l’ami du roi vit en paix ici")
    assert not is_passphrase("un deux trois quatre cinq six")
    assert not is_passphrase("non non non non non non non non")
    assert not is_passphrase("a b c d e f g h")


def test_d9_up_to_256_characters_every_one_counts() -> None:
    longest = "Aa1!" + "é" * (LONGEST - 4)
    assert codes(longest) == []
    assert codes(longest + "é") == ["long"]
    assert not unfit("e\u0301" * LONGEST)  # NFC makes one character of two
    assert unfit("Grand\ud800Voilier1!")


def test_the_other_policy_asks_length_alone_and_refuses_what_is_easy() -> None:
    assert codes("quatorze cerisiers", NIST) == []
    assert codes("onze cerisiers", NIST) == ["missing"]
    assert codes("onze cerisiers", NIST, second_factor=True) == []
    assert codes("abcdefghijklmnopqrst", NIST) == ["easy"]
    assert "easy" in codes("azertyuiopqsdfghjklm", NIST)
    assert "easy" in codes("a" * 20, NIST)


def test_the_rules_shown_are_those_of_the_policy_in_force(settings: Settings) -> None:
    assert [test for test, _text in shown()] == ["length:8", "lower", "upper", "digit", "special", "words:7", "leak"]
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"password_policy": NIST})
    assert [test for test, _text in shown()] == ["length:15", "leak"]
    assert [fault.code for fault in faults("Grand-Voilier7")] == ["missing"]


def test_d10_the_operators_file_of_leaked_passwords_is_searched(tmp_path: Path, settings: Settings) -> None:
    known = [f"Voilier-{number}-Bleu" for number in range(500)]
    digests = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in known)
    path = tmp_path / "pwned.txt"
    path.write_text("".join(f"{digest}:{number * 7}\r\n" for number, digest in enumerate(digests)))
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"leaked_passwords": path})
    assert [word for word in known if not leaks.leaked(word)] == []
    assert [word for word in known if leaks.leaked(f"{word}!")] == []
    assert codes("Voilier-499-Bleu") == ["leaked"]


@pytest.mark.parametrize("lines", [["A"], ["A", "B"], ["A", "B", "C"]])
def test_each_line_of_a_small_file_is_found_with_or_without_a_count(
    lines: list[str], tmp_path: Path, settings: Settings
) -> None:
    digests = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in lines)
    path = tmp_path / "pwned.txt"
    path.write_text("\n".join(digests))
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"leaked_passwords": path})
    assert all(leaks.leaked(word) for word in lines)
    assert not leaks.leaked("Grand-Voilier 1789 !")
