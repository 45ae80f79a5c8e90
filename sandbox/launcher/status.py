"""A table of what stands where: every gallery, image definition and version, its regions and how far it has got."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from sandbox.launcher.attach import attached
from sandbox.launcher.folder import StateFolder

HEADINGS = ("Gallery", "Image definition", "Version", "Regions", "State")


@dataclass(frozen=True)
class Row:
    """One version; an image definition or gallery without any has a row of its own, with the last cells empty."""

    gallery: str
    image: str = ""
    version: str = ""
    regions: str = ""
    state: str = ""


def print_status(folder: StateFolder) -> None:
    """Print the table: framed on a terminal, plain columns in a pipe."""
    with attached(folder) as addresses, httpx.Client(base_url=addresses.arm, timeout=30) as arm:
        rows = list(standing(arm))
    console = Console()
    if not rows:
        console.print("No gallery stands here.")
    elif console.is_terminal:
        console.print(_framed(rows))
    else:
        print("\n".join(_plain(rows)))


def standing(arm: httpx.Client) -> Iterator[Row]:
    """What an ARM endpoint has, in every subscription."""
    for subscription in _list(arm, "/subscriptions", "2022-12-01"):
        for gallery in _list(arm, f"{subscription['id']}/providers/Microsoft.Compute/galleries"):
            yield from _gallery(arm, gallery)


def _gallery(arm: httpx.Client, gallery: dict[str, Any]) -> Iterator[Row]:
    images = _list(arm, f"{gallery['id']}/images")
    if not images:
        yield Row(gallery["name"], regions=gallery["location"], state=_state(gallery))
    for image in images:
        versions = _list(arm, f"{image['id']}/versions")
        if not versions:
            yield Row(gallery["name"], image["name"], regions=image["location"], state=_state(image))
        for version in sorted(versions, key=_number):
            yield Row(gallery["name"], image["name"], version["name"], _regions(version), _state(version))


def _list(arm: httpx.Client, path: str, api_version: str = "2024-03-03") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    url: str | httpx.URL | None = httpx.URL(path, params={"api-version": api_version})
    while url:
        page = arm.get(url).raise_for_status().json()
        found += page["value"]
        url = page.get("nextLink")
    return found


def _state(resource: dict[str, Any]) -> str:
    return resource.get("properties", {}).get("provisioningState", "")


def _number(version: dict[str, Any]) -> tuple[int, ...]:
    return tuple(int(part) for part in version["name"].split("."))


def _regions(version: dict[str, Any]) -> str:
    """Region and replicas of each target, marking those that `latest` passes over."""
    profile = version.get("properties", {}).get("publishingProfile", {})
    return ", ".join(
        f"{target['name']} x{target.get('regionalReplicaCount', profile.get('replicaCount', 1))}"
        + (" (not latest)" if target.get("excludeFromLatest", profile.get("excludeFromLatest")) else "")
        for target in profile.get("targetRegions") or []
    )


def _framed(rows: list[Row]) -> Table:
    table = Table(*HEADINGS)
    before = Row("")
    for row in rows:
        same_gallery = row.gallery == before.gallery
        table.add_row(
            "" if same_gallery else row.gallery,
            "" if same_gallery and row.image == before.image else row.image,
            *astuple(row)[2:],
        )
        before = row
    return table


def _plain(rows: list[Row]) -> Iterator[str]:
    cells = [HEADINGS, *map(astuple, rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    for line in cells:
        yield "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
