"""Connects to a tracking server, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY ask for."""

from __future__ import annotations

import base64
import http.client
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

if TYPE_CHECKING:
    import ssl

    from mlq.tracking.uri import HttpUri


def connect(uri: HttpUri, tls: ssl.SSLContext | None, timeout: float) -> http.client.HTTPConnection:
    """Return an open connection to a server, or raise `OSError` or `HTTPException`, by `timeout` seconds."""
    proxy = _proxy(uri)
    host, port = (proxy.hostname or "", proxy.port or 80) if proxy else (uri.host, uri.port)
    connection = (
        http.client.HTTPConnection(host, port, timeout=timeout)
        if tls is None
        else http.client.HTTPSConnection(host, port, timeout=timeout, context=tls)
    )
    if proxy and tls is not None:
        connection.set_tunnel(uri.host, uri.port, _proxy_authorization(proxy))
    connection.connect()
    return connection


def proxied_path(uri: HttpUri, path: str) -> tuple[str, dict[str, str]]:
    """Return what to ask for, and the headers for a proxy: without TLS it wants the whole address."""
    proxy = _proxy(uri) if uri.scheme == "http" else None
    if proxy is None:
        return path, {}
    return f"http://{uri.netloc}{path}", _proxy_authorization(proxy)


def _proxy(uri: HttpUri) -> SplitResult | None:
    proxies = getproxies()
    address = proxies.get(uri.scheme) or proxies.get("all")
    if not address or proxy_bypass(f"{uri.host}:{uri.port}"):
        return None
    parts = urlsplit(address if "//" in address else f"//{address}")
    return parts if parts.hostname else None


def _proxy_authorization(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": "Basic " + base64.b64encode(login.encode()).decode("ascii")}
