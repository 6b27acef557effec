import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Notice } from "~/ui/notice";
import { Table } from "~/ui/table";
import type { ImportView } from "./import-file.server";

/** The view in an action's data, if that is what it is. */
export function importViewIn(data: unknown): ImportView | null {
  return typeof data === "object" && data !== null && "counts" in data ? (data as ImportView) : null;
}

/** What the file would do: how many, which rows are faulty, and the button that carries out exactly this. */
export function ImportPreview({ view }: { view: ImportView }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  const { counts, confirm, otherPlan } = view;
  const changes = counts.create + counts.rename;
  return (
    <>
      {otherPlan && (
        <Notice tone="warn" title={t("import.otherPlan.message")}>
          {t("import.otherPlan.next")}
        </Notice>
      )}
      <Card title={t("import.previewTitle")}>
        <KeyNumbers>
          <KeyNumber label={t("import.create")} value={f.integer(counts.create)} />
          <KeyNumber label={t("import.rename")} value={f.integer(counts.rename)} />
          <KeyNumber label={t("import.unchanged")} value={f.integer(counts.unchanged)} />
          <KeyNumber label={t("import.faulty")} value={f.integer(counts.errors)} />
        </KeyNumbers>
        {counts.errors > 0 ? (
          <Notice tone="bad">{t("import.blocked", { count: counts.errors })}</Notice>
        ) : (
          <Notice tone={confirm ? "good" : "info"}>{t(confirm ? "import.ready" : "import.nothing")}</Notice>
        )}
        {confirm && (
          <Form method="post" className="mt-3 flex flex-wrap gap-2">
            <input type="hidden" name="digest" value={confirm.digest} />
            <input type="hidden" name="openedOn" value={confirm.openedOn} />
            {confirm.parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts keep their order
              <input key={index} type="hidden" name="parts" value={part} />
            ))}
            <SubmitButton intent="confirm">{t("import.confirm", { count: changes })}</SubmitButton>
            <LinkButton to="/stations/import">{t("import.again")}</LinkButton>
          </Form>
        )}
      </Card>
      {counts.errors > 0 && <Errors view={view} />}
      {counts.errors === 0 && view.rename.length > 0 && <Renames view={view} />}
      {counts.errors === 0 && view.create.length > 0 && <Creates view={view} />}
    </>
  );
}

function Shown({ shown, total }: { shown: number; total: number }) {
  const { t } = useTranslation(["stations"]);
  if (shown >= total) return null;
  return <p className="m-0 px-4 py-2 text-sm text-ink-3">{t("import.shown", { shown, total })}</p>;
}

function Errors({ view: { errors, counts } }: { view: ImportView }) {
  const { t } = useTranslation(["stations"]);
  return (
    <Card title={t("import.errorsTitle")} flush>
      <Table
        caption={t("import.errorsCaption")}
        rows={errors}
        rowKey={(error) => `${error.line} ${error.problem}`}
        columns={[
          {
            id: "line",
            header: t("import.line"),
            tight: true,
            rowHeader: true,
            cell: ({ line }) => (line === 0 ? t("import.wholeFile") : line),
          },
          {
            id: "code",
            header: t("import.code"),
            tight: true,
            cell: ({ code }) => <span className="break-all font-mono text-sm">{code}</span>,
          },
          {
            id: "reason",
            header: t("import.reason"),
            cell: ({ problem, params }) => t(`import.problem.${problem}`, params ?? {}),
          },
        ]}
      />
      <Shown shown={errors.length} total={counts.errors} />
    </Card>
  );
}

function Creates({ view: { create, counts } }: { view: ImportView }) {
  const { t } = useTranslation(["stations"]);
  return (
    <Card title={t("import.createTitle")} flush>
      <Table
        caption={t("import.createTitle")}
        rows={create}
        rowKey={(row) => row.line}
        columns={[
          { id: "line", header: t("import.line"), tight: true, numeric: true, cell: (row) => row.line },
          { id: "name", header: t("tree.name"), rowHeader: true, cell: (row) => row.name },
          { id: "level", header: t("tree.level"), tight: true, cell: (row) => t(`level.${row.level}`) },
          { id: "code", header: t("import.code"), wide: true, tight: true, cell: (row) => row.code },
        ]}
      />
      <Shown shown={create.length} total={counts.create} />
    </Card>
  );
}

function Renames({ view: { rename, counts } }: { view: ImportView }) {
  const { t } = useTranslation(["stations"]);
  return (
    <Card title={t("import.renameTitle")} flush>
      <Table
        caption={t("import.renameTitle")}
        rows={rename}
        rowKey={(row) => row.id}
        columns={[
          { id: "line", header: t("import.line"), tight: true, numeric: true, cell: (row) => row.line },
          { id: "from", header: t("import.from"), rowHeader: true, cell: (row) => row.from },
          { id: "to", header: t("import.to"), cell: (row) => row.to },
          { id: "code", header: t("import.code"), wide: true, tight: true, cell: (row) => row.code },
        ]}
      />
      <Shown shown={rename.length} total={counts.rename} />
    </Card>
  );
}
