/** Returns where the scale ends: the next of 2, 4, 10, 20, 40, 100 …, whose half is a whole number as well. */
export function toTop(value: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const top of [2 * unit, 4 * unit, 10 * unit]) if (value <= top) return top;
  }
}
