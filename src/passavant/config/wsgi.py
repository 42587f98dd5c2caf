"""What granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passavant.config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 (every room is loaded now, not by the first visitor)
gc.collect()
gc.freeze()  # what is loaded stays: the collector need not look at it again and again
