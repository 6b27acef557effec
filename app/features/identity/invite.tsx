import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { SearchBox } from "~/ui/search-box";

export interface ChooseStationProps {
  q: string;
  stations: readonly { id: number; name: string; code: string; above: string }[];
}

/** First step of an invitation: to which station. */
export function ChooseStation({ q, stations }: ChooseStationProps) {
  const { t } = useTranslation(["users"]);
  return (
    <Card title={t("invite.choose")} flush className="max-w-2xl">
      <Form method="get" className="border-y border-line px-4 py-3">
        <SearchBox label={t("invite.search")} defaultValue={q} />
      </Form>
      {stations.length === 0 ? (
        <EmptyState title={t("invite.noStation")}>{t("invite.noStationHint")}</EmptyState>
      ) : (
        <ul className="m-0 list-none p-0">
          {stations.map(({ id, name, code, above }) => (
            <li key={id} className="border-b border-line last:border-0">
              <Link
                to={`?station=${id}`}
                className="flex min-h-target flex-wrap items-center gap-x-3 px-4 py-2 text-ink no-underline hover:bg-accent-soft"
              >
                <b>{name}</b>
                <span className="flex-1 text-sm text-ink-3">{above}</span>
                <span className="font-mono text-sm text-ink-3">{code}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export interface InviteFormProps {
  station: { id: number; name: string; roles: readonly { value: string; label: string }[] };
  refused: Refused | null;
}

/** Second step: which role, and whom. */
export function InviteForm({ station, refused }: InviteFormProps) {
  const { t } = useTranslation(["users"]);
  const role = fieldOf(refused, "role", station.roles[0]?.value);
  const name = fieldOf(refused, "name");
  return (
    <Card className="max-w-2xl">
      <Form method="post" className="grid gap-4">
        <FormErrors refused={refused} />
        <input type="hidden" name="station" value={station.id} />
        <p className="m-0 flex flex-wrap items-center gap-3">
          <span className="text-ink-3">{t("invite.at")}</span>
          <b className="flex-1">{station.name}</b>
          <LinkButton to="/users/invite" size="small">
            {t("invite.change")}
          </LinkButton>
        </p>
        <RadioGroup
          name="role"
          legend={t("invite.role")}
          options={station.roles}
          defaultValue={role.defaultValue}
          error={role.error}
          required
        />
        <Field
          label={t("invite.name")}
          hint={t("invite.nameHint")}
          error={name.error}
          id="invite-name"
          required
        >
          {(control) => (
            <TextInput
              {...control}
              name="name"
              defaultValue={name.defaultValue}
              maxLength={40}
              autoComplete="off"
            />
          )}
        </Field>
        <div>
          <SubmitButton>{t("invite.submit")}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
