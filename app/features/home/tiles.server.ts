import { mayAny } from "@muster/access/ability";
import type { Period } from "@muster/domain/period";
import { formatMonth } from "~/i18n/format";
import type { MemberContext } from "~/server/prepare.server";
import type { Tile } from "./model";

type Reader = Pick<MemberContext<unknown, unknown>, "ability" | "actor" | "locale" | "t">;

/** Ways to the pages this role uses most; only what exists and what the role may open. */
export function tilesFor({ ability, actor, t, locale }: Reader, current: Period): Tile[] {
  const tiles: Tile[] = [];
  const add = (
    id:
      | "month"
      | "visit"
      | "reception"
      | "months"
      | "review"
      | "dashboard"
      | "assistance"
      | "station"
      | "stations"
      | "users"
      | "audit",
    to: string,
  ) =>
    tiles.push({
      id,
      title: t(`home:tile.${id}`),
      note: t(`home:tileNote.${id}`, { period: formatMonth(current, locale) }),
      to,
    });
  const files = mayAny(ability, "fill", "MonthlyReport");
  const looks = mayAny(ability, "remark", "Remark");
  if (files) add("month", `/stations/${actor.stationId}/months/${current}`);
  if (mayAny(ability, "create", "Visit")) add("visit", "/visits/new");
  if (files && mayAny(ability, "create", "Reception")) add("reception", "/reception/new");
  if (looks) add("review", "/review");
  if (files && !looks) add("months", "/months");
  if (mayAny(ability, "read", "Dashboard")) add("dashboard", "/dashboard");
  if (mayAny(ability, "create", "Assistance")) add("assistance", "/assistance");
  if (files && !looks) add("station", `/stations/${actor.stationId}`);
  else if (mayAny(ability, "read", "Station")) add("stations", "/stations");
  if (mayAny(ability, "invite", "Membership") && !files) add("users", "/users");
  if (mayAny(ability, "read", "AuditLog") && !mayAny(ability, "invite", "Membership")) add("audit", "/audit");
  return tiles.slice(0, 4);
}
