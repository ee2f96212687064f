// The digests that translations carry, written a second time by reading only docs/how-to/translate-a-bank.md: stdin is a
// list of banks and flows as plain JSON, stdout a list of {what: {id: digest}}. It shares nothing with the Python.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

// RFC 8785: keys by UTF-16 code units, which is how JavaScript sorts; texts as ECMAScript writes them.
const canonical = (data) =>
  data !== null && typeof data === "object"
    ? `{${Object.keys(data).sort().map((key) => `${JSON.stringify(key)}:${canonical(data[key])}`).join(",")}}`
    : JSON.stringify(data);

const clean = (words) => {
  const out = {};
  for (const [key, value] of Object.entries(words)) {
    if (key.startsWith("x-")) continue;
    const said = typeof value === "string" ? value.normalize("NFC").replace(/\r\n?/g, "\n").trim() : clean(value ?? {});
    if (typeof said === "string" ? said : Object.keys(said).length) out[key] = said;
  }
  return out;
};

const digest = (words) => "sha256:" + createHash("sha256").update(canonical(clean(words)), "utf8").digest("hex");

const entries = (mapping) => Object.entries(mapping ?? {}).filter(([key]) => !key.startsWith("x-"));

const prompt = ({ text, answer = {}, follow_ups = [] }) => digest({
  text,
  low: answer.low,
  high: answer.high,
  unit: answer.unit,
  options: answer.options,
  follow_ups: Object.fromEntries(follow_ups.map((one) => [one.id, one.text])),
});

const KINDS = ["say", "ask", "reveal", "agree", "ratify", "group", "repeat"];

const steps = (list) => list.flatMap((step) => {
  const { title, text } = step;
  const own = title === undefined && text === undefined ? [] : [[step[KINDS.find((kind) => kind in step)], digest({ title, text })]];
  return [...own, ...steps(step.steps ?? [])];
});

const digests = (source) => ({
  title: { "": digest({ title: source.title }) },
  ...(source.steps
    ? { step: Object.fromEntries(steps(source.steps)) }
    : {
        section: Object.fromEntries((source.sections ?? []).map((one) => [one.id, digest({ title: one.title })])),
        prompt: Object.fromEntries(entries(source.prompts).map(([id, one]) => [id, prompt(one)])),
      }),
});

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(digests)));
