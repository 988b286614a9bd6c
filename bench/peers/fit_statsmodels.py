"""statsmodels: OLS (by QR, quicker than its default) and Probit (Newton) on a dense design matrix; the dummies are made by pandas."""

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.api as sm
from codes import run_rounds


def design(data):
    dummies = pd.get_dummies(data.drop(columns="y"), prefix_sep="", drop_first=True, dtype=np.float64)
    dummies.insert(0, "constant", 1.0)
    return dummies


def fit(data, y, gaussian):
    if gaussian:
        result, iterations = sm.OLS(y, data).fit(method="qr"), 1
    else:
        result = sm.Probit(y, data).fit(disp=0)
        iterations = result.mle_retvals["iterations"]
    return dict(zip(data.columns, np.asarray(result.params))), iterations


run_rounds(fit, statsmodels.__version__, design)
