/** How long the main thread was away, in milliseconds. */
export interface Gaps {
  /** Longest task of 50 ms and more, as the browser reports it; 0 where there was none. */
  readonly longestTask: number;
  readonly longTasks: number;
  /** Longest wait of a timer beyond its time: an upper bound of any task, in which waits for a core are counted too. */
  readonly longestGap: number;
  readonly gapsOver50: number;
}

const interval = 4;

/** Measures from now until the function that it returns is called. */
export function startGapMeter(): () => Gaps {
  let [last, longestGap, gapsOver50] = [performance.now(), 0, 0];
  const timer = setInterval(() => {
    const now = performance.now();
    const gap = now - last - interval;
    last = now;
    longestGap = Math.max(longestGap, gap);
    if (gap > 50) gapsOver50++;
  }, interval);
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  return () => {
    clearInterval(timer);
    tasks.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    return { longestTask: Math.max(0, ...tasks), longTasks: tasks.length, longestGap, gapsOver50 };
  };
}
