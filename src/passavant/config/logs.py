"""One line per fact on standard output, as text or as JSON; secrets never reach it."""

import logging
import logging.config
import re
from typing import Any

import structlog

Processor = structlog.typing.Processor
TOKEN = re.compile(r"psv_([a-z]+)_[\w-]+")


def mask_tokens(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Links and keys carry a recognisable prefix so that a log can hide the rest."""
    return {key: TOKEN.sub(r"psv_\1_…", value) if isinstance(value, str) else value for key, value in event.items()}


FIRST: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    mask_tokens,
)


def configure(options: dict[str, Any]) -> None:
    """Called by Django with LOGGING: `format` is "text" or "json"."""
    last: Processor = structlog.processors.JSONRenderer() if options["format"] == "json" else _line
    structlog.configure(
        processors=[*FIRST, structlog.processors.format_exc_info, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_foreign(last))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL)  # answered 400, said in one line
    logging.getLogger("fido2").setLevel(logging.WARNING)  # below it, the names of people's keys
    logging.getLogger("urllib3").setLevel(logging.WARNING)  # below it, addresses with their secrets


def _foreign(last: Processor) -> logging.Formatter:
    """The same lines for what libraries log in their own way."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*FIRST, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            last,
        ],
    )


def _line(logger: Any, name: str, event: structlog.typing.EventDict) -> str:
    head = f"{event.pop('timestamp', '')} {event.pop('level', ''):<7} {event.pop('event', '')}"
    trace = event.pop("exception", "")
    facts = " ".join(f"{key}={value}" for key, value in event.items())
    return f"{head} {facts}".rstrip() + (f"\n{trace}" if trace else "")
