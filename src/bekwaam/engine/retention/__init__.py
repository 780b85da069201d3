"""Which customers order in their rhythm, which are slipping away, and would we have seen it: from order dates only.

Tables in, tables out (Polars). Every function looks only at orders before the day it is given.
"""

from bekwaam.engine.retention.beta_geometric import BetaGeometric
from bekwaam.engine.retention.hindsight import SHORTEST_WINDOW, LookBack, look_back, look_back_by, rules_by
from bekwaam.engine.retention.orders import order_days
from bekwaam.engine.retention.rhythm import own_rhythm
from bekwaam.engine.retention.slipping import SlippingList, slipping_list
from bekwaam.engine.retention.summary import summarise

__all__ = [
    "SHORTEST_WINDOW",
    "BetaGeometric",
    "LookBack",
    "SlippingList",
    "look_back",
    "look_back_by",
    "order_days",
    "own_rhythm",
    "rules_by",
    "slipping_list",
    "summarise",
]
