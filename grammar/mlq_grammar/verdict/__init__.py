"""What MLflow makes of a filter: the exact passes, and nothing for people."""
