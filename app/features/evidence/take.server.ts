import { addPiece, type EvidenceRefusal } from "@muster/db/queries/evidence/pieces";
import { MOST_PER_SUBJECT, type Subject } from "@muster/domain/evidence";
import { newKey, thumbnailKey } from "@muster/files/store";
import type { z } from "zod";
import type { Permissions } from "~/server/authorization.server";
import { conflict, notFound, type Refusal, unprocessable } from "~/server/errors.server";
import { examine, fileStore } from "~/server/files.server";
import type { WriteScope } from "~/server/prepare.server";
import { subjectFor } from "./access.server";
import type { UploadForm } from "./forms.server";

interface Taking extends Pick<Permissions, "demand"> {
  scoped: WriteScope;
  actor: { cityId: number };
  now: Date;
  subject: Subject;
  form: z.output<typeof UploadForm>;
}

export interface Taken {
  id: string;
  /** The very file was there already: its first answer was lost. */
  repeated: boolean;
  /** The page of the subject. */
  page: string;
}

/**
 * Takes a received file: whether it may come, what it is, its bytes into their place, its row last. Whatever fails
 * after the bytes were written, they are removed again; what even that leaves behind, the sweep finds.
 */
export async function takeFile({ scoped, actor, now, subject, form, demand }: Taking): Promise<Taken> {
  const place = await scoped((tx) => subjectFor(tx, subject, { demand }));
  if (!place.open) throw refusalOf("subject_closed");
  const examined = await examine(form.file.path);
  if (!examined.ok) throw fileRefused(`evidence:file.${examined.refusal}`);
  const { bytes, thumbnail, kind, width, height, sha256 } = examined.value;
  const fileKey = newKey(actor.cityId, place.stationId, now);
  let stays = false;
  try {
    await fileStore.put(fileKey, bytes);
    if (thumbnail) await fileStore.put(thumbnailKey(fileKey), thumbnail);
    const outcome = await scoped.write(async (tx) => {
      // The right is asked again: minutes of uploading lie between, and with them perhaps a move.
      await subjectFor(tx, subject, { demand });
      const { title, expiresOn } = form;
      const size = bytes.byteLength;
      return addPiece(tx, { subject, title, expiresOn, kind, fileKey, size, sha256, width, height });
    });
    if (!outcome.ok) throw refusalOf(outcome.refusal);
    stays = !outcome.value.repeated;
    return { ...outcome.value, page: place.page };
  } finally {
    if (!stays) await forget(fileKey, thumbnail !== null);
  }
}

async function forget(key: string, thumbnail: boolean): Promise<void> {
  const keys = thumbnail ? [thumbnailKey(key), key] : [key];
  // The reason why it is not kept is what the sender must hear; the sweep comes back for what stays here.
  await Promise.allSettled(keys.map((each) => fileStore.remove(each)));
}

function fileRefused(key: string): Refusal {
  return unprocessable("unprocessable", { params: { count: 1 }, fields: { file: key } });
}

/** A refusal of the database room as 404, 409 or 422 with its sentence. */
export function refusalOf(refusal: EvidenceRefusal): Refusal {
  const key = `evidence:refusal.${refusal}`;
  if (refusal === "not_found") return notFound();
  if (refusal === "changed_meanwhile" || refusal === "decided" || refusal === "kept") return conflict(key);
  const field = refusal === "expired_already" ? "expiresOn" : "file";
  const params = { count: 1, most: MOST_PER_SUBJECT };
  return unprocessable("unprocessable", { params, fields: { [field]: key } });
}
