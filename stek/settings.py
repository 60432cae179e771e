"""All settings, read from the environment once; `stek/env.py` says what each variable may hold.

Without any variable the project runs on what Python brings: SQLite, a queue of files, memory as cache and mail in files, all under
`var/`. `DATABASE_URL`, `REDIS_URL` and `EMAIL_URL` make it real; nothing outside this file knows which of the two it is.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from celery.schedules import crontab
from django.utils.csp import CSP
from redis.backoff import NoBackoff
from redis.retry import Retry

from stek import env, retention
from stek.log import JsonLine, ReadableLine, heard, one_line, without_sender

ENVIRON = os.environ
env.refuse_misspelt(ENVIRON)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text(ENVIRON, "STEK_VAR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# --- What this is ----------------------------------------------------------------------------------------------------------------

PRODUCTION = env.choice(ENVIRON, "STEK_ENV", ("development", "production")) == "production"
STEK_DEMO = env.flag(ENVIRON, "STEK_DEMO")
STEK_CLOCK = env.text(ENVIRON, "STEK_CLOCK") or None  # read by stek/time.py only
# Whether a proxy of ours stands in front: only then are its headers believed.
STEK_BEHIND_PROXY = env.flag(ENVIRON, "STEK_BEHIND_PROXY")
# Off in development too, so that the pages for 404 and 500 are ours; STEK_DEBUG=1 asks for Django's.
DEBUG = env.flag(ENVIRON, "STEK_DEBUG")
ALLOWED_HOSTS = env.listing(ENVIRON, "ALLOWED_HOSTS")
SECRET_KEY = env.text(ENVIRON, "SECRET_KEY")

if PRODUCTION:
    env.refuse_weak_secret(SECRET_KEY)
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise env.ConfigurationError("ALLOWED_HOSTS must name the hosts of this service, separated by commas.")
    for name, is_set in {"STEK_DEMO": STEK_DEMO, "STEK_CLOCK": STEK_CLOCK, "STEK_DEBUG": DEBUG}.items():
        if is_set:
            raise env.ConfigurationError(f"{name} must not be set in production.")
if STEK_CLOCK and not STEK_DEMO:
    raise env.ConfigurationError(
        "STEK_CLOCK shifts time in the demonstration only: set STEK_DEMO=1 or unset STEK_CLOCK."
    )

SECRET_KEY = SECRET_KEY or "insecure-development-only"
ALLOWED_HOSTS = ALLOWED_HOSTS or [".localhost", "127.0.0.1", "[::1]"]
STEK_BASE_URL = env.web_address(
    ENVIRON, "STEK_BASE_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://127.0.0.1:8000"
)
# The second half of every UID in the calendar feed. Set it once: another value makes every event new in people's calendars.
STEK_UID_DOMAIN = env.text(
    ENVIRON, "STEK_UID_DOMAIN", (PRODUCTION and urlsplit(STEK_BASE_URL).hostname) or "stek.example"
)

# --- The application -------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "stek.health",
    "stek.outbox",
    "stek.push",
    "sites",
    "partners",
    "activities",
    "signals",
    "stek.steering",
]
MIDDLEWARE = [
    "stek.middleware.numbered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "stek.middleware.permissions_policy",
    "stek.middleware.only_our_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stek.middleware.LanguageFromAddress",
    "stek.limits.Limits",
    "django.middleware.common.CommonMiddleware",
    "stek.quiet.HiddenOrigin",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "stek.demo_urls" if STEK_DEMO else "stek.urls"
WSGI_APPLICATION = "stek.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"ready": "stek.ready"},
        },
    }
]
# Forms look as the rest does: a template pack of our own, in templates/forms/.
CRISPY_ALLOWED_TEMPLATE_PACKS = ("forms",)
CRISPY_TEMPLATE_PACK = "forms"
AUTH_USER_MODEL = "sites.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "sites:mine"
AUTHENTICATION_BACKENDS = ["sites.accounts.backend.KeyBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Signing in: a code by mail, no password ---------------------------------------------------------------------------------------

ACCOUNT_ADAPTER = "sites.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Easy on an old phone; who guesses at one mailbox for a year, as fast as is allowed, gets in once in 190 times.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_TIMEOUT = 3600  # seconds, all codes that were sent again and the second step included
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
# Per sender, and per mailbox ("key"). They live in the cache under salted hashes.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,5/15m/key",
    "confirm_login_code": "30/m/ip,3/1h/key",
    "login_failed": "20/m/ip,5/5m/key",
    "passkey": "20/m/ip",
}
MFA_ADAPTER = "sites.accounts.adapter.KeysAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # times 30 seconds: the clock of an old phone is seldom right
ALLAUTH_TRUSTED_PROXY_COUNT = int(STEK_BEHIND_PROXY)

LANGUAGE_CODE = "nl"
# Each in its own words. Who has a key works in one of the first three; a visitor reads all of them.
STEK_DESK_LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
LANGUAGES = [
    *STEK_DESK_LANGUAGES,
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("pl", "Polski"),
    ("ro", "Română"),
    ("es", "Español"),
    ("de", "Deutsch"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# --- Database, cache, queue, mail ------------------------------------------------------------------------------------------------

# Writing transactions in SQLite begin IMMEDIATE and wait for their turn (20 s), so two writers never fail each other half-way.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "stek.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON",
    },
    # A file and not memory: tests of races need several connections to one database.
    "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
}
DATABASES = {"default": env.postgres(ENVIRON, "DATABASE_URL") or SQLITE}
# Opening a connection costs more than a page from the cache does; a thread keeps its own, and looks whether it still lives.
DATABASES["default"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}

REDIS_URL = env.redis(ENVIRON, "REDIS_URL")
# A Redis that accepts and never answers would hold a request for 40 seconds with the default patience.
REDIS_PATIENCE = {"socket_timeout": 1, "socket_connect_timeout": 1}
if REDIS_URL:
    # One try: the client's own three more would wait as long each.
    once = {**REDIS_PATIENCE, "retry": Retry(NoBackoff(), retries=0)}
    CACHES = {"default": {"BACKEND": "stek.cache.ForgivingRedisCache", "LOCATION": REDIS_URL, "OPTIONS": once}}
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = dict(REDIS_PATIENCE)
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "stek"}}
    BROKER_DIR = VAR_DIR / "broker"
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.5,  # seconds
    }
    for folder in ("messages", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_WORKER_POOL = "solo"  # a file can be read by one worker only

CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1  # seconds
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
# A message leaves when a worker is told of it; what a worker was not told, or was too early for, beat finds.
OUTBOX_SWEEP = timedelta(minutes=1)
# How late a message may be before `/gezond/` is not well. A mail server that is busy is tried again four times in that time.
OUTBOX_OVERDUE = timedelta(minutes=30)
CELERY_BEAT_SCHEDULE = {
    # What a worker did not get to within a minute is dropped: the next one says as much.
    "heartbeat": {"task": "stek.health.tasks.heartbeat", "schedule": crontab(), "options": {"expires": 60}},
    "deliver": {
        "task": "stek.outbox.tasks.deliver",
        "schedule": OUTBOX_SWEEP,
        "options": {"expires": OUTBOX_SWEEP.total_seconds()},
    },
    "extend_horizon": {"task": "activities.tasks.extend_horizon", "schedule": crontab(hour=3, minute=15)},
    "remind": {"task": "activities.tasks.remind", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
    "preview": {"task": "activities.tasks.preview", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
    "remind_groups": {"task": "partners.tasks.remind", "schedule": crontab(hour=8, minute=30)},
    "send_digests": {"task": "stek.steering.tasks.send_digests", "schedule": crontab(hour=8, minute=15)},
    "purge": {"task": "sites.tasks.purge", "schedule": crontab(hour=3, minute=45)},
    "answers": {
        "task": "signals.tasks.remind_of_answers",
        "schedule": crontab(minute=20),
        "options": {"expires": 3600},
    },
    "after": {"task": "signals.tasks.offer_after", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
    "open_signals": {"task": "signals.tasks.open_waiting", "schedule": crontab(hour=4, minute=15)},
    # Every night, though a quarter has one Monday: what was missed or stopped is tried again.
    "release_figures": {"task": "signals.tasks.release_due", "schedule": crontab(hour=4, minute=45)},
}

# In production the host's own mail server is the default: an address is asked for by name, never guessed.
MAILERS = {
    "default": env.mailer(ENVIRON, "EMAIL_URL", "smtp://localhost" if PRODUCTION else (VAR_DIR / "mail").as_uri())
}
DEFAULT_FROM_EMAIL = env.text(ENVIRON, "STEK_FROM_EMAIL", f"stek@{STEK_UID_DOMAIN}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Words on telephones beside the mail: without a key nobody is offered any.
STEK_VAPID_PRIVATE_KEY = env.push_key(ENVIRON, "STEK_VAPID_PRIVATE_KEY")

# --- Static files ----------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# In the image they stand outside `var/`, which is empty there at every start.
STATIC_ROOT = Path(env.text(ENVIRON, "STEK_STATIC", str(VAR_DIR / "static"))).resolve()
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there
COLLECTED = PRODUCTION or STEK_DEMO
WHITENOISE_USE_FINDERS = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is ever uploaded
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Security --------------------------------------------------------------------------------------------------------------------

# The nonce appears only on pages that ask for it, which are those of Django's admin.
SECURE_CSP = {
    "default-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "worker-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # asked by the container itself, in plain HTTP
# Only behind a proxy that sets this header itself and drops a visitor's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if STEK_BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0  # one year
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# A place on the browsers' preload list is for the owner of the whole domain to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

SESSION_ENGINE = "sites.sessions"
SESSION_COOKIE_NAME = "__Host-stek" if PRODUCTION else "stek"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # two weeks
STEK_BORROWED_AGE = 3600  # an hour, for who signs in on somebody else's device
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # not Strict: a link in a mail must find its reader signed in
CSRF_FAILURE_VIEW = "stek.errors.csrf_failure"
CSRF_COOKIE_AGE = None  # until the browser is closed
CSRF_COOKIE_NAME = "__Host-stek-form" if PRODUCTION else "stek-form"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

# --- What is kept, and how long ----------------------------------------------------------------------------------------------------

# Shown at /privacy/ and carried out every night by `manage.py purge`.
STEK_RETENTION = retention.table(
    session=SESSION_COOKIE_AGE,
    borrowed=STEK_BORROWED_AGE,
    code=ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
    mail_in_files="file_path" in MAILERS["default"]["OPTIONS"],
)
# Random numbers of who was forgotten. Keep a copy apart from the backups: no restore begins without it.
STEK_ERASURES = Path(env.text(ENVIRON, "STEK_ERASURES", str(VAR_DIR / "erasures.txt"))).resolve()

# The longest form is a description in three languages; there is no upload anywhere. How often: `stek/limits.py`.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 0

# --- Logging ---------------------------------------------------------------------------------------------------------------------

# One line to stderr for each answer of 4xx or 5xx and for each task, and nothing about who asked (`stek/log.py`).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": JsonLine if PRODUCTION else ReadableLine}},
    "filters": {
        "one_line": {"()": lambda: one_line},
        "without_sender": {"()": lambda: without_sender},
        "heard": {"()": lambda: heard},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["one_line", "heard"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers off: everything goes to the one above.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "celery": {"level": "WARNING"},  # what a task did is our own line (`stek/celery.py`)
    },
}
