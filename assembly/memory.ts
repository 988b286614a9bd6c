/** First byte that the caller's arena may use. */
export function heapBase(): usize {
  return __heap_base;
}
