/** Sixteen hexadecimal digits that order as doubles do. */
export function keyOf(value: number): string {
  const bits = new BigUint64Array(Float64Array.of(value + 0).buffer)[0]!;
  const key = bits >> 63n ? BigInt.asUintN(64, ~bits) : bits | (1n << 63n);
  return key.toString(16).padStart(16, '0');
}
