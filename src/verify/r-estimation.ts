/** How the script estimates one model, by QR; and the packages that it holds its errors against. */
export const rEstimation = String.raw`# Estimation ----------------------------------------------------------------------------------------------------------
# Columns that do not repeat earlier ones; lm's own rule, with numeric columns centred.
keptColumns <- function(X) {
  q <- qr(X, tol = 1e-7)
  sort(q$pivot[seq_len(q$rank)])
}
estimate <- function(X, y, family, person, vcov) {
  kept <- keptColumns(X)
  x <- X[, kept, drop = FALSE]
  if (family == "gaussian") {
    q <- qr(x, tol = 1e-14)
    beta <- qr.coef(q, y)
    s <- y - drop(x %*% beta)
    w <- rep(1, length(y))
    sigma2 <- sum(s^2) / (length(y) - length(kept))
  } else {
    fit <- suppressWarnings(glm.fit(x, y, family = binomial("probit"), control = glm.control(epsilon = 1e-12, maxit = 100)))
    beta <- coef(fit)
    for (i in 1:100) {
      eta <- drop(x %*% beta)
      log1 <- pnorm(eta, log.p = TRUE)
      log0 <- pnorm(-eta, log.p = TRUE)
      d <- dnorm(eta, log = TRUE)
      s <- ifelse(y == 1, exp(d - log1), -exp(d - log0))
      w <- exp(2 * d - log1 - log0)
      q <- qr(sqrt(w) * x, tol = 1e-14)
      step <- qr.coef(q, s / sqrt(w))
      if (max(abs(step)) < 1e-13 * max(1, abs(beta))) break
      beta <- beta + step
    }
    sigma2 <- 1
  }
  order <- order(q$pivot)
  inverse <- backsolve(qr.R(q), diag(length(kept)))[order, , drop = FALSE]
  influence <- tcrossprod(qr.Q(q) * (s / sqrt(w)), inverse)
  error <- switch(vcov,
    iid = sqrt(sigma2 * rowSums(inverse^2)),
    hc0 = sqrt(colSums(influence^2)),
    cluster = sqrt(colSums(rowsum(influence, person)^2)))
  list(kept = kept, beta = beta, error = error, x = x, y = y, s = s)
}

# The same errors by the packages that people use, where they are installed.
checkedByPackages <- character()
withPackages <- function(fit, family, person, what) {
  if (options$vcov == "iid" || !requireNamespace("sandwich", quietly = TRUE)) return()
  x <- fit$x
  object <- if (family == "gaussian") lm(fit$y ~ 0 + x) else suppressWarnings(glm(fit$y ~ 0 + x, family = binomial("probit"), start = fit$beta, control = glm.control(epsilon = 1e-12)))
  if (anyNA(coef(object))) return()
  same <- function(v, by) {
    if (any(abs(sqrt(diag(v)) / fit$error - 1) > 1e-5)) stop(what, ": the standard errors of ", by, " are others.")
    checkedByPackages <<- union(checkedByPackages, by)
  }
  if (options$vcov == "hc0") same(sandwich::vcovHC(object, type = "HC0"), "sandwich")
  else {
    same(sandwich::vcovCL(object, cluster = person, type = "HC0", cadjust = FALSE), "sandwich")
    if (length(person) <= 20000 && requireNamespace("clubSandwich", quietly = TRUE)) same(as.matrix(clubSandwich::vcovCR(object, cluster = person, type = "CR0")), "clubSandwich")
  }
}
`;
