import type { Material } from "@muster/domain/assistance";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useLocale } from "~/i18n/use-format";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Check, Copy } from "~/ui/icons";
import { Textarea } from "~/ui/input";
import { PrintSheet } from "~/ui/print-sheet";
import { usePageTranslate } from "~/ui/use-page";
import { officeName } from "../stations/office";
import { chainOf } from "./labels";

/** What an applicant needs to know of a kind of assistance before anything else. */
export interface BringModel {
  code: string;
  name: { zh: string; en: string };
  materials: readonly Material[];
  payFirst: boolean;
  publicityDays: number;
  yearlyLimit: number | null;
}

/** Where it is handed in. */
export interface Counter {
  name: string;
  address: string;
  phone: string;
}

/** The papers, numbered: nobody should have to come twice. */
export function BringList({ model }: { model: BringModel }) {
  const { t } = useTranslation(["assistance"]);
  const locale = useLocale();
  return (
    <div className="grid gap-2">
      <p className="m-0 font-semibold">
        {t("bring.once")} {t("bring.count", { count: model.materials.length })}
      </p>
      <ol className="m-0 grid list-decimal gap-1.5 pl-6">
        {model.materials.map(({ code, zh, en }) => (
          <li key={code} className="text-md">
            {locale === "zh-CN" ? zh : en}
          </li>
        ))}
      </ol>
      <p className="m-0 text-ink-2">{t(model.payFirst ? "bring.urgent" : "bring.missingOk")}</p>
      <p className="m-0 text-ink-2">{t("bring.pension")}</p>
    </div>
  );
}

/** The same as a message to pass on, with a button that copies it where scripts may. */
export function BringMessage({ model, counter }: { model: BringModel; counter: Counter }) {
  const { t } = useTranslation(["assistance"]);
  const locale = useLocale();
  const [able, setAble] = useState(false);
  const [copied, setCopied] = useState(false);
  // Only secure pages have a clipboard; elsewhere the text is selected and copied by hand.
  useEffect(() => setAble(typeof navigator.clipboard?.writeText === "function"), []);
  const word = ({ zh, en }: { zh: string; en: string }) => (locale === "zh-CN" ? zh : en);
  const text = t("bring.text", {
    type: word(model.name),
    list: model.materials.map((each, i) => `${i + 1}.${word(each)}`).join(t("join")),
    station: counter.name,
    address: counter.address && t("bring.at", { address: counter.address }),
    phone: counter.phone && t("bring.call", { phone: counter.phone }),
  });
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 print:hidden">
      <Field id="message" label={t("bring.message")} hint={t("bring.messageHint")}>
        {(control) => (
          <Textarea
            {...control}
            readOnly
            rows={5}
            className="min-w-0"
            value={text}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      {able && (
        <div>
          <Button
            onClick={copy}
            icon={
              copied ? (
                <Check aria-hidden className="size-icon" />
              ) : (
                <Copy aria-hidden className="size-icon" />
              )
            }
          >
            <span aria-live="polite">{copied ? t("bring.copied") : t("bring.copy")}</span>
          </Button>
        </div>
      )}
    </div>
  );
}

/** How far a paper is, on the list of one case. */
export interface Standing {
  receivedOn: string | null;
  dueOn: string | null;
}

/** The list as an office hands it out: 一次性告知单. With `standing` it says what is here and what follows. */
export function BringSheet({
  model,
  counter,
  teller,
  today,
  standing,
  number,
}: {
  model: BringModel;
  counter: Counter;
  teller: string;
  today: string;
  standing?: Readonly<Record<string, Standing>>;
  number?: string;
}) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const locale = useLocale();
  const word = ({ zh, en }: { zh: string; en: string }) => (locale === "zh-CN" ? zh : en);
  const translate = usePageTranslate();
  const stands = (code: string) => {
    const at = standing?.[code];
    if (at?.receivedOn) return t("case.received", { date: f.date(at.receivedOn) });
    return at?.dueOn ? t("case.follows", { date: f.date(at.dueOn) }) : "□";
  };
  return (
    <PrintSheet
      title={t("bring.receiver")}
      facts={[
        { label: t("field.type"), value: word(model.name) },
        ...(number ? [{ label: t("column.number"), value: number }] : []),
      ]}
      signatures={[{ label: t("bring.told"), name: teller }, { label: t("bring.applicant") }]}
      seal={{ label: `${officeName(counter.name, translate)}${t("bring.seal")}`, date: f.date(today) }}
    >
      <p className="m-0 mb-2">{t("bring.once")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("bring.place")}</th>
            <th scope="col">{t("bring.paper")}</th>
            <th scope="col">{t("bring.ready")}</th>
          </tr>
        </thead>
        <tbody>
          {model.materials.map((each, i) => (
            <tr key={each.code}>
              <td>{i + 1}</td>
              <td>{word(each)}</td>
              <td>{stands(each.code)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="m-0 mt-3">
        {t("bring.chain")}：{t(`chain.${chainOf(model)}`)}
      </p>
      <p className="m-0">{t(model.payFirst ? "bring.urgent" : "bring.missingOk")}</p>
      <p className="m-0">{t("bring.pension")}</p>
    </PrintSheet>
  );
}
