import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
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
import type { ImportView, ListedLine } from "./import-frame.server";
import { ImportProgress } from "./import-progress";

/** Fewer rows are written before anybody wonders. */
const MOMENT = 500;

/** The view in an action's data, if that is what it is. */
export function importViewIn(data: unknown): ImportView | null {
  return typeof data === "object" && data !== null && "counts" in data ? (data as ImportView) : null;
}

/** Words of one import in the place of the usual ones. */
type Words = Partial<
  Record<
    | ("file" | "fileHint" | "preview" | "previewTitle" | "add" | "change" | "unchanged" | "name")
    | ("nothing" | "confirm" | "addTitle" | "changeTitle" | "stale" | "staleNext"),
    string
  >
>;

interface Props {
  view: ImportView | null;
  refused: Refused | null;
  /** Names of the cells of `view.add`. */
  heads: readonly string[];
  /** Names of the cells of `view.change`. */
  changeHeads?: readonly string[];
  words?: Words;
  /** What kind of file is chosen. */
  accept?: string;
  /** The address that says how far a confirmed file is, for files that take a while. */
  progress?: string;
  /** Further fields of the upload, with what refusals call them. */
  fields?: Record<string, { label: string; id: string }>;
  children?: ReactNode;
}

/** Uploading a file, looking at what it would do, and confirming exactly that. */
export function ImportFrame({ refused, words = {}, accept = ".xlsx", fields, children, ...shown }: Props) {
  const { t } = useTranslation(["registers"]);
  const { view } = shown;
  const file = words.file ?? t("import.file");
  return (
    <div className="grid max-w-4xl gap-4">
      {view && <Preview {...shown} view={view} words={words} />}
      <Card title={t("import.fileTitle")}>
        <Form
          method="post"
          encType="multipart/form-data"
          className="grid grid-cols-[minmax(0,1fr)] gap-4"
          noValidate
        >
          <FormErrors refused={refused} fields={{ file: { label: file, id: "file" }, ...fields }} />
          <Field
            id="file"
            label={file}
            hint={words.fileHint ?? t("import.fileHint")}
            error={fieldOf(refused, "file").error}
            required
          >
            {(control) => (
              <input
                {...control}
                type="file"
                name="file"
                accept={accept}
                className={`${inputStyle()} min-w-0 py-2`}
              />
            )}
          </Field>
          {children}
          <div>
            <SubmitButton intent="preview" tone={view?.confirm ? "plain" : "primary"}>
              {words.preview ?? t("import.preview")}
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
  changeHeads = [],
  words,
  progress,
}: Pick<Props, "heads" | "changeHeads" | "progress"> & { view: ImportView; words: Words }) {
  const { t } = useTranslation(["registers"]);
  const f = useFormat();
  const { counts, faults, add, change = [], confirm } = view;
  return (
    <>
      {view.stale && (
        <Notice tone="warn" title={words.stale}>
          {words.staleNext}
        </Notice>
      )}
      <Card title={words.previewTitle ?? t("import.previewTitle")}>
        <KeyNumbers>
          <KeyNumber label={words.add ?? t("import.add")} value={f.integer(counts.add)} />
          {counts.change !== undefined && words.change && (
            <KeyNumber label={words.change} value={f.integer(counts.change)} />
          )}
          <KeyNumber label={words.unchanged ?? t("import.unchanged")} value={f.integer(counts.unchanged)} />
          <KeyNumber label={t("import.faulty")} value={f.integer(counts.faults)} />
        </KeyNumbers>
        {counts.faults > 0 ? (
          <Notice tone="bad">{t("import.blocked", { count: counts.faults })}</Notice>
        ) : (
          <Notice tone={confirm ? "good" : "info"}>
            {confirm ? t("import.ready") : (words.nothing ?? t("import.nothing"))}
          </Notice>
        )}
        {confirm && (
          <Form method="post" className="mt-3">
            <input type="hidden" name="digest" value={confirm.digest} />
            <input type="hidden" name="run" value={confirm.run} />
            {Object.entries(confirm.fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            {confirm.parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts keep their order
              <input key={index} type="hidden" name="parts" value={part} />
            ))}
            {counts.add > MOMENT && <p className="mt-0 mb-3 text-ink-2">{t("import.patience")}</p>}
            <SubmitButton intent="confirm">
              {words.confirm ?? t("import.confirm", { count: counts.add })}
            </SubmitButton>
            {progress && <ImportProgress address={progress} run={confirm.run} total={counts.add} />}
          </Form>
        )}
      </Card>
      {faults.length > 0 && <Faults faults={faults} name={words.name ?? t("import.name")} />}
      {faults.length === 0 && change.length > 0 && (
        <Lines title={words.changeTitle ?? ""} heads={changeHeads} lines={change} />
      )}
      {faults.length === 0 && add.length > 0 && (
        <Lines title={words.addTitle ?? t("import.addTitle")} heads={heads} lines={add} />
      )}
    </>
  );
}

function Faults({ faults, name: header }: { faults: ImportView["faults"]; name: string }) {
  const { t } = useTranslation(["registers"]);
  return (
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
            header,
            tight: true,
            cell: ({ name }) => (
              <span lang="zh-CN" className="break-all">
                {name}
              </span>
            ),
          },
          ...(faults.some(({ column }) => column)
            ? [
                {
                  id: "column",
                  header: t("import.column"),
                  tight: true,
                  cell: ({ column }: ImportView["faults"][number]) => column || "—",
                },
              ]
            : []),
          { id: "reason", header: t("import.reason"), cell: ({ reason }) => reason },
        ]}
      />
    </Card>
  );
}

function Lines({
  title,
  heads,
  lines,
}: {
  title: string;
  heads: readonly string[];
  lines: readonly ListedLine[];
}) {
  const { t } = useTranslation(["registers"]);
  return (
    <Card title={title} flush>
      <Table
        caption={title}
        rows={lines}
        rowKey={(row) => row.line}
        columns={[
          { id: "line", header: t("import.line"), tight: true, numeric: true, cell: (row) => row.line },
          ...heads.map((header, i) => ({
            id: header,
            header,
            rowHeader: i === 0,
            cell: (row: ListedLine) => <span lang="zh-CN">{row.cells[i]}</span>,
          })),
        ]}
      />
    </Card>
  );
}
