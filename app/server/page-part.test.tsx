import { Writable } from "node:stream";
import { renderToPipeableStream, renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { withoutPadding } from "./page-part.server";

/** Short texts one after the other, as a page is: some sign will stand across the end of a buffer. */
const page = (
  <ul>
    {Array.from({ length: 400 }, (_, i) => (
      <li key={String(i)} aria-label={`黄泥岗村第${i}号的免报原因`}>{`柳河镇${i}`}</li>
    ))}
  </ul>
);

function drawn(each: (part: Uint8Array) => Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    const sink = new Writable({
      write(part: Uint8Array, _encoding, taken) {
        parts.push(each(part));
        taken();
      },
    });
    sink.on("finish", () => resolve(Buffer.concat(parts).toString()));
    const { pipe } = renderToPipeableStream(page, { onAllReady: () => pipe(sink), onError: reject });
  });
}

describe("a page drawn in parts", () => {
  it("holds every sign whole, wherever a buffer ended", async () => {
    expect(await drawn(withoutPadding)).toBe(renderToStaticMarkup(page));
  });
});
