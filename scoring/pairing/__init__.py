"""Which foreign page is the counterpart of which Chinese page."""
