"""Keys of UEFI secure boot that an image version brings along."""

from pydantic import Field

from acg.catalog.models.base import Model, TupleOf


class UefiKey(Model):
    """A key or hash of UEFI secure boot."""

    type: str | None = Field(default=None, description="sha256 or x509.")
    value: TupleOf[str] | None = Field(default=None, description="Certificates or hashes, base64.")


class UefiKeySignatures(Model):
    """Keys in addition to those of the templates."""

    pk: UefiKey | None = Field(default=None, description="The platform key.")
    kek: TupleOf[UefiKey] | None = Field(default=None, description="Key exchange keys.")
    db: TupleOf[UefiKey] | None = Field(default=None, description="Allowed signatures.")
    dbx: TupleOf[UefiKey] | None = Field(default=None, description="Forbidden signatures.")


class UefiSettings(Model):
    """UEFI keys of the image."""

    signature_template_names: TupleOf[str] | None = Field(
        default=None,
        description="NoSignatureTemplate, MicrosoftUefiCertificateAuthorityTemplate or MicrosoftWindowsTemplate.",
    )
    additional_signatures: UefiKeySignatures | None = Field(
        default=None, description="Keys beside those of the templates."
    )
