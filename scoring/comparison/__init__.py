"""Two rounds side by side: who moved and why, by the same rules or by those of two editions."""
