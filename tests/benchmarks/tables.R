# Figures of every team and quarter with the package `multilevel`: Rscript tables.R survey.csv FOLDER
# Prints the seconds from the file to the figures, without the start of R.
suppressPackageStartupMessages(library(multilevel))
options(digits = 17)
given <- commandArgs(trailingOnly = TRUE)

score <- function(items) {
  answered <- rowSums(!is.na(items))
  ifelse(answered >= 4, rowMeans(items, na.rm = TRUE), NA)
}
whole_answers <- function(items) { # item-wise deletion: items with at least two answers
  items[, colSums(!is.na(items)) >= 2, drop = FALSE]
}
team_figures <- function(team) {
  items <- whole_answers(team[, collective_items])
  complete <- ncol(items) > 0
  data.frame(
    team_id = team$team_id[1], quarter = team$quarter[1],
    respondents = sum(!is.na(team$individual) | !is.na(team$collective)),
    individual = mean(team$individual, na.rm = TRUE), collective = mean(team$collective, na.rm = TRUE),
    agreement_ad = if (complete) ad.m(items, rep(1, nrow(items)))$AD.M else NA,
    rwg_uniform = if (complete) rwg.j(items, rep(1, nrow(items)), ranvar = 2)$rwg.j else NA
  )
}
scale_figures <- function(wave, scale, items) {
  scored <- wave[!is.na(wave[[scale]]), ]
  model <- summary(aov(scored[[scale]] ~ as.factor(scored$team_id)))[[1]]
  sizes <- as.numeric(table(scored$team_id))
  n0 <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
  msb <- model[1, 3]
  msw <- model[2, 3]
  alpha <- cronbach(wave[, items])$Alpha
  data.frame(scale = scale, quarter = wave$quarter[1], icc1 = (msb - msw) / (msb + (n0 - 1) * msw), alpha = alpha)
}

started <- proc.time()[["elapsed"]]
answers <- read.csv(given[1])
individual_items <- grep("^se_", names(answers), value = TRUE)
collective_items <- grep("^ce_", names(answers), value = TRUE)
answers$individual <- score(answers[, individual_items])
answers$collective <- score(answers[, collective_items])
teams <- do.call(rbind, lapply(split(answers, list(answers$team_id, answers$quarter), drop = TRUE), team_figures))
scales <- do.call(rbind, lapply(split(answers, answers$quarter), function(wave) {
  rbind(scale_figures(wave, "individual", individual_items), scale_figures(wave, "collective", collective_items))
}))
seconds <- proc.time()[["elapsed"]] - started

write.csv(teams, file.path(given[2], "teams.csv"), row.names = FALSE)
write.csv(scales, file.path(given[2], "scales.csv"), row.names = FALSE)
cat(seconds, "\n")
