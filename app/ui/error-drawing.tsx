export type ErrorKind =
  | "400"
  | "401"
  | "403"
  | "404"
  | "405"
  | "409"
  | "410"
  | "413"
  | "415"
  | "422"
  | "429"
  | "500"
  | "503"
  | "offline";

/** Line drawings, one per kind of trouble: a lost sheet, a closed gate, two hands on one sheet, a marked line, ... */
const DRAWINGS: Partial<Record<ErrorKind, string>> = {
  "403": "M34 84V44h52v40M24 84h72M46 44V34a14 14 0 0 1 28 0v10M60 58v10",
  "404":
    "M36 22h34l16 16v28M36 22v66h22M70 22v16h16M78 92a14 14 0 1 0 0-28 14 14 0 0 0 0 28M88 88l10 10M46 46h20M46 58h12",
  "409": "M28 26h38v54H28zM54 40h38v54H54zM36 40h10M62 56h20M62 68h20M62 80h12",
  "422": "M32 22h56v76H32zM42 38h36M42 52h22M42 80h36M42 66h8M58 60l6 12h-12z",
  "503": "M60 26v-6M60 100v-6M26 60h-6M100 60h-6M60 38v22l14 10M60 92a32 32 0 1 0 0-64 32 32 0 0 0 0 64",
  offline: "M22 50a56 56 0 0 1 76 0M36 66a36 36 0 0 1 48 0M60 88h.01M26 26l68 68",
};
const FALLBACK = "M26 28h68v48H26zM46 92h28M60 76v16M60 40v16M60 64h.01";

/** Says by its shape, too, what kind of trouble it is. */
export function ErrorDrawing({ kind }: { kind: ErrorKind }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 120 120" className="h-24 w-24 text-accent">
      <circle cx="60" cy="60" r="56" fill="var(--accent-soft)" />
      <path
        d={DRAWINGS[kind] ?? FALLBACK}
        fill="none"
        stroke="currentColor"
        strokeWidth="4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
