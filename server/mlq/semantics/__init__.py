"""What a filter means, and nothing of what is wrong with it."""
