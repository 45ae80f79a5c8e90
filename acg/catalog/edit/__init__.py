"""Change a catalog's text: only what an edit names, every other line byte for byte as it was."""

from acg.catalog.edit.apply import apply_edits
from acg.catalog.edit.files import edited_files
from acg.catalog.edit.model import Edit, EditError, append, put, remove
from acg.catalog.edit.write import Rewrite, write_files

__all__ = ["Edit", "EditError", "Rewrite", "append", "apply_edits", "edited_files", "put", "remove", "write_files"]
