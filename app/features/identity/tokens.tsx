import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { Select, TextInput } from "~/ui/input";
import { Table } from "~/ui/table";

/** How many days a token may work. */
export const TOKEN_DAYS = ["30", "90", "180", "365"] as const;

/** A token as the page shows it; moments are written out. */
export interface TokenRow {
  id: string;
  name: string;
  station: string | null;
  made: string;
  ends: string;
  used: string | null;
}

/** The tokens that still work. */
export function TokenList({ tokens }: { tokens: readonly TokenRow[] }) {
  const { t } = useTranslation(["settings"]);
  return (
    <Card flush className="lg:col-span-2">
      <Table
        caption={t("tokens.title")}
        rows={tokens}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t("tokens.none")}>{t("tokens.noneHint")}</EmptyState>}
        columns={[
          { id: "name", header: t("tokens.name"), rowHeader: true, cell: (row) => row.name },
          { id: "station", header: t("tokens.station"), wide: true, cell: (row) => row.station },
          { id: "made", header: t("tokens.made"), wide: true, tight: true, cell: (row) => row.made },
          { id: "ends", header: t("tokens.ends"), tight: true, cell: (row) => row.ends },
          { id: "used", header: t("tokens.used"), wide: true, cell: (row) => row.used ?? t("tokens.never") },
          {
            id: "revoke",
            header: <span className="sr-only">{t("tokens.revoke")}</span>,
            tight: true,
            cell: (row) => (
              <Form method="post">
                <input type="hidden" name="token" value={row.id} />
                <SubmitButton intent="revoke" tone="danger" size="small">
                  {t("tokens.revoke")}
                </SubmitButton>
              </Form>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** Asks for a new token. */
export function NewToken({ refused }: { refused: Refused | null }) {
  const { t } = useTranslation(["settings"]);
  const name = fieldOf(refused, "name");
  return (
    <Card title={t("tokens.new")}>
      <Form method="post" className="grid gap-3">
        <FormErrors refused={refused} />
        <Field label={t("tokens.name")} hint={t("tokens.nameHint")} error={name.error} id="token-name">
          {(control) => (
            <TextInput {...control} name="name" defaultValue={name.defaultValue} maxLength={60} required />
          )}
        </Field>
        <Field label={t("tokens.days")} error={fieldOf(refused, "days").error}>
          {(control) => (
            <Select
              {...control}
              name="days"
              defaultValue={fieldOf(refused, "days", "90").defaultValue}
              options={TOKEN_DAYS.map((value) => ({
                value,
                label: t("tokens.dayCount", { count: Number(value) }),
              }))}
            />
          )}
        </Field>
        <div>
          <SubmitButton intent="create">{t("tokens.create")}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
