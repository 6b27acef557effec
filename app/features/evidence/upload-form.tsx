import { LARGEST_FILE } from "@muster/domain/evidence";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, inputStyle, TextInput } from "~/ui/input";
import { type EvidenceModel, evidenceAddress } from "./model";
import type { UploadQueue } from "./upload-queue";

/** What the phone's chooser offers; what a file really is, its content says on the server. */
const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,application/pdf";
const SUGGESTED = ["plate", "document", "premises", "board"] as const;

type Problems = Partial<Record<"title" | "file" | "expiresOn", string>>;

/** Sends photos and documents: through the browser's form, or with a queue that knows how far it is. */
export function UploadForm({
  model,
  refused,
  queue,
}: {
  model: EvidenceModel;
  refused: Refused | null;
  queue: UploadQueue | null;
}) {
  const { t } = useTranslation(["evidence", "errors"]);
  const form = useRef<HTMLFormElement>(null);
  const [photos, setPhotos] = useState<File[]>([]);
  const [problems, setProblems] = useState<Problems>({});
  const title = fieldOf(refused, "title");
  const expiresOn = fieldOf(refused, "expiresOn");

  const enqueue = (event: FormEvent<HTMLFormElement>) => {
    if (!queue) return;
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get("title") ?? "").trim();
    const last = String(fields.get("expiresOn") ?? "");
    const chosen = fields
      .getAll("file")
      .filter((each): each is File => each instanceof File && each.name !== "");
    const files = [...photos, ...chosen];
    const found: Problems = {
      ...(name === "" || name.length > 60 ? { title: t("error.title") } : {}),
      ...(last !== "" && last < model.today ? { expiresOn: t("refusal.expired_already") } : {}),
      ...fileProblem(files),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    void queue.add(
      files.map((file, place) => ({
        id: newKey(),
        title: files.length > 1 ? `${name} ${place + 1}` : name,
        expiresOn: last,
        file,
      })),
    );
    setPhotos([]);
    form.current?.reset();
  };

  const fileProblem = (files: readonly File[]): Problems => {
    if (files.length === 0 || files.some((file) => file.size === 0)) return { file: t("file.empty") };
    // A large photo is made smaller before it is sent; anything else is not.
    const large = files.some(
      (file) => file.size > LARGEST_FILE && !/^image\/(jpeg|png|webp)$/.test(file.type),
    );
    return large ? { file: t("file.too_large") } : {};
  };

  return (
    <form
      ref={form}
      method="post"
      action={evidenceAddress(model.subject)}
      encType="multipart/form-data"
      onSubmit={enqueue}
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] gap-4 print:hidden"
    >
      <h3 className="m-0 text-base">{t("form.title")}</h3>
      <FormErrors
        refused={refused}
        fields={{
          title: { label: t("form.name"), id: "evidence-title" },
          expiresOn: { label: t("form.expiresOn"), id: "evidence-expires" },
          file: { label: t("form.file"), id: "evidence-file" },
        }}
      />
      <Field
        id="evidence-title"
        label={t("form.name")}
        hint={t("form.nameHint")}
        error={problems.title ?? title.error}
        required
      >
        {(control) => (
          <TextInput
            {...control}
            name="title"
            maxLength={60}
            list="evidence-names"
            autoComplete="off"
            defaultValue={title.defaultValue}
          />
        )}
      </Field>
      <datalist id="evidence-names">
        {SUGGESTED.map((name) => (
          <option key={name} value={t(`suggest.${name}`)} />
        ))}
      </datalist>
      <Field
        id="evidence-file"
        label={t("form.file")}
        hint={t("form.fileHint")}
        error={problems.file ?? fieldOf(refused, "file").error}
        required
      >
        {(control) => (
          <input
            {...control}
            type="file"
            name="file"
            accept={ACCEPTED}
            multiple={queue !== null}
            className={`${inputStyle()} min-w-0 py-2`}
          />
        )}
      </Field>
      {queue && (
        <div className="flex flex-wrap items-center gap-3 lg:hidden">
          <label className="inline-flex min-h-control cursor-pointer items-center rounded border border-line-strong bg-surface px-3.5 focus-within:outline focus-within:outline-2 focus-within:outline-accent hover:border-accent">
            {t("form.camera")}
            <input
              type="file"
              accept="image/*"
              capture="environment"
              className="sr-only"
              onChange={(event) => {
                setPhotos([...photos, ...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
          </label>
          {photos.length > 0 && <span role="status">{t("form.chosen", { count: photos.length })}</span>}
        </div>
      )}
      <Field
        id="evidence-expires"
        label={t("form.expiresOn")}
        hint={t("form.expiresOnHint", { days: model.remindDays })}
        error={problems.expiresOn ?? expiresOn.error}
        className="max-w-xs"
      >
        {(control) => (
          <DateInput {...control} name="expiresOn" min={model.today} defaultValue={expiresOn.defaultValue} />
        )}
      </Field>
      <div>
        <Button type="submit" tone="primary">
          {t("form.send")}
        </Button>
      </div>
    </form>
  );
}

/** An id for the browser's own list; randomUUID is younger than the browsers in the offices. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
