"""Logistic regressions on vectors, as `heads.json` holds them: probability = 1 / (1 + exp(-(weights · vector + bias)))."""
from sklearn.linear_model import LogisticRegression


def fitted(x, y, weights, strength):
    """Weights and bias for vectors as they are; `weights` are those of the examples."""
    middle = x.mean(0)
    head = LogisticRegression(C=strength, max_iter=2000).fit((x - middle) * 10, y, sample_weight=weights)
    coefficients = head.coef_[0] * 10
    return coefficients, float(head.intercept_[0] - coefficients @ middle)


def calibrated(scores, y, weights=None):
    """Slope and offset (Platt 1999) on dev."""
    model = LogisticRegression(C=1e6, max_iter=1000).fit(scores[:, None], y, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def shipped(head, slope, offset):
    """What `heads.json` holds of a head, its calibration folded in."""
    return {"weights": [round(float(v), 5) for v in head[0] * slope], "bias": round(head[1] * slope + offset, 5)}
