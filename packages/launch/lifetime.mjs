// @ts-check
import { readFileSync } from "node:fs";
import { endRunning, signalRunning } from "./steps.mjs";

const ANCESTORS_WATCH_MS = 300;

/**
 * What this process has started and must stop before it ends, last first; on Ctrl-C, SIGTERM or a closed
 * terminal too. A second signal kills what does not stop by itself.
 */
export class Lifetime {
  /** @type {(() => Promise<void> | void)[]} */
  #closers = [];
  /** @type {Set<Promise<unknown>>} */
  #starting = new Set();
  /** @type {(() => void)[]} */
  #forcers = [];
  #signals = 0;
  #signalledCode;
  /** @type {Promise<never> | undefined} */
  #ending;

  /** @param {{ signalled: number }} codes `signalled`: the exit code after a signal */
  constructor({ signalled } = { signalled: 0 }) {
    this.#signalledCode = signalled;
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => this.#signalled());
    }
    if (process.env.npm_lifecycle_event) this.#watchAncestors();
    // A terminal that went away must not end the clean-up half-way.
    process.stdout.on("error", () => {});
    process.stderr.on("error", () => {});
  }

  /** Whether everything is being stopped; failures from then on are its consequence. */
  get ending() {
    return this.#ending !== undefined;
  }

  /**
   * Starts something that must be stopped. A signal that comes while it starts waits for it, so that
   * nothing is left half-started.
   * @template T
   * @param {() => Promise<T>} start
   * @param {(started: T) => Promise<void> | void} stop
   * @param {(started: T) => void} [force] what a second signal does
   * @returns {Promise<T>}
   */
  async hold(start, stop, force) {
    const starting = start().then((started) => {
      this.#closers.push(() => stop(started));
      if (force) this.#forcers.push(() => force(started));
      return started;
    });
    this.#starting.add(starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(starting);
    }
  }

  /**
   * Stops everything and ends this process.
   * @param {number} code the exit code
   * @returns {Promise<never>}
   */
  end(code) {
    this.#ending ??= this.#stopAll().then((clean) => process.exit(clean ? code : code || 1));
    return this.#ending;
  }

  async #stopAll() {
    await endRunning();
    await Promise.allSettled(this.#starting);
    let clean = true;
    for (const close of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        clean = false;
        console.error(error);
      }
    }
    return clean;
  }

  /**
   * npm starts us through a shell, and neither passes a signal on that was meant for npm alone: SIGTERM
   * ends both, SIGKILL leaves the shell waiting. All that is to be seen from here is the ancestry changing.
   */
  #watchAncestors() {
    const before = ancestors();
    const watch = setInterval(() => {
      if (ancestors() === before) return;
      clearInterval(watch);
      this.#signalled();
    }, ANCESTORS_WATCH_MS);
    watch.unref();
  }

  #signalled() {
    this.#signals += 1;
    if (this.#signals === 1) {
      console.log("\n正在停止 Stopping ... (再按 Ctrl-C 强制停止 again to force)");
      void this.end(this.#signalledCode);
      return;
    }
    signalRunning("SIGKILL");
    for (const force of this.#forcers) force();
  }
}

/** The numbers of the shell and, where the system shows it, of npm. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}
