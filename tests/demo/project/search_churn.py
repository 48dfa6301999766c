"""Searches of the churn experiments, as people write them: some run, some do not."""

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

EXPERIMENT = "churn"

# The three searches of the article that mlq started from. The first lacks its operator. The second is what
# the article calls the correct one: MLflow refuses it, since every param is text. The third runs.
mlflow.search_runs(
    experiment_names=[EXPERIMENT],
    filter_string="params.learning_rate 0.001",
    view_type=ViewType.ACTIVE_ONLY,
)
mlflow.search_runs(
    experiment_names=[EXPERIMENT],
    filter_string="params.batch_size = 32",
    view_type=ViewType.ACTIVE_ONLY,
)
mlflow.search_runs(
    experiment_names=[EXPERIMENT],
    filter_string="metrics.auc > 0.8",
    view_type=ViewType.ALL,
)

# A key with a hyphen, and a number in quotes.
client = MlflowClient()
client.search_runs(["1"], "metrics.val-acc > 0.8 AND metrics.auc >= '0.9'")

# MLflow has no OR.
mlflow.search_runs(filter_string="params.model = 'xgboost' OR params.model = 'lightgbm'")

# Joined by Python, and an AND is missing at the seam.
mlflow.search_runs(
    filter_string=(
        "metrics.auc > 0.85 "
        "params.model = 'xgboost'"
    ),
)  # fmt: skip

# Runs, and finds nothing: the status is FINISHED.
mlflow.search_runs(filter_string="status = 'Completed' AND tags.`data-version` LIKE '2024-%'")
