"""套表: what the fields of another department's form are, confirmed by a person once."""

from collections.abc import Sequence

from luoshi.bureau.files.actions import keep_looked
from luoshi.bureau.files.models import File
from luoshi.bureau.forms.models import TableMapping
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.checking.tables import Binding, Form, as_record, binding_of
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def bring_blank(actor: Actor, city: City, name: str, content: bytes) -> File:
    """Keep a blank that somebody brought, so that it can be understood and filled.

    Raises:
        RefusedError: no right, or it is no file that is kept (another form, marked secret, acting by itself).
    """
    with act(actor, "forms.blank", "city", city.pk, name) as note:
        require(actor, "fill_tables")
        kept = keep_looked(actor, content, name)
        note.detail = {"文件": kept.digest}
    return kept


def keep_mapping(
    actor: Actor, city: City, blank: tuple[str, bytes], form: Form, bindings: Sequence[Binding]
) -> TableMapping:
    """Keep what was confirmed, under the digest of the form's structure; next month's form is filled by it at once.

    Args:
        actor: who confirms.
        city: whose.
        blank: name and content of the form.
        form: as it was understood.
        bindings: of its fields; fields left out stay blank.

    Raises:
        RefusedError: no right, a field that is not of the form, or a binding that cannot be reckoned; all at once.
    """
    name, content = blank
    with act(actor, "forms.map", "table", form.digest[:16], name) as note:
        require(actor, "fill_tables")
        findings = [
            Finding(one.field, "表里没有这一栏", "只对应表里要填的栏", "请重新上传空表")
            for one in bindings
            if one.field not in form.fields
        ]
        for one in bindings:
            try:
                binding_of(as_record(one), RETURNS)
            except RefusedError as refusal:
                findings += refusal.findings
        if findings:
            raise RefusedError(*findings)
        note.detail = {"栏": len(form.fields), "已对应": len(bindings)}
        return TableMapping.objects.create(
            city=city,
            digest=form.digest,
            name=name[-200:],
            blank=keep_looked(actor, content, name),
            bindings=[as_record(one) for one in bindings],
            by=actor.name,
        )
