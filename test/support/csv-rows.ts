import { readFileSync } from 'node:fs';

/** Rows of a plain CSV file (no quotes) as records. */
export function csvRows(path: string | URL): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i]!, value])));
}
