/** The sum of a number of each item. */
export function sum<T>(items: readonly T[], number: (item: T) => number): number {
  return items.reduce((total, item) => total + number(item), 0);
}

/** A status without its counts of zero, which are not in its JSON. */
export function withoutZeros<T extends object>(status: T): Partial<T> {
  return Object.fromEntries(Object.entries(status).filter(([, value]) => value !== 0)) as Partial<T>;
}
