"""What is asked of the journal, as its page sends it."""

from dataclasses import fields
from itertools import groupby

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.bureau.journal.kinds import KINDS, kind_said
from luoshi.bureau.journal.queries import said
from luoshi.bureau.journal.said import SAID
from luoshi.bureau.journal.searching import Asked
from luoshi.bureau.people.models import Person

_MOST = 100


def _actions() -> list[tuple[str, object]]:
    """Acts under the rooms they belong to."""
    rooms = groupby(sorted(SAID), key=lambda one: one.partition(".")[0])
    return [("", _("全部")), *((room, [(one, said(one)) for one in names]) for room, names in rooms)]


def _kinds() -> list[tuple[str, str]]:
    return [("", _("全部")), *((kind, kind_said(kind)) for kind in KINDS)]


def _outcomes() -> list[tuple[str, str]]:
    return [("", _("全部")), ("done", _("已办")), ("refused", _("未予办理"))]


class JournalForm(forms.Form):
    """Sent by GET; whatever is left empty does not matter."""

    q = forms.CharField(label=gettext_lazy("词语"), required=False, max_length=_MOST)
    person = forms.CharField(label=gettext_lazy("人员"), required=False, max_length=_MOST)
    action = forms.ChoiceField(label=gettext_lazy("办理"), required=False, choices=_actions)
    kind = forms.ChoiceField(label=gettext_lazy("对象"), required=False, choices=_kinds)
    outcome = forms.ChoiceField(label=gettext_lazy("结果"), required=False, choices=_outcomes)
    since = forms.DateField(label=gettext_lazy("自"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=gettext_lazy("至"), required=False, widget=forms.DateInput({"type": "date"}))
    address = forms.CharField(label=gettext_lazy("地址"), required=False, max_length=64)

    def asked(self, *, audit: bool) -> Asked:
        """What is looked for; what cannot be understood does not matter, and the page says so beside it.

        Args:
            audit: whether the person may look for addresses and into what was changed.
        """
        self.is_valid()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        known = {one.name for one in fields(Asked)}
        asked = {name: value for name, value in told.items() if name in known and (audit or name != "address")}
        return Asked(words=told.get("q", ""), people=_logins(told.get("person", "")), deep=audit, **asked)


def _logins(words: str) -> tuple[str, ...]:
    """The accounts of a person by account or name."""
    name = words.strip()
    if not name:
        return ()
    there = Person.objects.filter(name=name).values_list("username", flat=True)
    return tuple(dict.fromkeys((*there, name)))
