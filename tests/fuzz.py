"""Ask of a million texts what must hold of any: `make fuzz`, or `python tests/fuzz.py [SEED [COUNT]]`.

Each seed is so many texts of hypothesis, the same ones for the same seed. Where it stopped stands in
`.cache/fuzz-seed`, from where the next call goes on. A find is printed with its seed, as small as it gets.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from support.any_text import SHAPES, dialects, is_answered

TOTAL, PER_SEED = 1_000_000, 10_000
STATE = Path(__file__).parents[1] / ".cache" / "fuzz-seed"


def tried(at: int, count: int) -> bool:
    """Ask so many texts of a seed; print what is found, and return whether nothing is."""
    asked = settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    check = seed(at)(asked(given(st.one_of(*SHAPES.values()), dialects)(is_answered)))
    try:
        check()
    except Exception:  # noqa: BLE001 (whatever it is, it is a find)
        print(f"seed {at}:")  # noqa: T201
        traceback.print_exc()
        return False
    return True


def main() -> None:
    """Go through the seeds, from that of the command line or from where the last call stopped."""
    given_ = [int(word) for word in sys.argv[1:]]
    start = given_[0] if given_ else int(STATE.read_text()) if STATE.exists() else 1
    total = given_[1] if len(given_) > 1 else TOTAL
    finds, done = 0, 0
    for at in range(start, start + -(-total // PER_SEED)):
        count = min(PER_SEED, total - done)
        finds += not tried(at, count)
        done += count
        STATE.parent.mkdir(exist_ok=True)
        STATE.write_text(str(at + 1))
        print(f"seed {at}: {done} of {total} texts, {finds} finds", flush=True)  # noqa: T201
    sys.exit(1 if finds else 0)


if __name__ == "__main__":
    main()
