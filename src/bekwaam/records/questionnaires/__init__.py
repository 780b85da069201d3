"""Asking people outside: what is asked, of whom, what came back and who did not answer."""
