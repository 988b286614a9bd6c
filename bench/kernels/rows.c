// The passes of the kernels over the same rows, in C: joint counts, probit gradient, probit gradient with Hessian.
// native.mjs writes coefficients.h (and in it the levels), compiles with -O3 -march=native and asks, a line each: the name of a pass is
// answered by its ns a row, "results" by sums to compare results by.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COMPOSITES = 7, BLOCK = 2048, MOST_PAIRS = 21 };
#include "coefficients.h"

static uint32_t state = 12345;
static double uniform(void) {
  state = state * 1664525u + 1013904223u;
  return state / 4294967296.0;
}

static int64_t rows;
static uint8_t *codes[COMPOSITES], *outcome;
static int offset[COMPOSITES], cells, pair_offset[MOST_PAIRS], pairs, pair_first[MOST_PAIRS], pair_second[MOST_PAIRS];
static double table[1024], eta[BLOCK];
static int64_t score[BLOCK], weight[BLOCK];
static uint32_t *counts;
static int64_t *weights, levels[1024], log_likelihood;

static void make(int64_t n) {
  rows = n;
  for (int a = 0; a < COMPOSITES; a++) {
    codes[a] = malloc(n);
    for (int64_t i = 0; i < n; i++) {
      double u = uniform();
      codes[a][i] = LEVELS[a] * u * u * u;
    }
  }
  outcome = malloc(n);
  for (int64_t i = 0; i < n; i++) outcome[i] = uniform() < 0.4;
  int level_cells = 0;
  for (int a = 0; a < COMPOSITES; a++) {
    offset[a] = level_cells;
    level_cells += LEVELS[a];
  }
  for (int i = 0; i < level_cells; i++) table[i] = uniform() - 0.5;
  for (int a = 0; a < COMPOSITES; a++)
    for (int b = a + 1; b < COMPOSITES; b++) {
      pair_first[pairs] = a;
      pair_second[pairs] = b;
      pair_offset[pairs++] = cells;
      cells += LEVELS[a] * LEVELS[b];
    }
  counts = calloc(cells, sizeof *counts);
  weights = calloc(cells, sizeof *weights);
}

// Three pairs at a time, so that a common cell does not wait for its own last store.
#define JOINT(name, type, amount)                                                              \
  static void name(int64_t start, int n, type *cell) {                                         \
    for (int p = 0; p < pairs; p += 3) {                                                       \
      const uint8_t *a0 = codes[pair_first[p]] + start, *b0 = codes[pair_second[p]] + start;   \
      const uint8_t *a1 = codes[pair_first[p + 1]] + start, *b1 = codes[pair_second[p + 1]] + start; \
      const uint8_t *a2 = codes[pair_first[p + 2]] + start, *b2 = codes[pair_second[p + 2]] + start; \
      const int l0 = LEVELS[pair_second[p]], l1 = LEVELS[pair_second[p + 1]], l2 = LEVELS[pair_second[p + 2]]; \
      type *t0 = cell + pair_offset[p], *t1 = cell + pair_offset[p + 1], *t2 = cell + pair_offset[p + 2]; \
      for (int i = 0; i < n; i++) {                                                            \
        t0[a0[i] * l0 + b0[i]] += amount;                                                      \
        t1[a1[i] * l1 + b1[i]] += amount;                                                      \
        t2[a2[i] * l2 + b2[i]] += amount;                                                      \
      }                                                                                        \
    }                                                                                          \
  }
JOINT(count_joint, uint32_t, 1)
JOINT(weigh_joint, int64_t, weight[i])

static void linear_predictor(int64_t start, int n) {
  const uint8_t *c0 = codes[0] + start, *c1 = codes[1] + start, *c2 = codes[2] + start, *c3 = codes[3] + start,
                *c4 = codes[4] + start, *c5 = codes[5] + start, *c6 = codes[6] + start;
  for (int i = 0; i < n; i++)
    eta[i] = 0.1 + table[offset[0] + c0[i]] + table[offset[1] + c1[i]] + table[offset[2] + c2[i]] + table[offset[3] + c3[i]] +
             table[offset[4] + c4[i]] + table[offset[5] + c5[i]] + table[offset[6] + c6[i]];
}

static void sum_levels(int64_t start, int n) {
  const uint8_t *c0 = codes[0] + start, *c1 = codes[1] + start, *c2 = codes[2] + start, *c3 = codes[3] + start,
                *c4 = codes[4] + start, *c5 = codes[5] + start, *c6 = codes[6] + start;
  for (int i = 0; i < n; i++) {
    levels[offset[0] + c0[i]] += score[i];
    levels[offset[1] + c1[i]] += score[i];
    levels[offset[2] + c2[i]] += score[i];
    levels[offset[3] + c3[i]] += score[i];
    levels[offset[4] + c4[i]] += score[i];
    levels[offset[5] + c5[i]] += score[i];
    levels[offset[6] + c6[i]] += score[i];
  }
}

static inline int64_t bits_of(double x) { int64_t b; memcpy(&b, &x, 8); return b; }
static inline double double_of(int64_t b) { double x; memcpy(&x, &b, 8); return x; }
static inline double horner(double x, const double *c, int degree) {
  double even = c[degree & ~1], odd = c[(degree - 1) | 1], z = x * x;
  for (int k = (degree & ~1) - 2; k >= 0; k -= 2) even = even * z + c[k];
  for (int k = ((degree - 1) | 1) - 2; k >= 1; k -= 2) odd = odd * z + c[k];
  return even + odd * x;
}
static const double MAGIC = 6755399441055744.0;
static inline int64_t fixed(double v, double factor) { return v == v ? bits_of(v * factor + MAGIC) - bits_of(MAGIC) : 0; }

// Branch free, so that the compiler may take as many rows a step as its vectors hold.
static inline __attribute__((always_inline)) void probit(int64_t start, int n, int with_weight) {
  const uint8_t *y = outcome + start;
  const double s_factor = 1099511627776.0, l_factor = 68719476736.0;
  int64_t sum = 0;
  for (int i = 0; i < n; i++) {
    int64_t sign = y[i] ? 0 : INT64_MIN;
    double z = double_of(bits_of(eta[i]) ^ sign);
    double a = fabs(z);
    a = a > 1023 ? 1023 : a;
    double exponent = -0.5 * (a * a);
    double bounded = exponent < -708 ? -708 : exponent;
    double rounded = bounded * 1.4426950408889634 + MAGIC, k = rounded - MAGIC;
    double r = bounded - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
    double phi = double_of(bits_of(horner(r, DENSITY_EXP, 10)) + (int64_t)((uint64_t)bits_of(rounded) << 52));
    double p = horner(a, MILLS_P, 10), q = horner(a, MILLS_Q, 11);
    double u = q - phi * p;
    double share = z < 0 ? p : u;
    double lambda;
    if (with_weight) {
      double inverse = q / (p * u), upper = phi * inverse * p, lower = inverse * u;
      lambda = z < 0 ? lower : upper;
      weight[i] = fixed(upper * lower, s_factor);
    } else {
      lambda = (z < 0 ? q : phi * q) / share;
    }
    score[i] = fixed(double_of(bits_of(lambda) ^ sign), s_factor);
    int64_t shifted = bits_of(share) - bits_of(q) + 0x3ff8000000000000;
    double near = double_of(bits_of(q) + ((shifted & (int64_t)0xfff0000000000000) - 0x3ff0000000000000));
    double power = double_of((int64_t)((uint64_t)shifted >> 52) | bits_of(4503599627370496.0)) - 4503599627371519.0;
    double s = (share - near) / (share + near);
    double logarithm = power * 0.6931471805599453 + s * horner(s * s, LOG_RATIO, 6);
    sum += fixed(logarithm + (z < 0 ? exponent - 0.9189385332046728 : 0), l_factor);
  }
  log_likelihood += sum;
}
static void probit_score(int64_t start, int n) { probit(start, n, 0); }
static void probit_rows(int64_t start, int n) { probit(start, n, 1); }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}
static void gram(int64_t i, int n) { count_joint(i, n, counts); }
static void gradient(int64_t i, int n) {
  linear_predictor(i, n);
  probit_score(i, n);
  sum_levels(i, n);
}
static void hessian(int64_t i, int n) {
  linear_predictor(i, n);
  probit_rows(i, n);
  sum_levels(i, n);
  weigh_joint(i, n, weights);
}

static double measure(void (*pass)(int64_t, int)) {
  memset(counts, 0, cells * sizeof *counts);
  memset(weights, 0, cells * sizeof *weights);
  memset(levels, 0, sizeof levels);
  log_likelihood = 0;
  double from = now();
  for (int64_t i = 0; i < rows; i += BLOCK) pass(i, rows - i < BLOCK ? rows - i : BLOCK);
  return (now() - from) / rows;
}

static void results(void) {
  double count_sum = 0, weight_sum = 0, score_sum = 0;
  for (int i = 0; i < cells; i++) count_sum += counts[i] * (double)(i % 7);
  for (int i = 0; i < cells; i++) weight_sum += weights[i] / 1099511627776.0 * (i % 7);
  for (int i = 0; i < offset[COMPOSITES - 1] + LEVELS[COMPOSITES - 1]; i++) score_sum += levels[i] / 1099511627776.0 * (i % 7);
  printf("{\"countSum\":%.0f,\"weightSum\":%.6f,\"scoreSum\":%.6f,\"logLikelihood\":%.6f}\n", count_sum, weight_sum, score_sum,
         log_likelihood / 68719476736.0);
}

int main(int count, char **arguments) {
  make(count > 1 ? atoll(arguments[1]) : 4000000);
  char line[32];
  while (fgets(line, sizeof line, stdin)) {
    if (!strcmp(line, "gram\n")) printf("%.3f\n", measure(gram));
    else if (!strcmp(line, "gradient\n")) printf("%.3f\n", measure(gradient));
    else if (!strcmp(line, "hessian\n")) printf("%.3f\n", measure(hessian));
    else results();
    fflush(stdout);
  }
  return 0;
}
