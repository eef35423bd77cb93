"""django-ca in process: reads a count a line, issues that many certificates, answers with its cost as JSON.

Run by the Python of `.venv-bench` with a folder as argument; it imports nothing of this project.
"""

import json
import sys
import time
from datetime import timedelta
from pathlib import Path


def _set_up(folder: Path) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        SECRET_KEY="benchmarks-only",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django_ca"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "peer.sqlite3"}},
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
            "django-ca": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(folder)},
            },
        },
        USE_TZ=True,
        CA_USE_CELERY=False,
        CA_MIN_KEY_SIZE=2048,
    )
    django.setup()
    from django.urls import include, path

    settings.ROOT_URLCONF = (path("", include("django_ca.urls")),)
    call_command("migrate", verbosity=0)
    call_command("init_ca", "--key-size", "2048", "bench", "CN=Bench CA", stdout=sys.stderr)


def _issue(count: int, request: object, authority: object, options: object) -> dict[str, float]:
    from cryptography import x509
    from django_ca.models import Certificate

    before, began = time.process_time(), time.perf_counter()
    for number in range(count):
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"TAKAHASHI Hanako {number}")])
        Certificate.objects.create_cert(
            authority, options, request, subject=name, not_after=timedelta(days=365)
        )
    cpu, wall = time.process_time() - before, time.perf_counter() - began
    return {"cpu": cpu, "wall": wall, "certificates": Certificate.objects.count()}


def main() -> None:
    """Serve counts until the input ends."""
    _set_up(Path(sys.argv[1]))
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django_ca.models import CertificateAuthority

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    request = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
    authority = CertificateAuthority.objects.get()
    options = authority.key_backend.get_use_private_key_options(authority, {})
    for line in sys.stdin:
        print(json.dumps(_issue(int(line), request, authority, options)), flush=True)


if __name__ == "__main__":
    main()
