import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that writes, told from every other one: where its number counts, the number, and when it began. */
export interface WritingProcess {
  readonly place: string;
  readonly pid: number;
  /** `0` where the system does not tell. */
  readonly began: string;
}

export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const orNull = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

/** A machine, or a container on it: two of them may each have a process 17. */
const place = shortHash(`${hostname()} ${orNull(() => readlinkSync('/proc/self/ns/pid')) ?? ''}`);

/** Numbers of processes come again, and after a restart of the machine so do the ticks at which they began. */
const boot = orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? '';

/** When a process began; null where there is none, or only what nobody has yet asked the end of, and `0` where nobody tells. */
function beganOf(pid: number): string | null {
  const own = orNull(() => readFileSync(`/proc/${process.pid}/stat`, 'utf8'));
  if (own === null) return isThere(pid) ? '0' : null;
  const stat = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // After the name, which may hold blanks and brackets: the state is the third field, the start the twenty-second.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || /^[ZX]/.test(fields[0]!)) return null;
  return shortHash(`${boot} ${fields[19]!}`);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's may not be asked.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

export const thisProcess = (): WritingProcess => ({ place, pid: process.pid, began: beganOf(process.pid) ?? '0' });

/** Whether a process has certainly ended; of another machine's or container's nobody here can say. */
export const hasEnded = ({ place: at, pid, began }: WritingProcess): boolean => at === place && beganOf(pid) !== began;
