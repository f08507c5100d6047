"""Checks the statistics of painpoint against independent implementations.

    python3 -m venv venv && venv/bin/pip install statsmodels
    cargo run --release --example statistics | venv/bin/python quality/check_statistics.py

Prints the largest deviation of each figure from what statsmodels, scipy or numpy compute, and ends with
exit code 1 if one is larger than 1e-7.
"""

import json
import sys

import numpy
import scipy.stats
import statsmodels.api
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (confint_proportions_2indep, proportion_confint,
                                          proportions_ztest)
from statsmodels.stats.weightstats import DescrStatsW

LARGEST = 1e-7


def wilson(cases):
    for case in cases:
        low, high = proportion_confint(case["count"], case["of"], method="wilson")
        yield case["low"], low
        yield case["high"], high


def rocks(plus, minus, n):
    """Net score and interval of Rocks 2016, after the formula in the paper: no package has it. The adjusted
    counts are the multinomial's, whose covariance numpy gives."""
    counts = numpy.array([plus, n - plus - minus, minus]) + numpy.array([0.75, 1.5, 0.75])
    total = counts.sum()
    shares, ends = counts / total, numpy.array([1, 0, -1])
    covariance = (numpy.diag(shares) - numpy.outer(shares, shares)) / total
    centre, half = ends @ shares, scipy.stats.norm.ppf(0.975) * numpy.sqrt(ends @ covariance @ ends)
    value = (plus - minus) / n
    return value, min(max(centre - half, -1), value), max(min(centre + half, 1), value)


def difference_of_shares(cases):
    for case in cases:
        figures = rocks(case["plus"], case["minus"], case["n"])
        yield from zip((case["estimate"][key] for key in ["value", "low", "high"]), figures)


def means(cases):
    for case in cases:
        low, high = DescrStatsW(numpy.array(case["ratings"], dtype=float)).zconfint_mean()
        yield case["mean"]["value"], numpy.mean(case["ratings"])
        yield case["mean"]["low"], low
        yield case["mean"]["high"], high


def comparisons(cases):
    tested = []
    for case in cases:
        here, there = case["here"], case["there"]
        counts, sizes = [here["count"], there["count"]], [here["of"], there["of"]]
        low, high = confint_proportions_2indep(counts[0], sizes[0], counts[1], sizes[1],
                                               method="newcomb")
        yield case["low"], low
        yield case["high"], high
        if case["p"] is not None:
            yield case["p"], proportions_ztest(counts, sizes)[1]
            tested.append(case)
    assert len(tested) > 20
    adjusted = multipletests([case["p"] for case in tested], method="fdr_bh")[1]
    for case, q in zip(tested, adjusted):
        yield case["q"], q


def impacts(cases):
    for case in cases:
        test = scipy.stats.ttest_ind(case["without"], case["with"], equal_var=False)
        low, high = test.confidence_interval()
        impact = case["impact"]["impact"]
        yield impact["value"], numpy.mean(case["without"]) - numpy.mean(case["with"])
        yield impact["low"], low
        yield impact["high"], high


def impacts_on_nps(cases):
    """Zou and Donner 2008, after the formula in the paper: statsmodels has it for two shares alone."""
    for case in cases:
        def score(values):
            return rocks(values.count(1), values.count(-1), len(values))
        (here, here_low, here_high), (there, there_low, there_high) = score(case["with"]), score(case["without"])
        low = numpy.linalg.norm([there - there_low, here_high - here])
        high = numpy.linalg.norm([there_high - there, here - here_low])
        figures = case["impact"]
        yield figures["mean_with"], numpy.mean(case["with"])
        yield figures["mean_without"], numpy.mean(case["without"])
        impact = numpy.mean(case["without"]) - numpy.mean(case["with"])
        yield figures["impact"]["value"], impact
        yield figures["impact"]["low"], impact - low
        yield figures["impact"]["high"], impact + high


def drivers(cases):
    for case in cases:
        causes = case["drivers"]["causes"]
        columns = [cause["cause"] for cause in causes]
        y = numpy.array([score for score, _ in case["rows"]], dtype=float)
        x = numpy.array([[cause in mentioned for cause in columns] for _, mentioned in case["rows"]],
                        dtype=float)
        fit = statsmodels.api.OLS(y, statsmodels.api.add_constant(x)).fit()
        yield case["drivers"]["explained"], fit.rsquared
        for at, cause in enumerate(causes):
            low, high = fit.conf_int()[at + 1]
            yield cause["effect"]["value"], -fit.params[at + 1]
            yield cause["effect"]["low"], -high
            yield cause["effect"]["high"], -low
        for cause, weight in zip(causes, relative_weights(x, y)):
            yield cause["weight"], weight


def consistency(cases):
    """The spread of net sentiment as a weighted standard deviation of numpy's; what chance would bring from
    the covariance of the groups' net sentiments if all mentions were drawn from one multinomial."""
    for case in cases:
        counts = numpy.array([row for row in case["counts"] if sum(row) >= 30], dtype=float)
        sizes = counts.sum(axis=1)
        weights, net = sizes / sizes.sum(), (counts[:, 2] - counts[:, 0]) / sizes
        spread = numpy.sqrt(numpy.cov(net, aweights=weights, bias=True))
        ends = numpy.repeat([-1.0, 0.0, 1.0], counts.sum(axis=0).astype(int))
        covariance = numpy.diag(ends.var() / sizes)
        centring = numpy.eye(len(sizes)) - numpy.outer(numpy.ones(len(sizes)), weights)
        chance = numpy.sqrt(weights @ numpy.diag(centring @ covariance @ centring.T))
        yield case["consistency"]["dispersion"], spread
        yield case["consistency"]["by_chance"], chance


def relative_weights(x, y):
    """Johnson 2000 by the singular value decomposition of the standardised data, as in the paper."""
    x = (x - x.mean(axis=0)) / x.std(axis=0) / numpy.sqrt(len(x))
    y = (y - y.mean()) / y.std() / numpy.sqrt(len(y))
    p, delta, q = numpy.linalg.svd(x, full_matrices=False)
    nearest = p @ q
    loadings = q.T @ numpy.diag(delta) @ q
    return (loadings ** 2) @ ((nearest.T @ y) ** 2)


def main():
    found = json.load(sys.stdin)
    failed = False
    checks = [wilson, difference_of_shares, means, comparisons, impacts, impacts_on_nps, drivers, consistency]
    for check in checks:
        pairs = list(check(found[check.__name__]))
        largest = max(abs(ours - theirs) for ours, theirs in pairs)
        failed |= not largest <= LARGEST
        print(f"{check.__name__}: {len(pairs)} figures, largest deviation {largest:.1e}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
