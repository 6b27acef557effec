import type { CardPrint } from "@muster/db/queries/cards/read";
import { CARD_LINE_NAMES, type CardKind, MOST_ON_CARD, serialOf } from "@muster/domain/card";
import { create } from "qrcode";
import { formatDate } from "~/i18n/format";
import { translate } from "~/i18n/i18n.server";
import { env } from "~/server/env.server";

/** What is printed on a card, word by word: the page and the PDF draw the same. */
export interface CardFace {
  id: string;
  kind: CardKind;
  title: string;
  /** Whose it is: large, for it is read without glasses. */
  name: string;
  rows: { label: string; value: string }[];
  foot: string;
  scan: string;
  /** Dark squares of the QR code, row by row; it holds an address and nothing of the person. */
  code: boolean[][];
}

/** Cards are carried by people in China and read by whoever helps them: they are Chinese, whoever prints them. */
const LOCALE = "zh-CN";

/** The faces of some cards. */
export function facesOf(cards: readonly CardPrint[]): CardFace[] {
  return cards.map((card) => ({
    id: card.id,
    kind: card.kind,
    title: translate(LOCALE)(`cards:kind.${card.kind}`),
    name: card.name,
    rows: rowsOf(card).filter(({ value }) => value !== ""),
    foot: footOf(card),
    scan: translate(LOCALE)("cards:face.scan"),
    code: squaresOf(`${env().publicOrigin}/c/${card.token}`),
  }));
}

function footOf({ year, number, version, validUntil }: CardPrint): string {
  const t = translate(LOCALE);
  return [
    t("cards:face.serial", { serial: serialOf({ year, number }) }),
    t("cards:person.version", { version }),
    t("cards:face.until", { date: formatDate(validUntil, LOCALE) }),
  ].join("　");
}

function rowsOf(card: CardPrint): CardFace["rows"] {
  const t = translate(LOCALE);
  const { settings, worker, head, contact, family, health, stationName, stationPhone } = card;
  const line = (name: (typeof CARD_LINE_NAMES)[number]) => ({
    label: t(`cards:line.${name}`),
    value: settings.lines[name],
  });
  const own = { label: stationName, value: stationPhone };
  const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(" ");
  switch (card.kind) {
    case "emergency":
      return [
        own,
        ...card.staff
          .filter(({ phone }) => phone !== "")
          .slice(0, MOST_ON_CARD)
          .map(({ name, phone }) => ({ label: t("cards:face.staff"), value: joined(name, phone) })),
        ...CARD_LINE_NAMES.map(line),
      ];
    case "contact":
      return [
        { label: t("cards:face.address"), value: contact.address ?? "" },
        { label: t("cards:face.phone"), value: card.phone },
        {
          label: t("cards:face.family"),
          value: joined(
            contact.emergencyName,
            contact.emergencyRelation && `（${contact.emergencyRelation}）`,
            contact.emergencyPhone,
            contact.phone2,
          ),
        },
        { label: t("cards:face.children"), value: family.children ?? "" },
        { label: t("cards:face.chronic"), value: health.chronic ?? "" },
        { label: t("cards:face.allergies"), value: health.allergies ?? "" },
        {
          label: t("cards:face.blood"),
          value: health.bloodType ? t(`people:option.bloodType.${health.bloodType as "a"}`) : "",
        },
        { label: t("cards:face.hospital"), value: joined(health.hospital, settings.lines.hospital) },
        own,
      ];
    case "pairing":
      return [
        { label: t("cards:face.worker"), value: joined(worker?.name, worker?.post) },
        { label: t("cards:face.workerPhone"), value: worker?.phone ?? "" },
        own,
        line("duty"),
        line("hospital"),
        line("ambulance"),
      ];
    case "service":
      return [
        own,
        { label: t("cards:face.head"), value: joined(head?.name, head?.phone) },
        line("duty"),
        { label: t("cards:face.duties"), value: settings.duties },
        { label: t("cards:face.services"), value: settings.services },
        { label: t("cards:face.activities"), value: settings.activities },
      ];
  }
}

/** The squares of a QR code that stands a fold and a stain. */
function squaresOf(text: string): boolean[][] {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  return Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) => modules.get(y, x) === 1),
  );
}
