"""What a report counts as checked: what rules look at, and not what merely stands beside it."""

from acg.desired.resource import Resource
from acg.rules.evaluation import check_resources
from acg.rules.examples import TODAY, gallery


def test_resources_of_another_provider_are_not_counted_as_checked():
    others = [
        Resource("aws:ec2/instance:Instance", "web", {}),
        Resource("azure-native:network:VirtualNetwork", "net", {}),
        Resource("azure:compute/sharedImageGallery:SharedImageGallery", "classic", {}),
    ]
    assert check_resources([gallery(), *others], None, TODAY).resources == 1


def test_an_api_version_in_the_type_makes_no_difference():
    assert check_resources([gallery(api="2025-03-03")], None, TODAY).resources == 1
