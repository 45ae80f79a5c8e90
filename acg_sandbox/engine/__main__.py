"""`python -m acg_sandbox.engine`: get the Pulumi CLI, if it is not there yet, and say where it is."""

import sys

from acg_sandbox.engine.errors import EngineError
from acg_sandbox.engine.find import find_engine

if __name__ == "__main__":
    try:
        print(find_engine().pulumi)
    except EngineError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
