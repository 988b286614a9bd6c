here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "codes.R"))
source(file.path(here, "lm-glm.R"))
run_rounds(fit_lm_glm, paste0(R.version$major, ".", R.version$minor), libraries())
