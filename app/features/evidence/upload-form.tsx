import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, inputStyle, TextInput } from "~/ui/input";
import { type EvidenceModel, evidenceAddress } from "./model";
import { ACCEPTED, PickFiles } from "./pick-files";
import { problemOfFiles, type UploadQueue, waitingOf } from "./upload-queue";

const SUGGESTED = ["plate", "document", "premises", "board"] as const;
const OF_VISITS = ["visit", "gift", "home"] as const;

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
  // A visit's photo wants no thought: it has its name, and holds for good. One of a finding has a name to type over.
  const { kind } = model.subject;
  const visit = kind === "visit";
  const suggested = visit ? OF_VISITS : SUGGESTED;
  const usual = visit ? t("suggest.visit") : kind === "finding" ? t("form.nameOfFinding") : "";
  const title = fieldOf(refused, "title", usual);
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
    const problem = problemOfFiles(files);
    const found: Problems = {
      ...(name === "" || name.length > 60 ? { title: t("error.title") } : {}),
      ...(last !== "" && last < model.today ? { expiresOn: t("refusal.expired_already") } : {}),
      ...(problem ? { file: t(problem) } : {}),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    void queue.add(model.subject, waitingOf(files, name, last));
    setPhotos([]);
    form.current?.reset();
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
      <h3 className="m-0 text-base">{t(visit ? "form.titleVisit" : "form.title")}</h3>
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
        hint={t(visit ? "form.nameHintVisit" : "form.nameHint")}
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
        {suggested.map((name) => (
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
          <PickFiles
            camera
            label={t("form.camera")}
            onFiles={(chosen) => setPhotos([...photos, ...chosen])}
          />
          {photos.length > 0 && <span role="status">{t("form.chosen", { count: photos.length })}</span>}
        </div>
      )}
      {!visit && (
        <Field
          id="evidence-expires"
          label={t("form.expiresOn")}
          hint={t("form.expiresOnHint", { count: model.remindDays })}
          error={problems.expiresOn ?? expiresOn.error}
          className="max-w-xs"
        >
          {(control) => (
            <DateInput
              {...control}
              name="expiresOn"
              min={model.today}
              defaultValue={expiresOn.defaultValue}
            />
          )}
        </Field>
      )}
      <div>
        <Button type="submit" tone="primary">
          {t("form.send")}
        </Button>
      </div>
    </form>
  );
}
