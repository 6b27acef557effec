import { type Clash, mergeChanges } from "./merge";

/** What the server holds of a report, as far as a filer changes it. */
export interface Stand {
  version: number;
  figures: Record<string, number | null>;
  reasons: Record<string, string>;
}

/** Changes not yet saved. */
export interface Changes {
  figures: Record<string, number | null>;
  reasons: Record<string, string>;
}

/** The report as somebody else has left it. */
export interface TheirStand extends Stand {
  by: string | null;
  at: string | null;
}

export type SaveAnswer =
  | { kind: "saved"; version: number; at: string }
  | { kind: "conflict"; current: TheirStand }
  /** The server understood and said no: locked, not allowed, not a figure. */
  | { kind: "refused"; message: string; next: string }
  | { kind: "signed_out" }
  /** No answer, or an answer that a retry may change. */
  | { kind: "unreachable" };

export type SyncState =
  | { kind: "idle" }
  | { kind: "pending" }
  | { kind: "saving" }
  | { kind: "saved"; at: string }
  | { kind: "retrying" }
  | { kind: "signed_out" }
  | { kind: "refused"; message: string; next: string }
  | { kind: "conflict"; by: string | null; at: string | null; clashes: FieldClash[] };

export type FieldClash = ({ what: "figure" } & Clash<number | null>) | ({ what: "reason" } & Clash<string>);

/** Where unsaved changes survive a closed page: the browser's local storage, or nothing. */
export interface DraftStore {
  read(): string | null;
  write(text: string): void;
  clear(): void;
}

export interface SyncOptions {
  stand: Stand;
  send(version: number, changes: Changes): Promise<SaveAnswer>;
  store: DraftStore;
  /** Runs something later; returns how to call it off. */
  later(run: () => void, milliseconds: number): () => void;
  /** The screen takes over what somebody else has saved. */
  onTaken(changes: Changes, by: string | null): void;
}

/** Pause after the last key before a save. */
export const QUIET_MS = 700;
const RETRIES_MS = [2_000, 5_000, 10_000, 20_000, 30_000];

/**
 * Keeps a draft on the server in step with the screen: waits for a pause, sends what changed on the version it was
 * made on, retries while there is no network, keeps unsent changes in the browser, and merges what somebody else has
 * saved. Only a field that both changed is asked about, and nothing is sent before it is settled.
 */
export class DraftSync {
  private stand: Stand;
  private changes: Changes = { figures: {}, reasons: {} };
  private state: SyncState = { kind: "idle" };
  private readonly listeners = new Set<() => void>();
  private running: Promise<void> | null = null;
  private callOff: (() => void) | null = null;
  private failures = 0;

  constructor(private readonly options: SyncOptions) {
    this.stand = options.stand;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly current = (): SyncState => this.state;

  get version(): number {
    return this.stand.version;
  }

  /** How many fields are not on the server yet. */
  get unsent(): number {
    return Object.keys(this.changes.figures).length + Object.keys(this.changes.reasons).length;
  }

  /** Takes up changes an earlier visit could not send, and answers with them. */
  restore(): Changes | null {
    const kept = readKept(this.options.store);
    if (!kept) return null;
    const { stand, options } = this;
    const figures = mergeChanges<number | null>(kept.base.figures, kept.changes.figures, stand.figures, null);
    const reasons = mergeChanges(kept.base.reasons, kept.changes.reasons, stand.reasons, "");
    this.changes = { figures: figures.mine, reasons: reasons.mine };
    const clashes = clashesOf(figures.clashes, reasons.clashes);
    if (this.unsent === 0 && clashes.length === 0) {
      options.store.clear();
      return null;
    }
    const restored = { figures: { ...figures.mine }, reasons: { ...reasons.mine } };
    for (const clash of clashes) place(restored, clash, clash.mine);
    if (clashes.length > 0) this.become({ kind: "conflict", by: null, at: null, clashes });
    else this.wait(QUIET_MS);
    return restored;
  }

  /** The screen changed: a field that again says what is saved is no change. */
  change(given: Partial<Changes>): void {
    const changes = {
      figures: { ...this.changes.figures, ...given.figures },
      reasons: { ...this.changes.reasons, ...given.reasons },
    };
    // The save under way may be sending the very value that is taken back here: what counts is compared afterwards.
    this.changes = this.running ? changes : unsaved(changes, this.stand);
    if (this.state.kind === "conflict") {
      this.keep();
      return;
    }
    if (this.unsent === 0 && !this.running) {
      this.callOff?.();
      this.options.store.clear();
      if (this.state.kind === "pending") this.become({ kind: "idle" });
      return;
    }
    this.keep();
    this.wait(QUIET_MS);
  }

  /** Sends at once what is waiting; true when everything is on the server. */
  async flush(): Promise<boolean> {
    this.callOff?.();
    if (this.running) await this.running;
    if (this.state.kind === "conflict") return false;
    if (this.unsent > 0) await this.run();
    return this.unsent === 0;
  }

  /** The page was read again and somebody had saved meanwhile: as if a save had met a conflict. */
  meet(current: TheirStand): void {
    if (current.version > this.stand.version && !this.running && this.state.kind !== "conflict") {
      this.merge(current);
    }
  }

  /** Settles the fields that both changed: the keys in `mine` keep my value. */
  resolve(mine: ReadonlySet<string>): Changes {
    const taken: Changes = { figures: {}, reasons: {} };
    if (this.state.kind !== "conflict") return taken;
    for (const clash of this.state.clashes) {
      const wanted = mine.has(clash.key);
      if (wanted) place(this.changes, clash, clash.mine);
      else {
        place(taken, clash, clash.theirs);
        if (clash.what === "figure") delete this.changes.figures[clash.key];
        else delete this.changes.reasons[clash.key];
      }
    }
    this.become(this.unsent > 0 ? { kind: "pending" } : { kind: "idle" });
    if (this.unsent > 0) this.wait(0);
    else this.options.store.clear();
    return taken;
  }

  /** Stops timers; what is unsent stays in the browser. */
  stop(): void {
    this.callOff?.();
  }

  private wait(milliseconds: number): void {
    this.callOff?.();
    if (this.state.kind !== "retrying" && this.state.kind !== "saving") this.become({ kind: "pending" });
    this.callOff = this.options.later(() => void this.flush(), milliseconds);
  }

  private run(): Promise<void> {
    this.running = this.sendOnce().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async sendOnce(): Promise<void> {
    const sent = { figures: { ...this.changes.figures }, reasons: { ...this.changes.reasons } };
    this.become({ kind: "saving" });
    const answer = await this.options.send(this.stand.version, sent);
    switch (answer.kind) {
      case "saved":
        this.saved(sent, answer.version, answer.at);
        return;
      case "conflict":
        this.merge(answer.current);
        return;
      case "unreachable":
        this.become({ kind: "retrying" });
        this.wait(RETRIES_MS[Math.min(this.failures, RETRIES_MS.length - 1)] ?? 0);
        this.failures += 1;
        return;
      default:
        this.become(answer);
    }
  }

  private saved(sent: Changes, version: number, at: string): void {
    this.failures = 0;
    this.stand = {
      version,
      figures: { ...this.stand.figures, ...sent.figures },
      reasons: { ...this.stand.reasons, ...sent.reasons },
    };
    this.changes = unsaved(this.changes, this.stand);
    this.become({ kind: "saved", at });
    if (this.unsent > 0) {
      this.keep();
      this.wait(QUIET_MS);
    } else this.options.store.clear();
  }

  private merge({ by, at, ...current }: TheirStand): void {
    const figures = mergeChanges<number | null>(
      this.stand.figures,
      this.changes.figures,
      current.figures,
      null,
    );
    const reasons = mergeChanges(this.stand.reasons, this.changes.reasons, current.reasons, "");
    this.stand = current;
    this.changes = { figures: figures.mine, reasons: reasons.mine };
    const clashes = clashesOf(figures.clashes, reasons.clashes);
    // My side of a clash is kept in the browser until it is settled.
    for (const clash of clashes) place(this.changes, clash, clash.mine);
    this.keep();
    if (Object.keys(figures.theirs).length + Object.keys(reasons.theirs).length > 0) {
      this.options.onTaken({ figures: figures.theirs, reasons: reasons.theirs }, by);
    }
    if (clashes.length > 0) this.become({ kind: "conflict", by, at, clashes });
    else if (this.unsent > 0) this.wait(0);
    else this.become({ kind: "saved", at: at ?? "" });
  }

  private keep(): void {
    this.options.store.write(JSON.stringify({ base: this.stand, changes: this.changes }));
  }

  private become(state: SyncState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function unsaved(changes: Changes, stand: Stand): Changes {
  return {
    figures: differing<number | null>(changes.figures, stand.figures, null),
    reasons: differing(changes.reasons, stand.reasons, ""),
  };
}

function differing<V>(
  changes: Readonly<Record<string, V>>,
  stand: Readonly<Record<string, V>>,
  missing: V,
): Record<string, V> {
  return Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => value !== (stand[key] ?? missing)),
  );
}

function clashesOf(
  figures: readonly Clash<number | null>[],
  reasons: readonly Clash<string>[],
): FieldClash[] {
  return [
    ...figures.map((clash) => ({ what: "figure" as const, ...clash })),
    ...reasons.map((clash) => ({ what: "reason" as const, ...clash })),
  ];
}

function place(changes: Changes, clash: FieldClash, value: number | string | null): void {
  if (clash.what === "figure") changes.figures[clash.key] = value as number | null;
  else changes.reasons[clash.key] = String(value ?? "");
}

/** What an earlier visit kept; anything that does not look like it is nothing. */
function readKept(store: DraftStore): { base: Stand; changes: Changes } | null {
  const text = store.read();
  if (!text) return null;
  try {
    const kept = JSON.parse(text) as { base?: Partial<Stand>; changes?: Partial<Changes> };
    const { base, changes } = kept;
    if (!base?.figures || !base.reasons || typeof base.version !== "number") return null;
    if (!changes?.figures || !changes.reasons) return null;
    return {
      base: { version: base.version, figures: base.figures, reasons: base.reasons },
      changes: { figures: changes.figures, reasons: changes.reasons },
    };
  } catch {
    return null;
  }
}
