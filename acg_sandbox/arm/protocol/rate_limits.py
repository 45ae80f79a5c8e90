"""Token buckets: what is left of each policy's requests per subscription and region, and 429 when nothing is."""

from __future__ import annotations

from collections.abc import Mapping

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.refusals import error

# Of every provider; see the tables of the providers for where such figures come from.
_OWN = {"GetOperationStatus": {"3Min": 5000, "30Min": 15000}}  # az 2.85, 2026-04
# Seconds in which a bucket fills up again, by its name. Those of machines: a third of them every minute,
# https://learn.microsoft.com/azure/virtual-machines/compute-throttling-limits
_WINDOWS = {"3Min": 180.0, "30Min": 1800.0, "SubscriptionMaximum": 180.0, "Resource": 180.0}
# What ARM itself allows a subscription: what is left in its headers of 2026-04 (az 2.85), plus one.
_ARM: dict[str, dict[str, int]] = {
    "read": {"global-reads": 3750},
    "write": {"writes": 200, "global-writes": 3000},
    "delete": {"deletes": 200, "global-deletes": 3000},
}
_ARM_WINDOW = 300.0  # seconds in which a bucket fills up again: ours
_VERBS = {"GET": "read", "HEAD": "read", "DELETE": "delete"}


class _Bucket:
    """A capacity that fills up again evenly over a window of seconds."""

    __slots__ = ("capacity", "level", "stamp", "window")

    def __init__(self, capacity: int, window: float, now: float) -> None:
        self.capacity, self.window, self.level, self.stamp = capacity, window, float(capacity), now

    def refill(self, now: float) -> None:
        self.level = min(float(self.capacity), self.level + (now - self.stamp) * self.capacity / self.window)
        self.stamp = now

    def wait(self, share: float) -> float:
        """Seconds until one request is allowed again, when only a share of the bucket is there."""
        floor = self.capacity * (1 - share)
        return max(0.0, (floor + 1 - self.level) * self.window / self.capacity)


class RateLimits:
    """The buckets of one running embedded Azure; full again after a restart, as nothing depends on them."""

    def __init__(self, policies: Mapping[str, Mapping[str, int]]) -> None:
        self._policies: dict[str, Mapping[str, int]] = {**policies, **_OWN}
        self._buckets: dict[tuple[str, str, str, str], _Bucket] = {}

    def _bucket(self, key: tuple[str, str, str, str], capacity: int, window: float, now: float) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(capacity, window, now)
        bucket.refill(now)
        return bucket

    def require(self, call: Call, policy: str, location: str, share: float) -> None:
        """Refuse the call with 429 and Retry-After when a bucket of its policy is empty."""
        waits = [bucket.wait(share) for _, bucket in self._of(call, policy, location)]
        if waits and max(waits) > 0:
            problem = error("too-many-requests", policy=policy)
            problem.headers["Retry-After"] = str(max(1, round(max(waits) + 0.5)))
            raise problem

    def _of(self, call: Call, policy: str, location: str) -> list[tuple[str, _Bucket]]:
        subscription = (call.address.subscription or "").lower()
        resource = call.address.key.rsplit("/", 1)[0] if call.address.tail else call.address.key
        return [
            (
                name,
                self._bucket(
                    (subscription, resource if name == "Resource" else location, policy, name),
                    capacity,
                    _WINDOWS[name],
                    call.now,
                ),
            )
            for name, capacity in self._policies.get(policy, {}).items()
        ]

    def spend(self, call: Call, answer: Answer) -> dict[str, str]:
        """Take one request out of the buckets; the headers that show the client what is left."""
        headers: dict[str, str] = {}
        if answer.policy:
            left: list[str] = []
            for name, bucket in self._of(call, answer.policy, answer.location):
                bucket.level = max(0.0, bucket.level - 1)
                left.append(f"Microsoft.Compute/{answer.policy}{name};{int(bucket.level)}")
            if left:
                headers["x-ms-ratelimit-remaining-resource"] = ",".join(left)
        if call.address.subscription:
            subscription = call.address.subscription.lower()
            for kind, capacity in _ARM[_VERBS.get(call.method, "write")].items():
                bucket = self._bucket((subscription, "", "", kind), capacity, _ARM_WINDOW, call.now)
                bucket.level = max(0.0, bucket.level - 1)
                headers[f"x-ms-ratelimit-remaining-subscription-{kind}"] = str(int(bucket.level))
        return headers
