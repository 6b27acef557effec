import { readFigure } from "@muster/domain/figures-input";
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { type Changes, type DraftStore, DraftSync, type SyncState } from "./draft-sync";
import { type FilingModel, fieldText, readingOf, textsOf } from "./model";
import { sendDraft } from "./send-draft";

type Texts = Record<string, string>;

/** What a refused or lost form held, to be shown again. */
export interface Typed {
  texts: Texts;
  reasons: Texts;
}

export interface Filing {
  /** Scripts run: saving goes by itself. */
  live: boolean;
  texts: Texts;
  reasons: Texts;
  reading: ReturnType<typeof readingOf>;
  /** Fields that the filer or an earlier save has set; the others show a proposal. */
  touched: ReadonlySet<string>;
  state: SyncState;
  unsent: number;
  /** Fields taken over from somebody else's save, and whose. */
  taken: { codes: string[]; by: string | null } | null;
  /** Fields that an earlier visit could not send. */
  restored: number;
  type(code: string, text: string): void;
  typeAll(texts: Texts): void;
  giveReason(key: string, reason: string): void;
  settle(mine: ReadonlySet<string>): void;
  flush(): Promise<boolean>;
  version(): number;
}

const IDLE: SyncState = { kind: "idle" };
const nothing = () => () => {};
const useBeforePaint = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** The form's state in the browser: what is typed, what the checks say of it, and how far it is saved. */
export function useFiling(model: FilingModel, typed: Typed | null): Filing {
  const [texts, setTexts] = useState<Texts>(() => ({ ...textsOf(model), ...typed?.texts }));
  const [reasons, setReasons] = useState<Texts>(() => ({ ...model.reasons, ...typed?.reasons }));
  const [touched, setTouched] = useState<ReadonlySet<string>>(
    () => new Set([...Object.keys(typed?.texts ?? {}), ...savedCodes(model)]),
  );
  const [taken, setTaken] = useState<Filing["taken"]>(null);
  const [restored, setRestored] = useState(0);
  const [sync, setSync] = useState<DraftSync | null>(null);
  const units = useMemo(() => new Map(model.indicators.map((i) => [i.code, i.unit])), [model.indicators]);
  // The report as it was when the form was opened; later saves are the sync's matter.
  const opened = useRef(model);
  const current = useRef({ texts, reasons });
  current.current = { texts, reasons };

  const show = useCallback(
    (changes: Changes) => {
      const shown = Object.entries(changes.figures).flatMap(([code, value]) => {
        const unit = units.get(code);
        return unit ? [[code, fieldText(value, unit)] as const] : [];
      });
      setTexts((before) => ({ ...before, ...Object.fromEntries(shown) }));
      setReasons((before) => ({ ...before, ...changes.reasons }));
      setTouched((before) => new Set([...before, ...shown.map(([code]) => code)]));
    },
    [units],
  );

  const differs = useCallback(
    (code: string, changes: Changes, shown: Texts) => {
      const unit = units.get(code);
      const read = unit ? readFigure(shown[code] ?? "", unit) : null;
      return !read?.ok || read.value !== (changes.figures[code] ?? null);
    },
    [units],
  );

  useBeforePaint(() => {
    const first = opened.current;
    if (!first.may.save) return;
    const made = new DraftSync({
      stand: { version: first.version, figures: first.saved, reasons: first.reasons },
      send: (version, changes) => sendDraft(first, version, changes),
      store: storeFor(first),
      later: (run, milliseconds) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      onTaken: (changes, by) => {
        const news = Object.keys(changes.figures).filter((code) =>
          differs(code, changes, current.current.texts),
        );
        show(changes);
        // What the screen shows already is no news: it was this very form that saved it.
        if (news.length > 0) setTaken({ codes: news, by });
      },
    });
    const kept = made.restore();
    if (kept) {
      show(kept);
      setRestored(Object.keys(kept.figures).length + Object.keys(kept.reasons).length);
    }
    // What was typed while the scripts were still on their way stands in the fields and nowhere else.
    const early = typedEarly(current.current.texts);
    if (Object.keys(early).length > 0) {
      setTexts((before) => ({ ...before, ...early }));
      setTouched((before) => new Set([...before, ...Object.keys(early)]));
      made.change({ figures: figuresIn(early, units) });
    }
    setSync(made);
    const hurry = () => void made.flush();
    const leaving = () => {
      if (document.visibilityState === "hidden") hurry();
    };
    window.addEventListener("online", hurry);
    document.addEventListener("visibilitychange", leaving);
    return () => {
      made.stop();
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", leaving);
    };
  }, [show, differs, units]);

  const { version, saved, reasons: savedReasons, savedAt, savedBy } = model;
  useEffect(() => {
    sync?.meet({ version, figures: saved, reasons: savedReasons, by: savedBy, at: savedAt });
  }, [sync, version, saved, savedReasons, savedBy, savedAt]);

  const state = useSyncExternalStore(
    sync?.subscribe ?? nothing,
    () => sync?.current() ?? IDLE,
    () => IDLE,
  );

  const typeAll = useCallback(
    (given: Texts) => {
      setTexts((before) => ({ ...before, ...given }));
      setTouched((before) => new Set([...before, ...Object.keys(given)]));
      sync?.change({ figures: figuresIn(given, units) });
    },
    [sync, units],
  );
  const type = useCallback((code: string, text: string) => typeAll({ [code]: text }), [typeAll]);
  const giveReason = useCallback(
    (key: string, reason: string) => {
      setReasons((before) => ({ ...before, [key]: reason }));
      sync?.change({ reasons: { [key]: reason.trim() } });
    },
    [sync],
  );

  return {
    live: sync !== null,
    texts,
    reasons,
    reading: useMemo(() => readingOf(model, texts), [model, texts]),
    touched,
    state,
    unsent: sync?.unsent ?? 0,
    taken,
    restored,
    type,
    typeAll,
    giveReason,
    settle: (mine) => {
      if (sync) show(sync.resolve(mine));
    },
    flush: async () => (sync ? sync.flush() : false),
    version: () => sync?.version ?? model.version,
  };
}

function savedCodes(model: FilingModel): string[] {
  return Object.keys(model.proposals).filter((code) => model.proposals[code]?.origin === "saved");
}

/** Texts that can be read as figures; the others wait in their fields until they can. */
function figuresIn(texts: Texts, units: ReadonlyMap<string, Parameters<typeof readFigure>[1]>) {
  const figures: Record<string, number | null> = {};
  for (const [code, text] of Object.entries(texts)) {
    const unit = units.get(code);
    const read = unit ? readFigure(text, unit) : null;
    if (read?.ok) figures[code] = read.value;
  }
  return figures;
}

function typedEarly(texts: Texts): Texts {
  const early: Texts = {};
  for (const [code, text] of Object.entries(texts)) {
    const field = document.getElementById(code);
    if (field instanceof HTMLInputElement && field.value !== text) early[code] = field.value;
  }
  return early;
}

/** Unsent changes of one person on one report, in this browser. */
function storeFor({ userId, stationId, period }: FilingModel): DraftStore {
  const key = `muster:draft:${userId}:${stationId}:${period}`;
  // Storage is missing in some private windows and full in others: then the page itself is all there is.
  const attempt = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return {
    read: () => attempt(() => localStorage.getItem(key), null),
    write: (text) => attempt(() => localStorage.setItem(key, text), undefined),
    clear: () => attempt(() => localStorage.removeItem(key), undefined),
  };
}
