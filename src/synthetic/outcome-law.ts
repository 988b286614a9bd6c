/** Longest week, hours. */
export const longestWeek = 60;

/** Mean hours of those who work at all, given the mean of all: rises from 17 to 60. */
const workingMean = (m: number): number => {
  const left = 1 - m / longestWeek;
  return m + 17 * left * left;
};

/**
 * Quantile function at u in (0, 1) of the law of weekly hours with mean m, 0 < m < 60: nothing with probability 1 − m/μ, else
 * uniform on μ ± w, where μ = m + 17 (1 − m/60)² and w = min(μ, 60 − μ)/2. Values lie in [0, 60] and the mean is exactly m.
 */
export const hoursQuantile = (u: number, m: number): number => {
  const mean = workingMean(m);
  const working = m / mean;
  const idle = 1 - working;
  if (u <= idle) return 0;
  const width = mean < longestWeek / 2 ? mean : longestWeek - mean;
  return mean + (((u - idle) / working) - 0.5) * width;
};
