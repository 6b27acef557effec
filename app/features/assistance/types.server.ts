import type { TypeWords } from "@muster/db/queries/assistance/types";
import { parsePeriod } from "@muster/domain/period";
import type { z } from "zod";
import { unprocessable } from "~/server/errors.server";
import type { TypeFields } from "./forms";

/** What the form of a kind says, and from which month and catalogue on; 422 for a month that is none. */
export function editOf(form: z.output<typeof TypeFields>): {
  version: number;
  from: ReturnType<typeof monthOf>;
  words: TypeWords;
} {
  const { version, from, nameZh, nameEn, verify, review, approval, payment, followUp, ...rest } = form;
  return {
    version,
    from: monthOf(from),
    words: {
      ...rest,
      name: { zh: nameZh, en: nameEn },
      days: { verify, review, approval, payment, followUp },
    },
  };
}

function monthOf(text: string) {
  const period = parsePeriod(text);
  if (!period)
    throw unprocessable("unprocessable", {
      params: { count: 1 },
      fields: { from: "settings:catalogue.problem.month" },
    });
  return period;
}
