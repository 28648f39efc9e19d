"""What a WSGI server imports: granian by `homeround run`, or gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeround.config.settings")

application = get_wsgi_application()
