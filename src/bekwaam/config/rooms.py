"""The rooms of this installation, in the order of the navigation.

What must be gathered from all rooms (addresses, readings, words) is gathered from this tuple. Readings are worked
out in the order of `REFRESH_ORDER`: a room that weighs what others found comes after them.
"""

from __future__ import annotations

from typing import Final

ROOMS: Final[tuple[str, ...]] = (
    "bekwaam.workspaces.cockpit",
    "bekwaam.workspaces.customers",
    "bekwaam.workspaces.forecasts",
    "bekwaam.workspaces.data",
)

REFRESH_ORDER: Final[tuple[str, ...]] = (
    "bekwaam.workspaces.customers",
    "bekwaam.workspaces.forecasts",
    "bekwaam.workspaces.cockpit",
)
