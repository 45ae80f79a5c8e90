"""A session reads one Resource Manager and sends its token nowhere else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web
from azure.core.exceptions import AzureError

from acg.errors import InputError, ReaderError
from acg.live.connection import Connection, connection
from acg.live.failures import reason
from acg.live.session import Session
from tests.live.fake_arm import Fake, fake_arm

SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-000000000001"
CANARY = "canary-token"
LOCKS = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/locks"


def session(fake: Fake) -> Session:
    return Session(Connection(arm=fake.url, ca=fake.ca.as_posix(), token=CANARY))


async def listed(opened: Session) -> list[str]:
    client = opened.compute(SUBSCRIPTION)
    return [one.name or "" async for one in client.gallery_image_versions.list_by_gallery_image("rg", "corp", "web")]


def test_the_token_goes_to_the_configured_host(tmp_path: Path) -> None:
    async def run() -> Fake:
        async with (
            fake_arm(tmp_path, lambda _: web.json_response({"value": [{"name": "1.0.0"}]})) as fake,
            session(fake) as opened,
        ):
            assert await listed(opened) == ["1.0.0"]
            return fake

    assert asyncio.run(run()).tokens == [f"Bearer {CANARY}"]


@pytest.mark.parametrize("how", ["nextLink", "raw nextLink", "redirect"])
def test_no_link_is_followed_to_another_host(tmp_path: Path, how: str) -> None:
    async def run() -> tuple[Fake, str]:
        async with fake_arm(tmp_path / "other", lambda _: web.json_response({"value": []})) as other:

            def respond(request: web.Request) -> web.StreamResponse:
                if how == "redirect":
                    return web.Response(status=307, headers={"Location": other.url + request.path_qs})
                return web.json_response({"value": [], "nextLink": other.url + request.path_qs})

            async with fake_arm(tmp_path / "arm", respond) as fake, session(fake) as opened:
                try:
                    if how == "raw nextLink":
                        _ = [page async for page in opened.pages(SUBSCRIPTION, LOCKS, "2020-05-01")]
                    else:
                        await listed(opened)
                except AzureError as error:
                    return other, reason(error)
                raise AssertionError("it was followed, or ended as if it were complete")

    other, why = asyncio.run(run())
    assert other.asked == []
    assert why == (
        "was not answered (307)"
        if how == "redirect"
        else "is not known to its end: an answer links to another host, which is not followed"
    )


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (401, "ExpiredAuthenticationToken", "was refused (401 ExpiredAuthenticationToken): log in again, or renew"),
        (
            403,
            "AuthorizationFailed",
            "was refused (403 AuthorizationFailed): whoever reads needs the role Reader on it",
        ),
        (404, "SubscriptionNotFound", "was not found (404 SubscriptionNotFound)"),
        (409, "##vso[task.setvariable]", "was not answered (409)"),
    ],
)
def test_a_refusal_says_what_to_do_and_repeats_nothing_but_a_code(
    tmp_path: Path, status: int, code: str, why: str
) -> None:
    body = {"error": {"code": code, "message": f"CANARY https://x?sig=CANARY {CANARY}"}}

    async def run() -> str:
        async with (
            fake_arm(tmp_path, lambda _: web.json_response(body, status=status)) as fake,
            session(fake) as opened,
        ):
            try:
                await listed(opened)
            except AzureError as error:
                return reason(error)
            return ""

    found = asyncio.run(run())
    assert found.startswith(why)
    assert "CANARY" not in found.upper().replace("CANARY-TOKEN", "CANARY")


def test_an_untrusted_certificate_names_the_option(tmp_path: Path) -> None:
    async def run() -> str:
        async with (
            fake_arm(tmp_path, lambda _: web.json_response({})) as fake,
            Session(Connection(arm=fake.url, token=CANARY)) as opened,
        ):
            try:
                await opened.compute(SUBSCRIPTION).galleries.get("rg", "corp", retry_total=0)
            except AzureError as error:
                return reason(error)
        return ""

    assert asyncio.run(run()) == "was not answered: its certificate is not trusted; name the authority with --ca"


def test_nobody_logged_in_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")

    async def run() -> None:
        async with (
            fake_arm(tmp_path, lambda _: web.json_response({})) as fake,
            Session(Connection(arm=fake.url, ca=fake.ca.as_posix())) as opened,
        ):
            try:
                await listed(opened)
            except AzureError as error:
                reason(error)

    with pytest.raises(ReaderError, match="nobody is logged in"):
        asyncio.run(run())


@pytest.mark.parametrize(
    "arm",
    [
        "http://management.example",
        "management.example",
        "https://",
        "https://user@management.example",
        "https://management.example/?a=b",
        "https://management.example/path",
        "https://[",
        "https://management.example:99999999",
    ],
)
def test_an_address_that_a_token_should_not_go_to_is_refused(arm: str) -> None:
    with pytest.raises(InputError, match="not the address of a Resource Manager"):
        connection({}, arm, "AzureCloud", None)


def test_a_file_without_certificates_is_refused_with_the_address(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("nothing")
    with pytest.raises(InputError) as caught:
        connection({}, "http://x", "AzureCloud", file)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"SSL_CERT_FILE": "{ca}"}, "{ca}"),
        ({"SSL_CERT_FILE": "/missing", "REQUESTS_CA_BUNDLE": "{ca}"}, "{ca}"),
    ],
)
def test_the_authority_comes_from_the_variables_of_other_clients(
    tmp_path: Path, environment: dict[str, str], expected: str | None
) -> None:
    import trustme

    ca = str(tmp_path / "ca.pem")
    trustme.CA().cert_pem.write_to_path(ca)
    settings = {name: value.format(ca=ca) for name, value in environment.items()}
    assert connection(settings, None, "AzureCloud", None).ca == (expected and expected.format(ca=ca))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        connection({}, None, "AzureCloud", tmp_path / "none.pem")


def test_a_token_is_never_shown() -> None:
    settled = connection({"ACG_ARM_TOKEN": CANARY}, "https://management.example/", "AzureCloud", None)
    assert settled.token == CANARY
    assert CANARY not in repr(settled)
    assert CANARY not in str(settled)
