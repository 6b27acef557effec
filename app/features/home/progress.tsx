import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Meter } from "~/ui/meter";
import type { ProgressCard } from "./model";

/** How far the month is below the reader, and who holds it up. */
export function Progress({ progress }: { progress: ProgressCard }) {
  const { t } = useTranslation(["home"]);
  return (
    <Card
      title={progress.title}
      footer={
        <>
          <LinkButton to={progress.to}>{t("progress.review")}</LinkButton>
          <LinkButton to={progress.toDashboard}>{t("progress.dashboard")}</LinkButton>
        </>
      }
    >
      <Meter
        label={progress.sentence}
        total={progress.total}
        segments={[
          { id: "accepted", value: progress.accepted, shade: "s1" },
          { id: "waiting", value: progress.waiting, shade: "s3" },
          { id: "returned", value: progress.returned, shade: "s2" },
        ]}
      />
      <p className="m-0 mt-2">{progress.sentence}</p>
      {progress.laggards.length > 0 && (
        <>
          <h3 className="m-0 mb-1 mt-4 text-base">{t("progress.laggards")}</h3>
          <ul className="m-0 list-none p-0">
            {progress.laggards.map((each) => (
              <li key={each.stationId}>
                <Link
                  to={each.to}
                  className="flex min-h-target items-center justify-between gap-3 border-t border-line py-1 text-ink no-underline hover:bg-accent-soft"
                >
                  <b className="font-semibold">{each.name}</b>
                  <span className="text-sm text-ink-2">{each.text}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
