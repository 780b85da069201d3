"""Searching over records: the words of a record, the words that are typed, and the index of each database."""
