"""单点登录: the bureau's OpenID Connect service. allauth speaks with it; what its answer must be is told here more strictly.

allauth trusts the connection for the signature of the ID token and sends no nonce. A bureau's service is often behind an
intranet proxy, so the signature is always checked against the published keys, and the nonce of this very request has to
come back in it (OpenID Connect Core 1.0, 3.1.3.7).
"""

import secrets
from pathlib import Path
from typing import Any, NoReturn, cast

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from luoshi.bureau.entering.actions import signing_in
from luoshi.bureau.entering.stages import let_in
from luoshi.bureau.people.queries import actor_of
from luoshi.words.errors import RefusedError

_ID = "portal"
_FAULTS = (OAuth2Error, requests.RequestException, ValueError, KeyError, TypeError)
"""What a service that is not there, or answers something else, ends in."""


class Answers(OpenIDConnectOAuth2Adapter):
    """How the service is asked, and its ID token read."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002
        """Where it sends people back to."""
        return request.build_absolute_uri(reverse("portal_back"))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """Who it says it is: by a signed ID token alone; its user information only adds to the same subject."""
        told = kwargs["response"].get("id_token")
        if not told:
            raise OAuth2Error("no id_token")
        data = {"id_token": self._decode_id_token(app, told)}
        if settings.OIDC["claim"] not in data["id_token"]:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != data["id_token"]["sub"]:
                raise OAuth2Error("userinfo of another subject")
            data["userinfo"] = more
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> Any:
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )


class Portal(OpenIDConnectProvider):
    """The service, asked with a nonce."""

    oauth2_adapter_class = Answers

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any) -> HttpResponse:
        """On to the service."""
        nonce = secrets.token_urlsafe(24)
        asked = {**self.get_auth_params(), "nonce": nonce}
        told = super().redirect(request, process, next_url=next_url, auth_params=asked, nonce=nonce, **kwargs)
        return cast("HttpResponse", told)


def the_portal(request: HttpRequest) -> Portal:
    """The one service, out of the settings. What is kept of it in the database by anybody else is never asked."""
    told = settings.OIDC
    secret = Path(told["secret_file"]).read_text("utf-8").strip() if told["secret_file"] else ""
    asked = {"server_url": told["issuer"], "oauth_pkce_enabled": True}
    app = SocialApp(
        provider="openid_connect",
        provider_id=_ID,
        name=told["name"],
        client_id=told["client"],
        secret=secret,
        settings=asked,
    )
    return Portal(request, app=app)


def ask(request: HttpRequest, wanted: str) -> HttpResponse:
    """Lead to the service.

    Raises:
        RefusedError: it cannot be reached, or does not say what it is.
    """
    try:
        return the_portal(request).redirect(request, "login", next_url=wanted)
    except (*_FAULTS, OSError) as error:
        _unreachable(request, error)


def _unreachable(request: HttpRequest, error: Exception) -> NoReturn:
    signing_in.turn_away(actor_of(request), f"统一身份认证连不上（{type(error).__name__}）")


def answered(request: HttpRequest) -> HttpResponse:
    """What the service sent back.

    Raises:
        RefusedError: it cannot be believed, or names nobody who may come in.
    """
    try:
        return OAuth2CallbackView.adapter_view(Answers(request, _ID))(request)  # type: ignore[no-any-return]
    except RefusedError:
        raise
    except (*_FAULTS, OSError) as error:
        signing_in.turn_away(actor_of(request), f"统一身份认证的答复读不懂（{type(error).__name__}）")


def settle(request: HttpRequest, told: Any) -> NoReturn:
    """The person whom a believed answer names, let in; the nonce of the request has to be in it."""
    data = told.account.extra_data
    nonce = str(data["id_token"].get("nonce", ""))
    if not constant_time_compare(nonce, str(told.state.get("nonce", "-"))):
        signing_in.turn_away(actor_of(request), "答的不是本次请求（nonce 不符）")
    claim = settings.OIDC["claim"]
    login = str(data["id_token"].get(claim) or data.get("userinfo", {}).get(claim) or "")
    person = signing_in.sign_in_by_portal(actor_of(request), login)
    wanted = told.state.get("next") or reverse(settings.LOGIN_REDIRECT_URL)
    raise ImmediateHttpResponse(let_in(request, person, wanted, by_portal=True))


def doubt(request: HttpRequest, error: Exception | None) -> NoReturn:
    """An answer that cannot be believed: another request's, expired, another's, not signed by the service."""
    if error is None:
        what = "答的不是本次请求（state 不符），或在那边取消了"
    else:
        reason = error.__cause__ or error
        what = f"签名、时限或对象不符（{type(reason).__name__}）"
    signing_in.turn_away(actor_of(request), what)


def offered() -> str:
    """What the button says; empty where there is no service."""
    return settings.OIDC["name"] if settings.OIDC["issuer"] else ""
