"""Who comes in: Django's own check of names and passwords, and what every page shows of a person, read with the person."""

from django.contrib.auth.backends import ModelBackend

from luoshi.bureau.jobs.queries import unread_of
from luoshi.bureau.people.models import Person


class Doorway(ModelBackend):
    """Whoever is signed in, with the number of messages that wait for them: one query for both."""

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session; None when there is none or they may not come in any more."""
        found = Person.objects.filter(pk=user_id).annotate(unread=unread_of("username")).first()
        return found if found is not None and self.user_can_authenticate(found) else None
