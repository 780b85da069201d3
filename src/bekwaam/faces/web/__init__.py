"""The pages that belong to no room: signing in, users, settings, one's own account, and what went wrong."""
