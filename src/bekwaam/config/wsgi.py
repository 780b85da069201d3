"""The web application, for granian or any other server that speaks WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings")

application = get_wsgi_application()
