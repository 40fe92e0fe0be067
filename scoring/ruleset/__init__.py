"""The rule file: read with its lines, checked all at once, compared, edited, documented."""
