"""Read guardrails.json: one reading for the command line, the components and the policy pack."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from acg.desired.resource import Suppressed
from acg.errors import InputError, Problem
from acg.input_file import InputFileError, parse_json, read_json
from acg.path import dotted
from acg.rules.guardrails import (
    ALL,
    ENVIRONMENTS,
    LEVEL,
    LONGEST_PERIOD,
    MAXIMUM_DAYS,
    OWN_RULES,
    SUPPRESSIONS,
    Guardrails,
    Level,
)
from acg.rules.registry import all_rules
from acg.rules.rule import Rule
from acg.rules.setting import Settings
from acg.rules.team.own import OwnRulesError, environment_folders, with_own_rules
from acg.rules.words import shown
from acg.suggest import suggest


class TeamRules(NamedTuple):
    """The rules that a team has, and what it sets about them."""

    rules: Mapping[str, Rule]
    """Ours and the team's own, by name, those that are off included."""
    guardrails: Guardrails = Guardrails()
    problems: tuple[Problem, ...] = ()
    """What of the settings cannot be used."""

    def usable(self) -> TeamRules:
        """Rules and settings.

        Raises:
            InputError: with every problem.
        """
        if self.problems:
            raise InputError(self.problems)
        return self


def load_team_rules(file: Path | None, *, runs_own_rules: bool = True, content: bytes | None = None) -> TeamRules:
    """Read guardrails.json, and load the rules of the team's own that it and ``ACG_RULES`` name.

    Args:
        file: The file; None for a team that sets nothing.
        runs_own_rules: Whether folders that the file names are loaded. They hold Python, so a file that nobody named
            on purpose, such as one that a pull request brings along, is none whose rules are run.
        content: What the file says, where it is not what is on the disk.
    """
    data, problems = (None, []) if file is None else _parsed(file, content)
    folders = environment_folders()
    named = _own_rules(data, file)
    if named and runs_own_rules:
        folders += named
    elif named:
        problems.append(
            _problem(
                "ACG022",
                f"{OWN_RULES} names Python that is run only if somebody wants this file",
                f"Name the file, as in `--config {file}`, or the folders in the environment variable ACG_RULES.",
                str(file),
                (OWN_RULES,),
            )
        )
    try:
        rules = with_own_rules(folders)
    except OwnRulesError as error:
        return TeamRules(all_rules(), problems=(*problems, *error.problems))
    if file is None or (problems and data is None):
        return TeamRules(rules, problems=tuple(problems))
    guardrails, invalid = read_guardrails(data, file=str(file), rules=rules)
    return TeamRules(rules, guardrails, (*problems, *invalid))


def read_guardrails(
    data: object, *, file: str | None = None, rules: Mapping[str, Rule] | None = None
) -> tuple[Guardrails, list[Problem]]:
    """Read settings, and report the invalid ones, which are left out."""
    reading = _Reading(all_rules() if rules is None else rules, file)
    if not isinstance(data, Mapping):
        reading.report("ACG020", (), "is not a JSON object", "Write an object with one key for each rule.")
        return Guardrails(file=file), reading.problems
    for key, value in data.items():
        reading.entry(key, value)
    found = Guardrails(reading.levels, reading.values, reading.suppressions, reading.longest_suppression, file)
    return found, reading.problems


def _parsed(file: Path, content: bytes | None) -> tuple[object, list[Problem]]:
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                twice.append(key)
            found[key] = value
        return found

    try:
        data = read_json(file, once) if content is None else parse_json(content, once)
    except InputFileError as error:
        return None, [error.problem("ACG020", file)]
    return data, [
        _problem("ACG004", f"{shown(key)} is a key twice in one object", "Keep one of them.", str(file))
        for key in twice
    ]


def _own_rules(data: object, file: Path | None) -> list[Path]:
    given = data.get(OWN_RULES) if isinstance(data, Mapping) else None
    folders = given.get("folders") if isinstance(given, Mapping) else None
    if file is None or not isinstance(folders, list):
        return []  # what is wrong with it is reported with the other settings
    return [(file.parent / folder).resolve() for folder in folders if isinstance(folder, str)]


class _Reading:
    """One pass over the file, gathering what it says and what is wrong with it."""

    def __init__(self, rules: Mapping[str, Rule], file: str | None) -> None:
        self.rules = rules
        self.file = file
        self.levels: dict[str, Level] = {}
        self.values: dict[str, Settings] = {}
        self.suppressions: dict[str, tuple[Suppressed, ...]] = {}
        self.longest_suppression = MAXIMUM_DAYS
        self.problems: list[Problem] = []

    def report(self, code: str, path: tuple[str | int, ...], message: str, fix: str) -> None:
        text = f"{dotted(path)} {message}" if path else message
        self.problems.append(_problem(code, text, fix, self.file, path))

    def entry(self, key: str, value: object) -> None:
        if key == ENVIRONMENTS:
            return
        if key not in self.rules and key not in (ALL, SUPPRESSIONS, OWN_RULES):
            code = next((rule.name for rule in self.rules.values() if rule.code.lower() == key.lower()), None)
            near = code or next(iter(suggest(key, (*self.rules, ALL, SUPPRESSIONS, OWN_RULES))), None)
            fix = f"Did you mean {near}?" if near else "`acg check --list` names the rules."
            self.report("ACG021", (key,), "is not the name of a rule", fix)
            return
        if isinstance(value, str):
            self.level(key, (key,), value)
        elif isinstance(value, Mapping):
            rest = dict(value)
            level = rest.pop(LEVEL, None)
            if level is not None:
                self.level(key, (key, LEVEL), level)
            self.settings(key, rest, is_levelled=level is not None)
        else:
            self.report("ACG022", (key,), "is neither a level nor an object", f"Write one of {_levels()}.")

    def level(self, name: str, path: tuple[str | int, ...], value: object) -> None:
        try:
            self.levels[name] = Level(value)  # pyright: ignore[reportArgumentType]
        except ValueError:
            shown = value if isinstance(value, str) else type(value).__name__
            self.report("ACG022", path, f"is {shown!r}; there is no such level", f"Write one of {_levels()}.")

    def settings(self, name: str, given: dict[str, Any], *, is_levelled: bool) -> None:
        if name == SUPPRESSIONS:
            self.suppress(given)
            return
        if name == OWN_RULES:
            self.own_rules(given)
            return
        rule = self.rules.get(name)
        model = rule.settings if rule else None
        known = {info.alias or field_name: info for field_name, info in model.model_fields.items()} if model else {}
        for key in given:
            if key not in known:
                near = next(iter(suggest(key, (*known, LEVEL))), None)
                fix = f"Did you mean {near}?" if near else f"It has {', '.join(known) or 'no settings'}."
                self.report("ACG022", (name, key), "is not a setting", fix)
        if rule is None or model is None or not given.keys() <= known.keys():
            return
        self._validate(rule, model, given)
        if given and rule.kind == "guard" and not is_levelled:
            self.report(
                "ACG022",
                (name,),
                "has settings but no enforcement level, so the guard stays off",
                'Add "enforcementLevel": "mandatory" or "advisory".',
            )

    def _validate(self, rule: Rule, model: type[Settings], given: dict[str, Any]) -> None:
        import json

        from pydantic import ValidationError

        try:
            # By way of JSON, where a list may stand for a tuple and nothing else is converted.
            self.values[rule.name] = model.model_validate_json(json.dumps(given))
        except ValidationError as error:
            from acg.validation import words

            for fault in error.errors(include_url=False):
                written = json.dumps(fault["input"])
                purpose = _description(model, fault["loc"]) or ""
                said = words(fault, fault["input"], written=written, purpose=purpose)
                self.report("ACG022", (rule.name, *fault["loc"]), said.cause, said.fix)

    def suppress(self, given: dict[str, Any]) -> None:
        for key in given.keys() - {"entries", "maximumDays"}:
            self.report("ACG022", (SUPPRESSIONS, key), "is not a setting", "It has entries and maximumDays.")
        days = given.get("maximumDays", MAXIMUM_DAYS)
        if isinstance(days, int) and not isinstance(days, bool) and 0 < days <= LONGEST_PERIOD:
            self.longest_suppression = days
        else:
            fix = f"Write the number of days that a suppression may last, from 1 to {LONGEST_PERIOD:,}."
            self.report("ACG022", (SUPPRESSIONS, "maximumDays"), "is not a number of days", fix)
        entries = given.get("entries", [])
        if not isinstance(entries, list):
            self.report("ACG022", (SUPPRESSIONS, "entries"), "is not a list", "Write a list of suppressions.")
            return
        keys = {"urn", "rule", "reason", "until"}
        for index, entry in enumerate(entries):
            path = (SUPPRESSIONS, "entries", index)
            if not isinstance(entry, Mapping) or entry.keys() != keys or not all(map(_is_text, entry.values())):
                self.report("ACG022", path, "is not a suppression", f"Write text for {', '.join(sorted(keys))}.")
                continue
            one = Suppressed(rule=entry["rule"], reason=entry["reason"], until=entry["until"])
            self.suppressions[entry["urn"]] = (*self.suppressions.get(entry["urn"], ()), one)

    def own_rules(self, given: dict[str, Any]) -> None:
        folders = given.get("folders", [])
        if given.keys() - {"folders"} or not isinstance(folders, list) or not all(map(_is_text, folders)):
            self.report("ACG022", (OWN_RULES,), "is not a list of folders", 'Write {"folders": ["rules"]}.')


def _problem(code: str, message: str, fix: str, file: str | None, path: tuple[str | int, ...] = ()) -> Problem:
    return Problem(code=code, message=message, fix=fix, file=file, path=path)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _levels() -> str:
    return ", ".join(Level)


def _description(model: type[Settings], where: tuple[str | int, ...]) -> str | None:
    return next((info.description for info in model.model_fields.values() if where and info.alias == where[0]), None)
