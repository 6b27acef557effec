import pino, { type Logger } from "pino";
import { env } from "./env.server";

let logger: Logger | undefined;

/** One JSON line per event, with the reference. No names, no form content, no query strings. */
export function log(): Logger {
  logger ??= pino({
    level: env().logLevel,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        "password",
        "token",
        "cookie",
        "authorization",
        "phone",
        "idNumber",
        "name",
        "body",
        "*.password",
        "*.token",
        "*.cookie",
        "*.authorization",
        "*.phone",
        "*.idNumber",
        "*.name",
        "*.body",
        "*.parameters",
        "*.args",
        "*.query",
        "*.detail",
      ],
      censor: "[removed]",
    },
  });
  return logger;
}
