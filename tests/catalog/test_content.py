"""Text that nobody meant to write: hidden characters, templates that were left in, another tool's notation."""

import pytest

from acg.catalog.reader import read_catalog


@pytest.fixture
def read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def read(text):
        (tmp_path / "corp.yaml").write_text(text, encoding="utf-8")
        return read_catalog("corp.yaml")

    return read


def gallery(keys):
    return f"galleries:\n  corp:\n    resourceGroup: rg\n    {keys}\n"


TEMPLATES = [
    ("location: ${{ parameters.location }}", "4:15", "corp: location holds ${{ parameters.location }}, a template"),
    ("location: {{ location }}", "4:15", "corp: location holds {{ location }}, a template that was not filled in"),
    ('location: "{{ .Values.location }}"', "4:15", "corp: location holds {{ .Values.location }}, a template"),
    ("subscription: $(subscriptionId)", "4:19", "corp: subscription holds $(subscriptionId), a template"),
    ("location: ${location}", "4:15", "corp: location holds ${location}, a template"),
    ("location: '#{Location}#'", "4:15", "corp: location holds #{Location}#, a template"),
    ("location: <region>", "4:15", "corp: location holds <region>, a template"),
    ("subscription: <subscription-id>", "4:19", "corp: subscription holds <subscription-id>, a template"),
    ('description: "{{ description }}"', "4:18", "corp: description holds {{ description }}, a template"),
    ("description: <description>", "4:18", "corp: description holds <description>, a template"),
    ('tags: {owner: "${{ parameters.owner }}"}', "4:19", "corp: tags.owner holds ${{ parameters.owner }}, a template"),
    ('tags: {"{{ key }}": x}', "4:12", "a key of corp: tags holds {{ key }}, a template that was not filled in"),
    ("existing: ${{ parameters.existing }}", "4:15", "corp: existing holds ${{ parameters.existing }}, a template"),
    ("defaults: {targetRegions: [$(region)]}", "4:32", "corp: defaults.targetRegions[0] holds $(region), a template"),
    ("readers: ['/a/${{ b }}/c/$(d)']", "4:15", "corp: readers[0] holds ${{ b }} and $(d), templates that were not"),
    ("tags: {a: [${{ x }}]}", "4:16", "here stands ${{ x }}, a template that was not filled in"),
    ("location: $[variables.location]", "4:15", "corp: location holds $[variables.location], a template that was not"),
    ("location: '<%= location %>'", "4:15", "corp: location holds <%= location %>, a template that was not filled in"),
    ("${{ if eq(a, b) }}: x", "4:5", "a key of corp holds ${{ if eq(a, b) }}, a template that was not filled in"),
    ("readers: [{{ reader }}]", "4:15", "corp: readers[0] holds {{ reader }}, a template that was not filled in"),
    ("readers: {{ readers }}", "4:14", "corp: readers holds {{ readers }}, a template that was not filled in"),
    ("readers:\n    - {{ reader }}", "5:7", "corp: readers[0] holds {{ reader }}, a template that was not filled in"),
    ("tags: {a: {{ x }}}", "4:15", "corp: tags.a holds {{ x }}, a template that was not filled in"),
    ("{{ key }}: x", "4:5", "corp holds {{ key }}, a template that was not filled in"),
    ("{% if x %}", "4:5", "here stands {% if x %}, a template that was not filled in"),
    ("location: {{ a }}-{{ b }}", "4:15", "corp: location holds {{ a }}, a template that was not filled in"),
    ("${{ insert }}: ${{ parameters.tags }}", "4:5", "a key of corp holds ${{ insert }}, a template"),
    ("readers:\n      ${{ each r in p.all }}:\n        - id", "5:7", "a key of corp: readers holds ${{ each r"),
    ("location: {{{ location }}}", "4:15", "corp: location holds {{{ location }}}, a template"),
    ("location: $[[ inputs.location ]]", "4:15", "corp: location holds $[[ inputs.location ]], a template"),
    ("location: $[ variables['location'] ]", "4:15", "corp: location holds $[ variables['location'] ], a template"),
    ("location: ${LOCATION:-${DEFAULT}}", "4:15", "corp: location holds ${LOCATION:-${DEFAULT}}, a template"),
    ("location: '%{ if a }x%{ endif }'", "4:15", "corp: location holds %{ if a } and %{ endif }, templates"),
    ("subscription: $SUBSCRIPTION", "4:19", "corp: subscription holds $SUBSCRIPTION, a template"),
    ("location: $env:LOCATION", "4:15", "corp: location holds $env:LOCATION, a template"),
    ("location: $(az group show --query location)", "4:15", "corp: location holds $(az group show --query loc"),
    ("location: '%LOCATION%'", "4:15", "corp: location holds %LOCATION%, a template"),
    ("location: '%(location)s'", "4:15", "corp: location holds %(location)s, a template"),
    ("location: __LOCATION__", "4:15", "corp: location holds __LOCATION__, a template"),
    ("readers: [/subscriptions/__SUB__/x/%VM%]", "4:15", "corp: readers[0] holds __SUB__ and %VM%, templates"),
    ("location: '@@LOCATION@@'", "4:15", "corp: location holds @@LOCATION@@, a template"),
    ("location: '@project.location@'", "4:15", "corp: location holds @project.location@, a template"),
    ("location: '#{Location}'", "4:15", "corp: location holds #{Location}, a template"),
    ("location: #{Location}#", "4:15", "corp: location holds #{Location}#, a template"),
    ("readers: ['/subscriptions/{id}/x']", "4:15", "corp: readers[0] holds {id}, a template"),
    ("location: «location»", "4:15", "corp: location holds «location», a template"),
    ("location: [parameters('location')]", "4:15", "corp: location holds [parameters('location')], a template"),
    ("location: \"[parameters('location')]\"", "4:15", "corp: location holds [parameters('location')], a template"),
    ("readers: [concat(a, '/', b().c)]", "4:14", "corp: readers holds [concat(a, '/', b().c)], a template"),
    ("location: @@LOCATION@@", "4:15", "here stands @@LOCATION@@, a template that was not filled in"),
    ("location: %LOCATION%", "4:15", "here stands %LOCATION%, a template that was not filled in"),
    ("{{- with .tags }}\n    tags: {{ . | toYaml }}\n    {{- end }}", "4:5", "here stands {{- with .tags }}, a"),
    ("existing: true\n{# a note #}", "5:1", "here stands {# a note #}, a template"),
    ("<% if true %>\n    location: x", "4:5", "here stands <% if true %>, a template that was not filled in"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "place", "words"), TEMPLATES)
def test_a_template_that_was_left_in_is_refused_and_quoted_as_written(read, keys, place, words):
    (problem,) = read(gallery(keys)).problems

    assert (problem.code, problem.place) == ("ACG016", f"corp.yaml:{place}")
    assert problem.message.startswith(words)


@pytest.mark.parametrize(
    "keys",
    [
        "description: Images of <team> for $5 (or less) # ${{ comment }}",
        "description: about {braces} and $(5) and 1 < 2 > 0",
        "tags: {contact: Jane Doe <jane@example.com>, formula: a=5}",
        "description: |\n      Several\n      lines\n    lock: {level: ReadOnly, notes: 'a\tb'}",
        "tags: {a: $100, b: '%PATH%', c: '^[a-z]+$', d: __x__, e: '@a@', f: '{\"x\": {\"y\": 1}}'}",
        "tags: {a: <none>, b: x && $y}",
        "sharingProfile: {communityGalleryInfo: {eula: 'https://x.example/?$top=1&id={x}', publisherUri: 'https://x/%2a%20'}}",
        "formerly: urn:pulumi:dev::images::azure-native:compute:Gallery$azure-native:compute:Gallery::corp",
        "images: {i: {existing: true, versions: {1.0.0: {provenance: {build: 'ubuntu#{4}', links: {a <b>: 'https://x/{y}'}}}}}}",
        "defaults:  # ${{ a }} {{ b }} #{c}# [parameters('d')]\n      replicaCount: 1  #{two}",
        'tags: {größe: naïve, flag: "\\U0001F469\\u200D\\U0001F4BB"}',
    ],
)
def test_ordinary_text_is_left_alone(read, keys):
    assert read(gallery(keys)).problems == ()


HIDDEN = [
    (r'tags: {owner: "a\x1b[31m"}', "4:19", "corp: tags.owner holds the character U+001B, which cannot be seen"),
    (r'tags: {owner: "a\nb"}', "4:19", "corp: tags.owner holds a line break"),
    (r'tags: {"a\nb": c}', "4:12", "the key holds a line break"),
    (r'tags: {"a\u200Bb": c}', "4:12", "the key holds the character U+200B, which cannot be seen"),
    ("tags: {a\u3164b: c}", "4:12", "the key holds the character U+3164, which cannot be seen"),
    ("tags: {owner: a\u202eb}", "4:19", "corp: tags.owner holds the character U+202E, which cannot be seen"),
    (r'location: !!str "a\x1b[31m"', "4:15", "corp: location holds the character U+001B, which cannot be seen"),
    ("location: west\u00a0europe", "4:15", "corp: location holds the character U+00A0, which cannot be seen"),
    ("location: west\u200beurope", "4:15", "corp: location holds the character U+200B, which cannot be seen"),
    (r'location: "west\teurope"', "4:15", "corp: location holds a tab"),
    (r'description: "a\x07"', "4:18", "corp: description holds the character U+0007, which cannot be seen"),
    (
        r'suppress: [{rule: ACG101, reason: "x\n::add-mask::e", until: 2027-01-01}]',
        "4:39",
        "corp: suppress[0].reason holds a line break",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "place", "words"), HIDDEN)
def test_hidden_characters_are_refused(read, keys, place, words):
    (problem,) = read(gallery(keys)).problems

    assert (problem.code, problem.place, problem.message) == ("ACG015", f"corp.yaml:{place}", words)


@pytest.mark.parametrize(
    ("region", "fix"),
    [
        ("westus=1=standard_zrs", "{name: westus, regionalReplicaCount: 1, storageAccountType: Standard_ZRS}"),
        ("westus=2", "{name: westus, regionalReplicaCount: 2}"),
        ("West US=3=Premium_LRS", "{name: West US, regionalReplicaCount: 3, storageAccountType: Premium_LRS}"),
        ("{name: westus=1}", "{name: westus, regionalReplicaCount: 1}"),
        ("--target-regions westus=1", "{name: westus, regionalReplicaCount: 1}"),
        (
            "westus=microsoftlosangeles1=1",
            "it below targetExtendedLocations: {name: westus, extendedLocation: {name: microsoftlosangeles1, "
            "type: EdgeZone}, extendedLocationReplicaCount: 1}",
        ),
        ("westus=1=a=b", "the name of a region alone; its number of replicas is regionalReplicaCount."),
    ],
)
def test_regions_as_the_cli_takes_them_are_translated(read, region, fix):
    (problem,) = read(gallery(f"defaults: {{targetRegions: [{region}]}}")).problems

    assert problem.code == "ACG007"
    assert "as the Azure CLI takes a region" in problem.message
    assert problem.fix == f"Write {fix}"


@pytest.mark.parametrize(
    ("key", "written", "fix"),
    [
        (
            "targetRegions",
            "westus=1 eastus=2=standard_lrs",
            "[{name: westus, regionalReplicaCount: 1}, "
            "{name: eastus, regionalReplicaCount: 2, storageAccountType: Standard_LRS}]",
        ),
        ("targetRegions", "westeurope northeurope", "[westeurope, northeurope]"),
        (
            "targetRegions",
            '\'"West US 2"=2 "East US"\'',
            "[{name: West US 2, regionalReplicaCount: 2}, East US]",
        ),
        (
            "targetExtendedLocations",
            "westus=microsoftlosangeles1",
            "[{name: westus, extendedLocation: {name: microsoftlosangeles1, type: EdgeZone}}]",
        ),
        (
            "targetExtendedLocations",
            "[losangeles=1]",
            "{name: REGION, extendedLocation: {name: losangeles, type: EdgeZone}}",
        ),
        (
            "targetExtendedLocations",
            "[westus=microsoftlosangeles1=1=standard_lrs]",
            "{name: westus, extendedLocation: {name: microsoftlosangeles1, type: EdgeZone}, "
            "extendedLocationReplicaCount: 1, storageAccountType: Standard_LRS}",
        ),
    ],
)
def test_lists_and_edge_zones_as_the_cli_takes_them_are_translated(read, key, written, fix):
    version = f"images: {{u: {{existing: true, versions: {{1.0.0: {{{key}: {written}}}}}}}}}"
    (problem,) = read(gallery(version)).problems

    assert (problem.code, problem.fix) == ("ACG007", f"Write {fix}")


@pytest.mark.parametrize(
    "written", ["'SecurityType=TrustedLaunch Accelerated=True'", "[SecurityType=TrustedLaunch, Accelerated=True]"]
)
def test_features_as_the_cli_takes_them_are_translated(read, written):
    (problem,) = read(gallery(f"images: {{u: {{existing: true, features: {written}}}}}")).problems

    assert problem.message.endswith("as the Azure CLI takes features")
    assert problem.fix == 'Write {SecurityType: TrustedLaunch, Accelerated: "True"}'


@pytest.mark.parametrize("key", ["description", "location"])
@pytest.mark.parametrize(
    "text",
    ["{{", "<a", "${", "$(a", "$", "$[", "$[[", "%{", "%a", "@a", "__a", "/__a", "{#", "#{", "[a(", "[a()", ")", "«"],
)
def test_no_text_is_searched_again_and_again(read, key, text):
    long = "[a(" + text * 200_000
    assert len(read(gallery(f"{key}: '{long}'")).problems) <= 1  # in a moment, or never
