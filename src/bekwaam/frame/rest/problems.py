"""Every refusal as `application/problem+json` (RFC 9457): what, where, what to do, in the language of whoever asks."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from bekwaam.access.request_id import current_request_id
from bekwaam.frame.sentences import sentence
from bekwaam.terms.errors import BekwaamError, Refused, WrongCall

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818  named as the standard names it
    """A refusal with its status, a short stable code, a sentence, and what may help beside it."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        self.status, self.code, self.detail, self.more = status, code, detail, more
        super().__init__(code)


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """The answer; `code` is stable, `detail` is for people."""
    content = {
        "type": f"urn:bekwaam:problem:{code}",
        "title": code.replace("_", " "),
        "status": status,
        "detail": str(detail),
        "request": current_request_id(),
        **more,
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)


def speak_in_problems(api: NinjaAPI) -> None:
    """Let every way in which an operation can fail answer with a problem."""
    api.add_exception_handler(Problem, _as_it_says)
    api.add_exception_handler(BekwaamError, _in_words)
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(Http404, _absent)
    api.add_exception_handler(PermissionDenied, _denied)
    api.add_exception_handler(HttpError, _of_the_library)


def _as_it_says(_request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(error.status, error.code, error.detail, **error.more)


def _in_words(_request: HttpRequest, error: BekwaamError) -> HttpResponse:
    status = 400 if isinstance(error, WrongCall) else 422 if isinstance(error, Refused) else 409
    return problem(status if error.exit_code < 3 else 503, error.code, sentence(error))


def _not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(
        422, "not_valid", _("What was sent does not fit; see errors."), errors=[_fault(one) for one in error.errors]
    )


def _fault(one: dict[str, Any]) -> dict[str, str]:
    """Where, and what is wrong there; a torn cursor comes as a bare pair."""
    if "loc" in one:
        return {"field": ".".join(str(part) for part in one["loc"][1:]), "message": str(one["msg"])}
    name, message = next(iter(one.items()))
    return {"field": str(name), "message": str(message)}


def _absent(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404, "not_found", _("There is nothing at this address that you may see."))


def _denied(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return problem(403, "denied", _("Your role may not do this."))


def _of_the_library(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Bodies that are no JSON, and forms without their token."""
    if error.status_code == 401:
        return problem(401, "not_signed_in", _("Sign in, or send a token: Authorization: Bearer …"))
    code = {400: "not_readable", 403: "token_of_form_missing"}.get(error.status_code, "refused")
    return problem(error.status_code, code, error.message)
