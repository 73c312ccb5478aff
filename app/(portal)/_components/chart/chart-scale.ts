/** Round numbers whose half is whole as well; from ten on there are more of them. */
const TOPS = [2, 4, 6, 8, 10];
const LARGER_TOPS = [2, 3, 4, 5, 6, 8, 10];

/** Returns where the scale revocation: the next round number, so that the highest bar fills most of the chart. */
export function toTop(value: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const top of unit === 1 ? TOPS : LARGER_TOPS) if (value <= top * unit) return top * unit;
  }
}
