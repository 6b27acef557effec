import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { inputStyle } from "~/ui/input";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Notice } from "~/ui/notice";
import { Table } from "~/ui/table";
import type { ImportView } from "./import-frame.server";
import { ImportProgress } from "./import-progress";

/** Fewer rows are written before anybody wonders. */
const MOMENT = 500;

/** The view in an action's data, if that is what it is. */
export function importViewIn(data: unknown): ImportView | null {
  return typeof data === "object" && data !== null && "counts" in data ? (data as ImportView) : null;
}

/**
 * Uploading a file, looking at what it would do, and confirming exactly that. `heads` name the cells of `view.add`;
 * `hint` says what is taken where that is not the usual; `progress` is the address that says how far a confirmed file is,
 * for files that take a while.
 */
export function ImportFrame({
  view,
  refused,
  heads,
  hint,
  progress,
}: {
  view: ImportView | null;
  refused: Refused | null;
  heads: readonly string[];
  hint?: string;
  progress?: string;
}) {
  const { t } = useTranslation(["registers"]);
  return (
    <div className="grid max-w-4xl gap-4">
      {view && <Preview view={view} heads={heads} progress={progress} />}
      <Card title={t("import.fileTitle")}>
        <Form
          method="post"
          encType="multipart/form-data"
          className="grid grid-cols-[minmax(0,1fr)] gap-4"
          noValidate
        >
          <FormErrors refused={refused} fields={{ file: { label: t("import.file"), id: "file" } }} />
          <Field
            id="file"
            label={t("import.file")}
            hint={hint ?? t("import.fileHint")}
            error={fieldOf(refused, "file").error}
            required
          >
            {(control) => (
              <input
                {...control}
                type="file"
                name="file"
                accept=".xlsx"
                className={`${inputStyle()} min-w-0 py-2`}
              />
            )}
          </Field>
          <div>
            <SubmitButton intent="preview" tone={view?.confirm ? "plain" : "primary"}>
              {t("import.preview")}
            </SubmitButton>
          </div>
        </Form>
      </Card>
    </div>
  );
}

function Preview({
  view,
  heads,
  progress,
}: {
  view: ImportView;
  heads: readonly string[];
  progress?: string;
}) {
  const { t } = useTranslation(["registers"]);
  const f = useFormat();
  const { counts, faults, add, confirm } = view;
  return (
    <>
      <Card title={t("import.previewTitle")}>
        <KeyNumbers>
          <KeyNumber label={t("import.add")} value={f.integer(counts.add)} />
          <KeyNumber label={t("import.unchanged")} value={f.integer(counts.unchanged)} />
          <KeyNumber label={t("import.faulty")} value={f.integer(counts.faults)} />
        </KeyNumbers>
        {counts.faults > 0 ? (
          <Notice tone="bad">{t("import.blocked", { count: counts.faults })}</Notice>
        ) : (
          <Notice tone={confirm ? "good" : "info"}>{t(confirm ? "import.ready" : "import.nothing")}</Notice>
        )}
        {confirm && (
          <Form method="post" className="mt-3">
            <input type="hidden" name="digest" value={confirm.digest} />
            <input type="hidden" name="run" value={confirm.run} />
            {confirm.parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts keep their order
              <input key={index} type="hidden" name="parts" value={part} />
            ))}
            {counts.add > MOMENT && <p className="mt-0 mb-3 text-ink-2">{t("import.patience")}</p>}
            <SubmitButton intent="confirm">{t("import.confirm", { count: counts.add })}</SubmitButton>
            {progress && <ImportProgress address={progress} run={confirm.run} total={counts.add} />}
          </Form>
        )}
      </Card>
      {faults.length > 0 && (
        <Card title={t("import.faultsTitle")} flush>
          <Table
            caption={t("import.faultsTitle")}
            rows={faults}
            rowKey={(fault) => `${fault.line} ${fault.column} ${fault.reason}`}
            columns={[
              {
                id: "line",
                header: t("import.line"),
                tight: true,
                rowHeader: true,
                cell: ({ line }) => (line === 0 ? t("import.wholeFile") : line),
              },
              {
                id: "name",
                header: t("import.name"),
                tight: true,
                cell: ({ name }) => <span lang="zh-CN">{name}</span>,
              },
              { id: "column", header: t("import.column"), tight: true, cell: ({ column }) => column || "—" },
              { id: "reason", header: t("import.reason"), cell: ({ reason }) => reason },
            ]}
          />
        </Card>
      )}
      {faults.length === 0 && add.length > 0 && (
        <Card title={t("import.addTitle")} flush>
          <Table
            caption={t("import.addTitle")}
            rows={add}
            rowKey={(row) => row.line}
            columns={[
              { id: "line", header: t("import.line"), tight: true, numeric: true, cell: (row) => row.line },
              ...heads.map((header, i) => ({
                id: header,
                header,
                rowHeader: i === 0,
                cell: (row: ImportView["add"][number]) => <span lang="zh-CN">{row.cells[i]}</span>,
              })),
            ]}
          />
        </Card>
      )}
    </>
  );
}
