import { api, apiWrite } from "~/server/api.server";
import { notFound } from "~/server/errors.server";

function nothingHere(): never {
  throw notFound();
}

/** Any other address of the API: a problem document, not a page. */
export const loader = api({ authorization: "public" }, nothingHere);

export const action = apiWrite({
  authorization: "public",
  methods: {
    POST: { run: nothingHere },
    PUT: { run: nothingHere },
    PATCH: { run: nothingHere },
    DELETE: { run: nothingHere },
  },
});
