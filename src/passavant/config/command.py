"""`passavant`: the one command-line program."""

import argparse
import os
import secrets
import sys
from pathlib import Path
from pkgutil import resolve_name

import django
from django.conf import settings


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the console script."""
    asked = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passavant.config.settings")
    if os.environ.get("PASSAVANT_ENV") == "demo":
        keep_demo_key(Path(os.environ.get("PASSAVANT_VAR", "var")))
    settings.ENV  # a wrong environment stops here, with every fault listed  # noqa: B018
    if asked.run != "serve:serve":  # granian loads Django itself
        django.setup()
    sys.exit(resolve_name(f"passavant.config.{asked.run}")(asked))


def parser() -> argparse.ArgumentParser:
    """Every command, its help, and the function (module:name) that runs it once Django is loaded."""
    top = argparse.ArgumentParser(prog="passavant", description="The portal of personal accounts and online services.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run: str, summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        return command

    run = add("run", "demo:run", "a whole demonstration: migrate, demo, serve and worker; Ctrl-C stops all of it")
    serve = add("serve", "serve:serve", "answer the web, in the foreground, until SIGTERM")
    for command in (run, serve):
        command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        command.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        command.add_argument("--workers", type=int, default=1, help="processes (default: %(default)s)")
    add("migrate", "serve:migrate", "bring the database to today's tables")
    work = add("worker", "worker:work", "deliver mail and SMS, seal the audit trail, do the daily jobs, until SIGTERM")
    work.add_argument("--once", action="store_true", help="do all that is due, then end")
    add("demo", "demo:load", "load the demonstration people (with PASSAVANT_ENV=demo only)")
    add("doctor", "doctor:examine", "say whether every configured part really answers; exit 1 when one does not")
    trail = add("audit", "doctor:audit", "verify: name the first altered, missing, reordered or truncated row")
    trail.add_argument("act", choices=["verify"])
    _recovery(add("account", "recovering:recover", "recover: what two officers do for who lost every way to sign in"))
    return top


def _recovery(account: argparse.ArgumentParser) -> None:
    account.add_argument("what", choices=["recover"])
    account.add_argument("act", choices=["check", "confirm", "refuse"], help="check first; another officer confirms")
    account.add_argument("who", help="identifier or e-mail of the person")
    account.add_argument("--officer", required=True, help="who acts; two different ones are needed")
    account.add_argument("--paper", choices=["identity-card", "passport", "residence-permit"], help="check: its type")
    account.add_argument("--last-four", default="", help="check: the last four characters of its number, no more")


def keep_demo_key(var: Path) -> None:
    """A demonstration started without a secret key draws one, once, in a file that only its owner reads."""
    if "PASSAVANT_SECRET_KEY" in os.environ or "PASSAVANT_SECRETS_DIR" in os.environ:
        return
    folder = var / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "PASSAVANT_SECRET_KEY"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_hex(32))
    os.environ["PASSAVANT_SECRETS_DIR"] = str(folder)
