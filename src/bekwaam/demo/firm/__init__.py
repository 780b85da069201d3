"""The demo company: a Dutch firm in machine parts, simulated from equations that no engine of Bekwaam assumes.

`company(seed, until)` gives its tables and the truth about it; `files.write` lays them down as an ERP would.
"""

from bekwaam.demo.firm.calendar import last_working_day_before
from bekwaam.demo.firm.making import Company, Trade, company, trade
from bekwaam.demo.firm.truth import Truth

__all__ = ["Company", "Trade", "Truth", "company", "last_working_day_before", "trade"]
