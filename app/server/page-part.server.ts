/**
 * A part of a page as it was meant. Where a sign of several bytes does not fit into what is left of its buffer, React 18
 * sends the buffer whole, with one or two zero bytes at its end: they would break words and attributes. No page of ours
 * holds a zero byte.
 */
export function withoutPadding(part: Uint8Array): Uint8Array {
  let end = part.length;
  while (end > 0 && part[end - 1] === 0) end -= 1;
  return part.subarray(0, end);
}
