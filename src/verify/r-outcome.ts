/** How the script makes the design matrix of one outcome in one population, sets rows aside, estimates and predicts. */
export const rOutcome = String.raw`# One outcome in one population -----------------------------------------------------------------------------------------
oneOutcome <- function(outcome, covariates, member, label) {
  y <- number(if (is.null(outcome$column)) outcome$name else outcome$column)
  what <- if (label == "") outcome$name else paste0(outcome$name, " (", label, ")")
  shown <- member & !is.na(y)
  missingOf <- function(covariate) {
    raw <- column(columnOf(covariate, outcome$horizon))
    is.na(raw) | (is.character(raw) & raw %in% "")
  }
  for (covariate in covariates) {
    policy <- if (is.null(covariate$missing)) "error" else covariate$missing
    if (covariate$coding == "present") next
    gone <- shown & missingOf(covariate)
    if (policy == "drop") shown <- shown & !gone
    else if (policy == "error" && any(gone)) stop(what, ": ", sum(gone), " rows have no value of ", covariate$name, ".")
  }
  own <- shown & sampled
  rows <- which(shown)
  inside <- own[rows]

  columns <- list(rep(1, length(rows)))
  terms <- list(c("constant", ""))
  table <- list(list(term = "constant", level = "", column = 1))
  factors <- list()
  centres <- 0
  add <- function(x, term, level) {
    columns[[length(columns) + 1]] <<- x
    table[[length(table) + 1]] <<- list(term = term, level = level, column = length(columns))
  }
  for (covariate in covariates) {
    if (covariate$coding == "numeric") {
      x <- number(columnOf(covariate, outcome$horizon))[rows]
      add(x, escaped(covariate$name, FALSE), "")
      next
    }
    commonRange <- if (covariate$coding == "equal-width" && identical(covariate$scale, "common") && is.null(covariate$breaks)) commonRangeOf(covariate, covariates, member)
    levels <- coded(covariate, outcome$horizon, own, commonRange)
    code <- levels$code[rows]
    labels <- escaped(levels$labels)
    tally <- tabulate(code[inside & !is.na(code)], levels$count)
    policy <- if (is.null(covariate$missing)) "error" else covariate$missing
    if (policy == "level") {
      code[is.na(code)] <- levels$count + 1
      labels <- c(labels, "missing")
      plain <- c(levels$labels, "missing")
      tally <- tabulate(code[inside], levels$count + 1)
    } else plain <- levels$labels
    reference <- if (is.null(covariate$reference)) which.max(tally) else match(covariate$reference, plain)
    if (is.na(reference)) stop("The reference of ", covariate$name, " is no level.")
    if (policy == "reference") code[is.na(code)] <- reference
    factors[[length(factors) + 1]] <- list(name = covariate$name, code = code, labels = labels, named = reference, at = length(table))
    table[[length(table) + 1]] <- list(factor = length(factors))
  }

  # Set aside what everybody has the same outcome at, again and again.
  aside <- rep(NA_real_, length(rows))
  left <- inside
  pairs <- lapply(spec$interactions, function(pair) vapply(unlist(pair), function(name) match(name, vapply(factors, function(f) f$name, "")), 1L))
  separated <- list()
  if (outcome$family == "probit") repeat {
    before <- sum(left)
    cells <- c(lapply(seq_along(factors), function(f) f), pairs)
    hits <- list()
    for (cell in cells) {
      key <- cellKey(factors, cell)
      counts <- rowsum(cbind(rep(1, sum(left)), y[rows][left]), key[left])
      for (k in rownames(counts)) if (counts[k, 2] == 0 || counts[k, 2] == counts[k, 1]) hits[[length(hits) + 1]] <- list(cell = cell, key = k, limit = as.numeric(counts[k, 2] > 0))
    }
    if (length(hits) == 0) break
    for (hit in hits) {
      here <- cellKey(factors, hit$cell) == hit$key & left
      aside[here & is.na(aside)] <- hit$limit
    }
    for (hit in hits) left <- left & !(cellKey(factors, hit$cell) == hit$key)
    separated <- c(separated, hits)
    if (sum(left) == before || !any(left)) break
  }

  # References with rows left, then the columns.
  final <- list(table[[1]])
  for (entry in table[-1]) {
    if (is.null(entry$factor)) { final[[length(final) + 1]] <- entry; next }
    f <- factors[[entry$factor]]
    tally <- tabulate(f$code[left], length(f$labels))
    f$reference <- if (tally[f$named] > 0) f$named else which.max(tally)
    factors[[entry$factor]] <- f
    for (level in seq_along(f$labels)) {
      if (level == f$reference) { final[[length(final) + 1]] <- list(term = escaped(f$name, FALSE), level = f$labels[level], status = "reference"); next }
      columns[[length(columns) + 1]] <- as.numeric(f$code == level)
      final[[length(final) + 1]] <- list(term = escaped(f$name, FALSE), level = f$labels[level], column = length(columns), factor = entry$factor, code = level)
    }
  }
  for (pair in pairs) {
    a <- factors[[pair[1]]]
    b <- factors[[pair[2]]]
    for (lb in seq_along(b$labels)) for (la in seq_along(a$labels)) {
      if (la == a$reference || lb == b$reference) next
      columns[[length(columns) + 1]] <- as.numeric(a$code == la & b$code == lb)
      final[[length(final) + 1]] <- list(term = paste0(escaped(a$name, FALSE), ":", escaped(b$name, FALSE)), level = paste0(a$labels[la], ":", b$labels[lb]), column = length(columns), pair = pair, key = paste(la, lb))
    }
  }
  order <- unlist(lapply(final, function(entry) entry$column))
  X <- do.call(cbind, columns)[, order, drop = FALSE]
  final <- lapply(final, function(entry) { if (!is.null(entry$column)) entry$place <- match(entry$column, order); entry })

  # Numeric columns centred and scaled while estimating.
  isNumeric <- vapply(seq_len(ncol(X)), function(j) j > 1 && any(X[left, j] != 0 & X[left, j] != 1), TRUE)
  centre <- ifelse(isNumeric, colMeans(X[left, , drop = FALSE]), 0)
  scale <- vapply(seq_len(ncol(X)), function(j) if (isNumeric[j]) max(abs(X[left, j] - centre[j]), 1e-300) else 1, 1)
  Z <- sweep(sweep(X, 2, centre), 2, scale, "/")
  Zleft <- Z[left, , drop = FALSE]
  Xempty <- colSums(abs(X[inside, , drop = FALSE])) == 0 & !isNumeric
  fit <- estimate(Zleft, y[rows][left], outcome$family, person[rows][left], options$vcov)
  withPackages(fit, outcome$family, person[rows][left], what)
  beta <- rep(0, ncol(X))
  beta[fit$kept] <- fit$beta
  eta <- drop(Z %*% beta)
  expected <- if (outcome$family == "probit") pnorm(eta) else eta
  expected[!is.na(aside)] <- aside[!is.na(aside)]

  # Rows outside the sample: no expected value at a level or crossed cell without an estimate.
  outside <- !inside
  if (any(outside)) {
    unknown <- rep(FALSE, length(rows))
    for (j in setdiff(seq_len(ncol(X)), fit$kept)) if (!isNumeric[j]) unknown <- unknown | X[, j] != 0
    for (cell in c(as.list(seq_along(factors)), pairs)) {
      key <- cellKey(factors, cell)
      unknown <- unknown | !(key %in% key[inside])
    }
    ends <- rep(NA_real_, length(rows))
    both <- rep(FALSE, length(rows))
    for (hit in separated) {
      here <- outside & cellKey(factors, hit$cell) == hit$key
      both <- both | (here & !is.na(ends) & ends != hit$limit)
      ends[here & is.na(ends)] <- hit$limit
    }
    expected[outside & !is.na(ends)] <- ends[outside & !is.na(ends)]
    expected[outside & ((unknown & is.na(ends)) | both)] <- NA
  }

  # Coefficients on the scale of the data, and the constant where every numeric column is 0.
  found <- rep(NA_real_, ncol(X))
  error <- rep(NA_real_, ncol(X))
  found[fit$kept] <- fit$beta / scale[fit$kept]
  error[fit$kept] <- fit$error / scale[fit$kept]
  if (any(isNumeric)) {
    shift <- ifelse(seq_along(centre) == 1, 1, -centre / scale)[fit$kept]
    found[1] <- sum(shift * fit$beta)
    error[1] <- constantError(fit, shift, outcome$family, person[rows][left])
  }
  status <- ifelse(seq_len(ncol(X)) %in% fit$kept, "estimated", ifelse(Xempty, "empty", "collinear"))
  hitNames <- vapply(separated, function(hit) paste(paste(hit$cell, collapse = " "), hit$key), "")
  lines <- lapply(final, function(entry) {
    if (is.null(entry$place)) return(data.frame(term = entry$term, level = entry$level, estimate = 0, std_error = NA, status = "reference"))
    own <- status[entry$place]
    key <- if (!is.null(entry$pair)) paste(paste(entry$pair, collapse = " "), entry$key) else if (!is.null(entry$factor)) paste(entry$factor, entry$code) else ""
    if (own != "estimated" && key %in% hitNames) own <- "separated"
    data.frame(term = entry$term, level = entry$level, estimate = found[entry$place], std_error = error[entry$place], status = own)
  })
  list(coefficients = cbind(outcome = outcome$name, population = label, do.call(rbind, lines)), rows = rows, actual = y[rows], expected = expected)
}
cellKey <- function(factors, cell) {
  if (length(cell) == 1) as.character(factors[[cell]]$code) else paste(factors[[cell[1]]]$code, factors[[cell[2]]]$code)
}
constantError <- function(fit, shift, family, person) {
  # The constant's influence is that of the coefficients, summed with the shift.
  w <- if (family == "gaussian") rep(1, length(fit$y)) else {
    eta <- drop(fit$x %*% fit$beta)
    exp(2 * dnorm(eta, log = TRUE) - pnorm(eta, log.p = TRUE) - pnorm(-eta, log.p = TRUE))
  }
  q <- qr(sqrt(w) * fit$x, tol = 1e-14)
  direction <- backsolve(qr.R(q), shift[q$pivot], transpose = TRUE)
  if (options$vcov == "iid") {
    sigma2 <- if (family == "gaussian") sum(fit$s^2) / (length(fit$y) - ncol(fit$x)) else 1
    return(sqrt(sigma2 * sum(direction^2)))
  }
  influence <- drop(qr.Q(q) %*% direction) * fit$s / sqrt(w)
  if (options$vcov == "hc0") sqrt(sum(influence^2)) else sqrt(sum(rowsum(influence, person)^2))
}
# Over all horizons' columns, each over the rows of its own outcomes.
commonRangeOf <- function(covariate, covariates, member) {
  ends <- lapply(spec$outcomes, function(outcome) {
    y <- number(if (is.null(outcome$column)) outcome$name else outcome$column)
    own <- member & !is.na(y) & sampled
    for (other in covariates) if (identical(other$missing, "drop")) {
      raw <- column(columnOf(other, outcome$horizon))
      own <- own & !(is.na(raw) | (is.character(raw) & raw %in% ""))
    }
    x <- number(columnOf(covariate, outcome$horizon))[own]
    if (all(is.na(x))) c(Inf, -Inf) else range(x, na.rm = TRUE)
  })
  c(min(unlist(lapply(ends, min))), max(unlist(lapply(ends, max))))
}
`;
