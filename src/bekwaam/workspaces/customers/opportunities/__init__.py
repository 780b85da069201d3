"""Opportunities: their list, the page of one, and what other pages show of them."""
