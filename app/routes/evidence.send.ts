import { SubjectSearch, UploadForm } from "~/features/evidence/forms.server";
import { takeFile } from "~/features/evidence/take.server";
import { json } from "~/server/api.server";
import { write } from "~/server/route.server";

/** What the page's own script sends a file to: the same as the form of /evidence, answered in JSON. */
export const action = write(
  {
    authorization: { action: "create", subject: "Evidence" },
    search: SubjectSearch,
    form: UploadForm,
    receives: true,
  },
  async ({ search, ...context }) => {
    const { id, repeated } = await takeFile({ ...context, subject: search });
    return json({ id, repeated }, { status: repeated ? 200 : 201 });
  },
);
