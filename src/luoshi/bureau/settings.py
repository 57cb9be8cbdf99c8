"""Settings. Everything a bureau changes comes from the environment; everything it keeps lies in one folder.

LUOSHI_HOME   the folder with the database, the key, the files and the lake (default ./var)
LUOSHI_KEYS   the folder with the keys personal data are sealed by (default: keys inside LUOSHI_HOME); best on another disk
LUOSHI_SUITE  aes-256-gcm (default) or sm4-gcm
DATABASE_URL  for PostgreSQL, postgres://user:password@host:5432/name (default: SQLite inside LUOSHI_HOME)
LUOSHI_HOSTS  names under which the pages are reached, separated by commas
LUOSHI_DEMO   1: the entrance lists the demo people, every page says 演示
LUOSHI_SITE   http://10.1.2.3:8000, how the pages are reached from a mail; without it a mail names the path alone
LUOSHI_ROUND_AT   the time in Shanghai after which the daily round is made (default 07:30)
LUOSHI_WORKER     off: `luoshi serve` starts no worker beside it; `luoshi work` then runs elsewhere
LUOSHI_MAIL       smtp://user:password@host:25, smtp+starttls://… or smtps://…; folder or folder:PATH drops .eml files;
                  without it no mail goes out
LUOSHI_MAIL_FROM  the sender's address
LUOSHI_DIGEST     sha256 or sm3: what new entries of the journal are digested by (default sha256)
LUOSHI_ANCHORS    a folder on another machine or disk: each day the end of the journal is written there, one file a day
LUOSHI_BACKUPS    the folder for backups that are made daily and before an upgrade, best on another disk (default: backups
                  inside LUOSHI_HOME, and then no daily one)
LUOSHI_BACKUP_KEEP  how many daily backups stay (default 14)
LUOSHI_HOOK       the one address outgoing notices are posted to; LUOSHI_HOOK_SECRET signs them
LUOSHI_IDLE       minutes without a click after which one signs in again (default 30)
LUOSHI_SECOND_FACTOR   off, admins or all: who needs a second factor (default admins; in the demo off)
LUOSHI_RETURN_SECOND_HAND   off (default), city or all: whether 市级核定, or each review, is by another than who brought the return
LUOSHI_CERT       the bureau's certificate (PEM, with its chain) and LUOSHI_KEY its key: `luoshi serve` then speaks HTTPS
LUOSHI_PROXY      addresses or networks of the reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed
LUOSHI_OIDC_ISSUER     the single sign-on service, by its discovery; with LUOSHI_OIDC_CLIENT, LUOSHI_OIDC_SECRET_FILE,
                  LUOSHI_OIDC_NAME (what its button says) and LUOSHI_OIDC_CLAIM (what equals the account here,
                  default preferred_username)
"""

import ipaddress
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

import dj_database_url

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("LUOSHI_HOME", "var")).resolve()
LAKE = HOME / "lake"
"""Accepted rows of returns, kept for ever; see `lakes`."""
BACKUPS = Path(os.environ.get("LUOSHI_BACKUPS") or HOME / "backups")
BACKUP_DAILY = bool(os.environ.get("LUOSHI_BACKUPS"))
BACKUP_KEEP = os.environ.get("LUOSHI_BACKUP_KEEP", "14")
KEYS = os.environ.get("LUOSHI_KEYS", "")
"""Where the keys lie; empty is the folder `keys` below HOME. See `keys`."""
SUITE = os.environ.get("LUOSHI_SUITE", "aes-256-gcm")
DEMO = os.environ.get("LUOSHI_DEMO", "") == "1"


def _kept_secret() -> str:
    """The signing key: made once, kept in the folder, readable by its owner alone."""
    kept = HOME / "secret.key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        descriptor, made = tempfile.mkstemp(dir=HOME)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        # Written whole, then given its name. Of two processes that start at once the first to name it wins and both
        # sign with the same key: a link, unlike a renaming, never takes the place of a file that is there.
        try:
            os.link(made, kept)
        except FileExistsError:
            pass
        except OSError:  # a memory stick knows no links; whoever opens it for creation first names it
            with suppress(FileExistsError):
                named = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                os.write(named, Path(made).read_bytes())
                os.close(named)
        Path(made).unlink()
    return kept.read_text()


SECRET_KEY = os.environ.get("LUOSHI_SECRET") or _kept_secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("LUOSHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Of allauth the tables and the code, not its pages: without "allauth" itself none of its templates is ever found.
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "luoshi.bureau.journal",
    "luoshi.bureau.people",
    "luoshi.bureau.entering",
    "luoshi.bureau.files",
    "luoshi.bureau.jobs",
    "luoshi.bureau.posts",
    "luoshi.bureau.plans",
    "luoshi.bureau.indicators",
    "luoshi.bureau.ledger",
    "luoshi.bureau.evidence",
    "luoshi.bureau.returns",
    "luoshi.bureau.rubrics",
    "luoshi.bureau.reports",
    "luoshi.bureau.handouts",
    "luoshi.bureau.notices",
    "luoshi.bureau.forms",
    "luoshi.bureau.agreements",
    "luoshi.bureau.escalations",
    "luoshi.bureau.cases",
    "luoshi.bureau.bulletins",
    "luoshi.bureau.reminders",
    "luoshi.bureau.exchanges",
    "luoshi.bureau.training",
    "luoshi.bureau.comparisons",
    "luoshi.bureau.publications",
    "luoshi.bureau.handovers",
    "luoshi.bureau.board",
]

MIDDLEWARE = [
    "luoshi.bureau.entering.proxies.forwarded",
    "luoshi.bureau.board.policy.guarded",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.bureau.board.frame.switched",
    "luoshi.bureau.board.frame.plain_words",
    "luoshi.bureau.board.frame.answering",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "luoshi.bureau.board.doorway.in_chosen_post",
    "luoshi.bureau.entering.watching.watched",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "luoshi.bureau.urls"
WSGI_APPLICATION = "luoshi.bureau.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luoshi.bureau.board.frame.frame",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{HOME / 'luoshi.sqlite3'}"),
        conn_max_age=None,
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer takes its place before it reads, so eight writers lose nothing. FULL: what was
    # acknowledged is on the disk. Deferred transactions, Django's default, fail when two upgrade at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["luoshi.bureau.board.doorway.Doorway"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
"""What no sentence of ours says; the rest of the rule is `entering.policy`, its numbers are these."""
PASSWORD_LENGTH = 8
PASSWORD_CLASSES = 3
"""Of capitals, small letters, digits and other characters. Customary for 等保 level 3; 与测评机构核实."""
PASSWORD_KEPT = 3
"""So many of the last passwords may not be taken again. Customary; 与测评机构核实."""
PASSWORD_DAYS = 90
"""A password is changed after so many days. Customary; 与测评机构核实."""
ONE_TIME_HOURS = 24
"""So long a one-time password lets in."""
_IDLE = os.environ.get("LUOSHI_IDLE", "")
IDLE = min(int(_IDLE), 480) if _IDLE.isdecimal() and int(_IDLE) else 30
"""Minutes without a click after which one signs in again. 15 to 30 are customary; 与测评机构核实."""
SECOND_FACTOR = os.environ.get("LUOSHI_SECOND_FACTOR") or ("off" if DEMO else "admins")

RETURN_SECOND_HAND = os.environ.get("LUOSHI_RETURN_SECOND_HAND", "off")
"""Off, because one statistician imports the annual return and accepts it; a stand-in makes no second person in any case."""

LOGIN_URL = "enter"
LOGIN_REDIRECT_URL = "board"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
ACCOUNT_ADAPTER = "luoshi.bureau.entering.adapters.Doorkeeper"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # never asked: sign-up is closed
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "luoshi.bureau.entering.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "落实"
SOCIALACCOUNT_ADAPTER = "luoshi.bureau.entering.adapters.Porter"

SITE = os.environ.get("LUOSHI_SITE", "").rstrip("/")
CERT = os.environ.get("LUOSHI_CERT", "")
KEY = os.environ.get("LUOSHI_KEY", "")
PROXIES = [ipaddress.ip_network(one.strip()) for one in os.environ.get("LUOSHI_PROXY", "").split(",") if one.strip()]
# Once pages are reached by HTTPS they are reached by it alone, and no cookie of theirs is sent in the clear.
HTTPS = bool(CERT) or SITE.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = bool(CERT) or (HTTPS and bool(PROXIES))
"""Not behind a proxy that is not believed: its https would never be seen, and the way round never end."""
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
OIDC = {
    "issuer": os.environ.get("LUOSHI_OIDC_ISSUER", "").rstrip("/"),
    "client": os.environ.get("LUOSHI_OIDC_CLIENT", ""),
    "secret_file": os.environ.get("LUOSHI_OIDC_SECRET_FILE", ""),
    "name": os.environ.get("LUOSHI_OIDC_NAME", "统一身份认证"),
    "claim": os.environ.get("LUOSHI_OIDC_CLAIM", "preferred_username"),
}
"""The single sign-on service; none without an issuer."""

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What is sent stays in memory until it is known not to be marked: an uploaded file never touches the disk. 51 MB holds
# the largest plan and the form around it; words typed into forms keep to Django's 2.5 MB.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 51 * 1024 * 1024
CSRF_FAILURE_VIEW = "luoshi.bureau.board.pages.entrance.unsure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ROUND_AT = os.environ.get("LUOSHI_ROUND_AT", "07:30")
MAIL = os.environ.get("LUOSHI_MAIL", "")
MAIL_FROM = os.environ.get("LUOSHI_MAIL_FROM", "luoshi@localhost")
DIGEST = os.environ.get("LUOSHI_DIGEST", "sha256").strip().lower()
ANCHORS = os.environ.get("LUOSHI_ANCHORS", "")
HOOK = os.environ.get("LUOSHI_HOOK", "")
HOOK_SECRET = os.environ.get("LUOSHI_HOOK_SECRET", "")
