"""What other interpreters than ours run, such as a project's: Python 3.7 suffices, and nothing of mlq."""
