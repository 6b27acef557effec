import type { LocalDate } from "@muster/domain/period";
import type { PetitionState } from "@muster/domain/petition";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Link } from "~/ui/link";
import { StateTag as PetitionTag } from "../petitions/clock";
import { Entered } from "../staff/entered";
import type { ShownEntry } from "./list-view.server";
import { StateTag } from "./reception-list";

/** What somebody of the archive came to the counter for, and their petitions for those who may read petitions. */
export function PersonCounter({
  personId,
  receptions,
  petitions,
  logs,
}: {
  personId: string;
  receptions: readonly Pick<ShownEntry, "id" | "day" | "question" | "shownState">[];
  petitions: readonly { id: string; receivedOn: LocalDate; subject: string; state: PetitionState }[] | null;
  /** Keeps the counter log of the station. */
  logs: boolean;
}) {
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  const line = "flex flex-wrap items-center gap-x-3 border-b border-line py-1 last:border-b-0";
  return (
    <Card
      title={t("person.title")}
      aside={logs && <LinkButton to={`/reception/new?person=${personId}`}>{t("person.log")}</LinkButton>}
    >
      {receptions.length + (petitions?.length ?? 0) === 0 && (
        <p className="m-0 text-ink-3">{t("person.none")}</p>
      )}
      <ul className="m-0 list-none p-0">
        {petitions?.map(({ id, receivedOn, subject, state }) => (
          <li key={id} className={line}>
            <span>{f.date(receivedOn)}</span>
            <Link to={`/petitions/${id}`} className="inline-flex min-h-target min-w-0 flex-1 items-center">
              <Entered>{subject}</Entered>
            </Link>
            <PetitionTag state={state} />
          </li>
        ))}
        {receptions.map((entry) => (
          <li key={entry.id} className={line}>
            <span>{f.date(entry.day)}</span>
            <Link
              to={`/reception/${entry.id}`}
              className="inline-flex min-h-target min-w-0 flex-1 items-center"
            >
              <Entered>{entry.question}</Entered>
            </Link>
            <StateTag entry={entry} />
          </li>
        ))}
      </ul>
      {receptions.length > 0 && (
        <Link to={`/reception?person=${personId}`} className="inline-flex min-h-target items-center">
          {t("person.all")}
        </Link>
      )}
    </Card>
  );
}
