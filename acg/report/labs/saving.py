"""A save before it is sent, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from acg.azure.regions import RegionTable
from acg.labs.declare import saved
from acg.labs.found import Plan
from acg.labs.listing import title
from acg.labs.outcome import Outcome
from acg.labs.save import Before, Refusal, Request
from acg.labs.status import gallery_name
from acg.report.labs.entries import entries_text
from acg.text import inert, without_commands


def refused_text(refusals: Sequence[Refusal]) -> str:
    """Why a save is refused, a reason and its fix at a time."""
    lines = [line for one in refusals for line in (f"not saved: {inert(one.message)}", f"  fix   {inert(one.fix)}")]
    return without_commands("".join(f"{line}\n" for line in lines))


def screen(request: Request, before: Before, regions: RegionTable) -> str:
    """What a save will make, for whoever is to agree to it."""
    plan, lab = before.plan, before.lab
    assert plan is not None and lab is not None, "a save without them is refused"  # noqa: S101, PT018
    definition = plan.definition(request.image)
    if definition is None:
        system = f", {lab.os_type}" if lab.os_type else ""
        makes = f"image definition {request.image}{system}, Specialized, and its first version"
    else:
        taken = definition.taken
        makes = f"a new version of image definition {definition.name}" + (f", above {taken.number}" if taken else "")
    place = title(plan.location, regions)
    rows = (
        ("makes", makes),
        ("from", f"the template machine of lab {lab.name}, as it is now"),
        (
            "in",
            f"gallery {gallery_name(plan.gallery or '')}, with one replica, in {place}; Azure copies it nowhere else",
        ),
        ("keeps", "machine data and user profiles: whoever gets a machine from it finds them there"),
        ("labs", "made from now on take it; labs that exist keep theirs until they are made anew"),
        ("cost", f"{_size(plan, before)} are stored and billed apart from the use of labs, for as long as they exist"),
        ("takes", "about ten minutes"),
    )
    text = "".join(f"  {name:<7}{inert(value)}\n" for name, value in rows)
    return without_commands(f"Save to lab plan {inert(before.wanted.title)}\n{text}")


def _size(plan: Plan, before: Before) -> str:
    """The size of what will be stored, from the version that the lab was made from."""
    lab = before.lab
    source = lab.image_id.rsplit("/", 1)[-1] if lab is not None and lab.image_id else None
    definition = plan.definition(source) if source else None
    for version in (definition.versions or ()) if definition is not None else ():
        if lab is not None and str(version.number) == lab.exact_version and version.os_disk_gb is not None:
            return f"at most {version.os_disk_gb} GB in 1 replica"
    return "the GB of its OS disk in 1 replica"


def outcome_text(request: Request, before: Before, after: Plan | None, outcome: Outcome, regions: RegionTable) -> str:
    """What there is now, and what to write into the catalog."""
    version, definition = outcome.version, after.definition(request.image) if after is not None else None
    lines, text = list(outcome.said), ""
    if version is not None and definition is not None and after is not None:
        places = ", ".join(title(one, regions) for one in version.regions)
        size = f", {version.os_disk_gb} GB" if version.os_disk_gb else ""
        count = "1 replica" if version.replicas == 1 else f"{version.replicas} replicas"
        what = f"{definition.name} {version.number}: {version.state}{size}, {count} in {places}"
        lines.append(f"saved {what}" if outcome.good else f"there is {what}")
        if outcome.good:
            lines.append("labs made from now on take it" if outcome.enabled else _disabled(request, before))
            text = "\nIn the catalog: the version that labs saved, and a copy that outlives the labs\n"
            text += entries_text(saved(before.wanted, after, definition, version))
    lines += outcome.sentences
    return without_commands("".join(f"{inert(line)}\n" for line in lines) + text)


def _disabled(request: Request, before: Before) -> str:
    offered = {one.lower() for one in before.wanted.images or ()}
    if request.image.lower() in offered:
        return f"labs list it, but it is not enabled: run acg labs apply for {before.wanted.key}"
    return (
        f"labs list it, but it is not enabled: add {request.image} to the images of {before.wanted.key} and run "
        "acg labs apply"
    )
