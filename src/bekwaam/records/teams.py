"""Which team a seller is in, as a file says it: an earlier membership ends, history stays."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from bekwaam.records.models import Membership, Seller, Team


def assign(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Put each seller (`code`) in his team (`team_code`); returns what `put_back` needs.

    A seller who was in another team leaves it today.
    """
    wanted = {row["code"]: row["team_code"] for row in rows if row.get("team_code")}
    teams = {team.code: team for team in Team.objects.filter(code__in=set(wanted.values()))}
    now = {member.seller_id: member for member in _current()}
    done: dict[str, Any] = {"made": [], "ended": [], "moved": {}}
    for seller in Seller.objects.all():
        team = teams.get(wanted.get(seller.code, ""))
        if team is not None:
            _assign(seller, team, now.get(seller.pk), done)
    return done


def _current() -> list[Membership]:
    return list(Membership.objects.filter(ends_on__isnull=True).order_by("pk"))


def _assign(seller: Seller, team: Team, member: Membership | None, done: dict[str, Any]) -> None:
    today = timezone.localdate()
    if member is not None and member.team_id == team.pk:
        return
    if member is not None and member.starts_on is not None and member.starts_on >= today:
        done["moved"][str(member.pk)] = member.team_id
        Membership.objects.filter(pk=member.pk).update(team=team)
        return
    if member is not None:
        done["ended"].append(member.pk)
        Membership.objects.filter(pk=member.pk).update(ends_on=today)
    done["made"].append(Membership.objects.create(seller=seller, team=team, starts_on=today).pk)


def put_back(done: dict[str, Any]) -> None:
    """Undo what `assign` did."""
    Membership.objects.filter(pk__in=done.get("made", [])).delete()
    Membership.objects.filter(pk__in=done.get("ended", [])).update(ends_on=None)
    for pk, team in done.get("moved", {}).items():
        if Team.objects.filter(pk=team).exists():
            Membership.objects.filter(pk=int(pk)).update(team=team)
