"""Policies as an author writes them, one per thing that the kit has to bring across."""

import pulumi_policy as sdk
from pulumi_policy import EnforcementLevel, ResourceValidationPolicy, StackValidationPolicy


def _location(args, report):
    if args.props.get("location") == "eastus":
        report("lives in eastus")


LOCATION = ResourceValidationPolicy(
    "location",
    "Nothing lives in the US",
    _location,
    enforcement_level=EnforcementLevel.MANDATORY,
    severity=sdk.Severity.HIGH,
    url="https://example.com/location",
    remediation_steps="Move it.",
)


def _limit(args, report):
    if args.props.get("size", 0) > args.get_config()["limit"]:
        report("is too large")


LIMIT = ResourceValidationPolicy(
    "limit",
    "Sizes are limited",
    _limit,
    config_schema=sdk.PolicyConfigSchema({"limit": {"type": "integer", "default": 10}}),
)


def _shape(args, report):
    report(
        repr([args.resource_type, args.name, args.urn, args.opts.protect, args.opts.parent, sorted(args.props.items())])
    )


SHAPE = ResourceValidationPolicy("shape", "Tells what it sees", _shape)


def _tag(args):
    return {**args.props, "tags": {"owner": "images"}}


# The SDK awaits what is awaitable and takes what is not; its annotation knows only the first.
TAG = ResourceValidationPolicy("tag", "Everything has an owner", remediate=_tag)  # pyright: ignore[reportArgumentType]


def _twice(args, report):
    seen: dict[str, str] = {}
    for resource in args.resources:
        name = resource.props.get("galleryName")
        if name in seen:
            report(f"has the name of {seen[name]}", resource.urn)
        if name:
            seen[name] = resource.name


TWICE = StackValidationPolicy("twice", "Names are unique", _twice, enforcement_level=EnforcementLevel.MANDATORY)


def _links(args, report):
    for one in args.resources:
        parent = one.parent.name if one.parent else None
        used = {key: [other.name for other in others] for key, others in one.property_dependencies.items()}
        report(repr([one.name, parent, sorted(other.name for other in one.dependencies), used]), one.urn)


LINKS = StackValidationPolicy("links", "Tells who belongs to whom", _links)


def _reluctant(args, report):
    args.not_applicable("never")


RELUCTANT = ResourceValidationPolicy("reluctant", "Does not apply", _reluctant)
