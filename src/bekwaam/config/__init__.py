"""Where everything comes together: the home folder, the settings, the rooms, the addresses."""
