"""The sentences of measurements, verdicts and failures in Chinese: written in English once, looked up in a table."""
