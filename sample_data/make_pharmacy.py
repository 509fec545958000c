"""Makes the sample project ``sample_data/pharmacy`` again.

    python sample_data/make_pharmacy.py            texts: corpora and words.csv
    python sample_data/make_pharmacy.py --audio    texts, recordings and manifests (needs flite)

The grammars, the project file and everything in ``source/`` are written by hand.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import pharmacy_text

HOME = Path(__file__).parent / "pharmacy"


def write_texts(home: Path) -> None:
    for path, content in pharmacy_text.text_files():
        target = home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode())


def write_audio(home: Path) -> None:
    # Imported here: the texts need nothing beyond the standard library.
    import pharmacy_audio
    from pharmacy_audio import CONDITIONS, VOICES, Take

    if why := pharmacy_audio.missing_program():
        sys.exit(why)
    lexicons = dict(zip(VOICES, pharmacy_text.voice_lexicons(len(VOICES)), strict=True))
    cased = pharmacy_text.cased_words()
    corpora = [pharmacy_text.corpus(name) for name in pharmacy_text.CORPUS_SIZES]
    # kal16 is heard in the test alone, so that the test has one unknown voice.
    plans = {
        "test": (pharmacy_text.test_sentences(), VOICES, cased),
        "audio": (pharmacy_text.adaptation_sentences(corpora), VOICES[:3], cased),
        # The grammars write "I" as people do.
        "answers": (pharmacy_text.lines("answers.txt"), VOICES, cased | {"I", "I'd"}),
    }
    for folder, (sentences, voices, capitals) in plans.items():
        takes = []
        for number, text in enumerate(sentences):
            voice = voices[number % len(voices)]
            condition = CONDITIONS[number // len(voices) % len(CONDITIONS)]
            name = f"{number + 1:03d}-{voice}-{condition}.flac"
            takes.append(Take(name, text, voice, condition, number))
        seconds = pharmacy_audio.make(home / folder, takes, lexicons)
        with open(home / folder / "manifest.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            length = ["seconds"] if folder == "audio" else []
            writer.writerow(["audio", "text", "speaker", "condition", *length])
            for take, duration in zip(takes, seconds, strict=True):
                text = pharmacy_text.spoken(take.text, capitals)
                row = [take.name, text, take.voice, take.condition]
                writer.writerow([*row, f"{duration:.2f}"] if length else row)
        print(f"{folder}: {len(takes)} recordings, {sum(seconds) / 60:.2f} minutes")


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the sample project again.")
    parser.add_argument("--audio", action="store_true", help="recordings too; needs flite")
    parser.add_argument("--out", type=Path, default=HOME, help="default: sample_data/pharmacy")
    arguments = parser.parse_args()
    write_texts(arguments.out)
    if arguments.audio:
        write_audio(arguments.out)


if __name__ == "__main__":
    main()
