/** out = a·b, a rows × inner and b inner × columns, row-major; four rows of b at a time, each sum in the order of `inner`. */
export function multiplyMatrices(a: usize, b: usize, rows: i32, inner: i32, columns: i32, out: usize): void {
  const width = <usize>columns << 3;
  const pairs = <usize>(columns & ~1) << 3;
  for (let i = 0; i < rows; i++) {
    const target = out + <usize>i * width;
    memory.fill(target, 0, width);
    const row = a + ((<usize>i * <usize>inner) << 3);
    let k = 0;
    for (; k < inner - 3; k += 4) {
      const v0 = load<f64>(row + (<usize>k << 3));
      const v1 = load<f64>(row + (<usize>k << 3), 8);
      const v2 = load<f64>(row + (<usize>k << 3), 16);
      const v3 = load<f64>(row + (<usize>k << 3), 24);
      if (v0 == 0 && v1 == 0 && v2 == 0 && v3 == 0) continue;
      const b0 = b + <usize>k * width;
      const b1 = b0 + width;
      const b2 = b1 + width;
      const b3 = b2 + width;
      const s0 = f64x2.splat(v0);
      const s1 = f64x2.splat(v1);
      const s2 = f64x2.splat(v2);
      const s3 = f64x2.splat(v3);
      for (let j: usize = 0; j < pairs; j += 16) {
        let sum = v128.load(target + j);
        sum = f64x2.add(sum, f64x2.mul(s0, v128.load(b0 + j)));
        sum = f64x2.add(sum, f64x2.mul(s1, v128.load(b1 + j)));
        sum = f64x2.add(sum, f64x2.mul(s2, v128.load(b2 + j)));
        sum = f64x2.add(sum, f64x2.mul(s3, v128.load(b3 + j)));
        v128.store(target + j, sum);
      }
      for (let j = pairs; j < width; j += 8) {
        store<f64>(target + j, load<f64>(target + j) + v0 * load<f64>(b0 + j) + v1 * load<f64>(b1 + j) + v2 * load<f64>(b2 + j) + v3 * load<f64>(b3 + j));
      }
    }
    for (; k < inner; k++) {
      const v = load<f64>(row + (<usize>k << 3));
      const from = b + <usize>k * width;
      for (let j: usize = 0; j < width; j += 8) store<f64>(target + j, load<f64>(target + j) + v * load<f64>(from + j));
    }
  }
}
