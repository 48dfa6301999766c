"""Run the language server that comes with the extension: `python -I bundled/mlq_lsp.py`."""

import sys
from pathlib import Path

OLDEST = (3, 10)

if sys.version_info < OLDEST:
    running = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"mlq needs Python 3.10 or newer, and {sys.executable} is Python {running}.")

sys.path.insert(0, str(Path(__file__).resolve().parent / "libs"))

try:
    from mlq.lsp.main import main
except ImportError as error:
    sys.exit(
        f"The mlq that comes with the extension does not run on {sys.executable}: {error}. "
        'Run "pip install mlq-lsp" in the project\'s environment instead.'
    )

if __name__ == "__main__":
    sys.exit(main())
