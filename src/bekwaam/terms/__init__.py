"""Words that everything shares. Imports nothing of ours."""
