"""guardrails.json: what a team sets about the rules, in the form that Pulumi's ``--policy-pack-config`` takes.

```json
{
  "all": "mandatory",
  "allowed-regions": {"enforcementLevel": "mandatory", "regions": ["westeurope"]},
  "block-deletion-without-end": "disabled",
  "suppressions": {"enforcementLevel": "advisory", "entries": [
    {"urn": "urn:pulumi:dev::…", "rule": "ACG402", "reason": "…", "until": "2027-06-30"}]}
}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from acg.desired.resource import Suppressed
from acg.errors import InputError, Problem
from acg.path import dotted
from acg.rules.registry import Rules, all_rules
from acg.rules.rule import Rule
from acg.rules.setting import Settings

LEVEL = "enforcementLevel"
ALL = "all"
SUPPRESSIONS = "suppressions"
ENVIRONMENTS = "environments"
"""Pulumi's own key, which names where a policy pack gets environment variables from."""


class Level(StrEnum):
    """Pulumi's enforcement levels. It repairs nothing here, so ``remediate`` is as ``mandatory``."""

    DISABLED = "disabled"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    REMEDIATE = "remediate"


class Guardrails(NamedTuple):
    """Levels and settings of rules, and suppressions by URN. Empty: every rule as it comes."""

    levels: Mapping[str, Level] = MappingProxyType({})
    values: Mapping[str, Settings] = MappingProxyType({})
    suppressions: Mapping[str, tuple[Suppressed, ...]] = MappingProxyType({})
    """By URN."""
    file: str | None = None

    @classmethod
    def load(cls, path: Path) -> Guardrails:
        """Read guardrails.json.

        Raises:
            InputError: with every problem of the file.
        """
        guardrails, problems = cls.open(path)
        if problems:
            raise InputError(problems)
        return guardrails

    @classmethod
    def open(cls, path: Path) -> tuple[Guardrails, list[Problem]]:
        """Read guardrails.json; what cannot be used is left out and told."""
        import json

        name = str(path)
        try:
            data = json.loads(path.read_bytes())
        except OSError as error:
            cause = f"cannot be read: {error.strerror}"
            return cls(file=name), [_problem("ACG020", cause, "Give the path of a file that can be read.", name)]
        except ValueError as error:
            return cls(file=name), [_problem("ACG020", f"is not JSON: {error}", "Write it as JSON.", name)]
        return cls.read(data, file=name)

    @classmethod
    def read(
        cls, data: object, *, file: str | None = None, rules: Mapping[str, Rule] | None = None
    ) -> tuple[Guardrails, list[Problem]]:
        """Read settings; what cannot be used is left out and told."""
        reading = _Reading(all_rules() if rules is None else rules, file)
        if not isinstance(data, Mapping):
            reading.complain("ACG020", (), "is not a JSON object", "Write an object with one key for each rule.")
            return cls(file=file), reading.problems
        for key, value in data.items():
            reading.entry(key, value)
        return cls(reading.levels, reading.values, reading.suppressions, file), reading.problems

    def level(self, rule: Rule) -> Level:
        """How strictly a rule is taken: as set for it, as set for all, or as it comes."""
        given = self.levels.get(rule.name) or self.levels.get(ALL)
        if given is Level.REMEDIATE:
            return Level.MANDATORY
        return given or default_level(rule)

    def enables(self, rule: Rule) -> bool:
        """Whether a rule is to run."""
        return self.level(rule) is not Level.DISABLED

    def enabled(self, rules: Mapping[str, Rule]) -> list[Rule]:
        """The rules that are on, in the order of their codes."""
        found = rules.values()
        if isinstance(rules, Rules) and ALL not in self.levels:
            found = rules.possibly_on(self.levels)
        return sorted(filter(self.enables, found), key=lambda rule: rule.code)

    def settings(self, rule: Rule) -> Settings | None:
        """The settings of a rule; None if it has none."""
        if rule.settings is None:
            return None
        # Defaults are the project's own: there is nothing to validate.
        return self.values.get(rule.name) or rule.settings.model_construct()


def default_level(rule: Rule) -> Level:
    """How strictly a rule is taken if nothing is set."""
    if rule.kind == "guard":
        return Level.DISABLED
    return Level.MANDATORY if rule.severity == "error" else Level.ADVISORY


class _Reading:
    """One pass over the file, gathering what it says and what is wrong with it."""

    def __init__(self, rules: Mapping[str, Rule], file: str | None) -> None:
        self.rules = rules
        self.file = file
        self.levels: dict[str, Level] = {}
        self.values: dict[str, Settings] = {}
        self.suppressions: dict[str, tuple[Suppressed, ...]] = {}
        self.problems: list[Problem] = []

    def complain(self, code: str, path: tuple[str | int, ...], message: str, fix: str) -> None:
        text = f"{dotted(path)} {message}" if path else message
        self.problems.append(_problem(code, text, fix, self.file, path))

    def entry(self, key: str, value: object) -> None:
        if key == ENVIRONMENTS:
            return
        if key not in self.rules and key not in (ALL, SUPPRESSIONS):
            code = next((rule.name for rule in self.rules.values() if rule.code.lower() == key.lower()), None)
            near = code or _nearest(key, (*self.rules, ALL, SUPPRESSIONS))
            fix = f"Did you mean {near}?" if near else "`acg check --list` names the rules."
            self.complain("ACG021", (key,), "is not the name of a rule", fix)
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
            self.complain("ACG022", (key,), "is neither a level nor an object", f"Write one of {_levels()}.")

    def level(self, name: str, path: tuple[str | int, ...], value: object) -> None:
        try:
            self.levels[name] = Level(value)  # pyright: ignore[reportArgumentType]
        except ValueError:
            shown = value if isinstance(value, str) else type(value).__name__
            self.complain("ACG022", path, f"is {shown!r}, which is no enforcement level", f"Write one of {_levels()}.")

    def settings(self, name: str, given: dict[str, Any], *, is_levelled: bool) -> None:
        if name == SUPPRESSIONS:
            self.suppress(given)
            return
        rule = self.rules.get(name)
        model = rule.settings if rule else None
        known = {info.alias or field_name: info for field_name, info in model.model_fields.items()} if model else {}
        for key in given:
            if key not in known:
                near = _nearest(key, (*known, LEVEL))
                fix = f"Did you mean {near}?" if near else f"It has {', '.join(known) or 'no settings'}."
                self.complain("ACG022", (name, key), "is not a setting", fix)
        if rule is None or model is None or not given.keys() <= known.keys():
            return
        self._validate(rule, model, given)
        if given and rule.kind == "guard" and not is_levelled:
            self.complain(
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
            for fault in error.errors(include_url=False):
                description = _description(model, fault["loc"])
                fix = f"It is: {description}" if description else "See `acg check --explain`."
                self.complain("ACG022", (rule.name, *fault["loc"]), f"is wrong: {_lower(fault['msg'])}", fix)

    def suppress(self, given: dict[str, Any]) -> None:
        for key in given.keys() - {"entries"}:
            self.complain("ACG022", (SUPPRESSIONS, key), "is not a setting", "It has entries.")
        entries = given.get("entries", [])
        if not isinstance(entries, list):
            self.complain("ACG022", (SUPPRESSIONS, "entries"), "is not a list", "Write a list of suppressions.")
            return
        keys = {"urn", "rule", "reason", "until"}
        for index, entry in enumerate(entries):
            path = (SUPPRESSIONS, "entries", index)
            if not isinstance(entry, Mapping) or entry.keys() != keys or not all(map(_is_text, entry.values())):
                self.complain("ACG022", path, "is not a suppression", f"Write text for {', '.join(sorted(keys))}.")
                continue
            one = Suppressed(rule=entry["rule"], reason=entry["reason"], until=entry["until"])
            self.suppressions[entry["urn"]] = (*self.suppressions.get(entry["urn"], ()), one)


def _problem(code: str, message: str, fix: str, file: str | None, path: tuple[str | int, ...] = ()) -> Problem:
    return Problem(code=code, message=message, fix=fix, file=file, path=path)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _levels() -> str:
    return ", ".join(Level)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, n=1)), None)


def _description(model: type[Settings], where: tuple[str | int, ...]) -> str | None:
    return next((info.description for info in model.model_fields.values() if where and info.alias == where[0]), None)
