"""The living page: every part of the frame with example content, when to use it, and the line that includes it."""
