import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Notice } from "~/ui/notice";
import { Table } from "~/ui/table";
import { Entered } from "./entered";
import type { StaffImportView } from "./import-view.server";
import { Marks } from "./roster-table";

/** The view in an action's data, if that is what it is. */
export function importViewIn(data: unknown): StaffImportView | null {
  return typeof data === "object" && data !== null && "counts" in data ? (data as StaffImportView) : null;
}

/** What the file would do, which rows are faulty, and the button that carries out exactly this. */
export function ImportPreview({ view: { counts, errors, add, confirm } }: { view: StaffImportView }) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return (
    <>
      <Card title={t("import.previewTitle")}>
        <KeyNumbers>
          <KeyNumber label={t("import.add")} value={f.integer(counts.add)} />
          <KeyNumber label={t("import.unchanged")} value={f.integer(counts.unchanged)} />
          <KeyNumber label={t("import.faulty")} value={f.integer(counts.errors)} />
        </KeyNumbers>
        {counts.errors > 0 ? (
          <Notice tone="bad">{t("import.blocked", { count: counts.errors })}</Notice>
        ) : (
          <Notice tone={confirm ? "good" : "info"}>{t(confirm ? "import.ready" : "import.nothing")}</Notice>
        )}
        {confirm && (
          <Form method="post" className="mt-3">
            <input type="hidden" name="digest" value={confirm.digest} />
            {confirm.parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts keep their order
              <input key={index} type="hidden" name="parts" value={part} />
            ))}
            <SubmitButton intent="confirm">{t("import.confirm", { count: counts.add })}</SubmitButton>
          </Form>
        )}
      </Card>
      {errors.length > 0 && (
        <Card title={t("import.errorsTitle")} flush>
          <Table
            caption={t("import.errorsTitle")}
            rows={errors}
            rowKey={(error) => `${error.line} ${error.reason}`}
            columns={[
              {
                id: "line",
                header: t("import.line"),
                tight: true,
                rowHeader: true,
                cell: ({ line }) => (line === 0 ? t("import.wholeFile") : line),
              },
              { id: "name", header: t("field.name"), tight: true, cell: ({ name }) => name },
              { id: "reason", header: t("import.reason"), cell: ({ reason }) => reason },
            ]}
          />
        </Card>
      )}
      {errors.length === 0 && add.length > 0 && (
        <Card title={t("import.addTitle")} flush>
          <Table
            caption={t("import.addTitle")}
            rows={add}
            rowKey={(row) => row.line}
            columns={[
              { id: "line", header: t("import.line"), tight: true, numeric: true, cell: (row) => row.line },
              { id: "name", header: t("field.name"), rowHeader: true, cell: (row) => row.name },
              { id: "post", header: t("field.post"), cell: (row) => <Entered>{row.post}</Entered> },
              {
                id: "employment",
                header: t("field.employment"),
                cell: (row) => t(`employment.${row.employment}`),
              },
              { id: "marks", header: t("column.marks"), cell: (row) => <Marks {...row} /> },
              { id: "from", header: t("field.validFrom"), tight: true, cell: (row) => f.date(row.validFrom) },
            ]}
          />
        </Card>
      )}
    </>
  );
}
