"""The tables of a house: of a new one from the models as they are, of one that stands by the migrations it lacks."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from luoshi.bureau.journal.actions import Actor, change_digest

_STARTER = Actor("system", "系统启动", "admin")


class _Unwritten:
    """As if no room had migrations: then Django makes tables from models."""

    def __contains__(self, room: object) -> bool:
        return True

    def __getitem__(self, room: str) -> None:
        return None


def prepare() -> None:
    """The tables, as the newest migration wants them, and the journal on the digest that is set.

    Repeating every migration takes four seconds for nothing where there is no row yet. A test compares the two ways.
    """
    if connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
        change_digest(_STARTER, settings.DIGEST)
        return
    connection.disable_constraint_checking()  # SQLite makes tables within a transaction only so
    try:
        with transaction.atomic():  # all tables and their record, or none: a house that was cut off is begun anew
            _found()
    finally:
        connection.enable_constraint_checking()


def _found() -> None:
    written = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = _Unwritten()
    try:
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    finally:
        settings.MIGRATION_MODULES = written
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for room, name in sorted(MigrationLoader(None).graph.nodes):
        recorder.record_applied(room, name)
