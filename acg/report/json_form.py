"""JSON that is valid on every terminal and in every file, whatever it says."""

import json
from typing import Any


def dumps(document: Any) -> str:
    """The document in ASCII; no line of it is a command to the agent of a pipeline.

    ``##``, with which commands of Azure Pipelines begin, is written with an escape: to a reader of JSON it is the same.
    """
    return json.dumps(document, indent=2).replace("##", r"#\u0023") + "\n"
