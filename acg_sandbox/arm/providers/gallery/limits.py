"""Which api-versions the gallery API has, and how many requests it takes."""

# Stable versions of the gallery API that this endpoint speaks (azure-mgmt-compute 33.1.0 to 39.0.0).
API_VERSIONS = (
    "2018-06-01",
    "2019-03-01",
    "2019-07-01",
    "2019-12-01",
    "2020-09-30",
    "2021-03-01",
    "2021-07-01",
    "2021-10-01",
    "2022-01-03",
    "2022-03-03",
    "2022-08-03",
    "2023-07-03",
    "2024-03-03",
    "2025-03-03",
    "2025-12-03",
    "2026-03-03",
)

# Requests per 3 and per 30 minutes. Not documented: the largest remaining value seen in recordings of 2020-09 and
# 2023-01 (azure-mgmt-compute 17.0.0 and 29.1.0), plus one.
_PER_3_AND_30_MINUTES = {
    "CreateUpdateGallery": (50, 300),
    "DeleteGallery": (50, 300),
    "GetGallery": (350, 2500),
    "ListGalleryInResourceGroup": (100, 1000),
    "CreateUpdateGalleryImage": (150, 750),
    "DeleteGalleryImage": (50, 300),
    "GetGalleryImage": (600, 3000),
    "CreateUpdateGalleryImageVersion": (375, 1200),
    "DeleteGalleryImageVersion": (150, 1000),
    "GetGalleryImageVersion": (2000, 10000),
    "CreateUpdateGalleryApplication": (150, 750),
    "DeleteGalleryApplication": (50, 300),
    "GetGalleryApplication": (300, 2000),
    # az 2.85, 2026-04 and 2026-05
    "PostShareGallery": (10, 60),
    "GetGalleryArtifact": (600, 3000),
    "ListGalleryArtifact": (200, 200),
    "GetGalleryArtifactVersion": (2000, 10000),
    "ListGalleryArtifactVersion": (800, 4000),
}

RATE_LIMITS = {policy: {"3Min": three, "30Min": thirty} for policy, (three, thirty) in _PER_3_AND_30_MINUTES.items()}
