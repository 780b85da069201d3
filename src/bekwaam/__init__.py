"""Bekwaam: the sales leader's self-hosted system."""

__version__ = "0.2.0"
