"""How many requests about machines and managed images are answered, as far as recordings show it."""

# The largest remainder of each bucket in recordings of az 2.85, 2026-04 and 2026-05, plus one.
RATE_LIMITS = {
    "LowCostGet": {"SubscriptionMaximum": 24_000, "Resource": 36},
    "UpdateVM": {"SubscriptionMaximum": 1_500, "Resource": 12},
    "DeleteVM": {"SubscriptionMaximum": 1_500, "Resource": 12},
    "CreateImages": {"SubscriptionMaximum": 60},
    "GetImages": {"SubscriptionMaximum": 360},
}
