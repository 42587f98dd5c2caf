"""Django's settings, all derived from one environment value."""

import os
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from passavant.config.env import read_env

ENV = read_env()
PASSAVANT = ENV
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY, *SECRET_KEY_FALLBACKS = ENV.secret_key
ALLOWED_HOSTS = [ENV.host, ENV.auth_host, *(["localhost", "127.0.0.1"] if ENV.demo else [])]
if ENV.certificate_url:
    ALLOWED_HOSTS.append(ENV.certificate_host)
ROOT_URLCONF = "passavant.config.urls"
WSGI_APPLICATION = "passavant.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS: list[str] = []

INSTALLED_APPS = [
    "passavant.portal",
    "passavant.space",
    "passavant.federation",
    "passavant.authentication",
    "passavant.accounts",
    "passavant.foundation.audit",
    "passavant.foundation.outbox",
    "passavant.foundation.onetime",
    "passavant.foundation.throttling",
    "passavant.foundation.access",
    "passavant.foundation.ui",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "passavant.foundation.access.middleware.describe_request",
    "passavant.foundation.access.middleware.harden_answer",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "passavant.foundation.access.middleware.survive_faults",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "passavant.foundation.ui.middleware.speak_chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "passavant.authentication.guards.know_the_person",
]
if ENV.origins_differ:
    MIDDLEWARE.append("passavant.authentication.guards.origins.keep_to_origins")
if ENV.certificate_url:
    MIDDLEWARE.append("passavant.authentication.guards.certificates.keep_certificates_apart")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "passavant.foundation.ui.templatetags.pv",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "passavant.foundation.ui.context.site",
            ],
        },
    }
]
FORM_RENDERER = "passavant.foundation.ui.forms.Renderer"


def _sqlite(path: Path) -> dict[str, object]:
    path.parent.mkdir(parents=True, exist_ok=True)
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "CONN_MAX_AGE": None,
    }


def _postgresql(parts: SplitResult) -> dict[str, object]:
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    limits = "-c statement_timeout=5000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=20000"
    pool = {"min_size": 1, "max_size": int(os.environ.get("PASSAVANT_THREADS", "4")) + 1, "timeout": 3}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {"pool": pool, "options": limits, "connect_timeout": 3, **query},
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def _database(url: str) -> dict[str, object]:
    """sqlite:///var/file is relative, sqlite:////var/file absolute."""
    if url.startswith("sqlite:"):
        return _sqlite(Path(url.removeprefix("sqlite:///")))
    return _postgresql(urlsplit(url))


DATABASES = {"default": _database(ENV.database_url)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

PASSWORD_HASHERS = [
    "passavant.accounts.models.hashers.Argon2id",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

_HOST_ = "__Host-" if ENV.secure else ""
SESSION_ENGINE = "passavant.authentication.models.sessions"
SESSION_COOKIE_NAME = f"{_HOST_}session"
SESSION_COOKIE_SECURE = ENV.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = ENV.session_total_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_HOST_}csrf"
CSRF_COOKIE_SECURE = ENV.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "passavant.portal.views.faults.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENV.public_url, ENV.auth_origin]
LANGUAGE_COOKIE_NAME = f"{_HOST_}langue"

DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []
APPEND_SLASH = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.var / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "passavant.config.statics.Statics"},
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600

LOGGING_CONFIG = "passavant.config.logs.configure"
LOGGING = {"format": ENV.log_format}
SILENCED_SYSTEM_CHECKS = [
    "fields.W163"
]  # SQLite keeps no comment on columns; the declarations are read from the models
