/** What benches hang on a page's window. */
interface Window {
  bench: Record<string, (argument: unknown) => unknown>;
  /** Tasks of 50 ms and more since the last question. */
  longTasks: () => { longestTask: number; longTasks: number };
  /** The engine call that is under way. */
  running: Promise<unknown>;
  printLine: (line: string) => void;
}
