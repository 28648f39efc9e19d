"""What a WSGI server imports: granian by `homeround run`, or gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.template import engines

from homeround.config import limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeround.config.settings")

application = get_wsgi_application()
limits.for_requests()

# Compiled now, so that nobody waits for it at the first page.
_pages = engines["jinja2"].env  # type: ignore[attr-defined]
for _name in _pages.list_templates(filter_func=lambda name: not name.startswith("nhsuk/")):
    _pages.get_template(_name)
