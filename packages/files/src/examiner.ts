import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import type { EvidenceKind, FileRefusal } from "@muster/domain/evidence";

/** A file that was looked into: what is to be stored, and what it is. */
export interface Examined {
  kind: EvidenceKind;
  /** An image drawn again, or the PDF as it came. */
  bytes: Uint8Array;
  /** Only of an image. */
  thumbnail: Uint8Array | null;
  width: number | null;
  height: number | null;
  /** Of `bytes`. */
  sha256: Uint8Array;
}

export type Examination = { ok: true; value: Examined } | { ok: false; refusal: FileRefusal };

interface Answer {
  id: number;
  looked?: { kind: "image"; width: number; height: number } | { kind: "pdf" };
  refusal?: FileRefusal;
  memory: number;
}

/** Longer than any honest image takes on a slow machine. */
const PATIENCE_MS = 30_000;
/** So long an idle process waits for the next file before it gives its memory back. */
const IDLE_MS = 20_000;
/** Above this a process that has answered is ended; the next file gets a new one. */
const MOST_MEMORY = 220 * 1024 * 1024;

/**
 * Looks into files in a process of its own, one at a time: decoders of images have memory errors every year, and a
 * bomb is best met where nothing else lives. Callers queue; the one who asks bounds how many may.
 */
export class Examiner {
  private child: ChildProcess | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;
  private jobs = 0;

  /** @param path of a file as it was received; it stays where it is. */
  examine(path: string): Promise<Examination> {
    const next = this.last.then(() => this.examineNow(path));
    this.last = next.catch(() => {});
    return next;
  }

  /** Ends the process; the next file would start another. */
  stop(): void {
    clearTimeout(this.idle);
    this.child?.kill("SIGKILL");
    this.child = null;
  }

  private async examineNow(source: string): Promise<Examination> {
    clearTimeout(this.idle);
    const drawn = `${source}-${randomUUID()}`;
    const [image, thumbnail] = [`${drawn}-image`, `${drawn}-thumbnail`];
    try {
      const answer = await this.ask({ source, image, thumbnail });
      if (!answer.looked) return { ok: false, refusal: answer.refusal ?? "damaged" };
      if (answer.looked.kind === "pdf") {
        const bytes = await readFile(source);
        const sizes = { width: null, height: null, thumbnail: null };
        return { ok: true, value: { kind: "pdf", bytes, ...sizes, sha256: digest(bytes) } };
      }
      const [bytes, small] = await Promise.all([readFile(image), readFile(thumbnail)]);
      const { width, height } = answer.looked;
      const value = { kind: "image" as const, bytes, thumbnail: small, width, height, sha256: digest(bytes) };
      return { ok: true, value };
    } finally {
      await Promise.all([image, thumbnail].map((path) => rm(path, { force: true })));
      this.idle = setTimeout(() => this.stop(), IDLE_MS).unref();
    }
  }

  /** Asks the process; one that ends or does not answer has met a file that nobody should store. */
  private ask(job: {
    source: string;
    image: string;
    thumbnail: string;
  }): Promise<Pick<Answer, "looked" | "refusal">> {
    this.child ??= start();
    const child = this.child;
    this.jobs += 1;
    const id = this.jobs;
    return new Promise((resolve) => {
      const settle = (answer: Pick<Answer, "looked" | "refusal">, end: boolean) => {
        clearTimeout(timer);
        child.off("message", onMessage);
        child.off("exit", onEnd);
        child.off("error", onEnd);
        if (end && this.child === child) this.stop();
        resolve(answer);
      };
      const onMessage = (message: unknown) => {
        const answer = message as Answer;
        if (answer.id === id) settle(answer, answer.memory > MOST_MEMORY);
      };
      const onEnd = () => settle({ refusal: "too_complex" }, true);
      const timer = setTimeout(onEnd, PATIENCE_MS);
      child.on("message", onMessage);
      child.on("exit", onEnd);
      child.on("error", onEnd);
      child.send({ id, ...job }, (error) => error && onEnd());
    });
  }
}

function start(): ChildProcess {
  const program = createRequire(import.meta.url).resolve("@muster/files/worker");
  const child = fork(program, [], {
    // No secret of the server is there to be read by a file that takes the decoder over.
    env: { NODE_ENV: "production", PATH: process.env.PATH ?? "", MALLOC_ARENA_MAX: "2" },
    execArgv: ["--max-old-space-size=192"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // It never keeps the server from ending, and ends with it.
  child.unref();
  child.channel?.unref();
  return child;
}

function digest(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
