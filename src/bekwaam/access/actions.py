"""Writes on users and their ways in. Each is one transaction with its audit entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, is_password_usable
from django.db import transaction
from django.db.models import QuerySet

from bekwaam.access import audit, links
from bekwaam.access.actor import actor_of
from bekwaam.access.demand import require
from bekwaam.access.models import OneTimeLink, RightGrant, RoleGrant, User
from bekwaam.access.models.user import new_seal
from bekwaam.access.policy import ADMIN, LEADER, MARGINS
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import SYSTEM, Actor
from bekwaam.terms.errors import Refused

ROLES_OF_A_SMALL_LEADER = (ADMIN, LEADER)


@dataclass(frozen=True)
class Person:
    """Who a user is: address, name, seller code and language."""

    email: str
    name: str
    seller_code: str = ""
    language: str = ""


@transaction.atomic
def create_user(
    person: Person,
    *,
    roles: Iterable[str],
    rights: Iterable[str] = (),
    password: str | None = None,
    actor: Actor = SYSTEM,
) -> User:
    """A new user. Without a password he cannot sign in until he has used a link.

    Raises:
        Refused: `email_taken`.
    """
    require(actor, "users.write")
    with system_door():
        email = person.email.strip().lower()
        if User.objects.filter(email=email).exists():
            raise Refused("email_taken", email=email)
        user = User(
            email=email, name=person.name.strip(), seller_code=person.seller_code.strip(), language=person.language
        )
        user.set_password(password)
        user.save()
        audit.record(actor, "users.made", user, after=audit.snapshot(user))
        _grant(user, roles=roles, rights=rights, actor=actor)
    return user


@transaction.atomic
def invite(actor: Actor, person: Person, *, roles: Iterable[str], rights: Iterable[str] = ()) -> tuple[User, str]:
    """A new user and the token of his invitation, which is shown once.

    Raises:
        Refused: `email_taken`.
    """
    user = create_user(person, roles=roles, rights=rights, actor=actor)
    return user, reset_link(actor, user)


@transaction.atomic
def reset_link(actor: Actor, user: User) -> str:
    """The token of a link with which the user sets his password: an invitation, or a reset once he has one.

    Links made earlier for him stop working. His present password works until the link is used.
    """
    require(actor, "users.write")
    kind = OneTimeLink.Kind.RESET if is_password_usable(user.password) else OneTimeLink.Kind.INVITATION
    token = links.make(kind, actor, user)
    audit.record(actor, f"users.{kind}", user)
    return token


@transaction.atomic
def change_user(actor: Actor, user: User, *, name: str, seller_code: str) -> None:
    """Set the name and the seller code."""
    require(actor, "users.write")
    _change(actor, user, "users.changed", name=name.strip(), seller_code=seller_code.strip())


def _change(actor: Actor, user: User, action: str, **values: object) -> None:
    before = audit.snapshot(user)
    for name, value in values.items():
        setattr(user, name, value)
    user.save(update_fields=list(values))
    after = audit.snapshot(user)
    if before != after:
        audit.record(actor, action, user, before=before, after=after)


@transaction.atomic
def set_roles(actor: Actor, user: User, *, roles: Iterable[str], rights: Iterable[str]) -> None:
    """Give the user exactly these roles and rights, from his next request on.

    Raises:
        Refused: `last_admin`.
    """
    require(actor, "users.write")
    wanted = set(roles)
    if ADMIN not in wanted:
        _keep_an_admin(user)
    _grant(user, roles=wanted, rights=rights, actor=actor)


@transaction.atomic
def update_user(
    actor: Actor, user: User, *, name: str, seller_code: str, roles: Iterable[str], rights: Iterable[str]
) -> None:
    """Set everything of a user that an admin sets, or nothing of it.

    Raises:
        Refused: `last_admin`.
    """
    set_roles(actor, user, roles=roles, rights=rights)
    change_user(actor, user, name=name, seller_code=seller_code)


def _grant(user: User, *, roles: Iterable[str], rights: Iterable[str], actor: Actor) -> None:
    with system_door():
        before = _held(user)
        after = {"roles": sorted(set(roles)), "rights": sorted(set(rights))}
        RoleGrant.objects.filter(user=user).exclude(role__in=after["roles"]).delete()
        RightGrant.objects.filter(user=user).exclude(right__in=after["rights"]).delete()
        new_roles = set(after["roles"]) - set(before["roles"])
        new_rights = set(after["rights"]) - set(before["rights"])
        RoleGrant.objects.bulk_create([RoleGrant(user=user, role=role) for role in sorted(new_roles)])
        RightGrant.objects.bulk_create([RightGrant(user=user, right=right) for right in sorted(new_rights)])
        if before != after:
            audit.record(actor, "users.roles", user, before=before, after=after, open_fields=("roles", "rights"))


def _held(user: User) -> dict[str, list[str]]:
    return {
        "roles": sorted(RoleGrant.objects.filter(user=user).values_list("role", flat=True)),
        "rights": sorted(RightGrant.objects.filter(user=user).values_list("right", flat=True)),
    }


def _keep_an_admin(user: User) -> None:
    others = active_admins().exclude(pk=user.pk)
    if active_admins().filter(pk=user.pk).exists() and not others.exists():
        raise Refused("last_admin")


def active_admins() -> QuerySet[User]:
    """The users who can sign in and administer now."""
    with system_door():
        admins = RoleGrant.objects.filter(role=ADMIN).values("user_id")
        return User.objects.filter(pk__in=admins, is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


@transaction.atomic
def disable_user(actor: Actor, user: User) -> None:
    """Close the account: every session ends at once and links stop working.

    Raises:
        Refused: `last_admin`.
    """
    require(actor, "users.write")
    _keep_an_admin(user)
    links.revoke(user)
    _change(actor, user, "users.disabled", is_active=False, session_seal=new_seal())


@transaction.atomic
def enable_user(actor: Actor, user: User) -> None:
    """Open the account again; sessions from before stay ended."""
    require(actor, "users.write")
    _change(actor, user, "users.enabled", is_active=True)


def accept(token: str, *, password: str) -> User:
    """Use an invitation or a reset link: the password is set, and every session from before ends.

    Raises:
        Refused: `link_dead`.
    """
    with transaction.atomic():
        link = _used_up(token, OneTimeLink.Kind.INVITATION, OneTimeLink.Kind.RESET)
        user: User = link.user
        _set_password(user, password)
        audit.record(actor_of(user), "me.password", user)
    return user


def accept_as_first_admin(token: str, person: Person, *, password: str, leads_sales: bool) -> User:
    """Use the first link of an installation: its visitor becomes the administrator, and the sales leader if he is.

    Raises:
        Refused: `link_dead`, also when there is an administrator already; `email_taken`.
    """
    with transaction.atomic():
        if active_admins().exists():
            raise Refused("link_dead")
        _used_up(token, OneTimeLink.Kind.FIRST_ADMIN)
        return create_user(
            person,
            roles=ROLES_OF_A_SMALL_LEADER if leads_sales else (ADMIN,),
            rights=(MARGINS,) if leads_sales else (),
            password=password,
        )


def _used_up(token: str, *kinds: Any) -> OneTimeLink:
    link = links.find(token)
    if link is None or link.kind not in kinds or not links.use_up(link):
        raise Refused("link_dead")
    return link


def _set_password(user: User, password: str) -> None:
    """A session must match the kept hash of the password, so a new one ends every session."""
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def change_password(actor: Actor, user: User, password: str) -> None:
    """Set one's own password; other sessions end, and links to set it once more stop working."""
    require(actor, "me.write")
    links.revoke(user)
    _set_password(user, password)
    audit.record(actor, "me.password", user)


@transaction.atomic
def change_me(actor: Actor, user: User, *, name: str, language: str, week_by_mail: bool = False) -> None:
    """Set one's own name and language, and whether this week comes by mail."""
    require(actor, "me.write")
    _change(actor, user, "me.changed", name=name.strip(), language=language, week_by_mail=week_by_mail)


@transaction.atomic
def first_admin_link(base_url: str) -> str | None:
    """The link with which the first administrator gets in; None when there is one. An earlier link stops working."""
    if active_admins().exists():
        return None
    return links.address(base_url, links.make(OneTimeLink.Kind.FIRST_ADMIN, SYSTEM))


@transaction.atomic
def admin_link(base_url: str, email: str) -> str:
    """A link with which an administrator who lost his password sets a new one; for whoever has the home in hand.

    Raises:
        Refused: `no_admin_yet`; `admin_unknown` when nobody with this address can administer now.
    """
    admins = active_admins()
    admin = admins.filter(email=email.strip().lower()).first()
    if admin is not None:
        return links.address(base_url, reset_link(SYSTEM, admin))
    known = sorted(admins.values_list("email", flat=True))
    raise Refused("admin_unknown", email=email, admins=known) if known else Refused("no_admin_yet")
