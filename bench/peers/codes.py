"""Reads what export.mjs writes, and prints one JSON line a fit."""

import csv
import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

OUTCOMES = ("atid3", "atid12", "jobb3", "jobb12")


def read_codes(folder):
    """The outcome as `y` and each factor as a categorical whose first category is the reference."""
    columns = {"y": np.fromfile(folder / "y.f64", dtype="<f8")}
    with open(folder / "factors.csv", newline="") as file:
        for factor in csv.DictReader(file):
            codes = np.fromfile(folder / f"{factor['factor']}.u8", dtype="u1")
            categories = [f"_{k}" for k in range(int(factor["levels"]))]
            columns[factor["factor"]] = pd.Categorical.from_codes(codes, categories)
    return pd.DataFrame(columns)


def run_rounds(fit, version, design=None):
    """Rounds of all four outcomes. `design` makes the dummies where the peer takes them ready-made; timed apart.

    `fit(data, y, gaussian)` returns coefficients by name and the number of iterations, or None.
    """
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    print(json.dumps({"version": version}), flush=True)
    for _ in range(rounds):
        for outcome in OUTCOMES:
            data = read_codes(folder / outcome)
            y = data["y"].to_numpy()
            design_seconds = None
            if design is not None:
                started = time.perf_counter()
                data = design(data)
                design_seconds = time.perf_counter() - started
            started, cpu = time.perf_counter(), time.process_time()
            coefficients, iterations = fit(data, y, outcome.startswith("atid"))
            line = {
                "outcome": outcome,
                "seconds": time.perf_counter() - started,
                "cpuSeconds": time.process_time() - cpu,
                "designSeconds": design_seconds,
                "iterations": iterations,
                "names": list(coefficients),
                "estimates": [float(value) for value in coefficients.values()],
            }
            print(json.dumps(line), flush=True)
            del data
