// @ts-check
// `npm run dev`: as `npm start`, with hot reload instead of a build.
import { serve } from "./serve.mjs";

await serve({ dev: true });
