"""Requests to an Azure Resource Manager endpoint by the Azure SDK's pipeline: retries, throttling, long operations."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from azure.core.exceptions import AzureError, HttpResponseError
from azure.core.pipeline.policies import HeadersPolicy, RequestIdPolicy, RetryPolicy, UserAgentPolicy
from azure.core.pipeline.transport import RequestsTransport
from azure.core.rest import HttpRequest, HttpResponse
from azure.mgmt.core import ARMPipelineClient
from azure.mgmt.core.polling.arm_polling import ARMPolling
from requests.adapters import HTTPAdapter

Json = dict[str, Any]

DEFAULT_TIMEOUT = 7200.0
"""Seconds an operation may take when the program gives no custom timeout: azure-native's two hours."""

_LONGEST_PAUSE = 10.0
"""Seconds between two looks at a long operation, when Azure does not say: azure-native's interval."""

_FIRST_PAUSE = 0.05
_CONNECTIONS = 64
_GONE = frozenset({"NotFound", "ResourceNotFound", "ResourceGroupNotFound"})


class ProviderError(Exception):
    """An error that is reported in one line."""


class ArmError(ProviderError):
    """Azure refused; the text is azure-native's: ``Status=409 Code="Conflict" Message="..."``."""

    def __init__(self, status: int, code: str, message: str) -> None:
        named = f'Code="{code}" ' if code else ""
        super().__init__(f'Status={status} {named}Message="{message}"')
        self.status = status
        self.code = code

    @property
    def is_gone(self) -> bool:
        """Whether Azure itself says that the resource does not exist, rather than something on the way to it."""
        return self.status == 404 and self.code in _GONE


class TimedOutError(ProviderError):
    """The operation took longer than it was given."""


class CancelledError(ProviderError):
    """The Pulumi run that wanted the operation was cancelled."""


class BegunError(ProviderError):
    """Azure began the operation and then it failed, so that the resource may exist."""


class Operation:
    """What one request of the engine may take: until a deadline (``timeout`` seconds), or until it is cancelled."""

    def __init__(self, timeout: float = 0.0) -> None:
        self._cancelled = threading.Event()
        self._deadline = time.monotonic() + (timeout if timeout > 0 else DEFAULT_TIMEOUT)

    def cancel(self) -> None:
        """Ends the operation at its next pause or request."""
        self._cancelled.set()

    def pause(self, seconds: float) -> None:
        """Waits, but no longer than the operation may take. Raises ``TimedOutError`` or ``CancelledError``."""
        left = self._deadline - time.monotonic()
        if self._cancelled.wait(max(0.0, min(seconds, left))):
            raise CancelledError("the operation was cancelled")
        if seconds >= left:
            raise TimedOutError("operation timed out")

    def check(self) -> None:
        """Raises when the operation may not go on."""
        self.pause(0.0)


class ArmClient:
    """A client of one endpoint, for any number of threads; nothing it sends or gets is logged."""

    def __init__(self, endpoint: str, user_agent: str) -> None:
        session = requests.Session()
        session.mount("http://", adapter := HTTPAdapter(pool_maxsize=_CONNECTIONS))
        session.mount("https://", adapter)
        self._transport = _Transport(session=session, session_owner=True)
        self._client = ARMPipelineClient[HttpRequest, HttpResponse](
            endpoint.rstrip("/"),
            policies=[
                RequestIdPolicy(),
                HeadersPolicy({"Accept": "application/json"}),
                UserAgentPolicy(base_user_agent=user_agent),
                _Retry(),
            ],
            transport=self._transport,
        )

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def get(self, path: str, api_version: str, operation: Operation) -> Json:
        """The resource at ``path``. Raises ``ArmError``."""
        with self._transport.serving(operation):
            return _body(self._send("GET", path, api_version, (200,)).http_response)

    def exists(self, path: str, api_version: str, operation: Operation) -> bool:
        """Whether something exists at ``path``; any 404 means no, as in azure-native. Raises ``ArmError``."""
        try:
            return bool(self.get(path, api_version, operation))
        except ArmError as error:
            if error.status == 404:
                return False
            raise

    def put(self, path: str, api_version: str, body: Json, operation: Operation) -> Json:
        """Creates or updates, waits for the end, and gives the resource.

        Raises ``ArmError`` when Azure refuses, ``BegunError`` when it fails after having begun.
        """
        with self._transport.serving(operation):
            begun = self._send("PUT", path, api_version, (200, 201, 202), body)
            try:
                return self._wait(begun, operation)
            except ProviderError as error:
                raise BegunError(str(error)) from error

    def delete(self, path: str, api_version: str, operation: Operation) -> None:
        """Deletes and waits for the end; what is gone already is fine. Raises ``ArmError``."""
        with self._transport.serving(operation):
            try:
                self._wait(self._send("DELETE", path, api_version, (200, 202, 204)), operation)
            except ArmError as error:
                if error.status != 404:
                    raise

    def _send(self, method: str, path: str, api_version: str, good: tuple[int, ...], body: Json | None = None) -> Any:
        request = HttpRequest(method, path, params={"api-version": api_version}, json=body)
        request.url = self._client.format_url(request.url)
        with _azure_errors():
            answer: Any = self._client.send_request(request, _return_pipeline_response=True)
        if answer.http_response.status_code not in good:
            raise _error(answer.http_response)
        return answer

    def _wait(self, begun: Any, operation: Operation) -> Json:
        polling = _Polling(operation)
        with _azure_errors():
            polling.initialize(self._client, begun, lambda answer: answer)
            polling.run()
            answer = polling.resource()
        return _body(answer.http_response) if answer is not None else {}


class _Retry(RetryPolicy):
    """Also waits for an operation that is in progress on the same resource, as azure-native does."""

    def is_retry(self, settings: dict[str, Any], response: Any) -> bool:
        if response.http_response.status_code == 409 and self.check_retry_on(settings):
            response.http_response.read()
            return _error(response.http_response).code == "AnotherOperationInProgress"
        return super().is_retry(settings, response)

    @staticmethod
    def check_retry_on(settings: dict[str, Any]) -> bool:
        return settings["total"] > 0


class _Polling(ARMPolling):
    """Looks often at first, because the embedded Azure is quick; a ``Retry-After`` is always honoured."""

    def __init__(self, operation: Operation) -> None:
        super().__init__(timeout=_FIRST_PAUSE)
        self._pulumi_operation = operation

    def _sleep(self, delay: float) -> None:
        self._pulumi_operation.pause(delay)
        self._timeout = min(self._timeout * 1.5, _LONGEST_PAUSE)


class _Transport(RequestsTransport):
    """Between two attempts the retry policy lets the transport sleep; here that ends with the operation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._served = threading.local()

    @contextmanager
    def serving(self, operation: Operation) -> Iterator[None]:
        operation.check()
        self._served.operation = operation
        try:
            yield
        finally:
            self._served.operation = None

    def sleep(self, duration: float) -> None:
        if operation := getattr(self._served, "operation", None):
            operation.pause(duration)
        else:
            time.sleep(duration)


@contextmanager
def _azure_errors() -> Iterator[None]:
    try:
        yield
    except HttpResponseError as error:
        raise (_error(error.response) if error.response is not None else ProviderError(str(error))) from error
    except AzureError as error:
        raise ProviderError(f"no answer from Azure: {_innermost(error)}") from error


def _innermost(error: BaseException) -> BaseException:
    """What was wrong with the connection: the libraries between wrap it in exceptions that print each other's names."""
    wrapped = [getattr(error, "reason", None), getattr(error, "inner_exception", None), *reversed(error.args)]
    inner = next((one for one in wrapped if isinstance(one, BaseException)), None)
    return error if inner is None else _innermost(inner)


def _error(response: Any) -> ArmError:
    body = _body(response)
    error = body.get("error")
    error = error if isinstance(error, Mapping) else body
    code = error.get("code") or response.headers.get("x-ms-error-code") or ""
    message = error.get("message") or response.text() or response.reason or "no message"
    return ArmError(response.status_code, str(code), str(message))


def _body(response: Any) -> Json:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
