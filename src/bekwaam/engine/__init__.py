"""Methods: numbers in, numbers out. Nothing here knows a clock, a disk, a database or a screen."""
