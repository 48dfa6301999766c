"""The only room that reads MLflow stores: a small worker process, and the client that supervises it."""
