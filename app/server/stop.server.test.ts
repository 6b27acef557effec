import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { application, listener } from "./http.server";
import { isStopping, onStop, stop } from "./stop.server";

process.env.LOG_LEVEL = "silent";

it("answers what is in flight, takes nothing new, then ends the pools", async () => {
  const order: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handle = async (request: Request) => {
    if (request.url.endsWith("/slow")) await held;
    order.push("answered");
    return new Response("done");
  };
  const server = createServer(listener(application(handle, async () => null)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onStop("pools", async () => void order.push("pools ended"));

  // A connection kept alive and idle must not hold the process.
  await (await fetch(`${base}/quick`)).text();
  const slow = fetch(`${base}/slow`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = stop(server);
  expect(isStopping()).toBe(true);
  await expect(fetch(`${base}/late`)).rejects.toThrow();
  release();
  const answer = await slow;
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Connection")).toBe("close");
  await stopped;
  expect(order).toEqual(["answered", "answered", "pools ended"]);
});
