"""Follows references from grammar to grammar, each file once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sttprep.errors import SttprepError
from sttprep.grammars.expression import Reference
from sttprep.grammars.grammar import Grammar, Rule
from sttprep.grammars.link import Key, Linked, Load
from sttprep.grammars.locate import NotLocalError, declared_base, find_import, find_uri, own_path
from sttprep.grammars.wording import definition, listed, quoted, shown
from sttprep.source import Problem, Severity, Span

__all__ = ["Linker"]

_FORMATS = {
    "application/srgs": "abnf",
    "application/srgs+xml": "grxml",
    "application/x-jsgf": "jsgf",
}
_NAMES = {"abnf": "ABNF", "grxml": "XML", "jsgf": "JSGF"}
_MOST_FILES = 1000  # a guard against generated trees of files; grammars by hand use a few


class _Failure(NamedTuple):
    """Why a grammar was not loaded."""

    severity: Severity
    code: str
    message: str
    hint: str


class Linker:
    """One walk over a grammar and all grammars it leads to."""

    def __init__(self, grammar: Grammar, load: Load) -> None:
        self._load = load
        self._grammars = [grammar]
        self._problems: list[list[Problem]] = [[]]
        self._users: list[tuple[int, Span]] = []
        self._named: dict[tuple[int, str], int] = {}
        self._failed: dict[tuple[int, str], _Failure] = {}
        self._imported: dict[int, dict[str, Key]] = {}
        self._unloaded: dict[int, frozenset[str]] = {}
        path = own_path(grammar)
        self._files: dict[Path, int | _Failure] = {} if path is None else {path: 0}

    def linked(self) -> Linked:
        """The grammar with everything that could be found."""
        number = 0
        while number < len(self._grammars):
            self._load_others(number)
            number += 1
        # Rules are looked for when all grammars are there: they may refer to one another.
        for number in range(len(self._grammars)):
            self._bind_imports(number)
            self._check_uses(number)
        return Linked(
            tuple(self._grammars),
            tuple(self._problems[0]),
            self._named,
            self._imported,
            self._unloaded,
            tuple(self._users),
            {number: tuple(found) for number, found in enumerate(self._problems) if number},
        )

    def _load_others(self, number: int) -> None:
        grammar = self._grammars[number]
        wanted = [(imported.grammar, imported.span) for imported in grammar.header.imports]
        for rule, reference in _foreign(grammar):
            wanted.append((reference.grammar or "", rule.place(reference.span)))
        for name, span in wanted:
            key = number, name
            if key in self._named or key in self._failed:
                continue
            known = len(self._grammars)
            found = self._find(number, name)
            if isinstance(found, _Failure):
                self._failed[key] = found
                continue
            self._named[key] = found
            if found == known:
                self._users.append((number, span))

    def _find(self, number: int, name: str) -> int | _Failure:
        """The grammar of a name or address, loaded where it is new."""
        grammar = self._grammars[number]
        try:
            if grammar.format != "jsgf":
                return self._open([find_uri(name, grammar)], name, grammar)
            full = self._full_name(grammar, name)
            if isinstance(full, _Failure):
                return full
            if full == grammar.header.name:
                return number
            return self._open(list(find_import(full, grammar)), name, grammar)
        except NotLocalError as reason:
            hint = "What it matches is not known; copy the rules you need into this grammar."
            if grammar.format != "jsgf" and name in grammar.by_name:
                hint = _local_hint(grammar, name)
            return _Failure("warning", "not-loaded", f"{name} is not loaded: {reason}.", hint)

    def _full_name(self, grammar: Grammar, name: str) -> str | _Failure:
        """The full name of a JSGF grammar that is named in full or by its last part."""
        own = grammar.header.name or ""
        if name in (own, own.rpartition(".")[2]):
            return own
        imports = dict.fromkeys(imported.grammar for imported in grammar.header.imports)
        if name in imports:
            return name
        meant = [full for full in imports if full.rpartition(".")[2] == name]
        if len(meant) > 1:
            return _Failure(
                "error",
                "ambiguous-name",
                f"{name} may mean any of the imported grammars {listed(meant)}.",
                f'Write the full name, e.g. "<{meant[0]}.rule>".',
            )
        return meant[0] if meant else name

    def _open(self, paths: list[Path], name: str, grammar: Grammar) -> int | _Failure:
        for path in paths:
            try:
                if path.is_file():
                    return self._read(path.resolve(), name)
            except OSError as error:
                return _Failure("error", "missing-grammar", f"{name} cannot be read: {error}.", "")
        if grammar.format == "jsgf":
            files = listed([path.name for path in paths], 3)
            hint = f"Put it beside this grammar, as one of {files}."
        elif name in grammar.by_name:
            hint = _local_hint(grammar, name)
        else:
            near = _similar(paths[0])
            hint = f"There is {listed(near)}." if near else f"It would be {paths[0]}."
        return _Failure("error", "missing-grammar", f"there is no grammar file {name}.", hint)

    def _read(self, path: Path, name: str) -> int | _Failure:
        known = self._files.get(path)
        if known is None:
            known = self._files[path] = self._read_new(path, name)
        return known

    def _read_new(self, path: Path, name: str) -> int | _Failure:
        if len(self._grammars) >= _MOST_FILES:
            message = f"{name} is not loaded: there are more than {_MOST_FILES} grammars already."
            return _Failure("error", "too-many-grammars", message, "Join some of them.")
        try:
            grammar, problems = self._load(path, self._grammars[0].profile)
        except SttprepError as error:
            return _Failure("error", "missing-grammar", error.message, error.hint)
        errors = [problem for problem in problems if problem.severity == "error"]
        if grammar is None or errors:
            reason = f": {errors[0].where}: {errors[0].message}" if errors else "."
            message = f"the grammar {name} has errors{reason}"
            return _Failure("error", "external-grammar", message, "Mend that grammar first.")
        self._grammars.append(grammar)
        self._problems.append([])
        return len(self._grammars) - 1

    def _report(
        self, number: int, severity: Severity, code: str, span: Span, message: str, hint: str
    ) -> None:
        source = self._grammars[number].source
        self._problems[number].append(source.problem(severity, code, span, message, hint))

    def _bind_imports(self, number: int) -> None:
        """Which rules may be used by their simple names."""
        imported: dict[str, Key] = {}
        unloaded: set[str] = set()
        ambiguous: dict[str, set[Key]] = {}
        for item in self._grammars[number].header.imports:
            failure = self._failed.get((number, item.grammar))
            if failure:
                self._report(number, *failure[:2], item.span, *failure[2:])
                unloaded.add(item.rule)
                continue
            other = self._named[number, item.grammar]
            grammar = self._grammars[other]
            if item.rule != "*" and not self._usable(number, other, item.rule, item.span):
                unloaded.add(item.rule)
                continue
            names = [item.rule]
            if item.rule == "*":
                names = [rule.name for rule in grammar.rules if rule.is_public]
            for name in names:
                if imported.setdefault(name, (other, name)) != (other, name):
                    ambiguous.setdefault(name, {imported[name]}).add((other, name))
        self._imported[number] = imported
        self._unloaded[number] = frozenset(unloaded)
        if ambiguous:
            self._report_ambiguous(number, ambiguous)

    def _report_ambiguous(self, number: int, ambiguous: dict[str, set[Key]]) -> None:
        grammar = self._grammars[number]
        for rule in grammar.rules:
            for reference in rule.body.references:
                name = reference.rule
                if reference.grammar or name not in ambiguous or name in grammar.by_name:
                    continue
                full = [
                    f"<{self._grammars[other].header.name}.{name}>"
                    for other, _ in sorted(ambiguous[name])
                ]
                self._report(
                    number,
                    "error",
                    "ambiguous-name",
                    rule.place(reference.span),
                    f"<{name}> may mean any of the imported rules {listed(full)}.",
                    f'Write the full name: "{full[0]}".',
                )

    def _check_uses(self, number: int) -> None:
        grammar = self._grammars[number]
        drafts = grammar.header.base is None and declared_base(grammar) is not None
        for rule, reference in _foreign(grammar):
            span = rule.place(reference.span)
            name = reference.grammar or ""
            if drafts:
                drafts = False
                base = declared_base(grammar)
                self._report(
                    number,
                    "warning",
                    "meta-base",
                    span,
                    f'addresses are taken as relative to the meta "base" {base}, '
                    "which SRGS 1.0 does not know.",
                    f'Declare it: "base <{base}>;" (in XML: xml:base="{base}").',
                )
            failure = self._failed.get((number, name))
            if failure:
                self._report(number, *failure[:2], span, *failure[2:])
            else:
                self._check_use(number, self._named[number, name], reference, span)

    def _check_use(self, number: int, other: int, reference: Reference, span: Span) -> None:
        grammar, used = self._grammars[number], self._grammars[other]
        expected = _FORMATS.get((reference.media_type or "").lower())
        if expected is not None and expected != used.format:
            right = next(kind for kind, format in _FORMATS.items() if format == used.format)
            self._report(
                number,
                "error",
                "media-type-mismatch",
                span,
                f"{reference.grammar} is declared as {reference.media_type}, "
                f"but it is an {_NAMES[used.format]} grammar.",
                f'Declare it as "{right}", or leave the type out.',
            )
        elif grammar.header.mode != used.header.mode:
            self._report(
                number,
                "error",
                "mode-mismatch",
                span,
                f"{reference.grammar} is a {used.header.mode} grammar, "
                f"and this is a {grammar.header.mode} grammar.",
                "Words and keys cannot be mixed in one grammar.",
            )
        elif reference.rule is not None:
            self._usable(number, other, reference.rule, span)
        elif used.header.root is None:
            public = [rule.name for rule in used.rules if rule.is_public]
            hint = f"Declare its root there: {quoted(_root_example(used))}"
            if public:
                hint += f', or name the rule here: "{reference.grammar}#{public[0]}"'
            self._report(
                number,
                "error",
                "no-root",
                span,
                f"{reference.grammar} declares no root rule.",
                f"{hint}.",
            )

    def _usable(self, number: int, other: int, name: str, span: Span) -> bool:
        """Whether a rule is there and public; reported where it is not."""
        used = self._grammars[other]
        rule = used.by_name.get(name)
        where = used.header.name if used.format == "jsgf" else Path(used.source.name).name
        if rule is None:
            public = [item.name for item in used.rules if item.is_public or other == number]
            known = f" It has {listed(shown(used.format, item) for item in public)}."
            message = f"{where} has no rule {shown(used.format, name)}.{known if public else ''}"
            example = definition(used.format, name, "small", "large", public=other != number)
            self._report(
                number, "error", "undefined-rule", span, message, f"Add {quoted(example)}."
            )
        elif other != number and not rule.is_public:
            message = f"rule {shown(used.format, name)} of {where} is private."
            example = quoted(definition(used.format, name, "…", public=True))
            hint = f"Make it public there: {example}."
            self._report(number, "error", "private-rule", span, message, hint)
        return rule is not None and (other == number or rule.is_public)


def _foreign(grammar: Grammar) -> Iterator[tuple[Rule, Reference]]:
    for rule in grammar.rules:
        rare = rule.body.facts.rare
        if rare is not None and not rule.broken:
            for reference in rare.foreign:
                yield rule, reference


def _similar(path: Path) -> list[str]:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return []
    return difflib.get_close_matches(path.name, names, n=3)


def _local_hint(grammar: Grammar, name: str) -> str:
    if grammar.format == "grxml":
        return f'For the rule "{name}" of this grammar write uri="#{name}".'
    return f"For the rule ${name} of this grammar write ${name}."


def _root_example(grammar: Grammar) -> str:
    name = next((rule.name for rule in grammar.rules), "main")
    return f'root="{name}"' if grammar.format == "grxml" else f"root ${name};"
