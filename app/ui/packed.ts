import { useLoaderData } from "@remix-run/react";

/**
 * A route's data as one text. The framework writes what a loader answers in its own way, value by value, which for a
 * dashboard's thousand values is dearer than drawing its tables; a text it writes at once, and the browser reads it back
 * with the fastest reader it has. Only for what JSON can say: no dates, no undefined that matters.
 */
export interface Packed<T> {
  readonly packed: string;
  /** Never there: carries the type. */
  readonly as?: T;
}

/** What was packed or read in this process, so that a page is drawn from the very values its loader answered. */
const opened = new WeakMap<Packed<unknown>, unknown>();

/** A value as one text. */
export function pack<T extends object>(value: T): Packed<T> {
  const parcel: Packed<T> = { packed: JSON.stringify(value) };
  opened.set(parcel, value);
  return parcel;
}

/** The value of a parcel; the same object each time. */
export function unpack<T extends object>(parcel: Packed<T>): T {
  const known = opened.get(parcel);
  if (known !== undefined) return known as T;
  const value = JSON.parse(parcel.packed) as T;
  opened.set(parcel, value);
  return value;
}

/** What the loader `L` of this route has packed. */
export function usePacked<L>(): L extends (...args: never[]) => Promise<Packed<infer T extends object>>
  ? T
  : never {
  return unpack(useLoaderData() as Packed<object>) as never;
}
