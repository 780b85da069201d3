"""The tables of access, by noun."""

from bekwaam.access.models.audit import AuditEntry, PersonKey
from bekwaam.access.models.company import Company
from bekwaam.access.models.indicator import PersonIndicator
from bekwaam.access.models.link import OneTimeLink
from bekwaam.access.models.log import Denial, SignIn
from bekwaam.access.models.token import ApiToken, KeptAnswer
from bekwaam.access.models.user import RightGrant, RoleGrant, User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Company",
    "Denial",
    "KeptAnswer",
    "OneTimeLink",
    "PersonIndicator",
    "PersonKey",
    "RightGrant",
    "RoleGrant",
    "SignIn",
    "User",
]
