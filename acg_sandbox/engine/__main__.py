"""`python -m acg_sandbox.engine [yaml]`: get the Pulumi CLI, if it is not there yet, and say where it is.

With `yaml` also what runs programs in Pulumi YAML.
"""

import sys

from acg_sandbox.engine.errors import EngineError
from acg_sandbox.engine.find import find_engine
from acg_sandbox.engine.languages import add_yaml_host

if __name__ == "__main__":
    try:
        engine = find_engine()
        if sys.argv[1:] == ["yaml"]:
            add_yaml_host(engine)
        print(engine.pulumi)
    except EngineError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
