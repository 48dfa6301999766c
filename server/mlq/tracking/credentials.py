"""What proves to a tracking server who asks, found where MLflow's client finds it, and which TLS to use.

The order is that of MLflow 3.17.2 with requests: `.netrc`, then user and password of the URI, then those of
the environment or of `~/.mlflow/credentials` (each on its own), then the token of the environment.
"""

from __future__ import annotations

import base64
import configparser
import netrc
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.tracking.protocol import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlq.tracking.uri import HttpUri


def authorization(uri: HttpUri, environ: Mapping[str, str]) -> str | None:
    """Return the value of the header Authorization for a server, or None where nothing is known for it."""
    login = _from_netrc(uri.host, environ) or _from_uri(uri) or _from_mlflow(environ)
    if login is not None:
        return "Basic " + base64.b64encode(":".join(login).encode()).decode("ascii")
    token = environ.get("MLFLOW_TRACKING_TOKEN")
    # A line break would end the header, and the error would show the token.
    return f"Bearer {token.strip()}" if token and token.strip().isprintable() else None


def is_signed_by_plugin(environ: Mapping[str, str]) -> bool:
    """Tell whether a package of the project signs the requests, or says who asks."""
    return any(environ.get(name) for name in ("MLFLOW_TRACKING_AWS_SIGV4", "MLFLOW_TRACKING_AUTH"))


def tls_context(environ: Mapping[str, str]) -> ssl.SSLContext:
    """Return how to check a server; raises `StoreError` where a named certificate cannot be read."""
    is_insecure = environ.get("MLFLOW_TRACKING_INSECURE_TLS", "").lower() in {"true", "1"}
    if is_insecure and environ.get("MLFLOW_TRACKING_SERVER_CERT_PATH"):
        both = "MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH"
        raise StoreError("unsupported", f"{both} cannot both be set")
    authorities = _first(environ, "MLFLOW_TRACKING_SERVER_CERT_PATH", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
    client = environ.get("MLFLOW_TRACKING_CLIENT_CERT_PATH")
    try:
        is_folder = authorities is not None and Path(authorities).is_dir()
        context = ssl.create_default_context(
            cafile=None if is_folder else authorities, capath=authorities if is_folder else None
        )
        if client:
            context.load_cert_chain(client)
    except OSError as error:
        raise StoreError("unreadable", f"the certificates cannot be read: {authorities or client}") from error
    if is_insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _from_netrc(host: str, environ: Mapping[str, str]) -> tuple[str, str] | None:
    named = environ.get("NETRC")
    places = [Path(named)] if named else [_home(environ) / ".netrc", _home(environ) / "_netrc"]
    place = next((place.expanduser() for place in places if place.expanduser().exists()), None)
    if place is None:
        return None
    try:
        found = netrc.netrc(place).authenticators(host)
    except (OSError, ValueError, netrc.NetrcParseError):
        return None
    return None if found is None else (found[0] or found[1] or "", found[2] or "")


def _from_uri(uri: HttpUri) -> tuple[str, str] | None:
    return (uri.user or "", uri.password or "") if uri.user or uri.password else None


def _from_mlflow(environ: Mapping[str, str]) -> tuple[str, str] | None:
    file = configparser.ConfigParser(interpolation=None)
    try:
        file.read(_home(environ) / ".mlflow" / "credentials", encoding="utf-8")
    except (OSError, ValueError, configparser.Error):
        file.clear()
    section = file["mlflow"] if file.has_section("mlflow") else {}
    user = environ.get("MLFLOW_TRACKING_USERNAME") or section.get("mlflow_tracking_username")
    password = environ.get("MLFLOW_TRACKING_PASSWORD") or section.get("mlflow_tracking_password")
    return (user, password) if user and password else None


def _home(environ: Mapping[str, str]) -> Path:
    home = _first(environ, "HOME", "USERPROFILE")
    return Path(home) if home else Path.home()


def _first(environ: Mapping[str, str], *names: str) -> str | None:
    return next((environ[name] for name in names if environ.get(name)), None)
