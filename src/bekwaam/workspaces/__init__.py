"""One room per field of work. Rooms have the same files: models, queries, actions, refresh, views, urls."""
