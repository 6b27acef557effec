import type { Worker } from "@muster/db/queries/cards/read";
import { CARD_KINDS } from "@muster/domain/card";
import { useTranslation } from "react-i18next";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { fieldOf, type Refused } from "~/ui/form";
import { DateInput, Select } from "~/ui/input";

/** Names of the fields for the list of what is wrong. */
export function useCardLabels(prefix = "") {
  const { t } = useTranslation(["cards"]);
  return {
    kind: { label: t("issue.kind"), id: `${prefix}kind` },
    validUntil: { label: t("issue.validUntil"), id: `${prefix}until` },
    workerId: { label: t("issue.worker"), id: `${prefix}worker` },
  };
}

/** Which of the four cards, each with a line on what it is for. */
export function KindField({ refused }: { refused: Refused | null }) {
  const { t } = useTranslation(["cards"]);
  const { defaultValue, error } = fieldOf(refused, "kind", "emergency");
  return (
    <div id="kind">
      <RadioGroup
        name="kind"
        legend={t("issue.kind")}
        defaultValue={defaultValue}
        error={error}
        options={CARD_KINDS.map((kind) => ({
          value: kind,
          label: t(`kind.${kind}`),
          hint: t(`kindHint.${kind}`),
        }))}
      />
    </div>
  );
}

/** Until when, and for a pairing card with whom. */
export function TermFields({
  refused,
  end,
  workers,
  worker = "",
  pairing = true,
  prefix = "",
}: {
  refused: Refused | null;
  end: string;
  workers: readonly Worker[];
  worker?: string;
  /** Whether a pairing card may be meant. */
  pairing?: boolean;
  /** Before the ids of the controls, where a page has several of these forms. */
  prefix?: string;
}) {
  const { t } = useTranslation(["cards"]);
  const until = fieldOf(refused, "validUntil", end);
  const paired = fieldOf(refused, "workerId", worker);
  return (
    <>
      <Field id={`${prefix}until`} label={t("issue.validUntil")} error={until.error} required>
        {(control) => <DateInput {...control} name="validUntil" defaultValue={until.defaultValue} />}
      </Field>
      {pairing && (
        <Field
          id={`${prefix}worker`}
          label={t("issue.worker")}
          hint={t("issue.workerHint")}
          error={paired.error}
        >
          {(control) => (
            <Select
              {...control}
              name="workerId"
              placeholder={t("issue.choose")}
              defaultValue={paired.defaultValue}
              options={workers.map(({ staffId, name, post }) => ({
                value: staffId,
                label: `${name} ${post}`,
                lang: "zh-CN",
              }))}
            />
          )}
        </Field>
      )}
    </>
  );
}
