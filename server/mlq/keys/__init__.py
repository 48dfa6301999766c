"""What is known of a store, and how its keys are written; no input or output in here."""
