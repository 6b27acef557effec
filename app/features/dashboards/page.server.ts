import type { Locale, Translate } from "~/i18n/locales";
import type { MemberContext } from "~/server/route.server";
import { assistanceContent } from "./assistance.server";
import { completenessContent } from "./completeness.server";
import { complianceContent } from "./compliance.server";
import { figuresContent } from "./figures.server";
import { type Ground, readGround } from "./ground.server";
import type { Content, Frame, PageName } from "./model";
import { overviewContent } from "./overview.server";
import type { DashboardSearch } from "./search.server";
import { staffingContent } from "./staffing.server";

const CONTENTS: Record<PageName, (ground: Ground) => Promise<Content>> = {
  overview: overviewContent,
  compliance: complianceContent,
  staffing: staffingContent,
  assistance: assistanceContent,
  figures: figuresContent,
  completeness: completenessContent,
};

/** Everything a dashboard shows. */
export interface DashboardData extends Content {
  frame: Frame;
}

type Reading = Pick<MemberContext<unknown, unknown>, "actor" | "t" | "locale" | "now" | "scoped">;

const words = new Map<Locale, Map<string, string>>();

/**
 * A translator that looks up each plain word once: a page asks for some hundred of them, and i18next resolves the
 * language anew each time. Sentences with values still go to it.
 */
function remembering(t: Translate, locale: Locale): Translate {
  const known = words.get(locale) ?? new Map<string, string>();
  words.set(locale, known);
  const ask = t as unknown as (key: string, values?: object) => string;
  const remembered = (key: string, values?: object): string => {
    if (values) return ask(key, values);
    const found = known.get(key) ?? ask(key);
    known.set(key, found);
    return found;
  };
  return remembered as unknown as Translate;
}

/** Reads one dashboard in one scoped transaction; throws 404 for a station out of scope. */
export function readDashboard(
  page: PageName,
  search: DashboardSearch,
  { actor, t, locale, now, scoped }: Reading,
): Promise<DashboardData> {
  return scoped(async (tx) => {
    const ground = await readGround(tx, page, search, { actor, t: remembering(t, locale), locale, now });
    const content = await CONTENTS[page](ground);
    return { ...content, frame: ground.frame };
  });
}
