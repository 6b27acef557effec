import type { Choice } from "@muster/db/queries/visits/pick";
import type { Worker } from "@muster/db/queries/visits/workers";
import { CHANNELS, OCCASIONS } from "@muster/domain/visit";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, NumberInput, Select, Textarea, TextInput } from "~/ui/input";
import { PeoplePicker } from "./people-picker";

interface Model {
  id: string;
  station: { id: number; name: string };
  chosen: string[];
  plan: { id: string; gift: number } | null;
  occasion: (typeof OCCASIONS)[number] | null;
  people: Choice[];
  more: boolean;
  workers: Worker[];
  today: string;
}

/** What a search for people answered, with everything that had been typed. */
interface Found {
  q: string;
  chosen: string[];
  people: Choice[];
  more: boolean;
  typed: Record<string, string | undefined>;
}

export function foundIn(data: unknown): Found | null {
  return typeof data === "object" && data !== null && "people" in data ? (data as Found) : null;
}

/** The form of a visit: people, day, channel and occasion in sight, the rest behind a line. */
export function NewVisitFields({
  model,
  found,
  refused,
}: {
  model: Model;
  found: Found | null;
  refused: Refused | null;
}) {
  const { t } = useTranslation(["visits"]);
  const { station, plan, today, workers } = model;
  const people = found ?? model;
  const typed = (name: string, current = "") => {
    const { defaultValue, error } = fieldOf(refused, name, found?.typed[name] ?? current);
    return { defaultValue, error };
  };
  const chosen = refused ? [refused.values.records ?? []].flat() : people.chosen;
  const heldOn = typed("heldOn", today);
  const channel = typed("channel", "visit");
  const occasion = typed("occasion", model.occasion ?? "routine");
  const worker = typed("worker", workers[0]?.id);
  const gift = typed("gift", plan && plan.gift > 0 ? String(plan.gift / 100) : "");
  const place = typed("place");
  const words = typed("found");
  const followUp = typed("followUp");
  const followOn = typed("followOn");
  const opened = [place, words, followUp, followOn].some(
    ({ defaultValue, error }) => defaultValue !== "" || error,
  );
  return (
    <Form method="post" className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4" noValidate>
      <FormErrors
        refused={refused}
        fields={{
          records: { label: t("new.who"), id: "records" },
          heldOn: { label: t("new.when"), id: "heldOn" },
          worker: { label: t("new.worker"), id: "worker" },
          gift: { label: t("new.gift"), id: "gift" },
          place: { label: t("new.place"), id: "place" },
          found: { label: t("new.found_"), id: "found" },
          followUp: { label: t("new.followUp"), id: "followUp" },
          followOn: { label: t("new.followOn"), id: "followOn" },
        }}
      />
      <input type="hidden" name="id" value={typed("id", model.id).defaultValue} />
      <input type="hidden" name="station" value={station.id} />
      <input type="hidden" name="plan" value={plan?.id ?? ""} />
      <Card>
        <PeoplePicker
          key={found ? found.q : ""}
          people={people.people}
          more={people.more}
          chosen={chosen}
          q={found?.q ?? ""}
          today={today}
          error={refused?.errors.records}
        />
      </Card>
      <Card>
        <div className="grid gap-4">
          <RadioGroup
            name="occasion"
            legend={t("new.occasion")}
            defaultValue={occasion.defaultValue}
            error={occasion.error}
            options={OCCASIONS.map((value) => ({ value, label: t(`occasion.${value}`) }))}
          />
          <RadioGroup
            name="channel"
            legend={t("new.channel")}
            defaultValue={channel.defaultValue}
            error={channel.error}
            options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
          />
          <div className="grid gap-4 sm:grid-cols-3">
            <Field id="heldOn" label={t("new.when")} error={heldOn.error}>
              {(control) => (
                <DateInput {...control} name="heldOn" max={today} defaultValue={heldOn.defaultValue} />
              )}
            </Field>
            <Field id="worker" label={t("new.worker")} error={worker.error}>
              {(control) => (
                <Select
                  {...control}
                  name="worker"
                  defaultValue={worker.defaultValue}
                  options={workers.map(({ id, name }) => ({ value: id, label: name, lang: "zh-CN" }))}
                />
              )}
            </Field>
            <Field id="gift" label={t("new.gift")} hint={t("new.giftHint")} error={gift.error}>
              {(control) => (
                <NumberInput {...control} name="gift" maxLength={6} defaultValue={gift.defaultValue} />
              )}
            </Field>
          </div>
          <details open={opened || undefined}>
            <summary className="flex min-h-target cursor-pointer items-center font-semibold text-accent">
              {t("new.more_")}
            </summary>
            <div className="grid gap-4 py-2">
              <Field id="place" label={t("new.place")} error={place.error}>
                {(control) => (
                  <TextInput {...control} name="place" maxLength={60} defaultValue={place.defaultValue} />
                )}
              </Field>
              <Field id="found" label={t("new.found_")} hint={t("new.foundHint")} error={words.error}>
                {(control) => (
                  <Textarea {...control} name="found" maxLength={500} defaultValue={words.defaultValue} />
                )}
              </Field>
              <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
                <Field id="followUp" label={t("new.followUp")} error={followUp.error}>
                  {(control) => (
                    <TextInput
                      {...control}
                      name="followUp"
                      maxLength={100}
                      defaultValue={followUp.defaultValue}
                    />
                  )}
                </Field>
                <Field id="followOn" label={t("new.followOn")} error={followOn.error}>
                  {(control) => (
                    <DateInput {...control} name="followOn" defaultValue={followOn.defaultValue} />
                  )}
                </Field>
              </div>
            </div>
          </details>
        </div>
      </Card>
      <div className="sticky bottom-tabs z-bar flex flex-wrap gap-2 border-t border-line bg-page py-2.5 lg:bottom-0">
        <SubmitButton intent="save" size="large" className="flex-1 sm:flex-none">
          {t("new.save")}
        </SubmitButton>
        <SubmitButton intent="photo" size="large" tone="plain">
          {t("new.savePhoto")}
        </SubmitButton>
      </div>
    </Form>
  );
}
