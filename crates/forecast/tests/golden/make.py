"""Writes golden.json: what statsforecast and scipy give for public and made series. Run it with both installed:

    pip install statsforecast==2.1.1 scipy && python make.py > golden.json
"""

import json
import warnings

import numpy
import scipy.stats
import statsforecast
from statsforecast.models import TSB, AutoETS, CrostonSBA, DynamicOptimizedTheta, IMAPA, SeasonalNaive
from statsforecast.models import SimpleExponentialSmoothing
from statsforecast.utils import AirPassengers

warnings.filterwarnings("ignore")
passengers = numpy.asarray(AirPassengers, dtype=float)
years = passengers.reshape(-1, 12).sum(axis=1)
weights = [0.1, 0.15, 0.2, 0.25, 0.3]
# Counts that are mostly zero, by a congruence, so that anyone can make them again.
slow = numpy.array([float((at * at * 7 + at * 3) % 11 // 8) * ((at % 5) + 1) for at in range(60)])
# The same with a longer memory: statsforecast's Croston smooths by 0.1 only, which is what suits this one.
state = 1
steady = []
for _ in range(240):
    state = (state * 1664525 + 1013904223) % 2**32
    steady.append(float((state >> 16) % 4) if (state >> 8) % 5 < 2 else 0.0)
steady = numpy.array(steady)


def ahead(model, values, horizon):
    return [float(value) for value in model.forecast(y=values, h=horizon)["mean"]]


print(
    json.dumps(
        {
            "made_by": f"statsforecast {statsforecast.__version__}, scipy {scipy.__version__}",
            "passengers": list(passengers),
            "passengers_last_year_held_back": {
                "seasonal_naive": ahead(SeasonalNaive(season_length=12), passengers[:-12], 12),
                "auto_ets": ahead(AutoETS(season_length=12), passengers[:-12], 12),
                "dynamic_optimized_theta": ahead(DynamicOptimizedTheta(season_length=12), passengers[:-12], 12),
            },
            "years": list(years),
            "years_ahead": {"dynamic_optimized_theta": ahead(DynamicOptimizedTheta(season_length=1), years, 5)},
            "slow": list(slow),
            "slow_ahead": {
                "level": {str(a): ahead(SimpleExponentialSmoothing(alpha=a), slow, 1)[0] for a in weights},
                "tsb": {str(a): ahead(TSB(alpha_d=a, alpha_p=a), slow, 1)[0] for a in weights},
                "imapa": ahead(IMAPA(), slow, 1)[0],
            },
            "student_quantiles": [
                [p, f, float(scipy.stats.t.ppf(p, f))] for p in (0.05, 0.5, 0.9, 0.95, 0.99) for f in (5, 8, 20)
            ],
            "normal_quantiles": [
                [p, float(scipy.stats.norm.ppf(p))] for p in (1e-8, 0.001, 0.025, 0.3, 0.5, 0.77, 0.95, 0.9999)
            ],
            "steady": list(steady),
            "steady_ahead": {"croston_sba": {"0.1": ahead(CrostonSBA(), steady, 1)[0]}},
            # Mean, standard deviation, count, probability of at most that count.
            "counts": [
                [m, s, k, float(scipy.stats.nbinom.cdf(k, m * m / (s * s - m), m / (s * s)))]
                for m, s, k in ((0.3, 0.8, 0), (0.3, 0.8, 2), (2.0, 2.5, 3), (40.0, 9.0, 45))
            ],
        },
        indent=1,
    )
)
