"""glum: categorical columns as they are (tabmat), no penalty. glum has no probit link, so it is given one."""

import glum
import numpy as np
import tabmat
from codes import run_rounds
from scipy.special import ndtr, ndtri


class ProbitLink(glum.Link):
    def link(self, mu):
        return ndtri(mu)

    def derivative(self, mu):
        return 1.0 / self.inverse_derivative(ndtri(mu))

    def inverse(self, lin_pred):
        return np.clip(ndtr(lin_pred), 1e-15, 1 - 1e-15)

    def inverse_derivative(self, lin_pred):
        return np.exp(-0.5 * lin_pred * lin_pred) / np.sqrt(2 * np.pi)

    def inverse_derivative2(self, lin_pred):
        return -lin_pred * self.inverse_derivative(lin_pred)


def design(data):
    return tabmat.from_pandas(data.drop(columns="y"), drop_first=True, cat_threshold=0)


def fit(data, y, gaussian):
    family, link = ("normal", "identity") if gaussian else ("binomial", ProbitLink())
    model = glum.GeneralizedLinearRegressor(family=family, link=link, alpha=0, gradient_tol=1e-7)
    model.fit(data, y)
    names = [column.replace("[", "").replace("]", "") for column in data.get_names("column")]
    return {"constant": model.intercept_, **dict(zip(names, model.coef_))}, int(model.n_iter_)


run_rounds(fit, glum.__version__, design)
