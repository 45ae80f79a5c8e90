"""A lab names the definition of an image of a gallery, by its id."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.labs._examples import IMAGE_ID, lab
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition, Lab

PARTS = ("publisher", "offer", "sku")


@azure_rule(
    code="ACG858",
    name="lab-image-reference",
    looks_at=Lab,
    why="Lab Services looks an image up by the last part of the id, or by publisher, offer and SKU, in the list of its "
    "plan, where images of a gallery go by the name of their definition. Anything else is answered with 404: “Resource "
    "with ID '…/labPlans/…/images/1.0.1' cannot be found or does not exist”. Labs take the highest version themselves.",
    fix="Give the id of the image definition as imageReference.id.",
    source="https://github.com/Azure/azure-sdk-for-python/issues/33023",
)
def lab_image_reference(lab: Lab, index: ResourceIndex) -> Iterator[Failure]:
    reference = lab.image.reference("id")
    if reference is not None:
        kind = index.kind(reference)
        if kind in (Kind.VERSION, Kind.LATEST) and (reference.id is not None or index.resolve(reference) is not None):
            what = "the latest version" if kind is Kind.LATEST else "a version"
            yield lab.image.fails(f"is made from {what}, {reference}, and labs take definitions", "id")
        return
    wanted = [(lab.image.text(part) or "").lower() for part in PARTS]
    if not all(wanted):
        return
    for one in index.all(ImageDefinition):
        if [str(one.identifier.inputs.get(part, "")).lower() for part in PARTS] == wanted:
            yield lab.image.fails(
                f"names {one.title} by publisher, offer and SKU, as only Marketplace images can be", "publisher"
            )


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a definition", gallery(), definition(), version(), lab({"id": IMAGE_ID})),
            case("an image of the Marketplace", definition(), lab(dict.fromkeys(PARTS, "canonical"))),
            case("a lab that names no image", definition(), lab({"offer": "linux", "sku": "ubuntu"})),
        ],
        noncompliant=[
            case("a version", lab({"id": version_id("corp/ubuntu/1.0.1")})),
            case("latest", lab({"id": f"{IMAGE_ID}/versions/latest"})),
            case(
                "a definition of the stack by publisher, offer and SKU",
                definition(),
                lab({"publisher": "Contoso", "offer": "linux", "sku": "ubuntu"}),
            ),
        ],
        undecided=[
            case("an image that is known later", lab({"id": UNKNOWN})),
            case(
                "a publisher that is known later",
                definition(),
                lab({"publisher": UNKNOWN, "offer": "linux", "sku": "a"}),
            ),
        ],
    )
