import { DIMENSIONS, ITEM_KINDS, type StandardItem } from "@muster/domain/standard";
import { LEVELS } from "@muster/domain/station";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { NumberInput, Select, TextInput } from "~/ui/input";

/** A source as the key of its name in the catalogue: keys nest at dots. */
export function sourceKey(source: string) {
  return `source.${source.replaceAll(".", "_")}` as "source.staff_head";
}

export interface ItemFormProps {
  /** Null for a new item. */
  item: StandardItem | null;
  sources: readonly string[];
  version: number;
  back: string;
  refused: Refused | null;
}

/** One item of a draft. */
export function StandardItemForm({ item, sources, version, back, refused }: ItemFormProps) {
  const { t } = useTranslation(["standards", "common"]);
  const label: Record<string, string> = {
    code: t("item.code"),
    nameZh: t("item.nameZh"),
    nameEn: t("item.nameEn"),
    points: t("item.points"),
    ...Object.fromEntries(LEVELS.map((level) => [level, t(`level.${level}`)])),
  };
  const current: Record<string, string> = {
    code: item?.code ?? "",
    nameZh: item?.name.zh ?? "",
    nameEn: item?.name.en ?? "",
    points: item ? String(item.points) : "",
    ...Object.fromEntries(LEVELS.map((level) => [level, item?.thresholds[level] ?? ""])),
  };
  const text = (name: string, hint?: string) => {
    const { defaultValue, error } = fieldOf(refused, name, current[name]);
    const Input = name === "points" ? NumberInput : TextInput;
    return (
      <Field key={name} label={label[name] ?? ""} hint={hint} error={error} id={name}>
        {(control) => <Input {...control} name={name} maxLength={80} defaultValue={defaultValue} />}
      </Field>
    );
  };
  const choice = (
    name: "dimension" | "kind" | "source",
    title: string,
    options: { value: string; label: string }[],
    placeholder?: string,
  ) => {
    const { defaultValue, error } = fieldOf(refused, name, item?.[name] ?? options[0]?.value);
    return (
      <Field label={title} error={error} id={name}>
        {(control) => (
          <Select
            {...control}
            name={name}
            placeholder={placeholder}
            defaultValue={name === "source" && !item ? "" : defaultValue}
            options={options}
          />
        )}
      </Field>
    );
  };
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <FormErrors
        refused={refused}
        fields={Object.fromEntries(
          Object.entries(label).map(([name, text]) => [name, { label: text, id: name }]),
        )}
      />
      <input type="hidden" name="version" value={version} />
      <div className="grid gap-3 sm:grid-cols-3">
        {item === null && text("code", t("item.codeHint"))}
        {choice(
          "dimension",
          t("item.dimension"),
          DIMENSIONS.map((value) => ({ value, label: t(`dimension.${value}`) })),
        )}
        {choice(
          "kind",
          t("item.kind"),
          ITEM_KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
        )}
        {text("points")}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        {text("nameZh")}
        {text("nameEn")}
      </div>
      <fieldset className="m-0 min-w-0 border-0 p-0">
        <legend className="p-0 font-semibold">{t("item.thresholds")}</legend>
        <p className="m-0 mb-1 text-sm text-ink-3">{t("item.thresholdHint")}</p>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">{LEVELS.map((level) => text(level))}</div>
      </fieldset>
      {choice(
        "source",
        t("item.source"),
        sources.map((value) => ({ value, label: t(sourceKey(value)) })),
        t("item.sourceNone"),
      )}
      <Checkbox
        name="mandatory"
        label={t("item.mandatory")}
        defaultChecked={checkedOf(refused, "mandatory", "on", item?.mandatory ?? false)}
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton intent="save">{t("common:save")}</SubmitButton>
        <LinkButton to={back}>{t("common:cancel")}</LinkButton>
      </div>
    </Form>
  );
}
