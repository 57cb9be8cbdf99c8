"""What allauth asks of the house: sign-up is closed, nothing is told by mail, secrets are kept encrypted."""

import base64
import time
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from luoshi.bureau.entering import queries
from luoshi.bureau.entering.watching import BY_PORTAL, ENTERED, OWED
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.queries import address_of

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_NOWHERE = "0.0.0.0"  # noqa: S104 -- what stands for no address in a column that holds addresses


class Doorkeeper(DefaultAccountAdapter):
    """How somebody comes in once it is known who they are."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: accounts are made by the administrator."""
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor stands between the password and the house, nothing else."""
        return ["luoshi.bureau.entering.stages.SecondFactor"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, as the journal says it."""
        return address_of(request) or _NOWHERE

    def login(self, request: HttpRequest, user: Person) -> None:
        """Begin the session, with its hour and what has to be done first."""
        by_portal = request.session.pop(BY_PORTAL, False)
        super().login(request, user)
        request.session[ENTERED] = time.time()
        owed = queries.duties(user, timezone.now(), by_password=not by_portal)
        if owed:
            request.session[OWED] = owed

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: our pages say what was done."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: no account has an address it could be reset by."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the journal keeps it."""


@cache
def _cipher(secret: str) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 -- heavy, and most processes never need it
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    derived = HKDF(SHA256(), 32, salt=None, info=b"luoshi second factors").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


class Factors(DefaultMFAAdapter):
    """Second factors: their secrets lie in the database encrypted by a key that lies outside it."""

    def encrypt(self, text: str) -> str:
        """Before it is kept."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """After it is read."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()

    def _get_user_identifier(self, user: Person) -> str:
        return str(user.get_username())

    def _get_site_name(self) -> str:
        return "落实"


class Porter(DefaultSocialAccountAdapter):
    """Single sign-on: one service, out of the environment; whoever has no account here is turned away."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:  # noqa: ARG002
        """The one service there is."""
        from luoshi.bureau.entering.portal import the_portal  # noqa: PLC0415 -- brings in an HTTP client

        return the_portal(request)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """Who it is, is settled here and nowhere below: nothing after this could make an account."""
        from luoshi.bureau.entering.portal import settle  # noqa: PLC0415

        settle(request, sociallogin)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        """What came back cannot be believed."""
        from luoshi.bureau.entering.portal import doubt  # noqa: PLC0415

        doubt(request, kwargs.get("exception"))
