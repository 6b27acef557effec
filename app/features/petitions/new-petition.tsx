import { PETITION_CHANNELS } from "@muster/domain/petition";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, NumberInput, Select, Textarea, TextInput } from "~/ui/input";
import type { NamedTopic } from "../reception/list-view.server";
import { PLACES } from "./forms";

interface Props {
  refused: Refused | null;
  requestKey: string;
  topics: readonly NamedTopic[];
  today: string;
  /** The entry of the counter log it comes out of. */
  from: { id: string; topic: string; question: string; visitor: string; day: string } | null;
  person: { id: string; name: string } | null;
}

/** The form of a new petition: the matter, and who petitions. */
export function PetitionFields({ refused, requestKey, topics, today, from, person }: Props) {
  const { t } = useTranslation(["petitions", "reception", "common"]);
  const field = (name: string, current = "") => fieldOf(refused, name, current);
  const subject = field("subject");
  const body = field("body", from?.question);
  const topic = field("topic", from?.topic);
  const channel = field("channel", "walk_in");
  const receivedOn = field("receivedOn", from?.day ?? today);
  const people = field("people", "1");
  const labels = {
    ...Object.fromEntries(
      (["subject", "body", "topic", "channel", "receivedOn", "people"] as const).map((name) => [
        name,
        { label: t(`field.${name}`), id: name },
      ]),
    ),
    ownDays: { label: t("field.ownDays"), id: "ownDays" },
    ...Object.fromEntries(
      PLACES.map((place) => [`name${place}`, { label: t("field.name"), id: `name${place}` }]),
    ),
  };
  return (
    <Form method="post" className="grid max-w-3xl gap-4" noValidate>
      <FormErrors refused={refused} fields={labels} />
      <input type="hidden" name="requestKey" value={requestKey} />
      <input type="hidden" name="reception" value={from?.id ?? ""} />
      <input type="hidden" name="person" value={person?.id ?? ""} />
      <Card title={t("new.people")}>
        <div className="grid gap-4">
          <Petitioner
            place={0}
            refused={refused}
            name={person?.name ?? from?.visitor ?? ""}
            hint={t("hint.name")}
            required
          />
          <Field
            id="people"
            label={t("field.people")}
            hint={t("hint.people")}
            error={people.error}
            className="max-w-xs"
          >
            {(control) => (
              <NumberInput {...control} name="people" maxLength={4} defaultValue={people.defaultValue} />
            )}
          </Field>
          <details open={PLACES.slice(1).some((place) => field(`name${place}`).defaultValue !== "")}>
            <summary className="flex min-h-target cursor-pointer items-center text-accent">
              {t("hint.representatives")}
            </summary>
            <div className="grid gap-4 py-2">
              {PLACES.slice(1).map((place) => (
                <fieldset key={place} className="m-0 min-w-0 border-0 p-0">
                  <legend className="mb-1 p-0 font-semibold">
                    {t("new.representative", { place: place + 1 })}
                  </legend>
                  <Petitioner place={place} refused={refused} name="" />
                </fieldset>
              ))}
            </div>
          </details>
        </div>
      </Card>
      <Card title={t("new.matter")}>
        <div className="grid gap-4">
          <Field
            id="subject"
            label={t("field.subject")}
            hint={t("hint.subject")}
            error={subject.error}
            required
          >
            {(control) => (
              <TextInput
                {...control}
                name="subject"
                maxLength={60}
                autoComplete="off"
                defaultValue={subject.defaultValue}
              />
            )}
          </Field>
          <Field id="body" label={t("field.body")} error={body.error} required>
            {(control) => (
              <Textarea {...control} name="body" rows={5} maxLength={4000} defaultValue={body.defaultValue} />
            )}
          </Field>
          <div className="grid gap-4 sm:grid-cols-3">
            <Field id="topic" label={t("field.topic")} error={topic.error} required>
              {(control) => (
                <Select
                  {...control}
                  name="topic"
                  placeholder={t("choose")}
                  defaultValue={topic.defaultValue}
                  options={topics.map(({ code, name }) => ({ value: code, label: name }))}
                />
              )}
            </Field>
            <Field id="channel" label={t("field.channel")} error={channel.error}>
              {(control) => (
                <Select
                  {...control}
                  name="channel"
                  defaultValue={channel.defaultValue}
                  options={PETITION_CHANNELS.map((value) => ({
                    value,
                    label: t(`reception:channel.${value}`),
                  }))}
                />
              )}
            </Field>
            <Field id="receivedOn" label={t("field.receivedOn")} error={receivedOn.error}>
              {(control) => (
                <DateInput
                  {...control}
                  name="receivedOn"
                  max={today}
                  defaultValue={receivedOn.defaultValue}
                />
              )}
            </Field>
          </div>
          <Field
            id="ownDays"
            label={t("field.ownDays")}
            hint={t("hint.ownDays")}
            error={field("ownDays").error}
            className="max-w-xs"
          >
            {(control) => (
              <NumberInput
                {...control}
                name="ownDays"
                maxLength={3}
                defaultValue={field("ownDays").defaultValue}
              />
            )}
          </Field>
          <Checkbox
            name="backlog"
            label={t("field.backlog")}
            defaultChecked={checkedOf(refused, "backlog", "on")}
          />
        </div>
      </Card>
      <div className="flex flex-wrap gap-2">
        <SubmitButton size="large">{t("new.save")}</SubmitButton>
        <LinkButton to="/petitions" size="large">
          {t("common:cancel")}
        </LinkButton>
      </div>
    </Form>
  );
}

function Petitioner({
  place,
  refused,
  name: current,
  hint,
  required,
}: {
  place: number;
  refused: Refused | null;
  name: string;
  hint?: string;
  required?: boolean;
}) {
  const { t } = useTranslation(["petitions"]);
  const name = fieldOf(refused, `name${place}`, current);
  const phone = fieldOf(refused, `phone${place}`);
  const address = fieldOf(refused, `address${place}`);
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field id={`name${place}`} label={t("field.name")} hint={hint} error={name.error} required={required}>
        {(control) => (
          <TextInput
            {...control}
            name={`name${place}`}
            maxLength={30}
            autoComplete="off"
            defaultValue={name.defaultValue}
          />
        )}
      </Field>
      <Field id={`phone${place}`} label={t("field.phone")} error={phone.error}>
        {(control) => (
          <TextInput
            {...control}
            name={`phone${place}`}
            inputMode="tel"
            maxLength={30}
            autoComplete="off"
            defaultValue={phone.defaultValue}
          />
        )}
      </Field>
      <Field id={`address${place}`} label={t("field.address")} error={address.error}>
        {(control) => (
          <TextInput
            {...control}
            name={`address${place}`}
            maxLength={80}
            autoComplete="off"
            defaultValue={address.defaultValue}
          />
        )}
      </Field>
    </div>
  );
}
