// @ts-check
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, wherever the caller stands. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A failure whose message is the whole story: it is printed without a stack. */
export class Failure extends Error {
  /**
   * @param {string} message one sentence for the person at the terminal
   * @param {string} [output] what the failed program printed
   */
  constructor(message, output = "") {
    super(message);
    this.name = "Failure";
    this.output = output;
  }
}

/** Prints a line per step: `[2/5] 安装依赖 Installing packages ... 38 s`. */
export class Steps {
  #total;
  #done = 0;
  /** Whether the terminal's line waits for the step's time. */
  #open = false;

  /** @param {number} total how many steps there will be */
  constructor(total) {
    this.#total = total;
  }

  /**
   * Runs one step. What it returns as a string stands on its line instead of the time, for a step that
   * had nothing to do.
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(title, work) {
    this.#done += 1;
    const began = Date.now();
    process.stdout.write(`[${this.#done}/${this.#total}] ${title} ... `);
    this.#open = true;
    try {
      const result = await work();
      this.#close(typeof result === "string" ? result : `${((Date.now() - began) / 1000).toFixed(1)} s`);
      return result;
    } catch (error) {
      this.#close("✗");
      throw error;
    }
  }

  /**
   * A remark inside a step, on a line of its own.
   * @param {string} line
   */
  note(line) {
    this.breakLine();
    process.stdout.write(`      ${line}\n`);
  }

  /** Leaves the step's line, because something else is about to write. */
  breakLine() {
    if (this.#open) process.stdout.write("\n");
    this.#open = false;
  }

  /** @param {string} end */
  #close(end) {
    process.stdout.write(this.#open ? `${end}\n` : `      ${end}\n`);
    this.#open = false;
  }
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Ends the programs that `run` is waiting for.
 * @param {NodeJS.Signals} signal
 */
export function signalRunning(signal) {
  for (const child of running) child.kill(signal);
}

/** A program that takes longer than this to end is killed. */
const ENDING_MS = 20_000;

/**
 * Ends the programs that `run` is waiting for and waits until they have ended: npm, interrupted, still removes what
 * it laid, and would do so under the next start.
 */
export async function endRunning() {
  const ended = [...running]
    .filter((child) => child.exitCode === null && child.signalCode === null)
    .map((child) => new Promise((resolve) => child.once("exit", resolve)));
  signalRunning("SIGTERM");
  const killing = setTimeout(() => signalRunning("SIGKILL"), ENDING_MS);
  await Promise.all(ended);
  clearTimeout(killing);
}

/**
 * Runs a program in the repository's root without standard input and waits for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, inherit?: boolean }} [options]
 *   `onLine` receives each line of the standard output as it comes; `inherit` shows the output as it is
 *   instead of keeping it
 * @returns {Promise<{ code: number, output: string, errors: string }>} `errors`: what of the output went to
 *   standard error; a program that cannot be started has code 127
 */
export function run(command, args, { env = process.env, onLine, inherit = false } = {}) {
  return new Promise((resolve) => {
    const output = inherit ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: [inherit ? "inherit" : "ignore", output, output],
    });
    running.add(child);
    const kept = new KeptOutput(onLine);
    child.stdout?.setEncoding("utf8").on("data", (text) => kept.add(text));
    child.stderr?.setEncoding("utf8").on("data", (text) => kept.addError(text));
    child.on("error", (error) => {
      running.delete(child);
      resolve({ code: 127, output: error.message, errors: error.message });
    });
    child.on("close", (code) => {
      running.delete(child);
      kept.end();
      resolve({ code: code ?? 1, output: kept.text, errors: kept.errors });
    });
  });
}

/**
 * As `run`, and throws a Failure with the sentence when the program fails.
 * @param {string} sentence
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function mustRun(sentence, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Failure(sentence, output);
  return output;
}

/**
 * The path of a program that a package installed.
 * @param {string} name
 */
export function installed(name) {
  return join(ROOT, "node_modules/.bin", name);
}

/** Throws a Failure when this Node.js is older than package.json's `engines` asks for. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Failure(
    `需要 Node.js 20.19 或更新版本 Muster needs Node.js 20.19 or newer, this is ${process.versions.node}.`,
  );
}

/**
 * Prints an error for the person at the terminal: a Failure as its sentence, anything else in full.
 * @param {unknown} error
 */
export function report(error) {
  if (error instanceof Failure) {
    if (error.output) console.error(error.output.trimEnd());
    console.error(`\n✗ ${error.message}`);
  } else {
    console.error(error);
  }
}

/** A program's output: both streams as they came, and the first line by line. */
class KeptOutput {
  text = "";
  errors = "";
  #rest = "";
  #onLine;

  /** @param {((line: string) => void) | undefined} onLine */
  constructor(onLine) {
    this.#onLine = onLine;
  }

  /** @param {string} text */
  add(text) {
    this.text += text;
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#onLine?.(line);
  }

  /** @param {string} text */
  addError(text) {
    this.text += text;
    this.errors += text;
  }

  end() {
    if (this.#rest) this.#onLine?.(this.#rest);
  }
}
