// @ts-check
// `npm start`: everything from a fresh checkout to a running service.
import { serve } from "./serve.mjs";

await serve({ dev: false });
