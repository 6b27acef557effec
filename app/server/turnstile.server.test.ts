import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Turnstile } from "./turnstile.server";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Works that end when told to, with the order in which they began. */
function works(turnstile: Turnstile) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const begin = (name: string) =>
    turnstile.pass(
      () =>
        new Promise<string>((resolve, reject) => {
          begun.push(name);
          ends.set(name, (error) => (error ? reject(error) : resolve(name)));
        }),
    );
  return { begun, begin, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("Turnstile", () => {
  it("lets in as many as there are places, the others in the order they came", async () => {
    const { begun, begin, end } = works(new Turnstile(2, 1000));
    const all = ["a", "b", "c", "d"].map(begin);
    await settle();
    expect(begun).toEqual(["a", "b"]);
    end("b");
    await settle();
    expect(begun).toEqual(["a", "b", "c"]);
    for (const name of ["a", "c"]) end(name);
    await settle();
    end("d");
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  });

  it("gives a place back after an error, and hands the error on", async () => {
    const { begun, begin, end } = works(new Turnstile(1, 1000));
    const first = begin("a");
    const second = begin("b");
    await settle();
    end("a", new Error("no"));
    await expect(first).rejects.toThrow("no");
    await settle();
    expect(begun).toEqual(["a", "b"]);
    end("b");
    expect(await second).toBe("b");
  });

  it("lets nobody wait longer than its patience, and is as narrow as before afterwards", async () => {
    const { begun, begin, end } = works(new Turnstile(1, 250));
    const all = [begin("a"), begin("b")];
    await vi.advanceTimersByTimeAsync(249);
    expect(begun).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toEqual(["a", "b"]);
    end("a");
    await settle();
    const last = begin("c");
    await settle();
    expect(begun).toEqual(["a", "b"]);
    end("b");
    await settle();
    expect(begun).toEqual(["a", "b", "c"]);
    end("c");
    await Promise.all([...all, last]);
  });
});
