"""Work outside a request: the worker, its jobs, and the refresh that gathers every room."""
