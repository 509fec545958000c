"""Words by ear: with the programs that are installed, and with stand-ins for them."""

from __future__ import annotations

import io
import json
import shutil
import stat
import sys
import textwrap
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import MissingProgramError, NotFoundError, SttprepError, WordError
from sttprep.notebook import voice
from sttprep.notebook.voice import Speech, speak, stressed, voices
from sttprep.words import Lexicon, pronounce
from sttprep.words.lexicon import ENGLISH_PHONES

PHONES = sorted(ENGLISH_PHONES)
ODD = ["-voice", "--help", "a\0b", "tornado 💊", "[[x]] & <b>", "it's; rm -rf $HOME", "\ud800 lip"]


def need(program: str) -> None:
    """Skip without the program, naming the line that installs it."""
    if shutil.which(program) is None:
        pytest.skip(f"without {program}; install it with: apt-get install {program}")


# Writes its arguments and input beside itself, and a second of a tone where it is told to.
STAND_IN = """
    import json, math, pathlib, struct, sys, wave
    arguments = sys.argv[1:]
    if arguments == ["-lv"]:
        sys.exit(print("Voices available: kal awb_time slt "))
    if arguments == ["--voices"]:
        print("Pty Language Age/Gender VoiceName File Other Languages")
        print(" 5  de      --/M      German             gmw/de ")
        print(" 5  en-us   --/M      us-mbrola-2        mb/mb-us2 (en 7)")
        print(" 2  en-us   --/M      English_(America)  gmw/en-US (en 3)")
        sys.exit()
    record = {"arguments": arguments, "input": sys.stdin.buffer.read().decode()}
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(record))
    BEHAVIOUR
    option = "-o" if "-o" in arguments else "-w"
    with wave.open(arguments[arguments.index(option) + 1], "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(
            struct.pack("<h", int(20000 * math.sin(n / 4))) for n in range(8000)))
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put programs of these names on the path, alone; returns what one was called with."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def install(*programs: str, behaviour: str = "pass"):
        for program in programs:
            path = tmp_path / program
            body = textwrap.dedent(STAND_IN).replace("BEHAVIOUR", behaviour)
            path.write_text(f"#!{sys.executable}\n{body}")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)

        def called(program: str):
            return json.loads((tmp_path / program).with_suffix(".json").read_text())

        return called

    return install


def test_without_a_program_the_message_says_how_to_get_one(stand_in):
    """No program: no voices, and the line that installs one."""
    assert voices() == []
    with pytest.raises(MissingProgramError, match="apt-get install flite"):
        speak("tornado")


def test_voices_of_both_programs(stand_in):
    """Those that say anything; the default first; none that needs more programs."""
    stand_in("flite", "espeak-ng")
    assert voices() == ["flite:slt", "flite:kal", "espeak-ng:en-us", "espeak-ng:de"]
    assert speak("tornado").voice == "flite:slt"
    assert speak("tornado", voice="espeak-ng").voice == "espeak-ng:en-us"


def test_sound_as_samples_and_as_a_file(stand_in):
    """Samples in ±1; the WAV file holds the same."""
    stand_in("flite")
    speech = speak("tornado")
    assert (speech.rate, speech.seconds) == (8000, 1.0)
    assert speech.samples.dtype == np.float32
    assert speech.samples.shape == (8000,)
    assert 0.6 < speech.samples.max() <= 1
    with wave.open(io.BytesIO(speech.wav())) as file:
        again = np.frombuffer(file.readframes(8000), "<i2")
    assert np.array_equal(again / 32768, speech.samples)
    assert "samples" not in repr(speech)
    assert speech._repr_html_().startswith('<audio controls src="data:audio/wav;base64,UklGR')


def test_full_scale_does_not_wrap():
    """Samples of exactly 1 stay positive in the file."""
    data = Speech(np.array([1, -1], np.float32), 8000, "flite:slt").wav()
    assert np.frombuffer(data[-4:], "<i2").tolist() == [32767, -32768]


@pytest.mark.parametrize("text", ODD)
def test_text_is_never_an_option_or_a_command(stand_in, text):
    """Odd text arrives as one argument or on standard input."""
    called = stand_in("flite", "espeak-ng")
    speak(text, voice="flite")
    arguments = called("flite")["arguments"]
    assert arguments[:3] == ["-voice", "slt", "-t"]
    assert arguments[4] == "-o"
    assert len(arguments) == 6
    speak(text, voice="espeak-ng")
    record = called("espeak-ng")
    assert text not in record["arguments"]
    assert record["input"]
    assert "\0" not in record["input"]
    assert "[[" not in record["input"]


def test_phones_reach_flite_and_espeak(stand_in):
    """Each program gets its own notation, with a stress."""
    called = stand_in("flite", "espeak-ng")
    phones = ["AH", "T", "AO", "R", "V", "AH", "S", "T", "AE", "T", "IH", "N"]
    speak("atorvastatin", phones=phones, voice="flite")
    assert called("flite")["arguments"][2:4] == [
        "-p",
        "pau ax t ao r v ax s t ae1 t ih n pau",
    ]
    speak("atorvastatin", phones=phones, voice="espeak-ng")
    assert called("espeak-ng")["input"] == "[[@|t|O:|r|v|@|s|t|'a|t|I|n]]"


def test_a_given_stress_is_kept(stand_in):
    """Phones with CMU stress marks are said as they are."""
    called = stand_in("flite", "espeak-ng")
    speak("record", phones=["R", "IH0", "K", "AO1", "R", "D"], voice="flite")
    assert called("flite")["arguments"][3] == "pau r ih0 k ao1 r d pau"
    speak("butter", phones=["B", "AH1", "T", "ER0"], voice="espeak-ng")
    assert called("espeak-ng")["input"] == "[[b|'V|t|3]]"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"text": "a" * 10_000}, WordError, "10000 characters.*at most 500"),
        ({"text": "💊"}, WordError, "Nothing in '💊'"),
        ({"text": " \0\n", "voice": "espeak-ng"}, WordError, "nothing to say"),
        ({"text": "x", "phones": []}, WordError, "0 phones"),
        ({"text": "x", "phones": ["EE"]}, WordError, "'EE' is no ARPAbet phone"),
        ({"text": "x", "phones": ["T1"]}, WordError, "'T1' is no ARPAbet phone"),
        ({"text": "x", "phones": [""]}, WordError, "'' is no ARPAbet phone"),
        ({"text": "x", "phones": ["AH"] * 1000}, WordError, "1000 phones"),
        ({"text": "x", "phones": ["AH"], "voice": "espeak-ng:de"}, WordError, "en-us"),
        ({"text": "x", "voice": "flite:../x"}, NotFoundError, "no voice 'flite:../x'"),
        ({"text": "x", "voice": "festival"}, NotFoundError, "Available: flite:slt"),
    ],
)
def test_what_cannot_be_said_is_explained(stand_in, arguments, error, message):
    """One sentence what is wrong, one how to mend it."""
    stand_in("flite", "espeak-ng")
    with pytest.raises(error, match=message):
        speak(**arguments)


def test_a_program_that_fails_or_hangs_is_named(stand_in, monkeypatch):
    """Its own reason is passed on; nobody waits for ever."""
    stand_in("flite", behaviour="sys.exit('no voice data')")
    with pytest.raises(SttprepError, match=r"flite ended with status 1.*no voice data"):
        speak("tornado")
    stand_in("flite", behaviour="import time; time.sleep(60)")
    assert voices()
    monkeypatch.setattr(voice, "_TIMEOUT", 0.2)
    with pytest.raises(SttprepError, match="did not come to an end"):
        speak("tornado")


def test_a_program_that_cannot_run_has_no_voices(tmp_path, monkeypatch):
    """A file of another machine's format on the path is as good as none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "flite").write_bytes(b"\x7fELF")
    (tmp_path / "flite").chmod(0o755)
    with pytest.raises(MissingProgramError):
        speak("tornado")


@given(st.lists(st.sampled_from(PHONES), min_size=1, max_size=12))
def test_one_vowel_is_stressed(phones):
    """Whatever the phones: they stay, and exactly one vowel, if any, gets the stress."""
    marked = stressed(phones)
    assert [phone.rstrip("1") for phone in marked] == phones
    assert sum(phone.endswith("1") for phone in marked) == any(p in voice._VOWELS for p in phones)


@pytest.mark.parametrize(
    ("word", "vowel"),
    [("important", "AO1"), ("tornado", "EY1"), ("medicine", "EH1"), ("tomato", "EY1")],
)
def test_stress_is_plausible(word, vowel):
    """Common words get the stress they have."""
    assert vowel in stressed(Lexicon.stock()[word][0])


@pytest.mark.parametrize("program", ["flite", "espeak-ng"])
def test_the_real_programs_say_words_and_phones(program):
    """A longer word takes longer; phones and text take about as long."""
    need(program)
    short = speak("cat", voice=program)
    word = speak("tornado", voice=program)
    phones = speak("tornado", phones=pronounce("tornado")[0].phones, voice=program)
    for speech in (short, word, phones):
        assert np.abs(speech.samples).max() > 0.05
        assert np.isfinite(speech.samples).all()
    assert short.seconds < word.seconds
    assert 0.5 < phones.seconds / word.seconds < 2


@pytest.mark.parametrize("program", ["flite", "espeak-ng"])
@pytest.mark.parametrize("text", [*ODD, "Müller's café", "x" * 500])
def test_the_real_programs_survive_odd_text(program, text):
    """Sound comes back, whatever the text."""
    need(program)
    assert speak(text, voice=program).seconds > 0.1


@pytest.mark.parametrize("program", ["flite", "espeak-ng"])
def test_the_real_programs_know_every_phone(program):
    """Each of the 39 phones changes what is heard."""
    need(program)
    without = speak("x", phones=["AA", "AA"], voice=program).wav()
    assert [
        phone
        for phone in PHONES
        if speak("x", phones=["AA", phone, "AA"], voice=program).wav() == without
    ] == []
