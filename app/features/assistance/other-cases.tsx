import type { OtherCase } from "@muster/db/queries/assistance/row";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Tag } from "~/ui/tag";
import { CASE_TONES } from "./labels";
import type { NamedType } from "./list-view.server";

/** Cases of one human being, the latest first. */
export function OtherCases({ cases, types }: { cases: readonly OtherCase[]; types: readonly NamedType[] }) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const nameOf = new Map(types.map(({ code, name }) => [code, name]));
  return (
    <ul className="m-0 list-none p-0">
      {cases.map((each) => (
        <li
          key={each.id}
          className="flex flex-wrap items-center gap-x-3 border-b border-line py-1.5 last:border-0"
        >
          <Link to={`/assistance/${each.id}`} className="inline-flex min-h-target flex-1 items-center">
            {nameOf.get(each.typeCode) ?? each.typeCode} · {f.date(each.appliedOn)}
          </Link>
          {each.paid !== null && <span>{t("case.money", { amount: f.money(each.paid) })}</span>}
          <Tag tone={CASE_TONES[each.state]}>{t(`state.${each.state}`)}</Tag>
        </li>
      ))}
    </ul>
  );
}
