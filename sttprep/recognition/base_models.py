"""The catalogue of base models: IBM's names, and the local engines that stand behind them.

``en-US_BroadbandModel`` is the model inside the pocketsphinx wheel. Further Sphinx-format models
are registered in a TOML file (:func:`register`, ``sttprep models add``); a registered name takes
the place of the entry with the same name.

>>> model = base_model("en-US_BroadbandModel")
>>> model.language, model.rate, model.missing
('en-US', 16000, '')
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sttprep.acoustics.files import NOISE_PHONES, missing_files, read_phones
from sttprep.data import stock_model
from sttprep.errors import InputError, NotFoundError, StoreError
from sttprep.recognition.sphinx_model import SphinxModel

if TYPE_CHECKING:
    from sttprep.words.lexicon import Lexicon

__all__ = ["DEFAULT_MODEL", "BaseModel", "base_model", "base_models", "register", "registry_path"]

DEFAULT_MODEL = "en-US_BroadbandModel"
"""Used where no model is named (S-52)."""

# The model names of the documentation this project follows (service-contract, section C).
_NAMES = (
    "en-US_BroadbandModel",
    "en-US_NarrowbandModel",
    "en-US_ShortForm_NarrowbandModel",
    "es-ES_BroadbandModel",
    "es-ES_NarrowbandModel",
    "fr-FR_BroadbandModel",
    "fr-FR_NarrowbandModel",
    "ja-JP_BroadbandModel",
    "ja-JP_NarrowbandModel",
    "ko-KR_BroadbandModel",
    "ko-KR_NarrowbandModel",
)
_LANGUAGES = {
    "en": "US English",
    "es": "Castilian Spanish",
    "fr": "French",
    "ja": "Japanese",
    "ko": "Korean",
}
_BROADBAND = 16000  # Hz
_NARROWBAND = 8000  # Hz
_KEYS = ("name", "language", "rate", "acoustic_model", "lexicon", "language_model", "description")


@dataclass(frozen=True)
class BaseModel:
    """A base model of the catalogue, with its files if there is a local engine for it."""

    name: str
    """As in requests, for instance ``en-US_BroadbandModel``."""
    language: str
    """Five letters, for instance ``en-US``."""
    rate: int
    """Lowest sampling rate of audio it takes, Hz."""
    description: str
    """One sentence."""
    acoustic_model: Path | None = None
    """Folder of the Sphinx acoustic model; None without a local engine."""
    lexicon: Path | None = None
    """Pronunciation dictionary in CMU format."""
    language_model: Path | None = None
    """n-gram model, recognizer binary or ARPA."""

    @property
    def missing(self) -> str:
        """What it lacks to recognize speech here; empty when nothing is missing."""
        if self.acoustic_model is None or self.lexicon is None or self.language_model is None:
            return "no local engine"
        gone = [f"{self.acoustic_model}/{name}" for name in missing_files(self.acoustic_model)]
        gone += [str(path) for path in (self.lexicon, self.language_model) if not path.is_file()]
        return f"missing files: {', '.join(gone)}" if gone else ""

    @cached_property
    def content(self) -> str:
        """SHA-256 over all its files, hexadecimal: equal content, equal transcripts."""
        files = self.files()
        assert self.acoustic_model is not None
        digest = hashlib.sha256()
        paths = sorted(path for path in self.acoustic_model.iterdir() if path.is_file())
        for path in (*paths, Path(files.lexicon), Path(files.language_model or "")):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    @property
    def version(self) -> str:
        """Version string derived from the content, ``{name}.v{first eight digits}``."""
        return f"{self.name}.v{self.content[:8]}"

    @cached_property
    def phones(self) -> frozenset[str]:
        """Phones of the acoustic model, silence and noise units included."""
        return read_phones(Path(self.files().acoustic_model))

    def read_lexicon(self) -> Lexicon:
        """Its pronunciation dictionary.

        Raises:
            LexiconError: it is malformed, or uses phones the acoustic model does not have.
        """
        from sttprep.words.lexicon import Lexicon

        files = self.files()
        if files.lexicon == str(stock_model().lexicon):
            return Lexicon.stock()  # read once
        return Lexicon.read(files.lexicon, phones=self.phones - NOISE_PHONES)

    def files(self) -> SphinxModel:
        """What a decoder loads to recognize with this model.

        Raises:
            InputError: there is no local engine for it, or files of it are missing.
        """
        if self.missing:
            raise InputError(
                f"No local engine for {self.name}: {self.missing}."
                if self.acoustic_model
                else f"No local engine for {self.name}.",
                hint="Register one with sttprep models add.",
            )
        return SphinxModel(
            str(self.acoustic_model), str(self.lexicon), str(self.language_model), self.rate
        )


def registry_path() -> Path:
    """The file of registered models: ``$STTPREP_MODELS``, or in the user's configuration."""
    if path := os.environ.get("STTPREP_MODELS"):
        return Path(path)
    from platformdirs import user_config_path

    return user_config_path("sttprep", appauthor=False) / "models.toml"


def base_models() -> list[BaseModel]:
    """All base models, sorted by name; those without a local engine say so in ``missing``."""
    models = {name: _documented(name) for name in _NAMES}
    models.update(_registered(registry_path()))
    return sorted(models.values(), key=lambda model: model.name)


def base_model(name: str = DEFAULT_MODEL) -> BaseModel:
    """The base model of that name.

    Raises:
        NotFoundError: there is none; the text lists those that exist.
    """
    models = {model.name: model for model in base_models()}
    if name not in models:
        raise NotFoundError("base model", name, sorted(models))
    return models[name]


def register(
    name: str,
    *,
    acoustic_model: str | Path,
    lexicon: str | Path,
    language_model: str | Path,
    language: str,
    rate: int,
    description: str = "",
) -> BaseModel:
    """Check a Sphinx-format model and write it to the registry file (replacing the same name).

    Raises:
        InputError: files are missing; nothing is written then.
        LexiconError: the lexicon is malformed or uses phones the acoustic model does not have;
            nothing is written then.
        StoreError: the registry file cannot be written.
    """
    model = BaseModel(
        name,
        language,
        rate,
        description or f"{language} model, registered.",
        Path(acoustic_model).absolute(),
        Path(lexicon).absolute(),
        Path(language_model).absolute(),
    )
    if model.missing:
        raise InputError(
            f"Model {name} cannot be registered: {model.missing}.",
            hint="Give the folder that holds mdef, means, variances, the dictionary "
            "and the language model.",
        )
    model.read_lexicon()
    path = registry_path()
    models = _registered(path)
    models[name] = model
    text = "# Base models registered with sttprep models add.\n" + "".join(
        _table(entry) for _, entry in sorted(models.items())
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + ".new")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise StoreError(
            f"{path}: the list of models cannot be written: {error.strerror}.",
            hint="Set STTPREP_MODELS to a file that can be written.",
        ) from error
    return model


def _documented(name: str) -> BaseModel:
    if name == DEFAULT_MODEL:
        return _stock()
    language = name[:5]
    narrow = "Narrowband" in name
    kind = "short-form narrowband" if "ShortForm" in name else "narrowband"
    return BaseModel(
        name,
        language,
        _NARROWBAND if narrow else _BROADBAND,
        f"{_LANGUAGES[language[:2]]} {kind if narrow else 'broadband'} model.",
    )


@cache
def _stock() -> BaseModel:
    stock = stock_model()
    return BaseModel(
        DEFAULT_MODEL,
        "en-US",
        _BROADBAND,
        "US English broadband model.",
        stock.acoustic_model,
        stock.lexicon,
        stock.language_model,
    )


def _registered(path: Path) -> dict[str, BaseModel]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"{path}: the list of registered models cannot be read: {error}.",
            hint="Mend or delete the file, then register the models again.",
        ) from error
    models = {}
    for number, entry in enumerate(data.get("model", []), 1):
        absent = [key for key in _KEYS[:-1] if key not in entry]
        if absent:
            raise InputError(
                f"{path}: model {number} lacks {', '.join(absent)}.",
                hint="Register it again with sttprep models add.",
            )
        models[entry["name"]] = BaseModel(
            entry["name"],
            entry["language"],
            int(entry["rate"]),
            entry.get("description", ""),
            *(path.parent / entry[key] for key in _KEYS[3:6]),
        )
    return models


def _table(model: BaseModel) -> str:
    values = (
        model.name,
        model.language,
        model.rate,
        str(model.acoustic_model),
        str(model.lexicon),
        str(model.language_model),
        model.description,
    )
    # A JSON string is a valid TOML basic string.
    lines = [f"{key} = {json.dumps(value)}" for key, value in zip(_KEYS, values, strict=True)]
    return "\n[[model]]\n" + "\n".join(lines) + "\n"
