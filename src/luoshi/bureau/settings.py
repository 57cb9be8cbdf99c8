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
LUOSHI_HOOK       the one address outgoing notices are posted to; LUOSHI_HOOK_SECRET signs them
"""

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
    "luoshi.bureau.journal",
    "luoshi.bureau.people",
    "luoshi.bureau.files",
    "luoshi.bureau.jobs",
    "luoshi.bureau.plans",
    "luoshi.bureau.indicators",
    "luoshi.bureau.ledger",
    "luoshi.bureau.evidence",
    "luoshi.bureau.returns",
    "luoshi.bureau.reports",
    "luoshi.bureau.handouts",
    "luoshi.bureau.notices",
    "luoshi.bureau.forms",
    "luoshi.bureau.agreements",
    "luoshi.bureau.escalations",
    "luoshi.bureau.bulletins",
    "luoshi.bureau.reminders",
    "luoshi.bureau.board",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.bureau.board.frame.switched",
    "luoshi.bureau.board.frame.plain_words",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "enter"
LOGIN_REDIRECT_URL = "board"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What is sent stays in memory until it is known not to be marked: an uploaded file never touches the disk. 51 MB holds
# the largest plan and the form around it; words typed into forms keep to Django's 2.5 MB.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 51 * 1024 * 1024
CSRF_FAILURE_VIEW = "luoshi.bureau.board.pages.entrance.unsure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SITE = os.environ.get("LUOSHI_SITE", "").rstrip("/")
ROUND_AT = os.environ.get("LUOSHI_ROUND_AT", "07:30")
MAIL = os.environ.get("LUOSHI_MAIL", "")
MAIL_FROM = os.environ.get("LUOSHI_MAIL_FROM", "luoshi@localhost")
HOOK = os.environ.get("LUOSHI_HOOK", "")
HOOK_SECRET = os.environ.get("LUOSHI_HOOK_SECRET", "")
