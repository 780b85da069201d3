"""The doors people and programs use: pages, command line, jobs."""
