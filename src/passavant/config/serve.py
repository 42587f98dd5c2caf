"""The web process, and what must be ready before it."""

import argparse
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def migrate(asked: argparse.Namespace) -> int:
    """Apply the migrations."""
    call_command("migrate", verbosity=1 if sys.stdout.isatty() else 0, interactive=False)
    return 0


def serve(asked: argparse.Namespace) -> int:
    """Become granian. Django itself is loaded there, and here only when static files changed."""
    if stale(Path(settings.STATIC_ROOT) / "staticfiles.json"):
        django.setup()
        call_command("collectstatic", verbosity=0, interactive=False)
    options = {
        "--interface": "wsgi",
        "--host": asked.host,
        "--port": asked.port,
        "--workers": asked.workers,
        "--blocking-threads": os.environ.get("PASSAVANT_THREADS", "4"),
        "--workers-kill-timeout": 10,
        "--log-level": "warning",
    }
    arguments = [str(part) for pair in options.items() for part in pair]
    # One arena: each thread would else keep the 19 MiB of a password hash in an arena of its own.
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")
    granian = [sys.executable, "-m", "granian", *arguments, "--no-ws", "passavant.config.wsgi:application"]
    os.execv(sys.executable, granian)  # noqa: S606 (a list, never a shell)


def stale(manifest: Path) -> bool:
    """Whether a static file is newer than the manifest that names them all by their hash."""
    sources = (path for path in settings.PACKAGE.glob("**/static/**/*") if path.is_file())
    return not manifest.exists() or any(path.stat().st_mtime > manifest.stat().st_mtime for path in sources)
