"""A step that writes to another room's table."""

from django.db import migrations


def _stray(apps, editor):
    apps.get_model("people", "City").objects.update(name="别的市")


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial"), ("people", "0001_initial")]
    operations = [migrations.RunPython(_stray, migrations.RunPython.noop)]
