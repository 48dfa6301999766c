"""Which MLflow judges the filters of a project, and why."""
