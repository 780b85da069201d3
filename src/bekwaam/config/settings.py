"""Django's settings. Everything that differs per installation comes from three variables:
`BEKWAAM_HOME` (where its data is), `BEKWAAM_URL` (where people find it) and `DATABASE_URL` (records for a team)."""

from __future__ import annotations

import os
from pathlib import Path

from bekwaam.config import log
from bekwaam.config.address import Address, counted_proxies
from bekwaam.config.database import database
from bekwaam.config.home import Home
from bekwaam.config.mail import MailServer
from bekwaam.config.rooms import REFRESH_ORDER, ROOMS
from bekwaam.intake.limits import DEFAULT, MB

PACKAGE = Path(__file__).resolve().parent.parent

BEKWAAM_HOME = Home.from_environment()
BEKWAAM_ADDRESS = Address.from_environment()
BEKWAAM_MAIL = MailServer.from_environment()
BEKWAAM_ROOMS = ROOMS
BEKWAAM_REFRESH_ORDER = REFRESH_ORDER
# Called after a job was asked for; named here because records know nothing of the worker above them.
BEKWAAM_WAKE = "bekwaam.faces.jobs.waking.wake"
# As of when the figures are true, for the line on every page; the frame knows nothing of the records above it.
BEKWAAM_STAND = "bekwaam.records.queries.current_run"
# What a file may hold: the pages, which know nothing of the readers, stop a larger one before they take it in.
BEKWAAM_FILE_BYTES = DEFAULT.file_mb * MB
FILE_UPLOAD_HANDLERS = [
    "bekwaam.faces.web.body_limit.CountedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "bekwaam.faces.web.body_limit.UploadOnDisk",
]
# Inside the home: private, and on the disk that has room. Elsewhere it would fill the /tmp of the machine.
FILE_UPLOAD_TEMP_DIR = BEKWAAM_HOME.uploads

DEBUG = False
SECRET_KEY = BEKWAAM_HOME.secret_key()
ALLOWED_HOSTS = BEKWAAM_ADDRESS.hosts
ROOT_URLCONF = "bekwaam.config.urls"
WSGI_APPLICATION = "bekwaam.config.wsgi.application"
LOGGING = log.LOGGING

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "bekwaam.access",
    "bekwaam.frame",
    "bekwaam.records",
    *ROOMS,
]

MIDDLEWARE = [
    "bekwaam.access.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bekwaam.access.middleware.request_in_scope",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "bekwaam.faces.web.body_limit.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bekwaam.access.middleware.language_of_user",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours come first: the pages of allauth that are used have the same names.
        "DIRS": [PACKAGE / "faces" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "bekwaam.access.context.who_asks",
                "bekwaam.frame.context.page",
                "bekwaam.demo.context.demo",
            ],
        },
    },
]

DATABASES = {"default": database(BEKWAAM_HOME.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, because rate limits count over all web processes together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["bekwaam.access.backend.SignInBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "bekwaam.access.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "bekwaam.faces.web.forms.sign_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "one_time_link": "20/m/ip",
    "questionnaire_answer": "60/m/ip",
    "questionnaire_guess": "30/m/ip",
}
# How many proxies of our own stand in front. Only then is what they say about the visitor believed.
ALLAUTH_TRUSTED_PROXY_COUNT = counted_proxies()

# The prefix makes browsers refuse the cookie unless it came over TLS, from this very host; plain http cannot have it.
_PREFIX = "__Host-" if BEKWAAM_ADDRESS.is_tls else ""
# Browsers share cookies between all ports of a host: without its port in the name, a demo and a home of one's own on
# this machine would sign each other out. Over TLS a host has one installation, and names stay as they are.
_SUFFIX = "" if BEKWAAM_ADDRESS.is_tls else f"-{BEKWAAM_ADDRESS.port or 80}"
SESSION_COOKIE_NAME = f"{_PREFIX}session{_SUFFIX}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEKWAAM_ADDRESS.is_tls
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf{_SUFFIX}"
MESSAGE_STORAGE = "bekwaam.access.messages.MessageCookie"
MESSAGE_COOKIE_NAME = f"{_PREFIX}messages{_SUFFIX}"
CSRF_FAILURE_VIEW = "bekwaam.faces.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = BEKWAAM_ADDRESS.is_tls
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEKWAAM_ADDRESS.is_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEKWAAM_ADDRESS.is_tls
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Entering a domain in the browsers' built-in list cannot be undone for months: its owner's choice, not ours.
# And the folder for files that come in is made with the home, which commands that only look need not have.
SILENCED_SYSTEM_CHECKS = ["security.W021", "files.E001"]

globals().update(BEKWAAM_MAIL.settings() if BEKWAAM_MAIL else {})

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("nl", "Nederlands")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "bekwaam.config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = BEKWAAM_HOME.static
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "bekwaam.config.npm_files.NpmFilesFinder",
]
# `serve` gathers the files under hashed names before it starts the web processes. Without that, in a checkout or a
# test, they are served as they lie. The plain names stay beside the hashed ones: scripts import each other by them.
_IS_GATHERED = os.path.exists(STATIC_ROOT / "staticfiles.json")  # noqa: PTH110  False also where one may not look
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": BEKWAAM_HOME.uploads},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _IS_GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _IS_GATHERED
WHITENOISE_ALLOW_ALL_ORIGINS = False
