import { LARGEST_FILE, type Subject } from "@muster/domain/evidence";

/** A file that waits to be sent, with what the form said of it. */
export interface Waiting {
  id: string;
  /** The role that chose it: a shared telephone sends nothing in another's name. */
  owner: string;
  subject: Subject;
  title: string;
  expiresOn: string;
  file: Blob;
}

/** Where waiting files survive a closed page. */
export interface WaitingStore {
  all(): Promise<Waiting[]>;
  put(item: Waiting): Promise<void>;
  drop(id: string): Promise<void>;
}

export type SendAnswer =
  | { kind: "stored" }
  /** The server looked and said no; sending the same again would not help. */
  | { kind: "refused"; message: string }
  | { kind: "signed_out" }
  /** No answer, or one that a retry may change. */
  | { kind: "unreachable" };

export type ItemState =
  | { kind: "waiting" }
  | { kind: "sending"; share: number }
  | { kind: "retrying" }
  | { kind: "signed_out" }
  | { kind: "refused"; message: string };

/** A waiting file as the page shows it. */
export interface Line {
  id: string;
  subject: Subject;
  title: string;
  state: ItemState;
}

export interface QueueOptions {
  owner: string;
  /** What the page is about: files for anything else wait for their own page. */
  subjects: readonly Subject[];
  store: WaitingStore;
  send(item: Waiting, onShare: (share: number) => void): Promise<SendAnswer>;
  /** Runs something later; returns how to call it off. */
  later(run: () => void, milliseconds: number): () => void;
  /** One more is on the server. */
  onStored(): void;
}

const RETRIES_MS = [3_000, 10_000, 30_000, 60_000];

/**
 * Sends files one after the other, keeps each until the server has it or refuses it, and tries again while the
 * network is away. What an earlier visit could not send goes first.
 */
export class UploadQueue {
  private items: { item: Waiting; state: ItemState }[] = [];
  private lines: readonly Line[] = [];
  private readonly listeners = new Set<() => void>();
  private running = false;
  private stopped = false;
  private failures = 0;
  /** Somebody asked to try again while a file was on its way: that one may have set out before the network came back. */
  private askedAgain = false;
  private callOff: (() => void) | null = null;
  /** The files survive a closed page. */
  kept = true;

  constructor(private readonly options: QueueOptions) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly current = (): readonly Line[] => this.lines;

  /** Takes up what an earlier visit left. */
  async restore(): Promise<void> {
    const { store, owner, subjects } = this.options;
    try {
      const left = (await store.all()).filter(
        (item) => item.owner === owner && subjects.some((subject) => sameSubject(item.subject, subject)),
      );
      // What was chosen while the list was read stands in both.
      const here = new Set(this.items.map(({ item }) => item.id));
      const earlier = left.filter(({ id }) => !here.has(id));
      this.items = [...earlier.map((item) => ({ item, state: WAITING })), ...this.items];
    } catch {
      this.kept = false;
    }
    this.changed();
    void this.run();
  }

  /** Adds files for one of the subjects, kept before the first is sent. */
  async add(
    subject: Subject,
    added: readonly Pick<Waiting, "id" | "title" | "expiresOn" | "file">[],
  ): Promise<void> {
    const { owner, store } = this.options;
    for (const each of added) {
      const item = { ...each, owner, subject };
      try {
        await store.put(item);
      } catch {
        // No room, or a private window: it is sent all the same while the page stays open.
        this.kept = false;
      }
      this.items.push({ item, state: WAITING });
    }
    this.changed();
    void this.run();
  }

  /** The network is back, or the person asks: everything that waits is tried now. */
  async retry(id?: string): Promise<void> {
    for (const each of this.items) {
      const stuck = each.state.kind !== "sending" && each.state.kind !== "refused";
      if (each.item.id === id || (id === undefined && stuck)) each.state = WAITING;
    }
    this.callOff?.();
    this.askedAgain = this.running;
    this.changed();
    await this.run();
  }

  /** Gives a file up. */
  async drop(id: string): Promise<void> {
    this.items = this.items.filter(({ item }) => item.id !== id);
    this.changed();
    await this.forget(id);
  }

  /** Stops sending; what waits stays in the browser. */
  stop(): void {
    this.stopped = true;
    this.callOff?.();
  }

  private async run(): Promise<void> {
    if (this.running || this.stopped) return;
    this.running = true;
    try {
      for (;;) {
        const next = this.items.find(({ state }) => state.kind === "waiting");
        if (!next || this.stopped || !(await this.sendOne(next))) return;
      }
    } finally {
      this.running = false;
    }
  }

  /** True when the next one may go. */
  private async sendOne(entry: { item: Waiting; state: ItemState }): Promise<boolean> {
    const become = (state: ItemState) => {
      entry.state = state;
      this.changed();
    };
    this.askedAgain = false;
    become({ kind: "sending", share: 0 });
    const answer = await this.options.send(entry.item, (share) => become({ kind: "sending", share }));
    switch (answer.kind) {
      case "stored":
        this.failures = 0;
        this.items = this.items.filter((each) => each !== entry);
        this.changed();
        await this.forget(entry.item.id);
        this.options.onStored();
        return true;
      case "refused":
        become(answer);
        // What will never be taken must not come back with the next visit.
        await this.forget(entry.item.id);
        return true;
      case "signed_out":
        become(answer);
        return false;
      case "unreachable": {
        if (this.askedAgain) {
          become(WAITING);
          return true;
        }
        for (const each of this.items) if (each.state.kind === "waiting") each.state = { kind: "retrying" };
        become({ kind: "retrying" });
        const pause = RETRIES_MS[Math.min(this.failures, RETRIES_MS.length - 1)] ?? 0;
        this.failures += 1;
        if (!this.stopped) this.callOff = this.options.later(() => void this.retry(), pause);
        return false;
      }
    }
  }

  private async forget(id: string): Promise<void> {
    try {
      await this.options.store.drop(id);
    } catch {
      this.kept = false;
    }
  }

  private changed(): void {
    this.lines = this.items.map(({ item: { id, subject, title }, state }) => ({
      id,
      subject,
      title,
      state,
    }));
    for (const listener of this.listeners) listener();
  }
}

const WAITING: ItemState = { kind: "waiting" };

/** Whether two subjects are the same one. */
export function sameSubject(one: Subject, other: Subject): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** What a choice of files becomes in the queue: several of one name are numbered. */
export function waitingOf(
  files: readonly File[],
  title: string,
  expiresOn: string,
): Pick<Waiting, "id" | "title" | "expiresOn" | "file">[] {
  return files.map((file, place) => ({
    id: newKey(),
    title: files.length > 1 ? `${title} ${place + 1}` : title,
    expiresOn,
    file,
  }));
}

/** What is wrong with chosen files before they are sent, as a key of the texts; null when they may go. */
export function problemOfFiles(files: readonly File[]): "file.empty" | "file.too_large" | null {
  if (files.length === 0 || files.some((file) => file.size === 0)) return "file.empty";
  // A large photo is made smaller before it is sent; anything else is not.
  const large = files.some((file) => file.size > LARGEST_FILE && !/^image\/(jpeg|png|webp)$/.test(file.type));
  return large ? "file.too_large" : null;
}

/** An id for the browser's own list; randomUUID is younger than the browsers in the offices. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
