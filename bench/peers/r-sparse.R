# What a careful R user writes: a sparse design matrix from package Matrix, its cross-product and Cholesky factor, and
# Fisher scoring by hand with the starting values and the stopping rule of glm.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "codes.R"))
suppressPackageStartupMessages(library(Matrix))

least_squares <- function(X, y) {
  list(beta = drop(as.matrix(solve(Cholesky(crossprod(X)), crossprod(X, y)))), iterations = 1)
}

probit <- function(X, y) {
  row <- X@i + 1L
  mu <- (y + 0.5) / 2
  eta <- qnorm(mu)
  deviance <- Inf
  for (iteration in 1:25) {
    density <- dnorm(eta)
    w <- density^2 / (mu * (1 - mu))
    WX <- X
    WX@x <- X@x * sqrt(w)[row]
    beta <- drop(as.matrix(solve(Cholesky(crossprod(WX)), crossprod(WX, sqrt(w) * (eta + (y - mu) / density)))))
    eta <- drop(as.matrix(X %*% beta))
    mu <- pmin(pmax(pnorm(eta), .Machine$double.eps), 1 - .Machine$double.eps)
    last <- deviance
    deviance <- -2 * sum(log(ifelse(y == 1, mu, 1 - mu)))
    if (abs(deviance - last) / (abs(deviance) + 0.1) < 1e-8) break
  }
  list(beta = beta, iterations = iteration)
}

fit_sparse <- function(data, outcome) {
  design <- system.time(X <- sparse.model.matrix(y ~ ., data), gcFirst = FALSE)
  y <- data$y
  time <- system.time(fit <- if (startsWith(outcome, "atid")) least_squares(X, y) else probit(X, y), gcFirst = FALSE)
  names(fit$beta) <- colnames(X)
  fit_line(outcome, time, fit$beta, design[["elapsed"]], fit$iterations)
}
run_rounds(fit_sparse, sprintf("%s, Matrix %s", getRversion(), packageVersion("Matrix")), libraries())
