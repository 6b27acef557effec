import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { weaknessOf } from "@muster/domain/password";
import { isUsername, usernameOf } from "@muster/domain/username";
import { Pool } from "./client";
import { argonHash, generatedPassword } from "./password";
import { insertAccount, UsernameTaken } from "./queries/identity/accounts";
import { authUrlFrom } from "./roles";
import { withAuth } from "./scope";

/**
 * Makes a platform operator, who creates cities and sees no tenant data:
 *
 *     npm run operator -- create --username NAME [--name "FULL NAME"] [--generate]
 *
 * Asks for the password, or prints a generated one when there is nobody to ask or with --generate. It never takes
 * the password from the command line, where other users of the machine could read it.
 */
const USAGE = 'Usage: npm run operator -- create --username NAME [--name "FULL NAME"] [--generate]';

const WEAK = {
  tooShort: "The password needs at least 8 characters.",
  tooLong: "The password may have at most 128 characters.",
  common: "This password is one of those that are tried first. Choose another.",
  likeName: "The password must not be the username.",
};

export interface OperatorOptions {
  authUrl: string;
  username: string;
  name: string;
  password: string;
  now: Date;
}

/** Makes the account; throws one sentence when the name or the password will not do. */
export async function createOperator({
  authUrl,
  name,
  password,
  now,
  ...options
}: OperatorOptions): Promise<void> {
  const username = usernameOf(options.username);
  if (!isUsername(username))
    throw new Error("A username has 2 to 40 letters, digits, dots, hyphens or underscores.");
  const weakness = weaknessOf(password, username);
  if (weakness) throw new Error(WEAK[weakness]);
  const passwordHash = await argonHash(password);
  const pool = new Pool({ url: authUrl, size: 1, name: "muster-operator" });
  try {
    await withAuth(pool, now, (tx) => insertAccount(tx, { username, name, passwordHash, operator: true }));
  } catch (error) {
    if (error instanceof UsernameTaken) throw new Error(`The username ${username} is taken.`);
    throw error;
  } finally {
    await pool.end();
  }
}

/** Asks without showing what is typed. */
async function askPassword(): Promise<string> {
  process.stdout.write("密码 Password: ");
  process.stdin.setRawMode(true);
  let typed = "";
  try {
    for await (const chunk of process.stdin) {
      for (const key of String(chunk)) {
        if (key === "\r" || key === "\n") return typed;
        if (key === "\u0003") throw new Error("Cancelled.");
        typed = key === "\u007f" || key === "\b" ? [...typed].slice(0, -1).join("") : typed + key;
      }
    }
    return typed;
  } finally {
    process.stdin.setRawMode(false);
    process.stdout.write("\n");
  }
}

/** The first line of what is piped in, e.g. from a secret store; null for nothing. */
async function pipedPassword(): Promise<string | null> {
  for await (const line of createInterface({ input: process.stdin })) return line || null;
  return null;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { username: { type: "string" }, name: { type: "string" }, generate: { type: "boolean" } },
  });
  const { DATABASE_URL, AUTH_DATABASE_URL } = process.env;
  if (positionals[0] !== "create" || !values.username) throw new Error(USAGE);
  if (!DATABASE_URL) throw new Error("DATABASE_URL is not set.");
  const given = values.generate ? null : process.stdin.isTTY ? await askPassword() : await pipedPassword();
  const password = given ?? generatedPassword();
  await createOperator({
    authUrl: authUrlFrom(DATABASE_URL, AUTH_DATABASE_URL),
    username: values.username,
    name: values.name ?? values.username,
    password,
    now: new Date(),
  });
  console.log(`平台运营账号已建立 Operator created: ${usernameOf(values.username)}`);
  if (given === null) console.log(`一次性显示的密码 Password, shown once: ${password}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
