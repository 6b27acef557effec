import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

export interface CityRow {
  cityId: number;
  code: string;
  name: string;
  demo: boolean;
  since: string;
  administrators: number;
}

/** The cities of the installation: names and whether somebody runs them, nothing of what is in them. */
export function CityTable({ cities, refused }: { cities: readonly CityRow[]; refused: Refused | null }) {
  const { t } = useTranslation(["settings"]);
  return (
    <div className="min-w-0 lg:col-span-2">
      {refused?.intent === "invite" && <FormErrors refused={refused} />}
      <Card flush>
        <Table
          caption={t("cities.title")}
          rows={cities}
          rowKey={(row) => row.cityId}
          empty={<EmptyState title={t("cities.none")}>{t("cities.noneHint")}</EmptyState>}
          columns={[
            {
              id: "name",
              header: t("cities.name"),
              rowHeader: true,
              cell: (row) => (
                <>
                  <b>{row.name}</b> {row.demo && <Tag plain>{t("cities.demo")}</Tag>}
                </>
              ),
            },
            { id: "code", header: t("cities.code"), wide: true, cell: (row) => row.code },
            { id: "since", header: t("cities.since"), wide: true, tight: true, cell: (row) => row.since },
            {
              id: "administrators",
              header: t("cities.administrators"),
              cell: (row) =>
                row.administrators > 0 ? (
                  <Tag tone="good">{t("cities.administratorCount", { count: row.administrators })}</Tag>
                ) : (
                  <InviteForm cityId={row.cityId} name={row.name} />
                ),
            },
          ]}
        />
      </Card>
    </div>
  );
}

function InviteForm({ cityId, name }: { cityId: number; name: string }) {
  const { t } = useTranslation(["settings"]);
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <input type="hidden" name="city" value={cityId} />
      <TextInput
        name="administrator"
        aria-label={t("cities.administratorOf", { name })}
        placeholder={t("cities.administrator")}
        className="min-w-0 flex-1 basis-32"
        maxLength={40}
        required
      />
      <SubmitButton intent="invite" tone="plain">
        {t("cities.invite")}
      </SubmitButton>
    </Form>
  );
}

/** Asks for a new city. */
export function NewCity({ refused }: { refused: Refused | null }) {
  const { t } = useTranslation(["settings"]);
  const own = refused?.intent === "create" ? refused : null;
  const field = (name: "code" | "name" | "administrator", hint?: string) => (
    <Field label={t(`cities.${name}`)} hint={hint} error={fieldOf(own, name).error} id={`city-${name}`}>
      {(control) => (
        <TextInput
          {...control}
          name={name}
          defaultValue={fieldOf(own, name).defaultValue}
          inputMode={name === "code" ? "numeric" : undefined}
          maxLength={name === "code" ? 12 : 40}
          autoComplete="off"
          required
        />
      )}
    </Field>
  );
  return (
    <Card title={t("cities.new")}>
      <Form method="post" className="grid gap-3">
        <FormErrors refused={own} />
        {field("code", t("cities.codeHint"))}
        {field("name")}
        {field("administrator", t("cities.administratorHint"))}
        <div>
          <SubmitButton intent="create">{t("cities.create")}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
