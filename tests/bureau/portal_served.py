"""A bureau's single sign-on service for the tests, in a process of its own: Authlib's OpenID provider with PKCE required.

`python -m tests.bureau.portal_served PORT`. Who signs in there, and what is then wrong with the ID token, are told by two
parameters of the authorization request that no client sends: `as` and `fault`.
"""

import sys
import time
from dataclasses import dataclass
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode
from flask import Flask, jsonify, request
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "luoshi", "not-a-real-secret"
_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
_STRANGE = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
_CODES: dict[str, "Code"] = {}
_ISSUER = f"http://127.0.0.1:{sys.argv[1]}" if len(sys.argv) > 1 else ""


class Client(ClientMixin):
    """The one client it knows."""

    id_token_signed_response_alg = "RS256"

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/enter/portal/back/")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    """What a code stands for until it is redeemed."""

    person: str
    fault: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return "of-another-request" if self.fault == "nonce" else "" if self.fault == "no_nonce" else self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class _Grant(grants.AuthorizationCodeGrant):
    def save_authorization_code(self, code: str, request: Any) -> None:
        told = request.payload.data
        _CODES[code] = Code(
            request.user, told.get("fault", ""), request.payload.redirect_uri, request.payload.scope,
            told.get("nonce", ""), told["code_challenge"], told["code_challenge_method"],
        )  # fmt: skip

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return _CODES.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        for code, kept in list(_CODES.items()):
            if kept is authorization_code:
                del _CODES[code]

    def authenticate_user(self, authorization_code: Code) -> Code:
        return authorization_code


class _Identity(OpenIDCode):
    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return False

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return _STRANGE if request.form.get("code") and self._fault == "key" else _KEY

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        self._fault = request.authorization_code.fault
        return super().encode_id_token(token, request)

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": "RS256", "kid": "one"}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        issuer = "https://elsewhere.invalid" if self._fault == "issuer" else _ISSUER
        told: dict[str, Any] = {"iss": issuer, "aud": ["another" if self._fault == "audience" else CLIENT]}
        return told | ({"exp": int(time.time()) - 60} if self._fault == "expired" else {})

    def generate_user_info(self, user: Code, scope: str) -> dict[str, str]:
        told = {"sub": f"sub-of-{user.person}"}
        return told if user.fault == "nobody" else told | {"preferred_username": user.person, "employee": user.person}


def served() -> Flask:
    """The service."""
    app = Flask(__name__)
    server = AuthorizationServer(app, query_client=lambda _id: Client(), save_token=lambda _token, _request: None)
    server.register_grant(_Grant, [_Identity(require_nonce=True), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Any:
        told = {"issuer": _ISSUER, "token_endpoint_auth_methods_supported": ["client_secret_basic"]}
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        told |= {f"{name}_endpoint": f"{_ISSUER}/{path}" for name, path in ends.items()}
        return jsonify(told | {"jwks_uri": f"{_ISSUER}/jwks"})

    @app.get("/jwks")
    def jwks() -> Any:
        return jsonify({"keys": [_KEY.as_dict(private=False)]})

    @app.get("/authorize")
    def authorize() -> Any:
        return server.create_authorization_response(grant_user=request.args["as"])

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/userinfo")
    def userinfo() -> Any:
        return jsonify({"sub": "sub-of-somebody-else", "preferred_username": "ducha"})

    return app


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), served(), threaded=True).serve_forever()
