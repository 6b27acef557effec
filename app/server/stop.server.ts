import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import { log } from "./log.server";

type Hook = () => Promise<void>;

// Kept on the process: the pools that register live in other copies of this module under hot reload.
const shared = globalThis as typeof globalThis & {
  musterStop?: { hooks: Map<string, Hook>; stopping: boolean };
};

function state() {
  shared.musterStop ??= { hooks: new Map(), stopping: false };
  return shared.musterStop;
}

/** Registers what to end after the last answer, e.g. the database pools; a name registers once. */
export function onStop(name: string, hook: Hook): void {
  state().hooks.set(name, hook);
}

/** True from the signal on: answers then say `Connection: close`, /readyz says no. */
export function isStopping(): boolean {
  return state().stopping;
}

const LONGEST_DRAIN_MS = 7_000;
const LONGEST_HOOKS_MS = 2_000;

async function within(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const done = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return done;
}

/** How long a connection that has just been accepted, or is kept alive, may still bring a request. */
const LAST_ORDERS_MS = 400;

/**
 * Stops taking connections, answers what is in flight, ends the pools. Resolves within ten seconds.
 *
 * Node's own `server.close()` also cuts kept-alive connections, and with them a request that is on its way at that
 * moment. So only the listening socket is closed first; every answer from now on says `Connection: close`, and what
 * is still idle after a moment is let go.
 */
export async function stop(server: Server): Promise<void> {
  if (state().stopping) return;
  state().stopping = true;
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  if (!(await within(closed, LAST_ORDERS_MS))) {
    server.closeIdleConnections();
    if (!(await within(closed, LONGEST_DRAIN_MS))) server.closeAllConnections();
  }
  const hooks = Promise.allSettled([...state().hooks.values()].map((hook) => hook()));
  if (!(await within(hooks, LONGEST_HOOKS_MS))) log().warn("a stop hook did not end in time");
}
