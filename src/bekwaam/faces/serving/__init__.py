"""Serving a home: the web processes and the worker, started, attended and stopped together."""
