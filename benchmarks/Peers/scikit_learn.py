"""Fits of scikit-learn on one thread, with its defaults, on the tables in the folder that is the argument."""
import csv
import sys
import time
from pathlib import Path

import numpy as np
import sklearn
from sklearn.ensemble import (GradientBoostingClassifier, GradientBoostingRegressor, HistGradientBoostingClassifier,
                              HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor)
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

folder = Path(sys.argv[1])


def table(name):
    with open(folder / name, newline="") as file:
        rows = list(csv.reader(file))[1:]
    return np.array(rows, dtype=float)


def folds(rows, of):
    fold = table(of)[:, 1]
    return [(rows[fold != k, :-1], rows[fold != k, -1], rows[fold == k, :-1]) for k in range(int(fold.max()) + 1)]


regression, classification = table("regression.csv"), table("classification.csv")
ratings = folds(regression, "regression-svr-oof.csv")
classes = folds(classification, "classification-svc-oof.csv")


def svr(**options):
    for x, y, test in ratings:
        SVR(**options).fit(x, y).predict(test)


def grid():
    for c in (0.1, 1, 10, 100):
        for gamma in (0.001, 1 / 74, 0.03, 0.1):
            svr(C=c, gamma=gamma)


def svc(answer, **options):
    for x, y, test in classes:
        scaler = StandardScaler().fit(x)
        answer(SVC(**options).fit(scaler.transform(x), y), scaler.transform(test))


def whole(learner, rows, **options):
    learner(random_state=0, **options).fit(rows[:, :-1], rows[:, -1])


def hashed(count, width):
    """Uniform numbers of 24 bits, and a sum of products of them: the table of HashedTable.cs, to the bit."""
    h = np.arange(count * width, dtype=np.uint32)
    for shift, factor in ((16, 0x85ebca6b), (13, 0xc2b2ae35)):
        h = (h ^ (h >> np.uint32(shift))) * np.uint32(factor)
    x = ((h ^ (h >> np.uint32(16))) >> np.uint32(8)).astype(np.float64).reshape(count, width) / 2 ** 24
    return np.column_stack([x, 4 * x[:, 0] * x[:, 1] + 2 * x[:, 2] * x[:, 2] + x[:, 3] + x[:, 4]])


# What SerLab's boosting does by default, said in the words of boosting by histograms.
HISTOGRAMS = dict(max_iter=100, learning_rate=0.1, max_depth=3, max_leaf_nodes=None, min_samples_leaf=1, early_stopping=False)
large = hashed(100_000, 74)


work = {
    "svr": svr,
    "svr-grid": grid,
    "svc": lambda: svc(lambda model, x: model.predict(x)),
    "svc-probabilities": lambda: svc(lambda model, x: model.predict_proba(x), probability=True, random_state=0),
    "forest-ratings": lambda: whole(RandomForestRegressor, regression),
    "forest-classes": lambda: whole(RandomForestClassifier, classification),
    "boosting-ratings": lambda: whole(GradientBoostingRegressor, regression),
    "boosting-classes": lambda: whole(GradientBoostingClassifier, classification),
    "histograms-classes": lambda: whole(HistGradientBoostingClassifier, classification, **HISTOGRAMS),
    "histograms-large": lambda: whole(HistGradientBoostingRegressor, large, **HISTOGRAMS),
}

print("scikit-learn", sklearn.__version__, flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    work[line.strip()]()
    print(time.perf_counter() - start, flush=True)
