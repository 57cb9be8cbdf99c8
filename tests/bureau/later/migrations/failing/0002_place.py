"""A column more, and what it means for the rows that are there."""

from django.db import migrations, models


def _say(apps, editor):
    apps.get_model("reminders", "Round").objects.update(place="市局", by="后台")


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial")]
    operations = [
        migrations.AddField("round", "place", models.CharField(max_length=20, null=True)),
        migrations.RunPython(_say, migrations.RunPython.noop),
    ]
