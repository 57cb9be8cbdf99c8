"""HTTPS with the bureau's own certificate, and a door beside it that only leads there."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_HTTPS = 443
_PERMANENT, _BAD = 308, 400


def certificate(cert: str, key: str) -> dict[str, Any]:
    """What the web server is given of the bureau's certificate; nothing without one.

    TLS 1.2 is the least: browsers of office computers that know no 1.3 still come in.

    Args:
        cert: file with the certificate and its chain, PEM.
        key: file with its private key, PEM, without a password.

    Raises:
        RefusedError: only one of the two is given, or they do not belong together.
    """
    if not cert and not key:
        return {}
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key or None, password="")
    except (OSError, ValueError) as error:
        where = "LUOSHI_CERT、LUOSHI_KEY"
        rule = "须是一对 PEM 文件：证书（含证书链）和它的私钥，私钥不设口令，本程序能读"
        what = f"证书用不了（{type(error).__name__}）"
        raise RefusedError(Finding(where, what, rule, "请核对两个文件的路径、权限和是否成对")) from error
    from granian.constants import SSLProtocols  # noqa: PLC0415

    return {"ssl_cert": Path(cert), "ssl_key": Path(key or cert), "ssl_protocol_min": SSLProtocols.tls12}


def _leading(hosts: list[str], port: int) -> type[BaseHTTPRequestHandler]:
    from django.http.request import split_domain_port, validate_host  # noqa: PLC0415 -- what the house itself asks

    class Leading(BaseHTTPRequestHandler):
        def _lead(self) -> None:
            host, _ = split_domain_port(self.headers.get("Host", ""))
            known = bool(host) and validate_host(host, hosts)
            self.send_response(_PERMANENT if known else _BAD)
            if known:
                path = "/" + self.path.lstrip("/")
                self.send_header("Location", f"https://{host}{'' if port == _HTTPS else f':{port}'}{path}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = do_POST = _lead  # noqa: N815 -- names that the standard library looks for

        def log_message(self, *_: object) -> None:
            """Nothing: who is led on is on the record where they come in."""

    return Leading


@contextmanager
def leading(bind: str, hosts: list[str], port: int) -> Iterator[None]:
    """While open, whoever asks by plain HTTP is led to HTTPS.

    Args:
        bind: address of the plain door, 0.0.0.0:80; without one there is none.
        hosts: the names under which the house is known; nobody is led anywhere else.
        port: of HTTPS.

    Raises:
        RefusedError: the address is none, or taken.
    """
    if not bind:
        yield
        return
    host, _, number = bind.rpartition(":")
    try:
        door = ThreadingHTTPServer((host, int(number)), _leading(hosts, port))
    except (OSError, ValueError, OverflowError) as error:
        rule = "须写成 主机:端口，端口没有被占用；1024 以下的端口要有权限"
        raise RefusedError(Finding("--redirect", f"{bind} 用不了", rule, "例如 --redirect 0.0.0.0:80")) from error
    threading.Thread(target=door.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        door.shutdown()
        door.server_close()
