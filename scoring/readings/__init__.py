"""What several indicators ask of the evidence: pure functions, Evidence → an answer with the pages that show it."""
