import { describe, expect, it } from "vitest";
import { type SendAnswer, UploadQueue, type Waiting, type WaitingStore } from "./upload-queue";

const SUBJECT = { kind: "station", id: "7" } as const;
const file = (id: string, over: Partial<Waiting> = {}): Waiting => ({
  id,
  owner: "me",
  subject: SUBJECT,
  title: `文件${id}`,
  expiresOn: "",
  file: new Blob([id]),
  ...over,
});

function storeOf(...items: Waiting[]): WaitingStore & { held: Map<string, Waiting> } {
  const held = new Map(items.map((item) => [item.id, item]));
  return {
    held,
    all: async () => [...held.values()],
    put: async (item) => void held.set(item.id, item),
    drop: async (id) => void held.delete(id),
  };
}

function queueOf(store: WaitingStore, answers: Record<string, SendAnswer[]>) {
  const sent: string[] = [];
  const timers: (() => void)[] = [];
  let stored = 0;
  const queue = new UploadQueue({
    owner: "me",
    subjects: [SUBJECT],
    store,
    send: async (item, onShare) => {
      sent.push(item.id);
      onShare(0.5);
      return answers[item.id]?.shift() ?? { kind: "stored" };
    },
    later: (run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
    onStored: () => {
      stored += 1;
    },
  });
  return { queue, sent, timers, stored: () => stored };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const states = (queue: UploadQueue) => queue.current().map(({ id, state }) => `${id} ${state.kind}`);

describe("files that wait to be sent", () => {
  it("are sent in their order and forgotten once the server has them", async () => {
    const store = storeOf();
    const { queue, sent, stored } = queueOf(store, {});
    await queue.add(SUBJECT, [file("a"), file("b")]);
    await settle();
    expect({ sent, stored: stored(), held: store.held.size, lines: queue.current() }).toEqual({
      sent: ["a", "b"],
      stored: 2,
      held: 0,
      lines: [],
    });
  });

  it("go at once when the network comes back while one that is to fail is still on its way", async () => {
    const sent: string[] = [];
    const timers: (() => void)[] = [];
    let fail = (_: SendAnswer) => {};
    const queue = new UploadQueue({
      owner: "me",
      subjects: [SUBJECT],
      store: storeOf(),
      send: async (item) => {
        sent.push(item.id);
        if (sent.length > 1) return { kind: "stored" };
        return new Promise<SendAnswer>((answer) => {
          fail = answer;
        });
      },
      later: (run) => {
        timers.push(run);
        return () => {};
      },
      onStored: () => {},
    });
    await queue.add(SUBJECT, [file("a")]);
    await settle();
    await queue.retry();
    fail({ kind: "unreachable" });
    await settle();
    expect({ sent, timers: timers.length, lines: queue.current() }).toEqual({
      sent: ["a", "a"],
      timers: 0,
      lines: [],
    });
  });

  it("stay in the browser while the network is away, and go when it is back", async () => {
    const store = storeOf();
    const { queue, sent, timers } = queueOf(store, { a: [{ kind: "unreachable" }] });
    await queue.add(SUBJECT, [file("a"), file("b")]);
    await settle();
    expect(states(queue)).toEqual(["a retrying", "b retrying"]);
    expect([...store.held.keys()]).toEqual(["a", "b"]);
    expect(timers.length).toBe(1);
    await queue.retry();
    await settle();
    expect({ sent, lines: queue.current(), timers: timers.length }).toEqual({
      sent: ["a", "a", "b"],
      lines: [],
      timers: 0,
    });
  });

  it("of an earlier visit go first, and only those of this role and subject", async () => {
    const store = storeOf(
      file("old"),
      file("other", { owner: "colleague" }),
      file("elsewhere", { subject: { kind: "station", id: "8" } }),
    );
    const { queue, sent } = queueOf(store, {});
    await queue.restore();
    await settle();
    expect(sent).toEqual(["old"]);
    expect([...store.held.keys()]).toEqual(["other", "elsewhere"]);
  });

  it("that the server refuses are not kept, say why, and hold nothing up", async () => {
    const store = storeOf();
    const { queue, sent } = queueOf(store, { a: [{ kind: "refused", message: "文件已损坏" }] });
    await queue.add(SUBJECT, [file("a"), file("b")]);
    await settle();
    expect(sent).toEqual(["a", "b"]);
    expect(queue.current()).toEqual([
      { id: "a", subject: SUBJECT, title: "文件a", state: { kind: "refused", message: "文件已损坏" } },
    ]);
    expect(store.held.size).toBe(0);
    await queue.drop("a");
    expect(queue.current()).toEqual([]);
  });

  it("wait for a sign-in without being tried again and again", async () => {
    const store = storeOf();
    const { queue, sent, timers } = queueOf(store, { a: [{ kind: "signed_out" }] });
    await queue.add(SUBJECT, [file("a"), file("b")]);
    await settle();
    expect({ sent, timers: timers.length, states: states(queue) }).toEqual({
      sent: ["a"],
      timers: 0,
      states: ["a signed_out", "b waiting"],
    });
    expect(store.held.size).toBe(2);
  });

  it("are sent all the same where the browser keeps nothing, and the page knows", async () => {
    const broken: WaitingStore = {
      all: () => Promise.reject(new Error("no")),
      put: () => Promise.reject(new Error("no")),
      drop: () => Promise.reject(new Error("no")),
    };
    const { queue, sent } = queueOf(broken, {});
    await queue.restore();
    await queue.add(SUBJECT, [file("a")]);
    await settle();
    expect({ sent, kept: queue.kept, lines: queue.current() }).toEqual({
      sent: ["a"],
      kept: false,
      lines: [],
    });
  });

  it("of several subjects are each shown at theirs, and what is chosen while the list is read waits once", async () => {
    const other = { kind: "assessment_item", id: "7-2026-1-G5" } as const;
    const store = storeOf(
      file("left", { subject: other }),
      file("elsewhere", { subject: { ...other, id: "8-2026-1-G5" } }),
    );
    const queue = new UploadQueue({
      owner: "me",
      subjects: [SUBJECT, other],
      store,
      send: async () => ({ kind: "unreachable" }),
      later: () => () => {},
      onStored: () => {},
    });
    const restoring = queue.restore();
    await queue.add(SUBJECT, [file("new")]);
    await restoring;
    await settle();
    expect(queue.current().map(({ id, subject }) => [id, subject])).toEqual([
      ["left", other],
      ["new", SUBJECT],
    ]);
    expect([...store.held.keys()].sort()).toEqual(["elsewhere", "left", "new"]);
  });
});
