// What libraries use and Chromium 90 lacks (Array.at: 92, Object.hasOwn: 93, Array.findLast: 97).

function at<T>(this: ArrayLike<T>, index: number): T | undefined {
  const position = Math.trunc(index) || 0;
  return this[position < 0 ? this.length + position : position];
}

function findLast<T>(
  this: ArrayLike<T>,
  test: (item: T, index: number, all: ArrayLike<T>) => unknown,
): T | undefined {
  for (let index = this.length - 1; index >= 0; index -= 1) {
    const item = this[index] as T;
    if (test(item, index, this)) return item;
  }
  return undefined;
}

function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

add(Array.prototype, "at", at);
add(String.prototype, "at", at);
add(Array.prototype, "findLast", findLast);
add(
  Object,
  "hasOwn",
  // Written so that no formatter turns it into a call of itself.
  (target: object, name: PropertyKey) => Object.getOwnPropertyDescriptor(target, name) !== undefined,
);
