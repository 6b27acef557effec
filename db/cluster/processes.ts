import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * A process as it is written into state files. The kernel reuses process numbers, so the number alone
 * would take a stranger for our server; `started` (clock ticks since boot on Linux, "" elsewhere) tells
 * the two apart.
 */
export interface ProcessMark {
  pid: number;
  started: string;
}

/** The mark of a process of this machine, to be compared later with `lives`. */
export function markOf(pid: number): ProcessMark {
  return { pid, started: startedAt(pid) };
}

/** Whether the marked process (not merely another one with its number) is running. */
export function lives(mark: ProcessMark): boolean {
  return pidLives(mark.pid) && (mark.started === "" || startedAt(mark.pid) === mark.started);
}

/**
 * Whether any process has this number; one that we may not signal counts as living, one that has ended
 * but waits for its parent to notice (a container's first process may take its time) does not.
 */
export function pidLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statOf(pid)[0] !== "Z";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process with blanks between its words, "" when it is gone or hidden. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return process.platform === "linux" ? "" : commandFromPs(pid);
  }
}

function commandFromPs(pid: number): string {
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

function startedAt(pid: number): string {
  return statOf(pid)[19] ?? "";
}

/** The fields of /proc/<pid>/stat after the program's name, the state first; empty where there is none. */
function statOf(pid: number): string[] {
  try {
    // The name stands in parentheses and may hold blanks: count from its end.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
