"""Catalogs with a fault, read from an empty folder."""

import pytest

from acg.catalog.reader import read_catalog

GOOD = """\
galleries:
  corp:
    resourceGroup: rg
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: contoso, offer: ubuntu, sku: lts}
        versions:
"""


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Write files into an empty folder and read them."""
    monkeypatch.chdir(tmp_path)

    def read(text, **others):
        for name, content in {"corp": text, **others}.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.yaml").write_bytes(data)
        return read_catalog("corp.yaml", *(f"{name}.yaml" for name in others))

    return read


def version(text):
    """A catalog in which a version has a key or two."""
    return f"{GOOD}          1.0.0: {{{text}}}\n"
