import { describe, expect, it } from "vitest";
import { playwrightsOwn, provideBrowser } from "./browser.mjs";

const DEBIANS = "/usr/bin/chromium";
const OWN = playwrightsOwn();
const DONE = { code: 0, output: "", errors: "" };
const REFUSED = { code: 1, output: "", errors: "" };

/** What is there and what can be had: nothing, unless said. */
interface Place {
  root?: boolean;
  sudo?: boolean;
  /** Which Chromium the package manager brings; without one it knows no such package. */
  apt?: "debian" | "ubuntu";
  /** Whether Playwright's download is reachable. */
  download?: boolean;
  /** Whether the libraries are there that Playwright's browser needs. */
  libraries?: boolean;
  font?: boolean;
  /** Paths of programs, and whether they run. */
  programs?: Record<string, boolean>;
  env?: NodeJS.ProcessEnv;
}

/** Provides a browser at a place; answers what came of it, what was said, and the programs that were started. */
async function provideAt(place: Place) {
  const programs = new Map(Object.entries(place.programs ?? {}));
  let { font = false, libraries = false } = place;
  const started: string[] = [];
  const said: string[] = [];

  function install(packages: readonly string[]) {
    if (packages.includes("chromium-sandbox") && place.apt !== "debian") return REFUSED;
    if (!place.apt) return REFUSED;
    if (packages.includes("chromium")) programs.set(DEBIANS, true);
    if (packages.includes("fonts-noto-cjk")) font = true;
    return DONE;
  }

  function start(command: string, args: readonly string[]): typeof DONE {
    if (args[0] === "--version") {
      return (command === OWN ? libraries : programs.get(command)) ? DONE : REFUSED;
    }
    if (command === "fc-list") return { ...DONE, output: font ? "Noto Sans CJK" : "" };
    if (command === "sudo") {
      if (!place.sudo) return REFUSED;
      const rest = args.filter((arg) => arg !== "-n" && !arg.includes("="));
      return rest[0] === "true" ? DONE : start(rest[0] ?? "", rest.slice(1));
    }
    if (command === "apt-get") return args[0] === "install" ? install(args) : DONE;
    if (args[0] === "install" && place.download) programs.set(OWN, true);
    if (args[0] === "install-deps") libraries = place.apt !== undefined;
    return DONE;
  }

  const browser = await provideBrowser((line) => said.push(line), {
    exists: (path) => programs.has(path),
    run: async (command, args) => {
      if (args[0] !== "--version") started.push([command.split("/").at(-1), ...args].join(" "));
      return start(command, args);
    },
    root: place.root ?? false,
    platform: "linux",
    env: place.env ?? {},
  });
  return { browser, said: said.join("\n"), started: started.join("\n") };
}

describe("a browser for the tests", () => {
  it("is the one that is there, and nothing is installed", async () => {
    const { browser, said, started } = await provideAt({
      root: true,
      font: true,
      programs: { [DEBIANS]: true },
    });
    expect(browser).toBe(DEBIANS);
    expect(said).toBe("");
    expect(started).toBe("fc-list :lang=zh");
  });

  it("is the one that MUSTER_CHROMIUM names, or another when that does not run, which is said", async () => {
    const programs = { [DEBIANS]: true, "/opt/chrome": true, "/opt/broken": false };
    const named = { programs, font: true, env: { MUSTER_CHROMIUM: "/opt/chrome" } };
    expect(await provideAt(named)).toMatchObject({ browser: "/opt/chrome", said: "" });
    const broken = await provideAt({ ...named, env: { MUSTER_CHROMIUM: "/opt/broken" } });
    expect(broken.browser).toBe(DEBIANS);
    expect(broken.said).toContain("MUSTER_CHROMIUM=/opt/broken");
  });

  it("is never a stub that does not run", async () => {
    const stub = { programs: { "/usr/bin/chromium-browser": false }, download: true, libraries: true };
    expect((await provideAt(stub)).browser).toBe(OWN);
  });

  it.each([{ root: true }, { sudo: true }])("is Debian's, with a font, for %o", async (rights) => {
    const { browser, said, started } = await provideAt({ ...rights, apt: "debian" });
    expect(browser).toBe(DEBIANS);
    expect(said).toBe("安装浏览器 Installing Chromium");
    expect(started).toMatch(/apt-get install -y .* chromium chromium-sandbox fonts-noto-cjk/);
    expect(started).not.toContain("playwright");
  });

  it("is Playwright's with its libraries and a font on Ubuntu", async () => {
    const { browser, said, started } = await provideAt({ root: true, apt: "ubuntu", download: true });
    expect(browser).toBe(OWN);
    expect(said).not.toContain("font");
    expect(started).toMatch(/playwright install chromium\nplaywright install-deps chromium\n/);
  });

  it("is Playwright's for a user without rights, whom nothing asks for a password", async () => {
    const { browser, said, started } = await provideAt({ apt: "debian", download: true, libraries: true });
    expect(browser).toBe(OWN);
    expect(started).not.toMatch(/apt-get|install-deps/);
    expect(said).toContain("apt-get install fonts-noto-cjk");
  });

  it("is none where nothing can be had", async () => {
    expect((await provideAt({ apt: "debian" })).browser).toBeNull();
    expect((await provideAt({ root: true })).browser).toBeNull();
    expect((await provideAt({ download: true })).browser).toBeNull();
  });
});
