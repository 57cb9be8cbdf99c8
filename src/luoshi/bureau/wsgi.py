"""The entry for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.bureau.settings")


def settle() -> None:
    """What stands once the house is up stays: the collector looks through what requests left, seldom.

    A board of three hundred rows makes some fifty thousand objects. With Python's defaults the collector would walk the
    whole program several times within one page, up to a fifth of a second; none of it would be found to be garbage.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 5, 50)


application = get_wsgi_application()
settle()
