"""With whom a gallery is shared, and what a community gallery shows to the public."""

from pydantic import Field

from acg.catalog.models.base import Model


class CommunityGalleryInfo(Model):
    """What a community gallery shows to the public; Azure requires all four."""

    publisher_uri: str | None = Field(default=None, description="Address of the publisher.")
    publisher_contact: str | None = Field(default=None, description="E-mail address of the publisher.")
    eula: str | None = Field(default=None, description="Licence agreement of the images.")
    public_name_prefix: str | None = Field(default=None, description="First part of the gallery's public name.")


class SharingProfile(Model):
    """With whom the gallery can be shared."""

    permissions: str | None = Field(default=None, description="Private (default), Groups or Community.")
    community_gallery_info: CommunityGalleryInfo | None = Field(default=None, description="For permissions: Community.")
