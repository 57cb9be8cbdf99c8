"""The room's own."""

from importlib import import_module

Migration = import_module("luoshi.bureau.reminders.migrations.0001_initial").Migration
