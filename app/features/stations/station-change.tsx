import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";
import type { changeLoader } from "./change.server";
import { type ChangeField, ChangeInput, LABELS } from "./change-fields";
import type { ChangeKind } from "./change-page";
import { ChangeScreen, previewIn } from "./change-screen";

/** The changes that take a station away are marked so. */
const ENDING: readonly ChangeKind[] = ["close", "merge"];

/** The page of a reorganisation; `fields` says what is entered, in this order. */
export function StationChange({ kind, fields }: { kind: ChangeKind; fields: readonly ChangeField[] }) {
  const { station, today, choices } = useLoaderData<ReturnType<typeof changeLoader>>();
  const data = useActionData<unknown>();
  const preview = previewIn(data);
  const refused = refusalIn(data);
  const { t } = useTranslation(["stations"]);
  const labels = fields.map((id) => [id, { label: t(`form.${LABELS[id]}`), id }]);
  const chooses = fields.some((field) => field === "parentId" || field === "intoId");
  return (
    <ChangeScreen
      title={`${station.name} · ${t(`change.title.${kind}`)}`}
      note={t(`change.note.${kind}`)}
      station={station}
      refused={refused}
      preview={preview}
      confirm={t(`change.confirm.${kind}`)}
      danger={ENDING.includes(kind)}
      labels={Object.fromEntries(labels)}
    >
      {chooses && choices.length === 0 && <Notice tone="warn">{t("form.noTarget")}</Notice>}
      {fields.map((field) => (
        <ChangeInput
          key={field}
          name={field}
          refused={refused}
          entered={preview?.entered}
          station={station}
          today={today}
          choices={choices}
        />
      ))}
    </ChangeScreen>
  );
}
