"""Whatever the OpenAPI document of the API allows, and what it does not: answered as the document says, never by a traceback."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from luoshi.bureau.board.api.doors import document
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.notices.actions import switch
from luoshi.bureau.people.models import City
from luoshi.bureau.wsgi import application
from tests.bureau.xingzhou import actor, figure

pytestmark = pytest.mark.django_db
SHORT, LONG = 6, 500
"""Questions an address, always and under `make prove`."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(document())
SCHEMA.config.update(base_url="http://localhost")


@pytest.fixture
def held(db: None) -> Iterator[None]:
    """The test's connection stays open when an answer is closed, as with Django's own client: its transaction lies on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def opened(city: City, held: None) -> City:
    switch(actor("ducha"), city, public=True)
    add_figures(actor("ducha"), city, [figure("compulsory_large_class_rate", "2.6", "%")])
    return city


@SCHEMA.parametrize()
@settings(
    max_examples=LONG if os.environ.get("LUOSHI_PROVE") else SHORT,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_every_question_is_answered_as_the_document_says(case: schemathesis.Case, opened: City) -> None:
    case.call_and_validate(app=application, checks=CHECKS)
