"""The doors in: files are read, judged, refused with reasons. Never imports Django."""
