# glm4 of package MatrixModels with a sparse design matrix, its defaults; dummies are made within.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "codes.R"))
suppressPackageStartupMessages(library(MatrixModels))

fit_glm4 <- function(data, outcome) {
  family <- if (startsWith(outcome, "atid")) gaussian() else binomial("probit")
  time <- system.time(fit <- glm4(y ~ ., family = family, data = data, sparse = TRUE), gcFirst = FALSE)
  beta <- coef(fit)
  names(beta) <- colnames(fit@pred@X)
  fit_line(outcome, time, beta)
}
run_rounds(fit_glm4, sprintf("%s, MatrixModels %s", getRversion(), packageVersion("MatrixModels")), libraries())
