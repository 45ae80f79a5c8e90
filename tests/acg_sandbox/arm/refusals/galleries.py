"""Galleries, image definitions and applications."""

from typing import Any

from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, GROUP, IMAGE, VERSION, Arm, definition, version
from tests.acg_sandbox.arm.refusals import Refused, refusal

COMMUNITY = {
    "publisherUri": "https://contoso.example",
    "publisherContact": "images@contoso.example",
    "eula": "https://contoso.example/eula",
    "publicNamePrefix": "contoso",
}
APPLICATION = f"{GALLERY}/applications/agent"
PACKAGE = f"{APPLICATION}/versions/1.0.0"


def community(**info: Any) -> dict[str, Any]:
    return {"permissions": "Community", "communityGalleryInfo": COMMUNITY | info}


def put_gallery(arm: Arm, name: str = "corp", **properties: Any) -> Refused:
    arm.put(GROUP, {"location": "westeurope"})
    return arm.refused("PUT", f"{COMPUTE}/galleries/{name}", {"location": "westeurope", "properties": properties})


def put_definition(arm: Arm, name: str = "ubuntu", api: str = "2024-03-03", **properties: Any) -> Refused:
    arm.gallery()
    return arm.refused("PUT", f"{GALLERY}/images/{name}", definition(**properties), api=api)


def package(**profile: Any) -> dict[str, Any]:
    actions = {"install": "i", "remove": "r"}
    base = {"source": {"mediaLink": "https://x.example/p?sig=1"}, "manageActions": actions}
    return {"location": "westeurope", "properties": {"publishingProfile": base | profile}}


def application(arm: Arm) -> None:
    arm.gallery()
    arm.put(APPLICATION, {"location": "westeurope", "properties": {"supportedOSType": "Linux"}})


@refusal("gallery-name")
def gallery_with_a_dash(arm: Arm) -> Refused:
    return put_gallery(arm, "corp-images")


@refusal("gallery-name")
def gallery_too_long(arm: Arm) -> Refused:
    return put_gallery(arm, "c" * 81)


@refusal("invalid-trailing")
def gallery_ending_with_underscore(arm: Arm) -> Refused:
    return put_gallery(arm, "corp_")


@refusal("gallery-not-unique")
def gallery_in_two_groups(arm: Arm) -> Refused:
    arm.gallery()
    other = GROUP + "2"
    arm.put(other, {"location": "westeurope"})
    path = f"{other}/providers/Microsoft.Compute/galleries/CORP"
    return arm.refused("PUT", path, {"location": "westeurope"})


@refusal("quota")
def a_hundred_and_one_galleries(arm: Arm) -> Refused:
    arm.put(GROUP, {"location": "westeurope"})
    for n in range(100):
        arm.put(f"{COMPUTE}/galleries/g{n}", {"location": "westeurope"})
    return put_gallery(arm, "g100")


@refusal("property-change")
def private_gallery_to_community(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("PATCH", GALLERY, {"properties": {"sharingProfile": community()}})


@refusal("parameter-missing")
def community_without_eula(arm: Arm) -> Refused:
    return put_gallery(arm, sharingProfile=community(eula=None))


@refusal("parameter-invalid")
def community_prefix_too_short(arm: Arm) -> Refused:
    return put_gallery(arm, sharingProfile=community(publicNamePrefix="abc"))


@refusal("community-still-shared")
def published_gallery(arm: Arm) -> Refused:
    arm.gallery(sharingProfile=community())
    arm.ask("POST", f"{GALLERY}/share", {"operationType": "EnableCommunity"})
    return arm.refused("DELETE", GALLERY)


@refusal("share-not-allowed")
def private_gallery_shared(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("POST", f"{GALLERY}/share", {"operationType": "EnableCommunity"})


@refusal("share-too-many")
def six_tenants(arm: Arm) -> Refused:
    arm.gallery(sharingProfile={"permissions": "Groups"})
    groups = [{"type": "AADTenants", "ids": [str(n) for n in range(6)]}]
    return arm.refused("POST", f"{GALLERY}/share", {"operationType": "Add", "groups": groups})


@refusal("member-unknown")
def unknown_member(arm: Arm) -> Refused:
    return put_definition(arm, hypervGen="V2")


@refusal("value-type")
def number_for_text(arm: Arm) -> Refused:
    return put_definition(arm, description=7)


@refusal("value-type")
def text_for_an_object(arm: Arm) -> Refused:
    return put_definition(arm, recommended="big")


@refusal("value-not-allowed")
def unknown_os(arm: Arm) -> Refused:
    return put_definition(arm, osType="BeOS")


@refusal("parameter-missing")
def without_os_state(arm: Arm) -> Refused:
    return put_definition(arm, osState=None)


@refusal("parameter-not-allowed")
def newer_than_the_version(arm: Arm) -> Refused:
    return put_definition(arm, api="2021-07-01", architecture="x64")


@refusal("definition-name")
def definition_with_a_space(arm: Arm) -> Refused:
    return put_definition(arm, "ubuntu 24")


@refusal("invalid-trailing")
def definition_ending_with_a_period(arm: Arm) -> Refused:
    return put_definition(arm, "ubuntu.")


@refusal("identifier-name")
def offer_too_long(arm: Arm) -> Refused:
    return put_definition(arm, identifier={"publisher": "p", "offer": "o" * 65, "sku": "s"})


@refusal("identifier-name")
def sku_ending_with_a_period(arm: Arm) -> Refused:
    return put_definition(arm, identifier={"publisher": "p", "offer": "o", "sku": "s."})


@refusal("identifier-duplicate")
def identifier_twice(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    identifier = {"publisher": "Contoso", "offer": "LINUX", "sku": "ubuntu"}
    return arm.refused("PUT", f"{GALLERY}/images/other", definition(identifier=identifier))


@refusal("eol-past")
def end_of_life_behind_us(arm: Arm) -> Refused:
    return put_definition(arm, endOfLifeDate="2020-12-01")


@refusal("eol-format")
def end_of_life_no_date(arm: Arm) -> Refused:
    return put_definition(arm, endOfLifeDate="soon")


@refusal("min-max")
def more_at_least_than_at_most(arm: Arm) -> Refused:
    return put_definition(arm, recommended={"vCPUs": {"min": 8, "max": 4}})


@refusal("feature-twice")
def two_security_types(arm: Arm) -> Refused:
    kinds = [{"name": "SecurityType", "value": value} for value in ("TrustedLaunch", "ConfidentialVM")]
    return put_definition(arm, features=kinds)


@refusal("security-type-generation")
def trusted_launch_on_generation_1(arm: Arm) -> Refused:
    secure = [{"name": "SecurityType", "value": "TrustedLaunchSupported"}]
    return put_definition(arm, hyperVGeneration="V1", features=secure)


@refusal("property-change")
def os_state_changed(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    return arm.refused("PUT", IMAGE, definition(osState="Specialized"))


@refusal("property-change")
def eula_added(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    return arm.refused("PATCH", IMAGE, {"properties": {"eula": "https://contoso.example/eula"}})


@refusal("property-change")
def eula_taken_away(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition(eula="https://contoso.example/eula")
    return arm.refused("PUT", IMAGE, definition())


@refusal("property-change")
def feature_changed_without_the_switch(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    features = [{"name": "IsHibernateSupported", "value": "True"}]
    return arm.refused("PATCH", IMAGE, {"properties": {"features": features}})


@refusal("soft-deleted-inside")
def gallery_with_a_full_bin(arm: Arm) -> Refused:
    arm.gallery(softDeletePolicy={"isSoftDeleteEnabled": True})
    arm.definition()
    arm.golden()
    arm.put(VERSION, version())
    arm.ask("DELETE", VERSION)
    return arm.refused("DELETE", IMAGE)


@refusal("definition-name")
def application_too_long(arm: Arm) -> Refused:
    arm.gallery()
    body = {"location": "westeurope", "properties": {"supportedOSType": "Linux"}}
    return arm.refused("PUT", f"{GALLERY}/applications/{'a' * 118}", body)


@refusal("property-change")
def application_for_another_os(arm: Arm) -> Refused:
    application(arm)
    return arm.refused("PATCH", APPLICATION, {"properties": {"supportedOSType": "Windows"}})


@refusal("app-version-name")
def package_named_latest(arm: Arm) -> Refused:
    application(arm)
    return arm.refused("PUT", f"{APPLICATION}/versions/latest", package())


@refusal("app-replicas")
def package_in_four_replicas(arm: Arm) -> Refused:
    application(arm)
    return arm.refused("PUT", PACKAGE, package(replicaCount=4))


@refusal("app-no-encryption")
def package_encrypted(arm: Arm) -> Refused:
    application(arm)
    target = {"name": "westeurope", "encryption": {"osDiskImage": {"diskEncryptionSetId": "x"}}}
    return arm.refused("PUT", PACKAGE, package(targetRegions=[target]))


@refusal("property-change")
def package_installed_otherwise(arm: Arm) -> Refused:
    application(arm)
    arm.put(PACKAGE, package())
    return arm.refused("PUT", PACKAGE, package(manageActions={"install": "j", "remove": "r"}))


@refusal("property-change")
def package_from_elsewhere(arm: Arm) -> Refused:
    application(arm)
    arm.put(PACKAGE, package())
    return arm.refused("PUT", PACKAGE, package(source={"mediaLink": "https://y.example/p?sig=1"}))
