"""Every route, and who may do what there: declared by hand, so that a new page must be thought about twice.

`get` and `post` name an action of `WHO`; PUBLIC is open to everyone, None means that the route has no such method.
`path` gives the arguments of the route from the world that the test builds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PUBLIC = "public"

SALES = {"leader", "leader_with_margins", "account_manager", "inside_sales", "marketer", "marketer_who_asks"}
LEADERS = {"leader", "leader_with_margins"}
EVERYONE = SALES | {"colleague", "fair_staff", "board", "admin", "outsider"}

BY_HAND: dict[str, set[str]] = {
    "me.read": EVERYONE,
    "me.write": EVERYONE,
    "users.read": LEADERS | {"admin"},
    "users.write": {"admin"},
    "settings.read": LEADERS | {"admin"},
    "settings.write": {"admin"},
    "switches.read": LEADERS | {"admin"},
    "switches.write": {"admin"},
    "cockpit.read": SALES | {"colleague"},
    "customers.read": SALES | {"colleague"},
    "customers.write": LEADERS | {"account_manager", "inside_sales"},
    "opportunities.read": SALES | {"colleague"},
    "opportunities.write": LEADERS | {"account_manager", "inside_sales"},
    "tasks.read": SALES | {"colleague"},
    "tasks.write": SALES | {"colleague"},
    "forecasts.read": SALES | {"colleague", "board"},
    "imports.read": LEADERS | {"inside_sales", "admin"},
    "imports.write": LEADERS | {"inside_sales", "admin"},
    "jobs.read": LEADERS | {"inside_sales", "admin"},
    "questionnaires.read": LEADERS | {"marketer", "marketer_who_asks"},
    "questionnaires.write": LEADERS | {"marketer", "marketer_who_asks"},
    "fields.write": LEADERS | {"admin"},
    "notes.write": SALES | {"colleague"},
}
"""Action → the members of the cast with one role who may do it."""

ROLES_ADD_UP = {
    "leader_who_administers": {"leader", "admin"},
    "board_with_margins": {"board"},
    "inside_sales_with_margins": {"inside_sales"},
}
"""Who has several roles may do what either may; the right to see cost opens no page by itself."""

WHO = {
    action: names | {who for who, single in ROLES_ADD_UP.items() if single & names} for action, names in BY_HAND.items()
}
"""Action → the members of the cast who may do it."""


@dataclass(frozen=True)
class Route:
    """What is declared about one route.

    Attributes:
        allowed: the answers that mean "let through"; 404 where the world has nothing at that address.
    """

    get: str | None
    post: str | None = None
    path: Callable[[Any], dict[str, Any]] = lambda world: {}
    allowed: set[int] = field(default_factory=lambda: {200, 302})


def _of_user(world: Any) -> dict[str, Any]:
    return {"pk": world.user.pk}


def _of_customer(world: Any) -> dict[str, Any]:
    return {"number": world.customer.number}


def _of_batch(world: Any) -> dict[str, Any]:
    return {"batch_id": world.batch.batch_id}


def _of_upload(world: Any) -> dict[str, Any]:
    return {"upload_id": world.upload.pk}


def _of_none(world: Any) -> dict[str, Any]:
    return {"number": "K1"}


def _of_nothing(world: Any) -> dict[str, Any]:
    return {"pk": 1}


def _of_questionnaire(world: Any) -> dict[str, Any]:
    return {"pk": world.invitation.wave.questionnaire_id}


def _of_question(world: Any) -> dict[str, Any]:
    return {"pk": world.invitation.wave.questionnaire.questions.first().pk}


def _of_wave(world: Any) -> dict[str, Any]:
    return {"pk": world.invitation.wave_id}


def _of_invitation(world: Any) -> dict[str, Any]:
    return {"pk": world.invitation.pk}


def _of_link(world: Any) -> dict[str, Any]:
    return {"token": world.link}


ROUTES: dict[str, Route] = {
    # the shell
    "healthz": Route(get=PUBLIC),
    "account_login": Route(get=PUBLIC, post=PUBLIC),
    "account_logout": Route(get=PUBLIC, post=PUBLIC),
    "accept": Route(get=PUBLIC, post=PUBLIC, path=lambda world: {"token": world.token}),
    "answering": Route(get=PUBLIC, post=PUBLIC, path=_of_link, allowed={200, 302, 422}),
    "answering_stop": Route(get=PUBLIC, post=PUBLIC, path=_of_link),
    "answering_thanks": Route(get=PUBLIC),
    "start": Route(get="me.read"),
    "search": Route(get="me.read"),
    "me": Route(get="me.read", post="me.write"),
    "password": Route(get="me.read", post="me.write"),
    "me_known": Route(get="me.read"),
    "tokens": Route(get="me.read", post="me.write"),
    "token_withdraw": Route(get="me.read", post="me.write", path=lambda world: {"pk": 1}, allowed={404}),
    "users": Route(get="users.read"),
    "invite": Route(get="users.write", post="users.write"),
    "user": Route(get="users.write", post="users.write", path=_of_user),
    "user_link": Route(get=None, post="users.write", path=_of_user),
    "user_disable": Route(get=None, post="users.write", path=_of_user),
    "user_enable": Route(get=None, post="users.write", path=_of_user),
    "company": Route(get="settings.read", post="settings.write"),
    "mail": Route(get="settings.read"),
    "mail_test": Route(get="settings.read", post="settings.write"),
    "leave_demo": Route(get="settings.write", post="settings.write", allowed={404}),
    "switches": Route(get="switches.read"),
    "switch": Route(get="switches.write", post="switches.write", path=lambda world: {"code": "follow_up_speed"}),
    "switch_off": Route(get=None, post="switches.write", path=lambda world: {"code": "follow_up_speed"}),
    # questionnaires
    "questionnaires": Route(get="questionnaires.read"),
    "questionnaire_new": Route(get="questionnaires.write", post="questionnaires.write"),
    "questionnaire": Route(get="questionnaires.read", path=_of_questionnaire),
    "questionnaire_change": Route(get="questionnaires.write", post="questionnaires.write", path=_of_questionnaire),
    "questionnaire_version": Route(get=None, post="questionnaires.write", path=_of_questionnaire),
    "question_new": Route(get="questionnaires.write", post="questionnaires.write", path=_of_questionnaire),
    "question": Route(get="questionnaires.write", post="questionnaires.write", path=_of_question),
    "question_remove": Route(get=None, post="questionnaires.write", path=_of_question),
    "question_up": Route(get=None, post="questionnaires.write", path=_of_question),
    "wave_new": Route(get="questionnaires.write", post="questionnaires.write", path=_of_questionnaire),
    "wave": Route(get="questionnaires.read", path=_of_wave),
    "wave_invite": Route(get="questionnaires.write", post="questionnaires.write", path=_of_wave),
    "wave_links": Route(get=None, post="questionnaires.write", path=_of_wave),
    "wave_withdraw": Route(get=None, post="questionnaires.write", path=_of_wave),
    "invitation_forget": Route(get=None, post="questionnaires.write", path=_of_invitation),
    # the frame
    "frame": Route(get="me.read"),
    "frame_preview": Route(get="me.read", path=lambda world: {"number": 1}),
    "frame_attempt": Route(get="me.read", post="me.read", path=lambda world: {"part": "undo"}),
    # lists of all rooms; a list that one may not see is as absent as one that is not
    "list_export": Route(get="me.read", path=lambda world: {"code": "products"}, allowed={200, 404}),
    "list_views": Route(
        get="me.write", post="me.write", path=lambda world: {"code": "products"}, allowed={200, 302, 404}
    ),
    "list_view": Route(get="me.write", post="me.write", path=lambda world: {"pk": 1}, allowed={404}),
    "list_change": Route(get="customers.write", post="customers.write", path=lambda world: {"code": "products"}),
    "changes": Route(get="customers.write", post="customers.write"),
    "change_undo": Route(get="customers.write", post="customers.write", path=lambda world: {"pk": 1}, allowed={404}),
    # records of all kinds
    "record_files": Route(
        get="customers.read", post="notes.write", path=lambda world: {"kind": "customers", "key": "none"}, allowed={404}
    ),
    "file": Route(get="customers.read", path=lambda world: {"pk": 1}, allowed={404}),
    "file_trash": Route(get="customers.read", post="notes.write", path=lambda world: {"pk": 1}, allowed={404}),
    "trash": Route(get="customers.read"),
    "trash_restore": Route(
        get="customers.read",
        post="notes.write",
        path=lambda world: {"kind": "customers", "pk": 1},
        allowed={302, 404},
    ),
    "custom_fields": Route(get="fields.write", post="fields.write"),
    "custom_field": Route(get="fields.write", post="fields.write", path=lambda world: {"pk": 1}, allowed={404}),
    # this week
    "week": Route(get="cockpit.read"),
    "half_year_ago": Route(get="cockpit.read"),
    # customers
    "customers": Route(get="customers.read"),
    "customer": Route(get="customers.read", path=_of_customer),
    "customer_preview": Route(get="customers.read", path=_of_customer),
    "products": Route(get="customers.read"),
    "product": Route(get="customers.read", path=lambda world: {"code": "none"}, allowed={404}),
    "customer_edit": Route(
        get="customers.write",
        post="customers.write",
        path=lambda world: {"number": "none", "field": "name"},
        allowed={404},
    ),
    "customer_trash": Route(
        get="customers.write", post="customers.write", path=lambda world: {"number": "none"}, allowed={404}
    ),
    "product_edit": Route(
        get="customers.write",
        post="customers.write",
        path=lambda world: {"code": "none", "field": "description"},
        allowed={404},
    ),
    "product_trash": Route(
        get="customers.write", post="customers.write", path=lambda world: {"code": "none"}, allowed={404}
    ),
    "customer_lines": Route(get="customers.read", path=_of_customer, allowed={404}),
    # opportunities, tasks, notes; what is not there is absent for whoever may ask
    "opportunities": Route(get="opportunities.read"),
    "opportunity_new": Route(get="opportunities.write", post="opportunities.write"),
    "opportunity_moved_back": Route(
        get="opportunities.read", post="opportunities.write", path=lambda world: {"pk": 1}, allowed={404}
    ),
    "opportunity_edit": Route(
        get="opportunities.write",
        post="opportunities.write",
        path=lambda world: {"number": "K1", "field": "title"},
        allowed={404},
    ),
    "opportunity_stage": Route(get="opportunities.read", post="opportunities.write", path=_of_none, allowed={404}),
    "opportunity_sellers": Route(get="opportunities.write", post="opportunities.write", path=_of_none, allowed={404}),
    "opportunity_trash": Route(get="opportunities.read", post="opportunities.write", path=_of_none, allowed={302, 404}),
    "opportunity": Route(get="opportunities.read", path=_of_none, allowed={404}),
    "tasks": Route(get="tasks.read"),
    "task_new": Route(get="tasks.write", post="tasks.write"),
    "task": Route(get="tasks.read", post="tasks.write", path=_of_nothing, allowed={404}),
    "task_done": Route(get="tasks.read", post="tasks.write", path=_of_nothing, allowed={302, 404}),
    "task_undone": Route(get="tasks.read", post="tasks.write", path=_of_nothing, allowed={302, 404}),
    "task_trash": Route(get="tasks.read", post="tasks.write", path=_of_nothing, allowed={302, 404}),
    "note_new": Route(get="notes.write", post="notes.write", allowed={404}),
    "note": Route(get="notes.write", post="notes.write", path=_of_nothing, allowed={404}),
    "note_trash": Route(get="notes.write", post="notes.write", path=_of_nothing, allowed={302, 404}),
    # forecasts
    "forecasts": Route(get="forecasts.read"),
    "lines": Route(get="customers.read", allowed={404}),
    "forecast_detail": Route(get="forecasts.read", path=lambda world: {"level": "country", "key": "NL"}, allowed={404}),
    # data
    "data": Route(get="imports.read"),
    "import_new": Route(get="imports.write", post="imports.write"),
    "import_preview": Route(get="imports.write", post="imports.write", path=_of_upload),
    "batch": Route(get="imports.read", path=_of_batch),
    "undo": Route(get="imports.read", post="imports.write", path=_of_batch, allowed={302, 404}),
    "refused_file": Route(get="imports.read", path=_of_batch, allowed={404}),
    "jobs": Route(get="jobs.read"),
    "job": Route(get="jobs.read", path=lambda world: {"job_id": world.job.pk}),
    "refresh": Route(get="imports.read", post="imports.write", allowed={302, 404}),
}
