"""What a manifest of Packer says was built last.

Source: https://developer.hashicorp.com/packer/docs/post-processors/manifest
"""

from __future__ import annotations

from typing import Any

from acg.azure.kinds import Kind
from acg.azure.resource_id import ResourceId, ResourceIdError


def last_build(content: Any) -> str | None:
    """The id of the managed image or version that the last run left behind; None if the manifest names none."""
    builds = content.get("builds") if isinstance(content, dict) else None
    if not isinstance(builds, list) or not builds:
        return None
    last = content.get("last_run_uuid")
    mine = [one for one in builds if isinstance(one, dict) and (last is None or one.get("packer_run_uuid") == last)]
    for one in reversed(mine):
        artifact = one.get("artifact_id")
        try:
            if isinstance(artifact, str) and ResourceId.parse(artifact).kind in (Kind.MANAGED_IMAGE, Kind.VERSION):
                return artifact
        except ResourceIdError:
            continue
    return None
