"""How a notice leaves the house: by SMTP, as a file in a folder, by one outgoing hook. Nothing here writes to the database."""

import hashlib
import hmac
import http.client
import json
import os
import smtplib
import socket
import ssl
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from luoshi.bureau.jobs.models import Message
from luoshi.bureau.people.models import Person
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

TIMEOUT = 20.0
"""Seconds a server may be silent."""


class NotSentError(Exception):
    """It has clearly not gone, and may go later."""


class RejectedError(Exception):
    """It has clearly not gone, and never will as it is."""


class UnsureError(Exception):
    """It may have gone."""


Carrier = Callable[[Message], None]
"""Sends one message; returning means it was taken over. Raises one of the three above."""

_SMTP = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def carriers() -> dict[str, Carrier]:
    """The channels that are open, by name, as the settings have them.

    Raises:
        RefusedError: a setting cannot be understood.
    """
    opened: dict[str, Carrier] = {}
    if settings.MAIL:
        opened[Message.Channel.MAIL] = _mail(settings.MAIL)
    if settings.HOOK:
        opened[Message.Channel.HOOK] = Hook(_hook_address(settings.HOOK), settings.HOOK_SECRET.encode())
    return opened


def _mail(told: str) -> Carrier:
    kind, _, path = told.partition(":")
    if kind == "folder":
        return Folder(Path(path) if path else Path(settings.HOME) / "mail")
    with suppress(ValueError):
        address = urlsplit(told)
        if address.scheme in _SMTP and address.hostname:
            return Smtp(address, address.port or _SMTP[address.scheme])
    raise _unreadable("LUOSHI_MAIL", "须为 smtp://、smtp+starttls://、smtps:// 开头的地址，或 folder")


def _hook_address(told: str) -> SplitResult:
    with suppress(ValueError):
        address = urlsplit(told)
        if address.scheme in {"http", "https"} and address.hostname and _port(address):
            if not settings.HOOK_SECRET:
                raise _unreadable("LUOSHI_HOOK_SECRET", "外发接口须有签名用的密钥")
            return address
    raise _unreadable("LUOSHI_HOOK", "须为 http:// 或 https:// 开头的完整地址")


def _port(address: SplitResult) -> int:
    """Asking for it is what finds a port that is no number: ValueError."""
    return address.port or (443 if address.scheme == "https" else 80)


def _unreadable(name: str, rule: str) -> RefusedError:
    # The value is not repeated: it may hold a password.
    return RefusedError(Finding(name, "没有设置或读不懂", rule, f"请更正环境变量 {name}，再启动一次"))


_WHY: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "账号或密码不对"),
    (smtplib.SMTPException, "对方没有照规程应答"),
    (socket.gaierror, "找不到这台主机"),
    (ssl.SSLError, "证书或加密不对"),
    (TimeoutError, "等不到应答"),
    (ConnectionRefusedError, "对方没有开这个端口"),
)


def _why(error: Exception) -> str:
    """What kept the line from standing, in words; no library's text goes on the page."""
    return next((words for kind, words in _WHY if isinstance(error, kind)), "网络不通")


def message_id(key: str) -> str:
    """The Message-ID of a notice: the same however often it is sent, so that a mailbox knows it again."""
    domain = str(settings.MAIL_FROM).rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def address_of(to: str) -> str:
    """The mail address behind an addressee: itself, or what the account with this login has."""
    if "@" in to:
        return to
    found = Person.objects.filter(username=to, is_active=True).values_list("email", flat=True).first()
    if not found:
        raise RejectedError(f"账号 {to} 没有登记邮箱")
    return found


def composed(message: Message) -> EmailMessage:
    """The mail as it goes."""
    mail = EmailMessage()
    mail["Subject"] = message.subject
    mail["From"] = settings.MAIL_FROM
    mail["To"] = address_of(message.to)
    mail["Date"] = format_datetime(message.posted)
    mail["Message-ID"] = message_id(message.key)
    link = f"\n\n{settings.SITE}{message.link}" if message.link else ""
    mail.set_content(message.body + link + "\n")
    if message.ics:
        mail.add_attachment(message.ics, subtype="calendar", params={"method": "PUBLISH"}, filename="luoshi.ics")
    return mail


@dataclass(frozen=True, slots=True)
class Folder:
    """Drops each mail as an .eml file: for an intranet whose mail is fetched from a folder, and for tests."""

    path: Path

    def __call__(self, message: Message) -> None:
        """Write it aside and give it its name when it is whole."""
        mail = composed(message).as_bytes()
        digest = hashlib.sha256(message.key.encode()).hexdigest()[:12]
        name = f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{digest}.eml"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            descriptor, made = tempfile.mkstemp(dir=self.path, suffix=".part")
            with os.fdopen(descriptor, "wb") as file:
                file.write(mail)
                file.flush()
                os.fsync(file.fileno())
            Path(made).replace(self.path / name)
        except OSError as error:
            raise NotSentError("邮件文件夹写不进去，请查看磁盘和权限") from error


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands a mail to the bureau's server, one step at a time: only by the step is it known whether it may have gone."""

    address: SplitResult
    port: int

    def __call__(self, message: Message) -> None:
        """Up to DATA a failure is a clear one; after DATA only an answer is."""
        mail = composed(message)
        try:
            server = self._greeted()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSentError(f"邮件服务器连不上：{_why(error)}") from error
        with closing(server):
            try:
                _accepted(*server.mail(parseaddr(settings.MAIL_FROM)[1]))
                _accepted(*server.rcpt(str(mail["To"])))
            except (OSError, smtplib.SMTPException) as error:
                raise NotSentError("邮件服务器中途断开，正文还没有发") from error
            try:
                _accepted(*server.data(mail.as_bytes()))
            except smtplib.SMTPDataError as error:
                raise NotSentError(f"邮件服务器未接收（{error.smtp_code}）") from error
            except (OSError, smtplib.SMTPException) as error:
                raise UnsureError("邮件正文发出后没有等到答复") from error

    def _greeted(self) -> smtplib.SMTP:
        host, context = str(self.address.hostname), ssl.create_default_context()
        if self.address.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, self.port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, self.port, timeout=TIMEOUT)
        try:
            server.ehlo_or_helo_if_needed()
            if self.address.scheme == "smtp+starttls":
                server.starttls(context=context)
            if self.address.username:
                server.login(unquote(self.address.username), unquote(self.address.password or ""))
        except BaseException:
            server.close()
            raise
        return server


_REJECTED = 500


def _accepted(code: int, said: bytes) -> None:
    """A reply of SMTP: 2xx is yes, 4xx not now, 5xx no."""
    words = f"邮件服务器答复 {code} {said.decode('utf-8', 'replace')[:120]}"
    if code >= _REJECTED:
        raise RejectedError(words)
    if not code // 100 == 2:  # noqa: PLR2004
        raise NotSentError(words)


@dataclass(frozen=True, slots=True)
class Hook:
    """Posts JSON to the one address that is set, signed; follows no redirect and no proxy."""

    address: SplitResult
    secret: bytes

    def __call__(self, message: Message) -> None:
        """Before the connection stands a failure is a clear one; after that only an answer is."""
        body = json.dumps(_told(message), ensure_ascii=False, sort_keys=True).encode()
        connection = self._connection()
        with closing(connection):
            try:
                connection.connect()
            except OSError as error:
                raise NotSentError(f"外发接口连不上：{_why(error)}") from error
            path = (self.address.path or "/") + (f"?{self.address.query}" if self.address.query else "")
            try:
                connection.request("POST", path, body, self._headers(message.key, body))
                status = connection.getresponse().status
            except (OSError, http.client.HTTPException) as error:
                raise UnsureError("外发接口收到后没有答复") from error
        _answered(status)

    def _connection(self) -> http.client.HTTPConnection:
        host = str(self.address.hostname)
        if self.address.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, self.address.port, timeout=TIMEOUT, context=context)
        return http.client.HTTPConnection(host, self.address.port, timeout=TIMEOUT)

    def _headers(self, key: str, body: bytes) -> Mapping[str, str]:
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": quote(key, safe="/:.-_"),
            "X-Luoshi-Signature": f"sha256={hmac.new(self.secret, body, hashlib.sha256).hexdigest()}",
        }


def _told(message: Message) -> dict[str, str]:
    link = f"{settings.SITE}{message.link}" if message.link else ""
    posted = timezone.localtime(message.posted)
    return {
        "key": message.key,
        "to": message.to,
        "subject": message.subject,
        "body": message.body,
        "link": link,
        "ics": message.ics,
        "posted": posted.isoformat(timespec="seconds"),
    }


_NOT_NOW = {429, 503}
"""Answers that say it was not taken and may be offered again."""


def _answered(status: int) -> None:
    words = f"外发接口答复 {status}"
    if status // 100 == 2:  # noqa: PLR2004
        return
    if status in _NOT_NOW:
        raise NotSentError(words)
    if status >= _REJECTED:
        raise UnsureError(words)
    raise RejectedError(words)


def host() -> str:
    """This computer, as a worker's name says it."""
    return socket.gethostname()[:30]
