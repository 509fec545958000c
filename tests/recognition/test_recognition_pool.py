"""Decoder processes: determinism, death, cancellation, every way of starting Python."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterable
from contextlib import suppress

import numpy as np
import psutil
import pytest

from sttprep.acoustics import read_audio
from sttprep.errors import AudioError, RecognizerError
from sttprep.recognition import LocalRecognizer, base_model
from sttprep.recognition.pool import DecoderPool
from sttprep.recognition.sphinx_model import SphinxModel


@pytest.fixture(scope="module")
def recognizer():
    """The stock model in worker processes."""
    base = base_model()
    with LocalRecognizer(base.files(), key=base.content) as local:
        yield local


def test_speech_becomes_words_with_times(recognizer, clip):
    """Words lie in order within the audio, with probabilities."""
    transcript = recognizer.transcribe(clip(0))
    assert transcript.words
    assert transcript.seconds == pytest.approx(read_audio(clip(0)).seconds)
    ends = [0.0]
    for word in transcript.words:
        assert ends[-1] <= word.start < word.end <= transcript.seconds + 0.1
        assert 0 <= word.confidence <= 1
        assert word.word == word.word.lower()
        assert "(" not in word.word
        ends.append(word.end)


def test_the_answer_does_not_depend_on_history_or_worker(recognizer, clip):
    """The same audio gives the same words first, last, alone or among others."""
    paths = [clip(n) for n in range(4)]
    alone = {}
    for path in paths:
        base = base_model()
        with LocalRecognizer(base.files(), key=base.content) as fresh:
            alone[path] = fresh.transcribe(path).to_json()
    for order in (paths, paths[::-1], paths + paths):
        for transcript in recognizer.transcribe_many(order, progress=False):
            [path] = [path for path in paths if str(path) == transcript.name]
            assert transcript.to_json() == alone[path]


def test_samples_and_file_give_the_same(recognizer, clip):
    """Samples in memory are recognized as the file they came from."""
    audio = read_audio(clip(1))
    from_samples = recognizer.transcribe(audio.samples, audio.rate)
    assert from_samples.words == recognizer.transcribe(clip(1)).words


def test_samples_keep_their_decoder(recognizer, clip):
    """Utterance after utterance from memory is decoded by the same process."""
    audio = read_audio(clip(1))
    recognizer.transcribe(audio.samples, audio.rate)
    before = children()
    recognizer.transcribe(audio.samples, audio.rate)
    assert children() == before != set()


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(16000, np.int16),
        np.zeros(1, np.int16),
        np.full(100, 5000, np.int16),
        np.zeros(0, np.int16),
    ],
    ids=["second of zeros", "one sample", "too short", "nothing"],
)
def test_nothing_is_heard_in_nothing(recognizer, samples):
    """Digital silence and fragments give no words, and the decoder lives on."""
    assert recognizer.transcribe(samples, 16000).text == ""


def test_one_bad_file_is_named(recognizer, clip, tmp_path):
    """The error names the file among good ones."""
    bad = tmp_path / "bad.wav"
    bad.write_text("no audio")
    with pytest.raises(AudioError, match="bad.wav"):
        recognizer.transcribe_many([clip(0), bad, clip(1)], progress=False)
    assert recognizer.transcribe(clip(0)).text


def test_a_killed_decoder_is_replaced(clip):
    """The audio is decoded by a new process, with the same result."""
    base = base_model()
    pcm = read_audio(clip(0), 16000).samples.tobytes()
    with DecoderPool(base.files(), 1) as pool:
        [(_, first)] = pool.decode([lambda: pcm])
        [victim] = pool.process_ids
        os.kill(victim, signal.SIGKILL)
        [(_, second)] = pool.decode([lambda: pcm])
        assert second == first
        assert pool.process_ids != [victim]


def test_leaving_early_ends_the_processes(clip):
    """A cancelled batch leaves no decoder running."""
    base = base_model()
    pcm = read_audio(clip(0), 16000).samples.tobytes()
    before = children()
    with DecoderPool(base.files(), 2) as pool:
        results = pool.decode([lambda: pcm] * 50)
        next(results)
        assert children() - before
        results.close()
        assert pool.process_ids == []
        assert children() == before


def test_a_dropped_recognizer_ends_its_processes(clip):
    """No process outlives the object that started it."""
    base = base_model()
    before = children()
    local = LocalRecognizer(base.files(), key=base.content)
    local.transcribe(clip(0))
    assert children() - before
    del local
    assert children() == before


def workers(processes: Iterable[psutil.Process]) -> set[int]:
    """Process numbers of the workers among some processes."""
    found = set()
    for process in processes:
        with suppress(psutil.Error):  # it ended meanwhile
            if "sttprep.recognition.worker" in process.cmdline():
                found.add(process.pid)
    return found


def children() -> set[int]:
    """Worker processes of this process."""
    return workers(psutil.Process().children())


def all_workers() -> set[int]:
    """Worker processes of anyone."""
    return workers(psutil.process_iter())


@pytest.mark.parametrize("field", ["acoustic_model", "lexicon", "language_model"])
def test_a_model_that_does_not_load_gives_the_reason(field, tmp_path):
    """The engine's own words reach the user."""
    files = base_model().files().to_json()
    files[field] = str(tmp_path / "nowhere")
    with pytest.raises(RecognizerError, match="does not load its model: .*nowhere"):
        LocalRecognizer(SphinxModel(**files), key="x").transcribe(np.ones(16000, np.int16), 16000)


SCRIPT = """
from sttprep.recognition import LocalRecognizer, base_model
base = base_model()
recognizer = LocalRecognizer(base.files(), key=base.content)
for transcript in recognizer.transcribe_many([{path!r}] * 3, progress=False):
    print(transcript.text)
"""


@pytest.mark.parametrize("how", ["unguarded script", "standard input"])
def test_workers_start_from_anywhere(how, clip, tmp_path, recognizer):
    """A script without a main guard and ``python -`` both work."""
    script = SCRIPT.format(path=str(clip(0)))
    path = tmp_path / "script.py"
    path.write_text(script)
    arguments = [sys.executable, str(path) if how == "unguarded script" else "-"]
    done = subprocess.run(
        arguments, input=script, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines() == [recognizer.transcribe(clip(0)).text] * 3
    assert done.stderr == ""


def test_workers_start_from_a_notebook(clip, recognizer):
    """A notebook kernel can start them too."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook()
    notebook.cells.append(nbformat.v4.new_code_cell(SCRIPT.format(path=str(clip(0)))))
    NotebookClient(notebook, timeout=60).execute()
    [output] = notebook.cells[0].outputs
    assert output["text"].splitlines() == [recognizer.transcribe(clip(0)).text] * 3


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_a_batch_and_its_workers(clip, tmp_path):
    """SIGINT to the whole process group, as a terminal sends it, leaves nothing behind."""
    before = all_workers()
    path = tmp_path / "script.py"
    path.write_text(
        textwrap.dedent(
            f"""
            from sttprep.recognition import LocalRecognizer, base_model
            base = base_model()
            recognizer = LocalRecognizer(base.files(), key=base.content)
            print("begin", flush=True)
            try:
                recognizer.transcribe_many([{str(clip(0))!r}] * 500, progress=False)
            except KeyboardInterrupt:
                print("interrupted", flush=True)
            """
        )
    )
    process = subprocess.Popen(
        [sys.executable, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline() == "begin\n"
    deadline = time.monotonic() + 20
    while not all_workers() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all_workers() - before
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert out == "interrupted\n"
    assert err == ""
    while all_workers() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all_workers() <= before
