"""Mail that Bekwaam sends: this week, to whoever asked for it."""
