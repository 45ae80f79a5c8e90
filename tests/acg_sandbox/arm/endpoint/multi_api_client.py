"""A script, run with a multi-API azure-mgmt-compute first on its path: one life by the api-version it is given."""

import sys
import time
from typing import Any

import azure.mgmt.compute
from azure.core.credentials import AccessToken
from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.compute import ComputeManagementClient

_HOME = {"location": "westeurope"}


class Credential:
    """Any token will do."""

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        """A token of one hour."""
        return AccessToken("token", int(time.time()) + 3600)


def main(endpoint: str, ca: str, subscription: str, api: str) -> None:
    """Create, list, update and delete; print the version of the library that did it."""
    chosen: Any = {} if api == "default" else {"api_version": api}
    audience = ["https://management.azure.com/.default"]
    make: Any = ComputeManagementClient
    client = make(
        Credential(), subscription, base_url=endpoint, credential_scopes=audience, connection_verify=ca, **chosen
    )
    group, name = "rg-sources", f"multi{api.replace('-', '')}"
    client.galleries.begin_create_or_update(group, name, _HOME).result()
    identifier = {"publisher": "contoso", "offer": "linux", "sku": "server"}
    traits = {"os_type": "Linux", "os_state": "Generalized", "hyper_v_generation": "V2", "identifier": identifier}
    client.gallery_images.begin_create_or_update(group, name, "linux", _HOME | traits).result()
    source = f"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Compute/images/golden"
    profile = {"target_regions": [{"name": "westeurope"}]}
    body = _HOME | {"storage_profile": {"source": {"id": source}}, "publishing_profile": profile}
    versions = client.gallery_image_versions
    made = versions.begin_create_or_update(group, name, "linux", "1.0.0", body).result()
    assert made.storage_profile.os_disk_image.size_in_gb == 30, made
    assert [one.name for one in versions.list_by_gallery_image(group, name, "linux")] == ["1.0.0"]
    change = {"publishing_profile": {"target_regions": [{"name": "westeurope"}, {"name": "northeurope"}]}}
    changed = versions.begin_update(group, name, "linux", "1.0.0", change).result()
    assert len(changed.publishing_profile.target_regions) == 2, changed
    versions.begin_delete(group, name, "linux", "1.0.0").result()
    client.gallery_images.begin_delete(group, name, "linux").result()
    client.galleries.begin_delete(group, name).result()
    try:
        client.galleries.get(group, name)
    except ResourceNotFoundError:
        print(azure.mgmt.compute.__version__)
    client.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
