"""`make bench`: start the real stack, walk the journeys, print ratios."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from pathlib import Path

from bench.arrivals import arrive, declared, first_arrival
from bench.factors import before_a_key, enter_by_app, enter_by_key
from bench.measure import (
    ROUNDS,
    Figures,
    Journey,
    Pages,
    Round,
    costs,
    hash_alone,
    memory,
    middle,
    signature_alone,
)
from bench.names import ONE, PASSWORD, TWENTY, identifier
from bench.visitor import Visitor
from tests.cluster import Cluster
from tests.providers.running import Hostile
from tests.stack import Stack

NUMBERS = count()
PEERS = (
    (
        "Password sign-in, overhead on one argon2id",
        "node oidc-provider 0.21–0.35, ProConnect Identité 0.43–0.65, allauth 1.1",
    ),
    ("Sign-up with mail link, server CPU without hash", "django-allauth 35 ms, Canaille 45 ms"),
    ("Memory of all processes", "oidc-provider 103–338 MiB, allauth 154–183 MiB"),
    ("Cold start", "oidc-provider 0.5–1.1 s, allauth 0.8 s, ProConnect Identité 9.6 s"),
)


def sign_in(port: int, name: str = "") -> Visitor:
    visitor = Visitor(port)
    visitor.get("/connexion/")
    person = name or identifier(next(NUMBERS))
    visitor.get(visitor.post("/connexion/", 303, identifier=person, password=PASSWORD))
    return visitor


def attempt(port: int, password: str) -> None:
    """A sign-in that fails: the password is verified, unless it is too long to be one."""
    visitor = Visitor(port)
    visitor.get("/connexion/")
    visitor.post("/connexion/", 422, identifier=f"personne.{secrets.token_hex(5)}", password=password)


def sign_up(port: int) -> None:
    visitor = Visitor(port)
    visitor.get("/inscription/")
    name = f"nouveau.{secrets.token_hex(5)}"
    fields = {
        "identifier": name,
        "password": PASSWORD,
        "level": "password",
        "last_name": "Banc",
        "first_name": "Nouveau",
        "email": f"{name}@example.org",
        "terms": "on",
    }
    visitor.get(visitor.post("/inscription/", 302, **fields))
    visitor.get(visitor.post("/inscription/verification/", 302))


def child(module: str, stack: Stack) -> str:
    """What a module of the bench prints, run in the stack's environment."""
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", module], env=stack.environ, cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout


def cold_start(stack: Stack) -> float:
    """Seconds to the first answer; the very first start after an installation also gathers the static files."""
    stack.start()
    stack.end_processes()
    return stack.start()


def statements(stack: Stack) -> str:
    lines = child("bench.statements", stack).splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith("  "))  # the others are the product's own log


def row(label: str, value: str) -> None:
    sys.stdout.write(f"  {label:<58} {value}\n")


def walk(stack: Stack) -> list[Round]:
    person, stranger = sign_in(stack.port), Visitor(stack.port)
    journeys = (
        Journey(partial(attempt, stack.port, PASSWORD)),
        Journey(partial(attempt, stack.port, "x" * 300)),
        Journey(partial(sign_in, stack.port)),
        Journey(partial(enter_by_app, stack.port)),
        Journey(enter_by_key, partial(before_a_key, stack.port)),
        Journey(partial(sign_up, stack.port)),
        Journey(partial(person.get, "/espace/")),
        Journey(partial(stranger.get, "/connexion/")),
        Journey(partial(arrive, stack.port)),
    )
    first_arrival(stack.port)
    alone = ((hash_alone, 10), (signature_alone(), 300))
    figures = costs((stack.processes["serve"].pid,), journeys, alone, rounds=ROUNDS)
    return [Round(*each) for each in figures]


def read(stack: Stack, cluster: Cluster, people: list[Visitor]) -> list[Pages]:
    """The signed-in pages; the database's processor is counted with the web's."""
    one, twenty = people
    pages = [Journey(partial(one.get, "/espace/"))]
    for path in ("/espace/securite/", "/espace/sessions/", "/espace/activite/"):
        pages += [Journey(partial(one.get, path)), Journey(partial(twenty.get, path))]
    pids = (stack.processes["serve"].pid, cluster.process.pid)
    return [Pages(*each) for each in costs(pids, pages, rounds=ROUNDS)]


def told(
    rounds: Iterable[Figures], label: str, figure: Callable[[Figures], float], unit: str = " ms", aim: str = ""
) -> None:
    row(label, f"{middle(rounds, figure):.2f}{unit:<5} {aim}".rstrip())


def report_sign_ins(stack: Stack) -> None:
    tell = partial(told, walk(stack))
    tell("one argon2id (19 MiB, 2 passes, 1 lane), CPU in a loop", lambda r: r.hash)
    tell("  the same in the web process, with what it evicts", lambda r: r.in_place)
    tell("sign-in: page, POST, redirect, space; CPU of the web", lambda r: r.sign_in)
    tell("  overhead = (journey − hash) / hash", lambda r: (r.sign_in - r.hash) / r.hash, "", "(target ≤ 0.35)")
    tell("  against the verification in the web process", lambda r: (r.sign_in - r.in_place) / r.in_place, "")
    tell("sign-in with an app: page, password, code, space; CPU", lambda r: r.by_app)
    tell("  against a sign-in by password", lambda r: r.by_app / r.sign_in, "", "(target ≤ 1.2)")
    tell("sign-in by passkey: challenge, answer; CPU", lambda r: r.by_key)
    tell("  one ES256 verification, CPU in a loop", lambda r: r.signature)
    tell("  beyond verification", lambda r: r.by_key - r.signature, aim="(target ≤ 1.5 ms)")
    tell("sign-up: form, review, confirmation; CPU of the web", lambda r: r.sign_up)
    tell("  overhead = (journey − hash) / hash", lambda r: (r.sign_up - r.hash) / r.hash, "")
    tell("  without the hash", lambda r: r.sign_up - r.hash, aim="(goal ≤ 8 ms)")
    tell("space page of somebody signed in, CPU", lambda r: r.space)
    tell("sign-in page alone, CPU", lambda r: r.page)
    tell("sign-in through another portal: page, trip, space; CPU", lambda r: r.arrival)
    tell("  against a sign-in by password", lambda r: r.arrival / r.sign_in, "")
    tell("  overhead on a sign-in by password without the hash", lambda r: r.arrival - (r.sign_in - r.hash))


def report_pages(stack: Stack, cluster: Cluster) -> None:
    """Each page beside its like; with a million facts, beside the page of the space, which reads none."""
    people = [sign_in(stack.port, name) for name in (ONE, TWENTY)]
    few = read(stack, cluster, people)
    child("bench.trail", stack)
    many = read(stack, cluster, people)
    tell = partial(told, few)
    tell("« Sécurité », one factor; CPU of web and database", lambda p: p.security)
    tell("  with twenty", lambda p: p.security_twenty / p.security, " ×")
    tell("« Sessions », one session; CPU of web and database", lambda p: p.sessions)
    tell("  with twenty", lambda p: p.sessions_twenty / p.sessions, " ×")
    tell("« Activité », its first lines; CPU of web and database", lambda p: p.activity)
    tell("  with a full page of twenty", lambda p: p.activity_twenty / p.activity, " ×")
    for name, figure in {
        "« Sécurité »": lambda p: p.security_twenty / p.space,
        "« Activité »": lambda p: p.activity_twenty / p.space,
    }.items():
        growth = middle(many, figure) / middle(few, figure)
        row(f"  {name}, with 1,000,000 facts of others in the trail", f"{growth:.2f} ×    (target: flat)")


def report(stack: Stack, cluster: Cluster, cold: float) -> None:
    report_sign_ins(stack)
    row("memory of the web process (PSS)", f"{memory(stack.processes['serve'].pid):.0f} MiB   (target ≤ 100)")
    row("cold start to first answer", f"{cold:.2f} s")
    report_pages(stack, cluster)


def main() -> None:
    cluster = Cluster(durable=True)
    try:
        with tempfile.TemporaryDirectory(prefix="psv-bench-") as var, Hostile() as provider:
            stack = Stack(
                Path(var),
                cluster.url,
                PASSAVANT_TRUSTED_PROXIES="127.0.0.1,::1",
                PASSAVANT_SECRET_KEY=secrets.token_hex(32),
                **declared(provider),
            )
            child("bench.people", stack)
            try:
                title = f"Passavant, one run, Python {sys.version.split()[0]}, {os.cpu_count()} processors"
                sys.stdout.write(f"\n{title}, PostgreSQL with fsync\n\n")
                report(stack, cluster, cold_start(stack))
                sys.stdout.write("\n  SQL statements (BEGIN, COMMIT and SAVEPOINT left out)\n" + statements(stack))
                sys.stdout.write("\n  Measured elsewhere, for comparison\n")
                for what, figures in PEERS:
                    row(what, figures)
            finally:
                stack.stop()
    finally:
        cluster.stop()


main()
