/** A function that gives its last result again for the same arguments, so that what is made of it stays the same object. */
export function lastOf<Arguments extends readonly unknown[], Result>(make: (...args: Arguments) => Result): (...args: Arguments) => Result {
  let last: { readonly args: Arguments; readonly result: Result } | null = null;
  return (...args) => {
    if (last === null || args.some((value, k) => value !== last!.args[k])) last = { args, result: make(...args) };
    return last.result;
  };
}
