"""Settings that clients of Azure need so that they talk to an embedded Azure, as lines for a shell."""

import os
import shlex
from pathlib import Path

from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses, StateFolder
from acg_sandbox.subscriptions import PLATFORM, TENANT


def env_lines(folder: StateFolder) -> list[str]:
    """`export NAME=value` for each variable.

    Raises:
        LauncherError: no embedded Azure runs in this folder.
    """
    if (server := folder.server) is None:
        raise LauncherError(f"no embedded Azure runs in {folder.root}.\nFix: start one with `acg-sandbox serve`.")
    return [f"export {name}={shlex.quote(value)}" for name, value in client_environment(server).items()]


def client_environment(server: Addresses) -> dict[str, str]:
    """The variables: any credential is accepted; what the machine trusts is trusted still."""
    trusted = str(Path(server.ca).with_name("trusted.pem"))
    store = str(Path(server.ca).with_name("trusted.p12"))
    port = server.https.rpartition(":")[2]
    return {
        "SANDBOX_ARM": server.arm,
        "SANDBOX_ARM_HTTPS": server.https,
        "SANDBOX_CA": server.ca,
        "ACG_ARM": server.https,
        "ACG_CA": server.ca,
        "ACG_ARM_TOKEN": "any",
        # Python (requests, ssl), az, Ansible, Go on Linux, Node, Java
        "REQUESTS_CA_BUNDLE": trusted,
        "SSL_CERT_FILE": trusted,
        "NODE_EXTRA_CA_CERTS": server.ca,
        "JAVA_TOOL_OPTIONS": _java_options(f'"-Djavax.net.ssl.trustStore={store}"'),
        # The identity libraries of every language
        "AZURE_AUTHORITY_HOST": server.https,
        "AZURE_TENANT_ID": TENANT,
        "AZURE_CLIENT_ID": "any",
        "AZURE_CLIENT_SECRET": "any",
        "AZURE_SUBSCRIPTION_ID": server.subscription or PLATFORM,
        # Azure CLI and what is built on it: profiles and the clouds they know, which hold for this address alone
        "AZURE_CONFIG_DIR": str(Path(server.ca).with_name(f"azure-{port}")),
        "AZURE_CORE_INSTANCE_DISCOVERY": "false",
        # Ansible's azure.azcollection
        "AZURE_TENANT": TENANT,
        "AZURE_SECRET": "any",
        "AZURE_CLOUD_ENVIRONMENT": server.https,
        "AZURE_DISABLE_INSTANCE_DISCOVERY": "true",
        "ARM_CLOUD_METADATA_URL": f"{server.https}/metadata/endpoints?api-version=2020-06-01",
    }


def _java_options(ours: str) -> str:
    """The options that Java is given already, and ours."""
    given = os.environ.get("JAVA_TOOL_OPTIONS", "")
    return given if ours in given else f"{given} {ours}".strip()
