"""What a catalog needs and does not create: subscriptions, groups, and the sources that its versions name.

```
resources of a catalog -> requests (one for each id and version) -> wanted (one for each id) -> bodies
```
Pure: nothing here reads Azure, or knows what makes the resources exist.
"""

from acg.sources.needed import needed_by
from acg.sources.wanted import LeftOut, Needed, Wanted

__all__ = ["LeftOut", "Needed", "Wanted", "needed_by"]
