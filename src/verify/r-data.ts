/** How the script reads the files, and what is a number, a text or a month in them. */
export const rData = String.raw`tolerance <- 1e-8

# Data ----------------------------------------------------------------------------------------------------------------
readOne <- function(file) {
  kind <- tolower(sub("\\.gz$", "", file))
  if (grepl("\\.csv$", kind)) {
    header <- sub("^\ufeff", "", readLines(file, n = 1, encoding = "UTF-8", warn = FALSE))
    sep <- if (grepl(";", header, fixed = TRUE)) ";" else ","
    data <- read.table(file, sep = sep, header = TRUE, quote = "\"", comment.char = "", colClasses = "character", na.strings = c("", "NA"),
                       check.names = FALSE, fileEncoding = "UTF-8-BOM", strip.white = FALSE)
    attr(data, "comma") <- sep == ";"
    return(data)
  }
  if (!requireNamespace("arrow", quietly = TRUE)) stop("Reading ", file, " takes the R package arrow, which is not installed here.")
  as.data.frame(if (grepl("\\.parquet$", kind)) arrow::read_parquet(file) else arrow::read_ipc_file(file))
}
parts <- lapply(files, readOne)
commas <- any(vapply(parts, function(part) isTRUE(attr(part, "comma")), TRUE))
shared <- Reduce(intersect, lapply(parts, names))
data <- do.call(rbind, lapply(parts, function(part) part[shared]))

column <- function(name) {
  if (!name %in% names(data)) stop("The data have no column ", name, ".")
  data[[name]]
}
text <- function(x) {
  if (is.factor(x)) x <- as.character(x)
  if (inherits(x, "Date") || inherits(x, "POSIXt")) return(format(x, "%Y-%m-%d"))
  if (is.character(x)) x else ifelse(is.na(x), NA, trimws(format(x, digits = 17, scientific = FALSE, trim = TRUE)))
}
number <- function(name) {
  x <- column(name)
  if (!is.character(x)) return(as.numeric(x))
  x[tolower(x) == "true"] <- "1"
  x[tolower(x) == "false"] <- "0"
  if (commas) x <- sub(",", ".", x, fixed = TRUE)
  out <- suppressWarnings(as.numeric(x))
  if (any(is.na(out) & !is.na(x))) stop("Column ", name, " has values that are no numbers, such as ", x[is.na(out) & !is.na(x)][1], ".")
  out
}
isNumber <- function(x) all(grepl("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$", x[!is.na(x) & x != ""]))
monthText <- function(x) {
  x <- text(x)
  ifelse(grepl("^[0-9]{6}$", x), paste0(substr(x, 1, 4), "-", substr(x, 5, 6)), substr(x, 1, 7))
}
person <- text(column(spec$person))
month <- monthText(column(spec$month))
if (anyNA(person) || any(!grepl("^[0-9]{4}-[0-9]{2}$", month))) stop("A row has no person, or a month that is not read here.")
monthNumber <- function(m) 12 * as.integer(substr(m, 1, 4)) + as.integer(substr(m, 6, 7)) - 1
inRanges <- function(m, ranges) {
  m <- monthNumber(m)
  Reduce("|", lapply(unlist(ranges), function(range) {
    ends <- monthNumber(strsplit(range, "/")[[1]])
    m >= ends[1] & m <= ends[length(ends)]
  }), rep(FALSE, length(m)))
}
sampled <- rep(TRUE, nrow(data))
if (!is.null(spec$sample$months)) sampled <- sampled & inRanges(month, spec$sample$months)
if (!is.null(spec$sample$excludeMonths)) sampled <- sampled & !inRanges(month, spec$sample$excludeMonths)
`;
