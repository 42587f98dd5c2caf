"""House rules that no tool knows: each says why, where it holds, and carries lines that it must and must not catch."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import files, name, tracked

PYTHON = ("src/**/*.py", "bench/**/*.py", "tests/**/*.py")
SOURCE = ("src/**/*.py",)
TESTS = ("tests/**/*.py",)
PAGES = ("src/**/templates/**/*.html",)
VIEWS = ("src/**/views.py", "src/**/views/**/*.py")
EVERYTHING = ("**",)
THEMSELVES = "tests/house/rules.py"  # holds the bad lines
HOST = "regis" + "try.example"  # what follows names no real one: the rule would catch itself


@dataclass(frozen=True)
class Rule:
    """`bad` and `good` are lines; `apart` are patterns of the paths where the rule does not hold."""

    says: str
    pattern: str
    where: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    apart: tuple[str, ...] = ()

    def caught(self, line: str) -> bool:
        return re.search(self.pattern, line) is not None

    def paths(self) -> list[Path]:
        found = tracked() if self.where == EVERYTHING else tuple(files(*self.where))
        return [path for path in found if not any(re.match(apart, name(path)) for apart in (THEMSELVES, *self.apart))]


RULES = (
    Rule(
        "Say the unit of a duration",
        r"timedelta\(\s*(?!0\))\d",
        PYTHON,
        bad=("timedelta(7)", "timedelta( 0.5)"),
        good=("timedelta(days=7)", "timedelta(0)"),
    ),
    Rule(
        "Now has a zone, and is the one that tests can move",
        r"\b(datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time)\(",
        SOURCE,
        bad=("datetime.now(UTC)", "date.today()", "time.time()"),
        good=("timezone.now()", "time.monotonic()"),
    ),
    Rule(
        "A ticket is issued, found, spent and voided by onetime's actions only",
        r"\bTicket\.(objects|_default_manager)|onetime_ticket\b",
        (*SOURCE, "bench/**/*.py"),
        bad=("Ticket.objects.get(digest=d)", "UPDATE onetime_ticket SET spent_at = NULL"),
        good=("from passavant.foundation.onetime.actions import find, spend", "ticket: Ticket"),
        apart=("src/passavant/foundation/onetime/",),
    ),
    Rule(
        "The audit trail is written by write(), never by hand",
        r"audit\.models|audit import models|audit_(event|seal)\b",
        (*SOURCE, "bench/**/*.py"),
        bad=("from passavant.foundation.audit.models import Event", "INSERT INTO audit_event"),
        good=("from passavant.foundation.audit.actions import write",),
        apart=("src/passavant/foundation/audit/", "bench/trail.py"),
    ),
    Rule(
        "HTML is trusted in one place, foundation/ui",
        r"\|\s*safe(seq)?\b|\bmark_safe\b|\bSafeString\(|autoescape off|html_safe\b",
        (*SOURCE, "src/**/templates/**/*"),
        bad=("{{ name|safe }}", "mark_safe(text)", "{% autoescape off %}"),
        good=("{{ name }}", "format_html('<b>{}</b>', name)", "is_safe = True"),
        apart=("src/passavant/foundation/ui/",),
    ),
    Rule(
        "A view asks its room's models and actions a question, it builds no query",
        r"\.objects\b|\braw\(|connection\.cursor",
        VIEWS,
        bad=("Account.objects.get(pk=1)", "connection.cursor()"),
        good=("Account.of(person)", "actions.sign_up(registration)"),
        apart=("src/passavant/portal/views/operation.py",),  # /readyz asks the database whether it is there
    ),
    Rule(
        "django.http stops at views, guards and middleware",
        r"from django\.http\b|import django\.http\b|from django import .*\bhttp\b",
        SOURCE,
        bad=("from django.http import HttpRequest",),
        good=("from passavant.foundation.values import Origin",),
        apart=(
            r"src/passavant/\w+/(views|guards)\b",
            "src/passavant/foundation/access/",
            "src/passavant/foundation/ui/",
        ),
    ),
    Rule(
        "A link is made from PASSAVANT_PUBLIC_URL, never from the Host header",
        r"build_absolute_uri|\.get_host\(|HTTP_HOST|X_FORWARDED_HOST",
        SOURCE,
        bad=("request.build_absolute_uri('/')", "request.get_host()"),
        good=("settings.PASSAVANT.public_url + reverse('portal:home')",),
    ),
    Rule(
        "No signal, no hook: what follows an act is written in the act, or derived",
        r"\bsignals?\b.*\bimport\b|import.*\bsignals\b|@receiver|\bdef ready\(self",
        SOURCE,
        bad=("from django.db.models.signals import post_save", "@receiver(x)", "    def ready(self) -> None:"),
        good=("import signal", "def ready(request: Request) -> HttpResponse:"),
    ),
    Rule(
        "The product logs or writes to a stream",
        r"(?<![\w.])print\(",
        SOURCE,
        bad=("print('x')", "    print(account)"),
        good=("sys.stdout.write('x')", "blueprint(x)"),
    ),
    Rule(
        "A test runs, whatever the machine",
        r"\bpytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b|unittest\.skip|\bskipTest\(",
        TESTS,
        bad=("@pytest.mark.skipif(True)", "pytest.importorskip('x')", "@pytest.mark.xfail"),
        good=("pytest.fail('x')", "skip(1)"),
    ),
    Rule(
        "A test waits for something, not for a time; what it measures is no assertion",
        r"\bassert\b.*\b(elapsed|perf_counter|monotonic)\b",
        TESTS,
        bad=("assert elapsed < 1", "assert time.monotonic() - start < 2"),
        good=("assert answer.retry_after > 0", "deadline = time.monotonic() + 5"),
    ),
    Rule(
        "A silenced check says which one",
        r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!: ?[A-Z])|# ruff: noqa|# mypy: ignore-errors|pragma: no cover",
        PYTHON,
        bad=("x = 1  # type: ignore", "x = 1  # noqa", "# ruff: noqa"),
        good=("x = 1  # type: ignore[misc]", "x = 1  # noqa: S105 : of people who do not exist"),
    ),
    Rule(
        "What is not done is an issue, not a promise in a file",
        r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError",
        (*PYTHON, "src/**/templates/**/*", "src/**/static/**/*.css", "src/**/static/**/*.js", "docs/**/*.md", "*.md"),
        bad=("# TODO: later", "raise NotImplementedError"),
        good=("NotImplemented",),
    ),
    Rule(
        "A page has no inline script, style or handler",
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:",
        PAGES,
        bad=("<script>", '<p style="color:red">', '<a onclick="x()">', '<a href="javascript:x()">'),
        good=('<script src="{% static "ui/pv.js" %}" defer></script>', '<p class="fr-text">'),
        apart=("src/passavant/foundation/ui/templates/ui/mail",),
    ),
    Rule(
        "No registry host stands in the repository: it builds behind any mirror",
        r"pypi\.org|python[h]osted|npmjs\.(org|com)|(deb|security)\.debian\.org|archive\.ubuntu|crates\.io|registry\.\w",
        EVERYTHING,
        bad=("https://py" + "pi.org/simple", "deb.deb" + "ian.org", HOST),
        good=("--require-hashes", "the system's package manager"),
    ),
    Rule(
        "No path of somebody's machine",
        r"(?<![\w.~-])/(home|root|work|Users)/\w",
        EVERYTHING,
        bad=("cd /home/" + "lea/passavant",),
        good=("/usr/lib/postgresql", "https://example.org/home/x"),
    ),
)
