"""Rows brought along with their parents: one query a relation, and little work a row.

Why not `prefetch_related`: it makes a filtered query of its own for every parent, though none of them is ever asked. With
three hundred parents and three relations that is more work than reading the rows.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import ForeignKey, Model, QuerySet

_Parent = TypeVar("_Parent", bound=Model)


def _all(model: Any) -> QuerySet[Any]:
    """Every row of a model, by the manager it declares first."""
    return model._default_manager.all()  # type: ignore[no-any-return]  # noqa: SLF001 (Django documents it under this name)


def _field(row: Any, name: str) -> Any:
    """A field or relation of a row's model."""
    return row._meta.get_field(name)  # noqa: SLF001 (as above)


class _Brought(QuerySet[Any]):
    """What belongs to one parent, already read; whoever filters or orders it asks the database."""

    def __init__(self, model: type[Model], query: Any, asked: tuple[str, Model], rows: list[Model]) -> None:
        """The rows, in the order of their model; `query` is shared and never run."""
        super().__init__(model, query)
        self._asked, self._result_cache, self._prefetch_done = asked, rows, True

    def _chain(self) -> QuerySet[Any]:
        name, parent = self._asked
        return _all(self.model).filter(**{name: parent})


def with_related(parents: Iterable[_Parent], *relations: str) -> list[_Parent]:
    """The parents, each with its rows of these relations at hand: `parent.targets.all()` asks nothing.

    Args:
        parents: rows of one model.
        relations: names of relations that other models' foreign keys make, as `prefetch_related` takes them.
    """
    listed = list(parents)
    if listed:
        for name in relations:
            _bring(listed, name)
    return listed


def _bring(parents: list[Any], relation: str) -> None:
    field: ForeignKey[Any, Any] = _field(parents[0], relation).field
    key, model = field.attname, field.model
    by_parent: dict[Any, list[Model]] = {parent.pk: [] for parent in parents}
    places = {parent.pk: parent for parent in parents}
    for row in _all(model).filter(**{f"{key}__in": list(by_parent)}):
        at = getattr(row, key)
        field.set_cached_value(row, places[at])
        by_parent[at].append(row)
    query, cache = _all(model).query, field.remote_field.cache_name
    for parent in parents:
        kept = parent.__dict__.setdefault("_prefetched_objects_cache", {})
        kept[cache] = _Brought(model, query, (field.name, parent), by_parent[parent.pk])


def with_parents(rows: Iterable[_Parent], *relations: str, known: Iterable[Model] = ()) -> list[_Parent]:
    """The rows, each with what its foreign keys point at: one object for all rows that share it, one query a relation.

    A join would make an object for every row: three hundred copies of the same plan.

    Args:
        rows: rows of one model.
        relations: names of its foreign keys.
        known: objects at hand, which nobody asks for again.
    """
    listed = list(rows)
    held = {(type(one), one.pk): one for one in known}
    for name in relations if listed else ():
        field: ForeignKey[Any, Any] = _field(listed[0], name)
        wanted = {getattr(row, field.attname) for row in listed} - {None}
        kind = field.related_model
        found = {pk: held[kind, pk] for pk in wanted if (kind, pk) in held}
        lacking = wanted - found.keys()
        found.update(_all(kind).in_bulk(lacking) if lacking else {})
        for row in listed:
            field.set_cached_value(row, found.get(getattr(row, field.attname)))
    return listed
