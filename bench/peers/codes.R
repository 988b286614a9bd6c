# Reads what export.mjs writes, and prints one JSON line a fit. For R and webR alike.
read_codes <- function(folder) {
  factors <- read.csv(file.path(folder, "factors.csv"), stringsAsFactors = FALSE)
  y <- file.path(folder, "y.f64")
  n <- file.size(y) / 8
  data <- list(y = readBin(y, "double", n))
  for (i in seq_len(nrow(factors))) {
    code <- readBin(file.path(folder, paste0(factors$factor[i], ".u8")), "integer", n, size = 1, signed = FALSE)
    data[[factors$factor[i]]] <- factor(code, levels = 0:(factors$levels[i] - 1), labels = paste0("_", 0:(factors$levels[i] - 1)))
  }
  as.data.frame(data)
}

# design: seconds that the peer spent on dummies apart from the fit; NA where the fit includes them.
fit_line <- function(outcome, time, coefficients, design = NA, iterations = NA) {
  number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
  names <- sub("(Intercept)", "constant", names(coefficients), fixed = TRUE)
  sprintf(
    '{"outcome":"%s","seconds":%s,"cpuSeconds":%s,"designSeconds":%s,"iterations":%s,"names":[%s],"estimates":[%s]}',
    outcome, number(time[["elapsed"]]), number(time[["user.self"]] + time[["sys.self"]]), number(design), number(iterations),
    paste0('"', names, '"', collapse = ","), paste(number(coefficients), collapse = ",")
  )
}

outcomes <- c("atid3", "atid12", "jobb3", "jobb12")

# Rounds of all four outcomes; `fit` takes the data frame and the outcome's name and gives a line.
run_rounds <- function(fit, version, details = "") {
  arguments <- commandArgs(trailingOnly = TRUE)
  cat(sprintf('{"version":"%s","details":"%s"}\n', version, details))
  for (round in seq_len(as.integer(arguments[2]))) {
    for (outcome in outcomes) {
      data <- read_codes(file.path(arguments[1], outcome))
      gc()
      cat(fit(data, outcome), "\n", sep = "")
      flush(stdout())
    }
  }
}

# Which file this script is, to find codes.R beside it.
libraries <- function() {
  paste0("BLAS ", basename(extSoftVersion()[["BLAS"]]))
}
