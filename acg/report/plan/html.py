"""A plan as one self-contained page: no script, no outside request, readable without its style sheet."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from acg.errors import MissingExtraError
from acg.plan.effects import LatestMove
from acg.plan.model import Action, Plan
from acg.report.plan.blocks import At, Line, Section, count, where
from acg.report.plan.budget import Budget, Part, fit
from acg.report.plan.grid import Cell, Grid, Picture
from acg.report.plan.prose import region_name
from acg.report.plan.shown import Shown
from acg.report.plan.story import Verdict, footer, sections, verdict
from acg.text import inert

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SIZE = 2_000_000
"""Bytes of a page at most; larger ones make browsers and mail slow."""
_GRIDS = 1_300_000
"""Bytes that the versions by region may take of it."""
_FIRST = ("safety", "refused")
"""What is above the picture."""


class _Page(NamedTuple):
    plan: Plan
    style: Markup
    style_hash: str
    outcome: Verdict
    tiles: list[tuple[str, str]]
    missing: list[str]
    before_grids: list[Markup]
    grids: list[Markup]
    rest: str
    after_grids: list[Markup]
    footer: tuple[Line, ...]


def render(shown: Shown) -> str:
    """The page, at most `SIZE` bytes."""
    environment = _environment()
    from markupsafe import Markup

    cells: dict[Cell, Markup] = {}

    def cell_of(cell: Cell) -> Markup:
        """The markup of a cell: thousands of versions have the same few."""
        if cell not in cells:
            cells[cell] = page.cell(cell)
        return cells[cell]

    page: Any = environment.get_template("page.html.j2").make_module(
        {"url_of": lambda at: _url(shown, at), "cell_of": cell_of}
    )
    grids, unlisted = _grids(shown.picture, page)
    plan = shown.plan
    parts = [(section.key, _part(section, page)) for section in sections(plan, shown.engine)]
    room = Budget(SIZE, SIZE).minus(*grids, " " * 20_000)
    texts, missing = fit([part for _, part in parts], room)
    keyed = _keyed([part for _, part in parts], [key for key, _ in parts], texts)
    style = _style()
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    if unlisted:
        missing.append(f"{count(unlisted, 'definition')} with changes are not pictured.")
    whole = _Page(
        plan=plan,
        style=Markup(style),  # noqa: S704 - a file of this package
        style_hash=f"sha256-{digest}",
        outcome=verdict(plan, shown.engine),
        tiles=_tiles(plan),
        missing=missing,
        before_grids=[text for key, text in keyed if key in _FIRST],
        grids=grids,
        rest=_rest(shown.picture),
        after_grids=[text for key, text in keyed if key not in _FIRST],
        footer=footer(shown),
    )
    return str(page.page(whole)).strip() + "\n"


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("HTML needs jinja2: pip install 'pulumi-acg[html]'") from None
    environment = Environment(
        loader=PackageLoader("acg.report.plan", "page"), autoescape=True, undefined=StrictUndefined
    )
    own: dict[str, Any] = {
        "inert": inert,
        "where": where,
        "kind_of": lambda one: type(one).__name__,
        "region_text": lambda region: name if isinstance(name := region_name(region), str) else inert(region),
    }
    environment.globals.update(own)
    return environment


def _style() -> str:
    return files("acg.report.plan").joinpath("page/page.css").read_text(encoding="utf-8")


def _url(shown: Shown, at: At) -> str | None:
    side = shown.plan.base if at.before else shown.plan.head
    return shown.host.file_url(side.commit, at.place.file, at.place.line)


def _grids(picture: Picture, page: Any) -> tuple[list[Markup], int]:
    """The definitions that fit, and how many do not."""
    room, found = _GRIDS, []
    for grid in picture.grids:
        text = page.grid(_shortened(grid))
        room -= len(text.encode())
        if room < 0:
            break
        found.append(text)
    return found, len(picture.grids) - len(found)


_UNCHANGED_ROWS = 20
"""Most unchanged versions of a definition that are listed, the newest first."""


def _shortened(grid: Grid) -> Grid:
    kept, unchanged = [], 0
    for row in grid.rows:
        unchanged += not row.changed
        if row.changed or unchanged <= _UNCHANGED_ROWS:
            kept.append(row)
    return grid._replace(rows=tuple(kept), unlisted=grid.unlisted + len(grid.rows) - len(kept))


def _part(section: Section, page: Any) -> Part:
    cards = section.key in ("safety", "refused", "undecided", "accepted")
    title = str(page.line(section.title))
    items = tuple(str(page.item(item, cards)) for item in section.items)
    brief = tuple(str(page.item(item, cards)) for item in section.brief)
    name = "ol" if section.numbered else "ul"
    begin, end = (f'<{name} class="items">', f"</{name}>") if cards else ("", "")
    if section.folded:
        before, after = f'<details id="{section.key}"><summary>{title}</summary>{begin}', f"{end}</details>"
    else:
        before, after = f'<section id="{section.key}"><h2>{title}</h2>{begin}', f"{end}</section>"
    return Part(before, items, after, brief, section.left_out, section.kinds)


def _keyed(parts: list[Part], keys: list[str], texts: list[str]) -> list[tuple[str, Markup]]:
    """The texts that fit with the keys of their sections."""
    from markupsafe import Markup

    found: list[tuple[str, Markup]] = []
    left = list(texts)
    for key, part in zip(keys, parts, strict=True):
        if left and left[0].startswith(part.before):
            found.append((key, Markup(left.pop(0))))  # noqa: S704 - made by the template, which escapes
    return found


def _tiles(plan: Plan) -> list[tuple[str, str]]:
    moves = sum(change.move is not LatestMove.SAME for change in plan.effects.latest)
    accepted = sum(change.action not in (Action.SAFETY, Action.UNDECIDED) for change in plan.accepted)
    safety = sum(change.action is Action.SAFETY for change in plan.changes)
    numbers = [
        (len(plan.refused), "refused"),
        (safety, "of what protects the images"),
        (accepted, "accepted"),
        (moves, "regions where latest changes" if moves != 1 else "region where latest changes"),
        (len(plan.findings.new), "new findings" if len(plan.findings.new) != 1 else "new finding"),
        (plan.effects.storage.added_gb, "GB more stored, at most"),
        (plan.unchanged, "resources unchanged"),
    ]
    return [(f"{number:,}", words) for number, words in numbers if number]


def _rest(picture: Picture) -> str:
    if not picture.other_definitions:
        return ""
    versions = f" with {count(picture.other_versions, 'version')}" if picture.other_versions else ""
    verb = "does" if picture.other_definitions == 1 else "do"
    return f"{count(picture.other_definitions, 'other definition')}{versions} {verb} not change."
