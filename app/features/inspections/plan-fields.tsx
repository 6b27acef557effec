import type { Localized } from "@muster/domain/indicator";
import { DIMENSIONS, type Dimension } from "@muster/domain/standard";
import { LEVELS, type Level } from "@muster/domain/station";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox, RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, NumberInput, Select, Textarea, TextInput } from "~/ui/input";

interface Station {
  id: number;
  name: string;
  level: Level;
  parentId: number | null;
}

export interface PlanModel {
  station: { id: number; name: string };
  self: string;
  today: string;
  until: string;
  items: readonly { code: string; name: Localized; dimension: Dimension }[];
  below: readonly Station[];
  people: readonly { userId: string; name: string }[];
}

/** Everything of an inspection's plan in one form that works without a script. */
export function PlanFields({ model, refused }: { model: PlanModel; refused: Refused | null }) {
  const { t } = useTranslation(["inspections"]);
  const field = (name: string, current?: string) => fieldOf(refused, name, current);
  const [theme, note, words] = [field("theme"), field("note"), field("words")];
  const startsOn = field("startsOn", model.today);
  const endsOn = field("endsOn", model.until);
  const labels = Object.fromEntries(
    (
      [
        ["theme", t("plan.theme")],
        ["note", t("plan.text")],
        ["startsOn", t("plan.startsOn")],
        ["endsOn", t("plan.endsOn")],
        ["words", t("plan.words")],
        ["stations", t("plan.pick")],
        ["within", t("plan.within")],
        ["level", t("plan.level")],
        ["size", t("plan.size")],
        ["inspectors", t("plan.inspectors")],
      ] as const
    ).map(([name, label]) => [name, { label, id: name }]),
  );
  return (
    <Form method="post" className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-4" noValidate>
      <FormErrors refused={refused} fields={labels} />
      <Card>
        <div className="grid gap-4">
          <Field id="theme" label={t("plan.theme")} hint={t("plan.themeHint")} error={theme.error} required>
            {(control) => (
              <TextInput {...control} name="theme" maxLength={60} defaultValue={theme.defaultValue} />
            )}
          </Field>
          <Field id="note" label={t("plan.text")} hint={t("plan.textHint")} error={note.error}>
            {(control) => (
              <Textarea {...control} name="note" maxLength={500} rows={2} defaultValue={note.defaultValue} />
            )}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field id="startsOn" label={t("plan.startsOn")} error={startsOn.error} required>
              {(control) => <DateInput {...control} name="startsOn" defaultValue={startsOn.defaultValue} />}
            </Field>
            <Field id="endsOn" label={t("plan.endsOn")} error={endsOn.error} required>
              {(control) => (
                <DateInput {...control} name="endsOn" min={model.today} defaultValue={endsOn.defaultValue} />
              )}
            </Field>
          </div>
          <Checkbox
            name="unannounced"
            label={t("plan.unannounced")}
            hint={t("plan.unannouncedHint")}
            defaultChecked={checkedOf(refused, "unannounced", "on")}
          />
        </div>
      </Card>
      <Items model={model} refused={refused} words={words} />
      <Stations model={model} refused={refused} />
      <Card title={t("plan.inspectors")} id="inspectors">
        <p className="m-0 mb-2 text-ink-3">{t("plan.inspectorsHint")}</p>
        <fieldset className="m-0 grid min-w-0 gap-x-4 border-0 p-0 sm:grid-cols-2 lg:grid-cols-3">
          <legend className="sr-only">{t("plan.inspectors")}</legend>
          {model.people.map(({ userId, name }) => (
            <Checkbox
              key={userId}
              name="inspectors"
              value={userId}
              label={name}
              defaultChecked={checkedOf(refused, "inspectors", userId, userId === model.self)}
            />
          ))}
        </fieldset>
        <Problem refused={refused} name="inspectors" />
      </Card>
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t("plan.save")}</SubmitButton>
        <LinkButton to="/inspections">{t("plan.cancel")}</LinkButton>
      </div>
    </Form>
  );
}

function Items({
  model,
  refused,
  words,
}: {
  model: PlanModel;
  refused: Refused | null;
  words: ReturnType<typeof fieldOf>;
}) {
  const { t } = useTranslation(["inspections", "standards"]);
  const locale = useLocale();
  const dimensions = DIMENSIONS.filter((dimension) =>
    model.items.some((item) => item.dimension === dimension),
  );
  return (
    <Card title={t("plan.items")}>
      <div className="grid gap-3">
        {dimensions.map((dimension) => (
          <fieldset
            key={dimension}
            className="m-0 grid min-w-0 gap-x-4 border-0 p-0 sm:grid-cols-2 lg:grid-cols-3"
          >
            <legend className="p-0 font-semibold">{t(`standards:dimension.${dimension}`)}</legend>
            {model.items
              .filter((item) => item.dimension === dimension)
              .map(({ code, name }) => (
                <Checkbox
                  key={code}
                  name="codes"
                  value={code}
                  label={`${code} ${localized(name, locale)}`}
                  defaultChecked={checkedOf(refused, "codes", code)}
                />
              ))}
          </fieldset>
        ))}
        <Field id="words" label={t("plan.words")} hint={t("plan.wordsHint")} error={words.error}>
          {(control) => (
            <Textarea {...control} name="words" maxLength={1000} rows={2} defaultValue={words.defaultValue} />
          )}
        </Field>
      </div>
    </Card>
  );
}

function Stations({ model, refused }: { model: PlanModel; refused: Refused | null }) {
  const { t } = useTranslation(["inspections", "stations"]);
  const { below, station } = model;
  const levels = LEVELS.filter((level) => below.some((each) => each.level === level));
  const heads = below.filter(({ id }) => below.some(({ parentId }) => parentId === id));
  const size = fieldOf(refused, "size");
  const within = fieldOf(refused, "within", String(station.id));
  const level = fieldOf(refused, "level", levels.at(-1));
  const picked = [refused?.values.stations ?? []].flat();
  // Directly below first, then each of those that have stations below them.
  const groups = [station, ...heads].flatMap((head) => {
    const own = below.filter(({ parentId }) => parentId === head.id);
    return own.length > 0 ? [{ head, own }] : [];
  });
  return (
    <Card title={t("plan.stations")}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <RadioGroup
          name="method"
          legend={t("plan.method")}
          defaultValue={fieldOf(refused, "method", "chosen").defaultValue}
          options={[
            { value: "chosen", label: t("plan.chosen"), hint: t("plan.chosenHint") },
            { value: "drawn", label: t("plan.drawn"), hint: t("plan.drawnHint") },
          ]}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field id="within" label={t("plan.within")} error={within.error}>
            {(control) => (
              <Select
                {...control}
                name="within"
                defaultValue={within.defaultValue}
                options={[
                  { value: String(station.id), label: t("plan.wholeScope") },
                  ...heads.map(({ id, name }) => ({ value: String(id), label: name })),
                ]}
              />
            )}
          </Field>
          <Field id="level" label={t("plan.level")} error={level.error}>
            {(control) => (
              <Select
                {...control}
                name="level"
                defaultValue={level.defaultValue}
                options={levels.map((value) => ({ value, label: t(`stations:level.${value}`) }))}
              />
            )}
          </Field>
          <Field id="size" label={t("plan.size")} error={size.error}>
            {(control) => (
              <NumberInput {...control} name="size" maxLength={3} defaultValue={size.defaultValue} />
            )}
          </Field>
        </div>
        <div id="stations" className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <b>{t("plan.pick")}</b>
          {groups.map(({ head, own }, place) => (
            <details
              key={head.id}
              open={place === 0 || own.some(({ id }) => picked.includes(String(id)))}
              className="rounded border border-line px-3 py-1"
            >
              <summary className="flex min-h-target cursor-pointer items-center">{head.name}</summary>
              <fieldset className="m-0 grid min-w-0 gap-x-4 border-0 p-0 sm:grid-cols-2 lg:grid-cols-4">
                <legend className="sr-only">{head.name}</legend>
                {own.map(({ id, name }) => (
                  <Checkbox
                    key={id}
                    name="stations"
                    value={id}
                    label={name}
                    defaultChecked={checkedOf(refused, "stations", String(id))}
                  />
                ))}
              </fieldset>
            </details>
          ))}
          <Problem refused={refused} name="stations" />
        </div>
      </div>
    </Card>
  );
}

function Problem({ refused, name }: { refused: Refused | null; name: string }) {
  const errors = refused?.errors[name];
  if (!errors) return null;
  return <p className="m-0 mt-1 text-sm font-semibold text-bad">▲ {errors.join(" ")}</p>;
}
