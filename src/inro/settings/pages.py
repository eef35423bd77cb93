"""What both page processes have in common: templates, languages, a strict content policy."""

from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from inro.web.site import Site

WEB = Path(__file__).resolve().parents[1] / "web"

DEBUG = False
# Where browsers have the site, if a server that speaks TLS stands before it: this process hears http alone.
ADDRESS = ""
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "inro.web.frame.no_store_middleware",
    "inro.web.language.language_middleware",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            "builtins": ["inro.web.page_tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "inro.web.frame.site_of_page",
            ],
        },
    }
]
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = WEB / "static"
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# Each process puts its own in this place.
SITE: Site | None = None
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
