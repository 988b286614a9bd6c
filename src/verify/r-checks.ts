/** How the script holds its numbers against the tables of the run. */
export const rChecks = String.raw`# Populations -----------------------------------------------------------------------------------------------------------
populations <- list()
if (is.null(spec$separateBy)) populations <- list(list(label = "", covariates = spec$covariates, member = rep(TRUE, nrow(data)))) else {
  by <- if (is.character(spec$separateBy)) spec$separateBy else spec$separateBy$column
  group <- if (by == spec$month) month else text(column(by))
  group[is.na(group)] <- ""
  listed <- if (is.character(spec$separateBy)) lapply(unique(group), function(label) list(label = label)) else spec$separateBy$groups
  for (one in listed) populations[[length(populations) + 1]] <- list(
    label = as.character(one$label), covariates = if (is.null(one$covariates)) spec$covariates else one$covariates, member = group == as.character(one$label))
}

# Checks ----------------------------------------------------------------------------------------------------------------
readTable <- function(name) read.csv(file.path(run, name), colClasses = "character", na.strings = character(), check.names = FALSE, encoding = "UTF-8")
largest <- c()
near <- function(ours, theirs, what) {
  if (length(ours) == 0) return()
  difference <- abs(ours - theirs) / pmax(1, abs(ours))
  wrong <- which(is.na(difference) | difference > tolerance)
  if (length(wrong) > 0) stop(length(wrong), " of ", length(ours), " values of ", what[1], " differ, the first at ", names(ours)[wrong[1]], ": the run has ", theirs[wrong[1]], ", R ", ours[wrong[1]], ".", call. = FALSE)
  kind <- what[length(what)]
  largest[kind] <<- max(largest[kind], difference, 0, na.rm = TRUE)
}
coefficients <- readTable("coefficients.csv")
values <- list()
for (outcome in spec$outcomes) {
  for (population in populations) {
    y <- number(if (is.null(outcome$column)) outcome$name else outcome$column)
    if (!any(population$member & sampled & !is.na(y))) next
    one <- oneOutcome(outcome, population$covariates, population$member, population$label)
    values[[length(values) + 1]] <- data.frame(outcome = outcome$name, row = one$rows, actual = one$actual, expected = one$expected)
    own <- one$coefficients
    key <- function(t) paste(t$term, t$level, sep = "\r")
    theirs <- coefficients[coefficients$outcome == outcome$name & coefficients$population == population$label, ]
    at <- match(key(own), key(theirs))
    # Tables of before labels were escaped.
    if (anyNA(at)) at <- match(gsub("\\\\(.)", "\\1", key(own)), key(theirs))
    what <- paste0(outcome$name, if (population$label != "") paste0(" (", population$label, ")"))
    if (anyNA(at)) stop(what, ": coefficients.csv has no row for ", own$term[is.na(at)][1], " ", own$level[is.na(at)][1], ".", call. = FALSE)
    theirs <- theirs[at, ]
    estimated <- own$status == "estimated"
    differs <- which(estimated != (theirs$status == "estimated"))
    if (length(differs) > 0) stop(what, ": ", own$term[differs[1]], " ", own$level[differs[1]], " is ", own$status[differs[1]], " in R and ", theirs$status[differs[1]], " in the run.", call. = FALSE)
    named <- function(x) setNames(x, paste(own$term, own$level))
    near(named(own$estimate)[estimated], as.numeric(theirs$estimate)[estimated], c(paste(what, "coefficients"), "coefficients"))
    given <- estimated & theirs$std_error != ""
    near(named(own$std_error)[given], as.numeric(theirs$std_error)[given], c(paste(what, options$vcov, "standard errors"), paste(options$vcov, "standard errors")))
  }
}
values <- do.call(rbind, values)

monthsOf <- function(period) {
  all <- sort(unique(month))
  label <- switch(options$period,
    month = all, year = substr(all, 1, 4), all = rep("all", length(all)),
    quarter = paste0(substr(all, 1, 4), "-Q", (as.integer(substr(all, 6, 7)) + 2) %/% 3),
    tertial = paste0(substr(all, 1, 4), "-T", (as.integer(substr(all, 6, 7)) + 3) %/% 4))
  all[label == period]
}
adjusted <- function(x, months, reference) {
  used <- inRanges(months, reference)
  calendar <- substr(months, 6, 7)
  if (any(table(factor(calendar[used], sprintf("%02d", 1:12))) < 2)) return(rep(NA_real_, length(x)))
  x - vapply(calendar, function(c) mean(x[used & calendar == c]), 1) + mean(x[used])
}
for (by in c(list(list()), options$by)) {
  by <- unlist(by)
  name <- if (length(by) == 0) "indicator.csv" else paste0("indicator_", paste(by, collapse = "+"), ".csv")
  theirs <- readTable(name)
  labelOf <- function(b) { x <- if (b == spec$month) month else text(column(b)); x[is.na(x)] <- ""; x }
  canonical <- function(x, all) if (isNumber(all)) ifelse(x == "", "", sprintf("%.15g", suppressWarnings(as.numeric(x)))) else x
  group <- rep("", nrow(data))
  theirGroup <- rep("", nrow(theirs))
  for (b in by) {
    x <- labelOf(b)
    group <- paste(group, canonical(x, x), sep = "\r")
    theirGroup <- paste(theirGroup, canonical(theirs[[b]], x), sep = "\r")
  }
  known <- values[!is.na(values$expected), ]
  cell <- paste(known$outcome, group[known$row], month[known$row], sep = "\n")
  sums <- rowsum(cbind(n = 1, actual = known$actual, expected = known$expected), cell)
  means <- cbind(n = sums[, "n"], actual = sums[, "actual"] / sums[, "n"], expected = sums[, "expected"] / sums[, "n"])
  periods <- if (options$period == "month") theirs$month else theirs$period
  ours <- t(vapply(seq_len(nrow(theirs)), function(i) {
    keys <- paste(theirs$outcome[i], theirGroup[i], if (options$period == "month") periods[i] else monthsOf(periods[i]), sep = "\n")
    at <- match(keys, rownames(means))
    if (options$period == "all") at <- at[!is.na(at)]
    n <- sum(means[at, "n"])
    weight <- if (isTRUE(options$pooled)) means[at, "n"] / n else rep(1 / length(at), length(at))
    c(n, sum(weight * means[at, "actual"]), sum(weight * means[at, "expected"]))
  }, c(1, 1, 1)))
  where <- paste(theirs$outcome, gsub("\r", " ", theirGroup), periods)
  named <- function(x) setNames(x, where)
  near(named(ours[, 1]), as.numeric(theirs$n), c(paste(name, "n"), "n"))
  given <- theirs$indicator != ""
  for (k in 1:2) near(named(ours[, k + 1])[given], as.numeric(theirs[[c("actual", "expected")[k]]])[given], c(paste(name, c("actual", "expected")[k]), "indicator tables"))
  near(named(ours[, 2] - ours[, 3])[given], as.numeric(theirs$indicator)[given], c(paste(name, "indicator"), "indicator tables"))
  if (options$period == "month") {
    cells <- do.call(rbind, strsplit(rownames(means), "\n", fixed = TRUE))
    missingRows <- setdiff(rownames(means), paste(theirs$outcome, theirGroup, periods, sep = "\n"))
    if (length(missingRows) > 0) stop(name, " lacks ", length(missingRows), " cells, such as ", gsub("[\r\n]+", " ", missingRows[1]), ".", call. = FALSE)
    for (one in spec$outcomes) for (g in unique(theirGroup)) {
      at <- which(theirs$outcome == one$name & theirGroup == g)
      reference <- spec$seasonal$reference[[as.character(one$horizon)]]
      if (length(at) == 0 || is.null(reference)) next
      months <- periods[at]
      for (k in 1:3) {
        x <- adjusted(if (k == 3) ours[at, 2] - ours[at, 3] else ours[at, k + 1], months, reference)
        held <- as.numeric(theirs[[c("actual_seasonally_adjusted", "expected_seasonally_adjusted", "indicator_seasonally_adjusted")[k]]][at])
        if (any(is.na(x) != is.na(held))) stop(name, ": ", where[at[1]], " is adjusted in one and not in the other.", call. = FALSE)
        near(setNames(x, where[at])[!is.na(x)], held[!is.na(x)], c(paste(name, "seasonally adjusted"), "indicator tables"))
      }
    }
  }
}

cat("The run is confirmed: ", nrow(data), " rows, largest differences relative to max(1, |value|):\n", sep = "")
for (kind in names(largest)) cat("  ", kind, ": ", format(largest[kind], digits = 2), "\n", sep = "")
cat("R ", as.character(getRversion()), if (length(checkedByPackages) > 0) paste0("; standard errors also by ", paste(checkedByPackages, collapse = " and ")), "\n", sep = "")
if (length(unchecked) > 0) cat("Not checked: ", paste(unchecked, collapse = "; "), ".\n", sep = "")
`;
