/** Fewest persons of a cell in anything published: bundles, the app's files and published tables. */
export const publishedThreshold = 4;

/** Fewest persons of a level whose coefficient is published. */
export const fewestPersonsOfLevel = 10;

/** What is hidden may be told to no less than this share of a sum of hours. */
export const widestShare = 0.2;
