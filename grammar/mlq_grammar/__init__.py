"""The MLflow filter language: its tokens, its tree, its dialects, and MLflow's verdict on a text."""
