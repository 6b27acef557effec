import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { round } from "./measure";

/** What work took, apart from how long it waited: on a machine that others use too, rates alone mislead. */
export interface Effort {
  /** Milliseconds of processor time of one operation, in this process and in PostgreSQL. */
  clientCpu: number;
  databaseCpu: number;
  /** Share of all cores that the two had meanwhile; the rest was idle or somebody else's. */
  shareOfMachine: number;
}

/** Counts the processor time of this process and of the PostgreSQL whose postmaster is `postmaster`. */
export async function withEffort<T>(
  postmaster: number,
  operations: (result: T) => number,
  work: () => Promise<T>,
): Promise<{ result: T; effort: Effort }> {
  const [cpu, database, began] = [process.cpuUsage(), databaseMilliseconds(postmaster), performance.now()];
  const result = await work();
  const elapsed = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  const client = (user + system) / 1000;
  const server = databaseMilliseconds(postmaster) - database;
  const count = operations(result);
  return {
    result,
    effort: {
      clientCpu: round(client / count),
      databaseCpu: round(server / count),
      shareOfMachine: round((client + server) / elapsed / cpus().length),
    },
  };
}

/** Linux counts in hundredths of a second; elsewhere nothing is counted. */
const TICK = 10;

/** Processor time of one process so far, and its parent; null when it has ended. */
function timesOf(pid: number): { parent: number; milliseconds: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name may hold anything; what follows it are numbers: state, parent, ..., user and system time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), milliseconds: (Number(fields[11]) + Number(fields[12])) * TICK };
  } catch {
    return null;
  }
}

/** Processor time of a process so far, in milliseconds. */
export function processMilliseconds(pid: number): number {
  return timesOf(pid)?.milliseconds ?? 0;
}

/** Processor time of a PostgreSQL so far: its postmaster's and every child's. */
export function databaseMilliseconds(postmaster: number): number {
  let sum = 0;
  for (const pid of processes()) {
    const times = timesOf(pid);
    if (times && (pid === postmaster || times.parent === postmaster)) sum += times.milliseconds;
  }
  return sum;
}

function processes(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
