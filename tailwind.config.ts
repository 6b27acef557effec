import { fileURLToPath } from "node:url";
import type { Config } from "tailwindcss";
import plugin from "tailwindcss/plugin";

/**
 * Every size is a multiple of two variables of app/ui/theme.css: `--u` (the grid, 4 px) and the font sizes,
 * so that the elderly mode enlarges the whole screen by changing them in one place.
 */
const steps = [
  0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56,
  60, 64, 72, 80, 96,
];
const spacing = Object.fromEntries(steps.map((step) => [step, `calc(var(--u) * ${step})`]));

const colours = [
  "ink",
  "ink-2",
  "ink-3",
  "page",
  "surface",
  "sunken",
  "line",
  "line-strong",
  "accent",
  "accent-strong",
  "accent-soft",
  "on-accent",
  "gold",
  "gold-soft",
  "gilt",
  "bad",
  "bad-soft",
  "warn",
  "warn-soft",
  "warn-line",
  "warn-ink",
  "good",
  "good-soft",
  "info",
  "info-soft",
  "info-line",
  "info-ink",
  "mute-soft",
  "warn-row",
  "field-line",
  "side",
  "side-ink",
  "side-ink-2",
  "side-line",
  "side-on",
  "s1",
  "s2",
  "s3",
  "s4",
  "s5",
];

const config: Config = {
  content: [`${fileURLToPath(new URL("./app", import.meta.url))}/**/*.{ts,tsx}`],
  corePlugins: { container: false },
  plugins: [
    plugin(({ addVariant }) => {
      // Large print: `in-elder:grid-cols-1`.
      addVariant("in-elder", ":root[data-elder] &");
      // Words are wider in English: room in the columns that hold one.
      addVariant("in-english", ":root[lang=en]:not([data-elder]) &");
    }),
  ],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      ...Object.fromEntries(colours.map((name) => [name, `var(--${name})`])),
    },
    spacing: { px: "1px", 0: "0px", ...spacing },
    fontFamily: { sans: "var(--font)", mono: "var(--font-mono)" },
    fontSize: {
      xs: ["var(--text-xs)", "1.5"],
      sm: ["var(--text-sm)", "1.5"],
      base: ["1rem", "1.5"],
      md: ["var(--text-md)", "1.45"],
      lg: ["var(--text-lg)", "1.35"],
      xl: ["var(--text-xl)", "1.3"],
      "2xl": ["var(--text-2xl)", "1.25"],
      key: ["var(--text-key)", "1.25"],
    },
    borderRadius: {
      none: "0",
      sm: "3px",
      DEFAULT: "var(--r-s)",
      md: "var(--r-s)",
      lg: "var(--r)",
      xl: "12px",
      full: "999px",
    },
    extend: {
      minHeight: { control: "var(--control)", target: "var(--target)", bar: "3.7rem", tabs: "var(--tabs)" },
      minWidth: { target: "var(--target)" },
      height: { control: "var(--control)" },
      gridTemplateColumns: { shell: "var(--side-width) minmax(0, 1fr)" },
      padding: { safe: "env(safe-area-inset-bottom, 0)" },
      width: { side: "var(--side-width)" },
      boxShadow: { pop: "0 6px 24px rgba(16, 32, 24, .16)" },
      size: { icon: "1.2em", sign: "2em", dot: "1.7em", box: "var(--box)" },
      maxHeight: { table: "calc(100vh - 13rem)", menu: "70vh" },
      maxWidth: { menu: "calc(100vw - 1.5rem)", sheet: "62rem" },
      inset: { tabs: "var(--tabs)" },
      keyframes: { progress: { from: { transform: "scaleX(0)" }, to: { transform: "scaleX(.9)" } } },
      animation: { progress: "progress 6s cubic-bezier(.1, .7, .2, 1) forwards" },
      zIndex: { sticky: "10", bar: "20", pop: "30" },
    },
  },
};

export default config;
