"""Columns as this house keeps them."""

import json
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models

from luoshi.bureau.keys import keyring
from luoshi.bureau.keys.keyring import DATA
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.sealing import NONCE, BrokenSealError, Suite, as_text, from_text, sealed, unsealed

_EMPTY: dict[object, type[list[Any]] | type[dict[str, Any]]] = {"[]": list, "{}": dict}
_BETWEEN = ":"
_FORM = re.compile(r"§[as]:[0-9]{4,}-[0-9a-f]{12}:[A-Za-z0-9_-]+")
_SUITES = {"§a": Suite.AES, "§s": Suite.SM4}


class JSON(models.JSONField):
    """A JSON column whose empty lists and objects, most of a ledger's, are not sent through the parser."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What the database holds as Python has it."""
        empty = _EMPTY.get(value) if isinstance(value, str) else None
        return super().from_db_value(value, expression, connection) if empty is None else empty()

    def deconstruct(self) -> Any:
        """In a migration it is a JSON column like any other."""
        name, _, told, named = super().deconstruct()
        return name, "django.db.models.JSONField", told, named


class Cipher(str):
    """Sealed words as a column keeps them; whatever a person types is none, whatever it looks like."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """Name of the key that sealed them."""
        return self.split(_BETWEEN)[1]


class Sealed(models.TextField):  # type: ignore[type-arg]  # of Django itself it has none while it runs
    """Words about a person, encrypted at rest (AES-256-GCM, or SM4-GCM by setting) by a key outside the database.

        §suite:name of the key:nonce and cipher text

    Table, column and the columns named by `bound` are associated data, so a cipher text does not open in another row. Read from an
    object it is plain; `values()` and raw SQL see the cipher text, and `update()` and `bulk_update()` refuse a plain value,
    because they know no row. Empty words stay empty, and words from before are read as they are until they are sealed.
    """

    def __init__(self, *told: Any, bound: tuple[str, ...] = (), most: int = 0, **named: Any) -> None:
        """Bound to what.

        Args:
            told: as of any column.
            bound: attributes of the row that never change and are there before it is saved.
            most: characters at most.
            named: as of any column.
        """
        super().__init__(*told, **named)
        self.bound, self.most = bound, most

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002
        """Opened when somebody looks."""
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            setattr(cls, self.attname, _Opening(self))

    def deconstruct(self) -> Any:
        """In a migration it is a column of text."""
        name, _, told, named = super().deconstruct()
        return name, "django.db.models.TextField", told, named

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001
        """As the database keeps it."""
        held = model_instance.__dict__.get(self.attname) or ""
        return held if not held or isinstance(held, Cipher) else self.seal(model_instance, str(held))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002
        """A cipher text, to be opened by whoever knows the row; words from before as they are."""
        return Cipher(value) if value and _FORM.fullmatch(value) else value

    def get_prep_value(self, value: Any) -> Any:
        """Never plain words."""
        if value and not isinstance(value, Cipher):
            message = f"{self.name} is sealed: save the object, no update() and no look-up by it"
            raise TypeError(message)
        return super().get_prep_value(value)

    def seal(self, row: models.Model, plain: str) -> Cipher:
        """The cipher text of words in this row, by the key that seals now."""
        if len(plain) > self.most:
            rule = f"不超过 {self.most} 个字"
            raise RefusedError(Finding(str(self.verbose_name), f"有 {len(plain)} 个字", rule, "请写短些"))
        held = keyring()
        key, nonce = held.current(), secrets.token_bytes(NONCE)
        begins = next(one for one, suite in _SUITES.items() if suite is held.suite)
        cipher = sealed(key.secret, plain.encode(), self._about(row), nonce, held.suite)
        return Cipher(_BETWEEN.join((begins, key.name, as_text(nonce + cipher))))

    def unseal(self, row: models.Model, held: Cipher) -> str:
        """The words again.

        Raises:
            RefusedError: the key is gone, or the cipher text was changed or belongs to another row.
        """
        begins, name, words = held.split(_BETWEEN)
        key = keyring().key(DATA, name)
        try:
            cipher = from_text(words)
            about, suite = self._about(row), _SUITES[begins]
            return unsealed(key.secret, cipher[NONCE:], about, cipher[:NONCE], suite).decode()
        except (BrokenSealError, KeyError) as error:
            where = f"{row._meta.db_table} {self.column} {row.pk}"  # noqa: SLF001
            what, rule = "密文已改动，或不是这一行的", "密文只在写它的那一行、那一列里打得开"
            raise RefusedError(Finding(where, what, rule, "请安全管理员核查数据库，并从备份恢复这一行")) from error

    def _about(self, row: models.Model) -> bytes:
        bound = [str(getattr(row, name)) for name in self.bound]
        return json.dumps([row._meta.db_table, self.column, *bound], ensure_ascii=False).encode()  # noqa: SLF001


class _Opening:
    """What stands in the column of an object: plain words once somebody asked for them."""

    def __init__(self, field: Sealed) -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        held = row.__dict__[name]
        if isinstance(held, Cipher):
            held = row.__dict__[name] = self.field.unseal(row, held)
        return held

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


@contextmanager
def in_bulk(rows: Iterable[models.Model], name: str) -> Iterator[None]:
    """Within it `bulk_update` writes the sealed column of these rows; afterwards they say plain words again."""
    there = list(rows)
    plain = [getattr(row, name) for row in there]
    for row, words in zip(there, plain, strict=True):
        field = type(row)._meta.get_field(name)  # noqa: SLF001
        row.__dict__[name] = models.Value(field.seal(row, words) if words else "", output_field=models.TextField())  # type: ignore[union-attr]
    try:
        yield
    finally:
        for row, words in zip(there, plain, strict=True):
            row.__dict__[name] = words
