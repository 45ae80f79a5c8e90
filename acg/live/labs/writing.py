"""What changes something: images are enabled, galleries attached to accounts, a lab's template saved."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from azure.core.exceptions import AzureError, HttpResponseError
from azure.core.polling.base_polling import OperationFailed
from azure.core.rest import HttpRequest
from azure.mgmt.core.polling.async_arm_polling import AsyncARMPolling
from azure.mgmt.labservices import models

from acg.azure.resource_id import ResourceId
from acg.labs.apply import Changes
from acg.labs.found import UNFINISHED, Plan
from acg.labs.outcome import Answer, Ended, Outcome, new_versions, outcome, unread
from acg.labs.save import Before, Request
from acg.live.labs.reading import ACCOUNTS, LabReader
from acg.live.labs.roles import Unanswered, unanswered, why, words

Progress = Callable[[float], None]
"""Gets the number of seconds that a save has taken so far."""


class Patience(NamedTuple):
    """How long a save waits, in seconds."""

    poll: float = 30.0
    """Between two looks at the operation, where Azure does not say; what the SDK itself takes."""
    tell: float = 15.0
    """Between two calls of the progress."""
    look: float = 15.0
    """Between two looks at the gallery."""
    looks: int = 9
    """Looks at the gallery for a version that is not there: two minutes."""
    longest: float = 5400.0
    """In all; the recorded saves took ten minutes."""


PATIENCE: Final = Patience()


async def apply(reader: LabReader, changes: Changes, done: Callable[[str], None]) -> None:
    """Make the changes, one after the other.

    Args:
        reader: Whose session is used.
        changes: What to change.
        done: Gets what was done, after each change.

    Raises:
        Unanswered: Azure did not make one of them; those before it are made.
    """
    where = ResourceId.parse(changes.plan)
    subscription, group = where.subscription or "", where.resource_group or ""
    for gallery in changes.detach:
        name = ResourceId.parse(gallery).name
        await _account(reader, subscription, "DELETE", f"{changes.plan}/SharedGalleries/{name}")
        done(f"detached {name}")
    if changes.attach is not None:
        name = ResourceId.parse(changes.attach).name
        body = {"properties": {"galleryId": changes.attach}}
        await _account(reader, subscription, "PUT", f"{changes.plan}/SharedGalleries/{name}", body)
        done(f"attached {name}")
    switched = [(one, "Enabled") for one in changes.enable] + [(one, "Disabled") for one in changes.disable]
    for image, state in switched:
        try:
            async with reader.session.at_once:
                await reader.client(subscription).images.update(
                    group, where.names[0], image, models.ImageUpdate(enabled_state=state)
                )
        except AzureError as error:
            raise unanswered(error, f"image {image} of {where.names[0]}", "enable") from None
        done(f"{state.lower()} {image}")


async def _account(reader: LabReader, subscription: str, method: str, path: str, body: Any = None) -> None:
    session = reader.session
    request = HttpRequest(method, f"{session.endpoint}{path}", params={"api-version": ACCOUNTS}, json=body)
    try:
        async with session.at_once:
            response = await session.compute(subscription).send_request(request)
            response.raise_for_status()
    except AzureError as error:
        raise unanswered(error, f"lab account {path.split('/')[8]}", "attach") from None


async def save(
    reader: LabReader, before: Before, request: Request, progress: Progress, patience: Patience | None = None
) -> tuple[Outcome, Plan | None]:
    """Save a lab's template machine, once, and find out what that made.

    Args:
        reader: Whose session is used.
        before: What there was before; nothing of it is in the way of the save.
        request: What to save, and as what.
        progress: Gets from time to time how long it has taken.
        patience: How long to wait (default: `PATIENCE`).
    """
    plan = before.plan
    assert plan is not None and before.templates, "a save without them is refused"  # noqa: S101, PT018
    patience = PATIENCE if patience is None else patience
    began = time.monotonic()
    ended = await _send(reader, plan, before.templates[0], request, progress, patience)
    return await _settle(reader, before, plan, request, ended, patience, began)


async def _send(
    reader: LabReader, plan: Plan, machine: str, request: Request, progress: Progress, patience: Patience
) -> Ended:
    """Send the save exactly once, and follow its operation to the end."""
    where = ResourceId.parse(plan.id)
    client = reader.client(where.subscription or "")
    body = models.SaveImageBody(name=request.image, lab_virtual_machine_id=machine)
    try:
        poller = await client.lab_plans.begin_save_image(
            where.resource_group or "",
            plan.name,
            body,
            polling=AsyncARMPolling(patience.poll, lro_options={"final-state-via": "location"}),
            retry_total=0,  # azure-core would send it again after 500, 503, 504 and a lost answer: two versions
        )
    except HttpResponseError as error:
        if error.status_code is None or error.status_code == 408 or error.status_code >= 500:
            return Ended(Answer.LOST, words(error) or why(error, "save"))
        return Ended(Answer.REFUSED, _refused(error))
    except AzureError as error:
        return Ended(Answer.LOST, f"it {why(error, 'save')}")
    return await _follow(asyncio.ensure_future(poller.result()), progress, patience)


async def _follow(operation: asyncio.Future[Any], progress: Progress, patience: Patience) -> Ended:
    began = time.monotonic()
    try:
        while not operation.done():
            await asyncio.wait({operation}, timeout=patience.tell)
            progress(time.monotonic() - began)
            if time.monotonic() - began > patience.longest:
                return Ended(Answer.LOST, f"it is not over after {patience.longest / 60:.0f} minutes")
        operation.result()
    except HttpResponseError as error:
        if isinstance(getattr(error, "exc_value", None), OperationFailed) or error.status_code == 200:
            return Ended(Answer.FAILED, words(error))
        return Ended(Answer.LOST, f"its operation {why(error, 'save')}")
    except AzureError as error:
        return Ended(Answer.LOST, f"its operation {why(error, 'save')}")
    finally:
        operation.cancel()
    return Ended(Answer.SUCCEEDED)


def _refused(error: HttpResponseError) -> str:
    if error.status_code == 403:
        return f"it {why(error, 'save')}"
    if error.status_code == 429:
        return "429: too many requests; wait, then save again"
    return words(error) or why(error, "save")


async def _settle(
    reader: LabReader,
    before: Before,
    plan: Plan,
    request: Request,
    ended: Ended,
    patience: Patience,
    began: float,
) -> tuple[Outcome, Plan | None]:
    """Look at the gallery until it tells what the save made; at once for an answer that says all."""
    looks = 0
    while True:
        looks += 1
        after, result = await _look(reader, before, plan, request, ended)
        made = [] if after is None else new_versions(plan.definition(request.image), after.definition(request.image))
        busy = any(one.state in UNFINISHED for one in made)
        waits = busy or (looks < patience.looks and _may_still_come(ended, result, bool(made)))
        if result.good or not waits or time.monotonic() - began > patience.longest:
            return result, after
        await asyncio.sleep(patience.look)


async def _look(
    reader: LabReader, before: Before, plan: Plan, request: Request, ended: Ended
) -> tuple[Plan | None, Outcome]:
    try:
        after = await reader.read(before.wanted, [request.image])
    except Unanswered as error:
        return None, unread(ended, f"{error}.")
    if after is None:
        return None, unread(ended, "The lab plan is gone.")
    return after, outcome(request, plan, after, ended)


def _may_still_come(ended: Ended, result: Outcome, made: bool) -> bool:
    """Whether another look may show more than this one: Azure's lists lag behind what it has done."""
    if ended.answer is Answer.LOST:
        return not made
    return ended.answer is Answer.SUCCEEDED and (not made or (result.version is not None and not result.listed))
