"""HTTPS with a certificate made here: the real command serves it, cookies never travel in the clear, plain HTTP leads on."""

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from luoshi.cli import app
from luoshi.commands.tls import certificate
from luoshi.words.errors import RefusedError

ROOT = Path(__file__).resolve().parents[2]


class Pair(NamedTuple):
    """A certificate and its key."""

    cert: Path
    key: Path


def _pair(folder: Path) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "星州市教育局（虚构）")])
    named = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(named, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    told = Pair(folder / "cert.pem", folder / "key.pem")
    told.cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    told.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return told


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served(NamedTuple):
    """Where the house answers."""

    secure: str
    plain: str
    cert: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`luoshi serve` with a certificate, and its plain door."""
    home = tmp_path_factory.mktemp("tls")
    pair, port, plain = _pair(home), _free_port(), _free_port()
    told = {**os.environ, "LUOSHI_HOME": str(home / "var"), "LUOSHI_CERT": str(pair.cert), "LUOSHI_KEY": str(pair.key)}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LUOSHI_DEMO"):
        told.pop(name, None)
    told["LUOSHI_WORKER"] = "off"
    command = [sys.executable, "-m", "luoshi", "serve", "--bind", f"127.0.0.1:{port}"]
    command += ["--redirect", f"127.0.0.1:{plain}"]
    with (home / "printed.txt").open("w") as out:
        running = subprocess.Popen(command, cwd=ROOT, env=told, stdout=out, stderr=subprocess.STDOUT)
        address = Served(f"https://localhost:{port}", f"http://localhost:{plain}", pair.cert)
        try:
            for _ in range(600):
                try:
                    requests.get(f"{address.secure}/enter/", verify=str(pair.cert), timeout=10)
                    break
                except requests.RequestException:
                    assert running.poll() is None, (home / "printed.txt").read_text()
                    time.sleep(0.1)
            yield address
        finally:
            running.terminate()
            running.wait(timeout=20)


def test_the_entrance_is_reached_by_https_and_its_cookies_never_travel_in_the_clear(served: Served) -> None:
    answer = requests.get(f"{served.secure}/enter/", verify=str(served.cert), timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = answer.headers["Set-Cookie"]
    assert cookies.startswith("csrftoken=")
    assert "Secure" in cookies


def test_a_form_is_taken_over_https_and_refused_without_its_token(served: Served) -> None:
    with requests.Session() as browser:
        browser.trust_env, browser.verify = False, str(served.cert)
        browser.get(f"{served.secure}/enter/", timeout=10)
        told = {"username": "nobody", "password": "wrong", "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        answer = browser.post(f"{served.secure}/enter/", data=told, headers={"Referer": f"{served.secure}/enter/"})
        assert "账号或密码不对" in answer.text
        elsewhere = browser.post(
            f"{served.secure}/enter/", data=told, headers={"Referer": "https://elsewhere.invalid/"}
        )
        assert "不能确认是从本系统的页面发出的" in elsewhere.text


def test_a_browser_that_does_not_know_the_certificate_is_warned(served: Served) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{served.secure}/enter/", timeout=10)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("version", "spoken"), [(ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_1, False)])
def test_tls_1_2_is_the_least_that_is_spoken(served: Served, version: ssl.TLSVersion, spoken: bool) -> None:  # noqa: FBT001
    told = ssl.create_default_context(cafile=str(served.cert))
    told.set_ciphers("ALL:@SECLEVEL=0")
    told.minimum_version = ssl.TLSVersion.TLSv1
    told.maximum_version = version
    host, _, port = served.secure.removeprefix("https://").rpartition(":")

    def greeted() -> bool:
        try:
            with (
                socket.create_connection((host, int(port)), timeout=10) as raw,
                told.wrap_socket(raw, server_hostname=host),
            ):
                return True
        except (ssl.SSLError, ConnectionError):
            return False

    assert greeted() is spoken


def test_plain_http_leads_to_https_and_nowhere_else(served: Served) -> None:
    answer = requests.get(f"{served.plain}/enter/?next=/journal/", allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{served.secure}/enter/?next=/journal/")
    strange = requests.get(f"{served.plain}/", headers={"Host": "elsewhere.invalid"}, allow_redirects=False, timeout=10)
    assert (strange.status_code, strange.headers.get("Location")) == (400, None)
    assert (
        requests.get(f"{served.plain}//elsewhere.invalid/", allow_redirects=False, timeout=10).headers["Location"]
        == f"{served.secure}/elsewhere.invalid/"
    )


def test_a_certificate_without_its_key_is_told_in_four_parts(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    right, wrong = _pair(one), _pair(other)
    assert certificate(str(right.cert), str(right.key))["ssl_cert"] == right.cert
    assert certificate("", "") == {}
    for cert, key in ((right.cert, wrong.key), (right.cert, tmp_path / "gone"), (right.key, right.cert)):
        with pytest.raises(RefusedError, match="证书用不了"):
            certificate(str(cert), str(key))


def test_the_command_says_what_the_plain_door_is_for() -> None:
    assert "只引到 HTTPS" in CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "200"}).output


def test_behind_a_proxy_that_is_believed_the_pages_are_https(tmp_path: Path) -> None:
    told = {**os.environ, "LUOSHI_HOME": str(tmp_path), "LUOSHI_SITE": "https://luoshi.jyj.example"}
    told |= {"LUOSHI_PROXY": "127.0.0.1", "LUOSHI_HOSTS": "luoshi.jyj.example", "LUOSHI_DEMO": ""}
    said = subprocess.run(
        [sys.executable, "-c", _ASKED], env=told, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout.split() == ["301", "https://luoshi.jyj.example/language/", "302", "301", "True", "admins"]


_ASKED = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.bureau.settings"
import django
django.setup()
from django.conf import settings
from django.test import Client
near = {"HTTP_HOST": "luoshi.jyj.example", "REMOTE_ADDR": "127.0.0.1"}
plain = Client().get("/language/", **near)
secure = Client().get("/leave/", HTTP_X_FORWARDED_PROTO="https", **near)
forged = Client().get("/language/", HTTP_X_FORWARDED_PROTO="https", **{**near, "REMOTE_ADDR": "10.0.0.9"})
print(plain.status_code, plain["Location"], secure.status_code, forged.status_code, settings.SESSION_COOKIE_SECURE, end=" ")
print(settings.SECOND_FACTOR)
"""
