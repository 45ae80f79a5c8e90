"""``python -m acg`` is the command ``acg``."""

from acg.cli.main import main

main()
