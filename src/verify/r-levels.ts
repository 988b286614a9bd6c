/** How the script codes covariates, as docs/model-spec.md says. */
export const rLevels = String.raw`# Levels --------------------------------------------------------------------------------------------------------------
columnOf <- function(covariate, horizon) gsub("{horizon}", horizon, if (is.null(covariate$column)) covariate$name else covariate$column, fixed = TRUE)

# Level numbers from 1, NA where the value is missing, and labels; breaks from the rows of own.
coded <- function(covariate, horizon, own, commonRange) {
  name <- columnOf(covariate, horizon)
  first <- 0
  if (covariate$coding == "values" && is.null(covariate$min)) {
    raw <- if (name == spec$month) month else text(column(name))
    found <- unique(raw[!is.na(raw) & raw != ""])
    if (isNumber(found)) {
      sorted <- sort(unique(as.numeric(found)))
      code <- match(as.numeric(raw), sorted)
      labels <- vapply(sorted, function(v) format(v, digits = 15, scientific = FALSE, trim = TRUE), "")
    } else {
      labels <- sort(found, method = "radix")
      code <- match(raw, labels)
    }
    count <- length(labels)
    labels <- if (is.null(covariate$labels)) labels else unlist(covariate$labels)
    return(list(code = code, count = count, labels = labels))
  }
  if (covariate$coding == "present") {
    raw <- column(name)
    code <- 1L + !(is.na(raw) | (is.character(raw) & raw %in% ""))
    count <- 2
  } else {
    x <- number(name)
    breaks <- unlist(covariate$breaks)
    groups <- covariate$groups
    zero <- identical(covariate$zero, "separate")
    code <- switch(covariate$coding,
      values = {
        first <- covariate$min
        count <- covariate$max - covariate$min + 1
        pmin(pmax(x, covariate$min), covariate$max) - covariate$min + 1
      },
      intervals = {
        count <- length(breaks) + 1
        findInterval(x, breaks, left.open = TRUE) + 1
      },
      quantiles = {
        within <- x[own & !is.na(x)]
        if (zero) within <- within[within > 0]
        n <- length(within)
        if (is.null(breaks) && n > 0) breaks <- sort(within)[(seq_len(groups - 1) * n + groups - 1) %/% groups]
        count <- groups + zero
        first <- if (zero) 0 else 1
        level <- findInterval(x, breaks, left.open = TRUE) + 1
        if (zero) ifelse(x <= 0, 1, level + 1) else level
      },
      "equal-width" = {
        ends <- if (is.null(commonRange)) range(x[own & !is.na(x)]) else commonRange
        if (is.null(breaks)) breaks <- ends[1] + ((ends[2] - ends[1]) * seq_len(groups - 1)) / groups
        count <- groups
        first <- 1
        findInterval(x, breaks, left.open = TRUE) + 1
      },
      stop("The coding ", covariate$coding, " is not known here."))
    code[is.na(x)] <- NA
  }
  labels <- if (is.null(covariate$labels)) as.character(first + seq_len(count) - 1) else unlist(covariate$labels)
  list(code = code, count = count, labels = labels)
}

escaped <- function(label, real = TRUE) {
  label <- gsub(":", "\\:", gsub("\\", "\\\\", label, fixed = TRUE), fixed = TRUE)
  if (real) ifelse(label == "missing", "\\missing", label) else label
}
`;
