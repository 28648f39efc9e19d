"""Is it there, and is it well? For whoever watches the machine, without sign-in; says nothing about anybody.

/health/serving is for a proxy that chooses where to send people: 200 while pages can be read, whatever else is wrong.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from homeround.jobs.condition import answers, conditions
from homeround.web.session.page_access import is_polled, open_to_anybody


@open_to_anybody
@is_polled
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """200 when all is well; 503 with the names of what is not. `homeround check` says what to do."""
    wrong = [state.name for state in conditions(request.at) if not state.is_well]  # type: ignore[attr-defined]
    return JsonResponse({"ok": not wrong, **({"wrong": wrong} if wrong else {})}, status=503 if wrong else 200)


@open_to_anybody
@is_polled
@require_GET
def serving(request: HttpRequest) -> JsonResponse:
    """200 while the database answers; 503 when pages cannot be read."""
    reads = answers(request.at).reads  # type: ignore[attr-defined]
    return JsonResponse({"ok": reads}, status=200 if reads else 503)
