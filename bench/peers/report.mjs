// The table of a run, in Markdown.
import { machineLine } from '../measure.mjs';

const targets = [
  { target: 'r', least: 300, text: 'R `lm` + `glm(probit)`' },
  { target: 'webr', least: 500, text: 'webR, in Node and in Chromium' },
  { target: 'fastest', least: 20, text: 'the fastest of sparse R, glm4, glum, statsmodels and pyfixest' },
];

export function report({ ours, found, here, flags }) {
  const ran = found.filter(({ notRun }) => !notRun);
  const notRun = found.filter((line) => line.notRun);
  const reference = ours.large;
  const own = Object.values(ours).map(
    (line) => `| arbeidsindikator, ${line.workers} workers | ${here.commit} | ${thousands(line.rows)} | ${line.rounds} | ${nanoseconds(line.nanosecondsPerRow)} | ${cpu(line)} | in the codes | | | | | ${loads(line)} |`,
  );
  const rows = ran.map((line) => {
    const same = ours[line.size];
    const cpuRatio = line.cpuSeconds === null ? '' : times((line.cpuSeconds / line.rows) / (reference.cpuSeconds / reference.rows));
    const dummies = line.designSeconds === null ? 'in the fit' : `${nanoseconds((1e9 * line.designSeconds) / line.rows)} apart`;
    const cells = [
      line.peer, line.version, thousands(line.rows), line.rounds, nanoseconds(line.nanosecondsPerRow), cpu(line), dummies,
      times(line.nanosecondsPerRow / reference.nanosecondsPerRow), times(line.nanosecondsPerRow / same.nanosecondsPerRow), cpuRatio,
      `${line.largestDifference.toExponential(1)} (${line.largestDifferenceInStandardErrors.toExponential(1)} s.e.)`, loads(line),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const verdicts = targets.map(({ target, least, text }) => {
    const lines = ran.filter((line) => line.target === target);
    if (lines.length === 0) return `- ${text}: not run.`;
    const fastest = lines.reduce((best, line) => (line.nanosecondsPerRow < best.nanosecondsPerRow ? line : best));
    const ratio = fastest.nanosecondsPerRow / reference.nanosecondsPerRow;
    const same = fastest.nanosecondsPerRow / ours[fastest.size].nanosecondsPerRow;
    return `- ${text}: at least ${least} times wanted, ${times(ratio)} times found${ratio < least ? ' (**missed**)' : ''}; ${times(same)} times at the same size. Fastest: ${fastest.peer}.`;
  });
  const limits = ran.flatMap(({ peer, tried, ended }) => [...tried, ...(ended ? [`ended early, ${ended}`] : [])].map((text) => `- ${peer}: ${text}`));
  return `# What users have today

The four outcomes of \`main\`, estimated from coded levels in memory, on the same rows in the same run: medians of whole
rounds, all four outcomes added. Written by \`node bench/peers/run.mjs\`.

${machineLine(here)}

| program | version | rows | rounds | ns a row | CPU ns a row | dummies, ns a row | × ours at ${thousands(reference.rows)} rows | × ours at the same size | × by CPU time, ours at ${thousands(reference.rows)} | largest coefficient difference | load average |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
${[...own, ...rows].join('\n')}
${notRun.map(({ peer, notRun: reason }) => `\nNot run: ${peer} (${reason}).`).join('')}

${verdicts.join('\n')}
${limits.length > 0 ? `\nLimits of ${flags.minutes} minutes a round and ${flags.gib} GiB, and what came of them:\n\n${limits.join('\n')}\n` : ''}
How to read it:

- Ours is timed from coded rows resident in warm workers to the coefficient table with standard errors. A pass has fixed
  costs, so that its time a row falls as rows grow; the ratio at the same size shows that.
- Peers get columns of levels in memory, without levels that have no estimate and without rows set aside by separation, so
  that none has to look for them. Where a peer makes the dummies within its call, they are in its time; where it takes them
  ready-made, their time stands apart and is in no ratio. Reading is in no time.
- R and webR run \`lm\` and \`glm\` with their defaults. The others take the quickest of the usual ways: sparse R is written by
  hand with the stopping rule of \`glm\`; glum gets sparse columns, a probit link (it has none) and a tolerance at which its
  coefficients can be compared.
- A coefficient difference is that of the peer's last step: \`glm\` stops at a relative change of the deviance of 1e-8.
- The load average, of one minute, is that at the start and after each round: where it is above what the program itself
  makes, times are longer than on a quiet machine, and CPU time is the better guide.
`;
}

const thousands = (n) => n.toLocaleString('en');
const nanoseconds = (n) => thousands(Math.round(n));
const times = (ratio) => (ratio < 10 ? ratio.toFixed(1) : thousands(Math.round(ratio)));
const cpu = ({ cpuSeconds, rows }) => (cpuSeconds === null ? '' : nanoseconds((1e9 * cpuSeconds) / rows));
const loads = (line) => [line.loads[0], line.loads.at(-1)].map((load) => load.toFixed(1)).join(' … ');
