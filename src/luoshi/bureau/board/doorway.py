"""Who comes in: Django's own check of names and passwords, and what every page shows of a person, read with the person."""

from collections.abc import Callable

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from luoshi.bureau.jobs.queries import unread_of
from luoshi.bureau.people.models import Person
from luoshi.bureau.posts.codes import opens
from luoshi.bureau.posts.queries import put_on, with_posts, worn
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

CHOSEN = "post"
"""Under what the session keeps the post somebody chose to act in."""


class Doorway(ModelBackend):
    """Whoever is signed in, with the posts they hold today and the number of messages that wait: one query for all."""

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session; None when there is none, or they may not come in any more, or all their posts are over."""
        rows = with_posts(Person.objects.filter(pk=user_id), timezone.localdate()).annotate(
            unread=unread_of("username")
        )
        found = worn(rows)
        return found if found is not None and self.user_can_authenticate(found) else None

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **told: object
    ) -> Person | None:
        """The person of this account and password, or of the code that was printed for them while they have set none."""
        found = opens(username or "", password or "", timezone.localdate())
        found = found or super().authenticate(request, username, password, **told)
        if not isinstance(found, Person) or not self.user_can_authenticate(found):
            return None
        if worn(with_posts(Person.objects.filter(pk=found.pk), timezone.localdate())) is None:
            rule = "有现任职务的人才能进入"
            raise RefusedError(
                Finding("进入", f"{found.name}现在没有任职", rule, "任职已到期或还没有开始，请找系统管理员")
            )
        return found


def in_chosen_post(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whoever holds several posts acts in the one chosen in the page head, while it is held."""

    def acting(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.user = SimpleLazyObject(lambda: _dressed(user, request.session.get(CHOSEN)))  # type: ignore[assignment]
        return answer(request)

    return acting


def _dressed(user: object, wanted: object) -> object:
    if isinstance(user, Person) and len(getattr(user, "hats", ())) > 1:
        put_on(user, wanted)
    return user
