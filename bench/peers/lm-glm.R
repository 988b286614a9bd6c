# lm and glm(binomial("probit")) with a formula, their defaults; dummies are made within.
fit_lm_glm <- function(data, outcome) {
  time <- system.time(
    fit <- if (startsWith(outcome, "atid")) lm(y ~ ., data = data) else glm(y ~ ., family = binomial("probit"), data = data),
    gcFirst = FALSE
  )
  fit_line(outcome, time, coef(fit), iterations = if (is.null(fit$iter)) 1 else fit$iter)
}
