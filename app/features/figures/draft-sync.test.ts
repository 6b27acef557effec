import { describe, expect, it } from "vitest";
import { type Changes, DraftSync, type SaveAnswer, type Stand, type TheirStand } from "./draft-sync";

/** A server with one report, a browser store, and a clock that is turned by hand. */
function desk(figures: Stand["figures"] = { A01: 10, C01: null }, kept: string | null = null) {
  const server = { version: 1, figures: { ...figures }, reasons: {} as Record<string, string> };
  const timers: (() => void)[] = [];
  const taken: { changes: Changes; by: string | null }[] = [];
  const memory = { text: kept };
  const wire: { answer?: SaveAnswer; sent: Changes[]; hold?: Promise<void> } = { sent: [] };
  const sync = new DraftSync({
    stand: { version: 1, figures: { ...figures }, reasons: {} },
    send: async (version, changes) => {
      wire.sent.push(changes);
      await wire.hold;
      if (wire.answer) return wire.answer;
      if (version !== server.version) {
        const current: TheirStand = { ...server, figures: { ...server.figures }, by: "李四", at: "20:12" };
        return { kind: "conflict", current };
      }
      Object.assign(server.figures, changes.figures);
      Object.assign(server.reasons, changes.reasons);
      server.version += 1;
      return { kind: "saved", version: server.version, at: "20:14" };
    },
    store: {
      read: () => memory.text,
      write: (text) => {
        memory.text = text;
      },
      clear: () => {
        memory.text = null;
      },
    },
    later: (run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
    onTaken: (changes, by) => taken.push({ changes, by }),
  });
  const pass = async () => {
    for (let turn = 0; turn < 10; turn++) {
      timers.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  return { server, sync, memory, wire, taken, pass, timers };
}

describe("keeping a draft on the server", () => {
  it("sends what changed after a pause, and forgets the copy in the browser", async () => {
    const { sync, server, memory, wire, pass } = desk();
    sync.change({ figures: { C01: 3 } });
    sync.change({ figures: { C01: 31 } });
    expect(sync.current().kind).toBe("pending");
    expect(memory.text).toContain("31");
    await pass();
    expect(wire.sent).toEqual([{ figures: { C01: 31 }, reasons: {} }]);
    expect(server.figures.C01).toBe(31);
    expect(sync.current()).toEqual({ kind: "saved", at: "20:14" });
    expect(memory.text).toBeNull();
  });

  it("sends nothing for a value taken back in time", async () => {
    const { sync, wire, memory, pass } = desk();
    sync.change({ figures: { A01: 11 } });
    sync.change({ figures: { A01: 10 } });
    await pass();
    expect(wire.sent).toEqual([]);
    expect(memory.text).toBeNull();
  });

  it("sends the second value when the first is taken back while on its way", async () => {
    const { sync, server, wire, pass } = desk();
    let release = () => {};
    wire.hold = new Promise((resolve) => {
      release = resolve;
    });
    sync.change({ figures: { A01: 11 } });
    const first = sync.flush();
    sync.change({ figures: { A01: 10 } });
    release();
    wire.hold = undefined;
    await first;
    await pass();
    expect(server.figures.A01).toBe(10);
    expect(sync.unsent).toBe(0);
  });

  it("keeps trying without a network, and sends once it is back", async () => {
    const { sync, server, wire, memory, pass, timers } = desk();
    wire.answer = { kind: "unreachable" };
    sync.change({ figures: { C01: 3 } });
    expect(await sync.flush()).toBe(false);
    expect(sync.current().kind).toBe("retrying");
    expect(timers).toHaveLength(1);
    expect(memory.text).toContain('"C01":3');
    wire.answer = undefined;
    await pass();
    expect(server.figures.C01).toBe(3);
  });

  it("takes up what an earlier visit could not send", async () => {
    const first = desk();
    first.wire.answer = { kind: "unreachable" };
    first.sync.change({ figures: { C01: 3 }, reasons: { "K16:C01": "节日" } });
    const second = desk(undefined, first.memory.text);
    expect(second.sync.restore()).toEqual({ figures: { C01: 3 }, reasons: { "K16:C01": "节日" } });
    await second.pass();
    expect(second.server).toMatchObject({ figures: { C01: 3 }, reasons: { "K16:C01": "节日" } });
  });

  it("asks about a kept value when somebody has saved another one since", () => {
    const first = desk();
    first.sync.change({ figures: { A01: 11 } });
    const second = desk({ A01: 12, C01: null }, first.memory.text);
    expect(second.sync.restore()).toEqual({ figures: { A01: 11 }, reasons: {} });
    expect(second.sync.current()).toMatchObject({
      kind: "conflict",
      clashes: [{ key: "A01", base: 10, mine: 11, theirs: 12 }],
    });
  });

  it("passes over a damaged copy in the browser", () => {
    for (const text of [
      "{",
      "[]",
      '{"base":1}',
      '{"base":{"version":1,"figures":{},"reasons":{}}}',
      "null",
    ]) {
      expect(desk(undefined, text).sync.restore()).toBeNull();
    }
  });
});

describe("two people on one report", () => {
  it("keeps both people's fields, and says what was taken over from whom", async () => {
    const { sync, server, taken, pass } = desk();
    Object.assign(server, { version: 2, figures: { A01: 12, C01: null } });
    sync.change({ figures: { C01: 3 } });
    await pass();
    expect(server.figures).toEqual({ A01: 12, C01: 3 });
    expect(taken).toEqual([{ changes: { figures: { A01: 12 }, reasons: {} }, by: "李四" }]);
  });

  it("asks about a field both changed, sends nothing before, and then what was chosen", async () => {
    const { sync, server, wire, memory, pass } = desk();
    Object.assign(server, { version: 2, figures: { A01: 12, C01: 5 } });
    sync.change({ figures: { A01: 11, C01: 3 } });
    await pass();
    expect(sync.current()).toMatchObject({ kind: "conflict", by: "李四" });
    expect(await sync.flush()).toBe(false);
    expect(wire.sent).toHaveLength(1);
    expect(memory.text).toContain('"A01":11');
    expect(sync.resolve(new Set(["A01"]))).toEqual({ figures: { C01: 5 }, reasons: {} });
    await pass();
    expect(server.figures).toEqual({ A01: 11, C01: 5 });
    expect(sync.unsent).toBe(0);
    expect(memory.text).toBeNull();
  });

  it("takes over what the page finds saved when it is read again, and keeps what is unsent", async () => {
    const { sync, server, taken, pass } = desk();
    sync.change({ figures: { C01: 3 } });
    Object.assign(server, { version: 4, figures: { A01: 12, C01: null } });
    sync.meet({ version: 4, figures: { A01: 12, C01: null }, reasons: {}, by: "李四", at: "20:12" });
    sync.meet({ version: 3, figures: { A01: 99 }, reasons: {}, by: null, at: null });
    expect(taken).toEqual([{ changes: { figures: { A01: 12 }, reasons: {} }, by: "李四" }]);
    await pass();
    expect(server.figures).toEqual({ A01: 12, C01: 3 });
  });

  it("stops and says why when the server refuses", async () => {
    const { sync, wire, memory, pass } = desk();
    wire.answer = { kind: "refused", message: "市局已锁定", next: "请联系市局" };
    sync.change({ figures: { A01: 11 } });
    await pass();
    expect(sync.current()).toEqual({ kind: "refused", message: "市局已锁定", next: "请联系市局" });
    expect(memory.text).toContain("11");
  });
});
