/** The one way numbers become text: shortest digits that read back to the same double; empty where there is no number. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '';
  // String(-0) is '0' already.
  return String(value);
}
