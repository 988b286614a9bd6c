import { Presets, SingleBar } from 'cli-progress';
import { visible } from './console.ts';

export interface Step {
  readonly phase: string;
  readonly detail: string;
  readonly done: number;
  readonly total: number;
}

export interface ProgressReporter {
  report(step: Step): void;
  /** Takes the bar off the screen; lines after it start at the margin. */
  stop(): void;
}

const phaseNames: Readonly<Record<string, string>> = {
  read: 'Reading',
  code: 'Coding',
  estimate: 'Estimating',
  indicator: 'Computing the indicator',
  generate: 'Generating',
};

const nameOf = (phase: string): string => phaseNames[phase] ?? phase;

const silent: ProgressReporter = { report: () => {}, stop: () => {} };

/** A line on stderr as each phase begins. */
function lines(stream: NodeJS.WriteStream): ProgressReporter {
  const begun = new Set<string>();
  return {
    report({ phase }) {
      if (!begun.has(phase)) stream.write(`${nameOf(phase)}\n`);
      begun.add(phase);
    },
    stop: () => {},
  };
}

function bar(stream: NodeJS.WriteStream): ProgressReporter {
  const format = '{phase} [{bar}] {percentage}% {detail}';
  const drawn = new SingleBar({ format, stream, clearOnComplete: true, hideCursor: true, fps: 10 }, Presets.legacy);
  let running = false;
  return {
    report({ phase, detail, done, total }) {
      const payload = { phase: nameOf(phase), detail: visible(detail) };
      if (!running) drawn.start(Math.max(total, 1), done, payload);
      running = true;
      drawn.setTotal(Math.max(total, 1));
      drawn.update(Math.min(done, total), payload);
    },
    stop() {
      if (running) drawn.stop();
      running = false;
    },
  };
}

/** Progress on stderr: a bar on a terminal, else a line for each phase. */
export function openProgress(stream: NodeJS.WriteStream, quiet: boolean): ProgressReporter {
  if (quiet) return silent;
  return stream.isTTY ? bar(stream) : lines(stream);
}
