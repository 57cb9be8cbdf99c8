"""A new house has the tables that migrating an old one leads to; one that was cut off is begun anew."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOLD = """
import json, django
django.setup()
from django.core.management import call_command
from django.db import connection
from luoshi.bureau.board.founding import prepare
{made}
with connection.cursor() as cursor:
    told = {{}}
    for table in sorted(connection.introspection.table_names(cursor)):
        columns = connection.introspection.get_table_description(cursor, table)
        held = connection.introspection.get_constraints(cursor, table)
        told[table] = [
            sorted([one.name, str(one.type_code), str(one.null_ok), str(one.internal_size), str(one.collation)] for one in columns),
            sorted(json.dumps({{k: v for k, v in one.items() if k != "definition"}}, default=str) for one in held.values()),
        ]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
    told["written"] = [list(row) for row in cursor.fetchall()]
print(json.dumps(told))
"""
FOUNDED = "prepare()\nprepare()"
MIGRATED = 'call_command("migrate", interactive=False, verbosity=0)'
pytestmark = pytest.mark.only_on("sqlite")  # houses of their own


def _house(home: Path, made: str) -> dict[str, list[object]]:
    told = {**os.environ, "LUOSHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"}
    told.pop("DATABASE_URL", None)
    home.mkdir(exist_ok=True)
    command = [sys.executable, "-c", TOLD.format(made=made)]
    done = subprocess.run(command, cwd=ROOT, env=told, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.prove  # in every run `makemigrations --check` says that migrations lead to the models tables are made from
def test_a_new_house_has_the_tables_that_migrating_leads_to(tmp_path: Path) -> None:
    founded, migrated = _house(tmp_path / "founded", FOUNDED), _house(tmp_path / "migrated", MIGRATED)
    assert founded.keys() == migrated.keys()
    assert len(founded) > 60
    for table, told in migrated.items():
        assert founded[table] == told, table


def test_a_house_that_was_cut_off_while_its_tables_were_made_is_begun_anew(tmp_path: Path) -> None:
    cut = (
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "def stop(*told): raise SystemExit\n"
        "kept, MigrationRecorder.record_applied = MigrationRecorder.record_applied, stop\n"
        "try: prepare()\n"
        "except SystemExit: pass\n"
        "assert connection.introspection.table_names() == []\n"
        "MigrationRecorder.record_applied = kept\n"
        "prepare()"
    )
    assert len(_house(tmp_path / "cut", cut)["written"]) > 20
