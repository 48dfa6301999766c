"""What MLflow's messages are about, and what filters mean: the answers of `mlq explain`."""
