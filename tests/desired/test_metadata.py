"""What travels in the components' inputs comes back as it was."""

import json
from pathlib import Path

from acg.catalog.reader import read_catalog
from acg.desired import lower
from acg.desired.metadata import Carried, carry

YAML = """\
galleries:
  corp:
    resourceGroup: rg
    suppress:
      - {rule: ACG402, reason: moving house, until: 2030-12-31}
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: p, offer: o, sku: s}
        versions:
          1.0.0:
            source: {managedImage: /image}
            osDisk: {expectedSizeGB: 30}
            dataDisks: [{lun: 2, expectedSizeGB: 512}]
          1.1.0:
            source: {managedImage: /image}
"""


def test_sizes_suppressions_and_places_come_back(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text(YAML)
    resources = lower(read_catalog(file)).usable()
    on_the_wire = json.loads(json.dumps(carry(resources)), parse_int=float)
    carried = Carried(on_the_wire)
    for resource in resources:
        assert carried.expected_sizes(resource.name) == resource.expected_sizes
        assert carried.suppressed(resource.name) == resource.suppressed
        place = carried.place(resource.name)
        assert place is not None
        assert resource.source is not None
        assert (place.file, place.line) == (resource.source.file, resource.source.line)


def test_what_is_not_there_is_not_carried() -> None:
    assert carry([]) == {}
    nothing = Carried({})
    assert nothing.place("corp") is None
    assert nothing.expected_sizes("corp") == {}
    assert nothing.suppressed("corp") == ()
