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

type Reading = Pick<MemberContext<unknown, unknown>, "actor" | "ability" | "t" | "locale" | "now" | "scoped">;

/** Reads one dashboard in one scoped transaction; throws 404 for a station out of scope. */
export function readDashboard(
  page: PageName,
  search: DashboardSearch,
  { actor, ability, t, locale, now, scoped }: Reading,
  { whole }: { whole: boolean } = { whole: false },
): Promise<DashboardData> {
  return scoped(async (tx) => {
    const ground = await readGround(tx, page, search, { actor, ability, t, locale, now, whole });
    const content = await CONTENTS[page](ground);
    return { ...content, frame: ground.frame };
  });
}
