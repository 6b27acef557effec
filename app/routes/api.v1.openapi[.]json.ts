import { openapi } from "~/features/api/openapi.server";
import { api } from "~/server/api.server";
import { env } from "~/server/env.server";

/** The description of the API, open to everyone. */
export const loader = api({ authorization: "public" }, () => openapi(env().publicOrigin));
