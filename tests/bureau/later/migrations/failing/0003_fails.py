"""A step that changes something and then fails."""

from django.db import migrations


def _fail(apps, editor):
    apps.get_model("reminders", "Round").objects.all().delete()
    raise ValueError("rows that nobody foresaw")


class Migration(migrations.Migration):
    dependencies = [("reminders", "0002_place")]
    operations = [migrations.RunPython(_fail, migrations.RunPython.noop)]
