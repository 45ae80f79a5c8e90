"""What an apply would do, or did."""

from __future__ import annotations

from acg.labs.apply import Changes
from acg.labs.status import because, gallery_name
from acg.text import inert


def changes_text(one: Changes) -> str:
    """One line for each change, and for what cannot be done yet."""
    lines = [f"detach  {gallery_name(gallery)}" for gallery in one.detach]
    lines += [f"attach  {gallery_name(one.attach)}"] if one.attach else []
    lines += [f"enable  {image}" for image in one.enable]
    lines += [f"disable {image}" for image in one.disable]
    lines += [
        f"later   {row.image} is not listed yet: {because(row)}; a later run enables it" for row in one.not_listed
    ]
    where = "listed" if one.unknown else "in the gallery"
    lines += [f"later   {image} is not {where} yet; a later run enables it" for image in one.missing]
    lines += [f"not known: {sentence}" for sentence in one.unknown]
    if one.refused:
        lines.append(f"not possible: {one.refused}")
    elif not one.writes:
        lines.append("nothing to change" + (f": {one.note}" if one.note else ""))
    elif one.note:
        lines.append(one.note)
    return "".join(f"{inert(line)}\n" for line in [one.title, *(f"  {line}" for line in lines)])
