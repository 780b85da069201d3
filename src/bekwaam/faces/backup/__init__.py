"""Backup and restore: one checked file out, and the same home back."""
