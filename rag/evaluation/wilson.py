"""How far a share of yes and no could have come out otherwise, also where it is 0 or 1, of which a bootstrap would say nothing."""

import math

from rag.evaluation.bootstrap import Estimate

_Z = 1.959964  # standard normal quantile of 97.5 %


def wilson(successes: int, trials: int) -> Estimate:
    """A share with its score interval at 95 % (Wilson, "Probable inference, the law of succession, and statistical inference", 1927).

    Args:
        successes: 0 to `trials`.
        trials: at least 1.
    """
    share = successes / trials
    spread = _Z**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half))
