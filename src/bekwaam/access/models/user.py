"""Users, and the roles and rights that they hold."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from bekwaam.access import policy
from bekwaam.access.scope import DoorManager, ScopedModel, system_door
from bekwaam.terms.actor import Actor


class Role(models.TextChoices):
    """What someone is in the company; roles add up."""

    LEADER = policy.LEADER, _("Sales leader")
    ACCOUNT_MANAGER = policy.ACCOUNT_MANAGER, _("Account manager")
    INSIDE_SALES = policy.INSIDE_SALES, _("Inside sales")
    MARKETER = policy.MARKETER, _("Marketer")
    COLLEAGUE = policy.COLLEAGUE, _("Colleague in another function")
    FAIR_STAFF = policy.FAIR_STAFF, _("Stand staff")
    BOARD = policy.BOARD, _("Board member")
    ADMIN = policy.ADMIN, _("Administrator")


class Right(models.TextChoices):
    """What someone may do on top of his roles."""

    MARGINS = policy.MARGINS, _("Sees cost and gross profit")
    ANALYST = policy.ANALYST, _("Asks own questions of the figures")


def new_seal() -> str:
    """A fresh seal: every session that was opened under the old one is over."""
    return secrets.token_hex(16)


class UserManager(DoorManager, BaseUserManager[Any]):
    """Finds users by e-mail address, whatever its capitals. Inside a request it refuses as any other manager does."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """The user with this e-mail address. Who signs in is nobody's row yet."""
        with system_door():
            return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, ScopedModel):
    """Someone who can sign in. When he last did is not kept."""

    last_login = None

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=150)
    language = models.CharField(_("Language"), max_length=2, blank=True)
    seller_code = models.CharField(_("Seller code"), max_length=60, blank=True)
    week_by_mail = models.BooleanField(_("This week by mail, on Monday at 07.30"), default=False)
    is_active = models.BooleanField(default=True)
    session_seal = models.CharField(max_length=32, default=new_seal, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    personal: ClassVar[dict[str, str]] = {
        "password": "contact",
        "email": "contact",
        "name": "contact",
        "language": "none",
        "seller_code": "seller",
        "week_by_mail": "none",
        "is_active": "none",
        "session_seal": "contact",
        "made_at": "none",
    }

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_in_lower_case"),
            models.CheckConstraint(condition=Q(language__in=["", "nl", "en"]), name="language_is_spoken"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        if policy.may(actor, "users.read"):
            return Q()
        return None if actor.user_id is None else Q(pk=actor.user_id)

    def get_session_auth_hash(self) -> str:
        """What a session must match: the password and the seal, so that a new seal ends all sessions."""
        return str(super().get_session_auth_hash()) + self.session_seal


class Grant(ScopedModel):
    """The base of what a user holds."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        if policy.may(actor, "users.read"):
            return Q()
        return None if actor.user_id is None else Q(user_id=actor.user_id)


class RoleGrant(Grant):
    """A role of a user."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)

    personal: ClassVar[dict[str, str]] = {"user": "contact", "role": "none"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="role_once_per_user"),
            models.CheckConstraint(condition=Q(role__in=policy.ROLES), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)


class RightGrant(Grant):
    """A right of a user."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="right_grants")
    right = models.CharField(max_length=20, choices=Right.choices)

    personal: ClassVar[dict[str, str]] = {"user": "contact", "right": "none"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "right"], name="right_once_per_user"),
            models.CheckConstraint(condition=Q(right__in=policy.RIGHTS), name="right_is_known"),
        ]

    def __str__(self) -> str:
        return str(Right(self.right).label)
