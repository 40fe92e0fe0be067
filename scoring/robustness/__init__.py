"""How firm a ranking is: its assumptions varied over many runs, as arrays."""
