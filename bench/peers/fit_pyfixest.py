"""pyfixest: feols and feglm(probit) with a formula; dummies are made within."""

import re
import warnings
from importlib.metadata import version

import pyfixest as pf
from codes import run_rounds

warnings.filterwarnings("ignore")


def name(term):
    factor, level = re.fullmatch(r"(f\d+)\[(?:T\.)?(_\d+)\]", term).groups() if term != "Intercept" else ("constant", "")
    return factor + level


def fit(data, y, gaussian):
    formula = "y ~ " + " + ".join(column for column in data.columns if column != "y")
    options = {"vcov": "iid", "store_data": False, "copy_data": False, "lean": True}
    result = pf.feols(formula, data, **options) if gaussian else pf.feglm(formula, data, family="probit", **options)
    return {name(term): value for term, value in result.coef().items()}, None


run_rounds(fit, version("pyfixest"))
