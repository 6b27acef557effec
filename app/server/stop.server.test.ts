import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
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
  await expect(newConnection(base)).rejects.toThrow(/ECONNREFUSED/);
  release();
  const answer = await slow;
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Connection")).toBe("close");
  await stopped;
  expect(order).toEqual(["answered", "answered", "pools ended"]);
});

/** What a reader who comes now meets; one whose connection is kept alive may still ask a last time. */
function newConnection(base: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), "127.0.0.1", () => {
      socket.destroy();
      resolve();
    });
    socket.on("error", reject);
  });
}
