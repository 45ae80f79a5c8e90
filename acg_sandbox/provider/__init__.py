"""A stand-in for ``pulumi-resource-azure-native`` 3.29: the same tokens, inputs and outputs, against any ARM endpoint.

It follows the real provider's source. Where it knowingly differs:

- It looks at long operations every 0.05 to 10 seconds, not every 10 (deletion: 30), when Azure names no interval.
- Retries begin after 0.8 seconds instead of 20.
- The first update after an import is empty when the program says what is in Azure (see ``imported``).
- A token other than the default API version has the same types, less what came later (see ``facts``).
- Nobody logs in: ``getClientConfig`` answers with made-up ids, ``getClientToken`` is refused.

In a preview an output is known where it is an input, and unknown everywhere else, inside nested objects too: an
optional input that is not given is an unknown output. Of an existing resource ``name`` and ``location`` are known.
"""

from .server import Server, serve

__all__ = ["Server", "serve"]
