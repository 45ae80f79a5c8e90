"""Which versions have which replicas where, before and after."""

from acg.report.plan.grid import Cell, Copies, Grid, Picture, Row


def _row(number: str, note: str, *cells: Cell) -> Row:
    return Row(number, note, cells)


def copies(number: int, kind: str = "Standard_ZRS", *, latest: bool = False, excluded: bool = False) -> Copies:
    return Copies(((kind, number),), excluded=excluded, latest=latest)


PICTURE = Picture(
    (
        Grid(
            "platform/ubuntu-2404",
            ("westeurope", "northeurope", "eastus2"),
            (
                _row(
                    "1.2.0",
                    "new",
                    Cell(None, copies(3, latest=True)),
                    Cell(None, copies(2, latest=True)),
                    Cell(None, None),
                ),
                _row(
                    "1.1.0",
                    "",
                    Cell(copies(3, latest=True), copies(3, "Premium_LRS"), refused=True),
                    Cell(copies(2, latest=True), copies(4)),
                    Cell(copies(2, excluded=True), None, refused=True),
                ),
                _row(
                    "1.0.0",
                    "",
                    Cell(copies(2, "Standard_LRS"), copies(2, "Standard_LRS")),
                    Cell(copies(2, "Standard_LRS"), copies(2, "Standard_LRS")),
                    Cell(None, None),
                ),
            ),
            unlisted=12,
        ),
    ),
    other_definitions=4,
    other_versions=31,
)
