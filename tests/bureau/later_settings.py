"""The settings of a later version: LUOSHI_LATER names which of the folders of `later.migrations` holds the migrations of `reminders`."""

import os

from luoshi.bureau.settings import *  # noqa: F403 -- a settings module is a list of names

MIGRATION_MODULES = {"reminders": f"tests.bureau.later.migrations.{os.environ['LUOSHI_LATER']}"}
