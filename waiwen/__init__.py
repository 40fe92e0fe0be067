"""The front door: command line, demonstration sites."""
