/** What the system said: its error code where it has one, such as ENOENT. */
export function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code ?? message ?? String(cause);
}
