// @ts-check
// `npm run doctor|import|bench|operator|rotate-keys`: one task against the database, running or started for its duration.
import { join } from "node:path";
import { DATA, OPENING, openDatabase, openEmbedded, setUp, typescript, wantsDemo } from "./database.mjs";
import { installPackages } from "./install.mjs";
import { Lifetime } from "./lifetime.mjs";
import { checkNode, Failure, report, run, Steps } from "./steps.mjs";

/** @type {Record<string, string>} */
const TASKS = {
  doctor: "db/doctor.ts",
  import: "db/import.ts",
  operator: "db/operator.ts",
  "rotate-keys": "db/rotate-keys.ts",
  bench: "db/bench/main.ts",
};

const lifetime = new Lifetime();
try {
  const [task = "", ...args] = process.argv.slice(2);
  await lifetime.end(await runTask(task, args));
} catch (error) {
  if (!lifetime.ending) report(error);
  await lifetime.end(1);
}

/**
 * @param {string} task
 * @param {string[]} args
 * @returns {Promise<number>} the task's exit code
 */
async function runTask(task, args) {
  const file = TASKS[task];
  if (!file) throw new Failure(`There is no task "${task}", only ${Object.keys(TASKS).join(", ")}.`);
  checkNode();
  const steps = new Steps(3);
  /** @param {string} line */
  const log = (line) => steps.note(line);
  await steps.step("安装依赖 Installing packages", installPackages);
  const database = await steps.step(OPENING, () =>
    lifetime.hold(
      // The benchmark fills a database with millions of rows: never the one that somebody works in.
      () =>
        task === "bench"
          ? openEmbedded({ dataDir: join(DATA, "bench-pg"), log })
          : openDatabase({ use: "borrow", log }),
      (opened) => opened.stop(),
    ),
  );
  await steps.step("准备数据 Migrating and seeding", async () => {
    if (database.borrowed) return "已就绪 ready";
    return setUp(database, { demo: task !== "bench" && wantsDemo(database), log });
  });
  const { code } = await run(...typescript(file, args), {
    env: { ...process.env, ...database.env, MUSTER_DATA: DATA },
    inherit: true,
  });
  return code;
}
