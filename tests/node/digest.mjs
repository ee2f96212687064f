// The digest of docs/reference and design, written a second time by reading only the words: stdin is a list of
// alliances as plain JSON, stdout a list of {member: digest}. It shares nothing with the Python, the canonical form included.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const ELEMENTS = ["atmosphere", "values", "success", "expectations", "commitments", "ground_rules"];
const DEFAULTS = { topic: "other", interval: 1, standing: "open" };
const SETS = new Set(["by", "to", "of", "meets", "weekdays", "members"]);

// RFC 8785: keys by UTF-16 code units, which is how JavaScript sorts; texts and numbers as ECMAScript writes them.
const canonical = (data) => {
  if (Array.isArray(data)) return `[${data.map(canonical).join(",")}]`;
  if (data !== null && typeof data === "object") {
    return `{${Object.keys(data).sort().map((key) => `${JSON.stringify(key)}:${canonical(data[key])}`).join(",")}}`;
  }
  return JSON.stringify(data);
};

const text = (words) => words.normalize("NFC").replace(/\r\n?/g, "\n").trim();

const clean = (entry, without = []) => {
  const out = {};
  for (const [key, value] of Object.entries(entry)) {
    if (key.startsWith("x-") || without.includes(key) || DEFAULTS[key] === value) continue;
    if (SETS.has(key)) { if (value.length) out[key] = [...new Set(value)].sort(); }
    else if (typeof value === "string") out[key] = text(value);
    else out[key] = value !== null && typeof value === "object" ? clean(value) : value;
  }
  return out;
};

const entries = (mapping) => Object.entries(mapping ?? {}).filter(([key]) => !key.startsWith("x-"));

const digests = (alliance) => {
  const present = entries(alliance.members).filter(([, one]) => !one.left).map(([id]) => id).sort();
  const filled = (clause, key) => {
    if (clause[key]?.length) return clause[key];
    const rest = present.filter((id) => !clause.by.includes(id));
    return alliance.kind === "one-to-one" && rest.length === 1 && !clause.by.includes("everyone") ? rest : ["everyone"];
  };
  const contentFor = (member) => {
    const content = {};
    const ids = new Set();
    const concerned = (names) => names.includes("everyone") || names.includes(member);
    if (alliance.intention !== undefined) content.intention = text(alliance.intention);
    for (const element of ELEMENTS) {
      for (const [id, clause] of entries(alliance[element])) {
        const key = { expectations: "of", commitments: "to" }[element];
        const whole = key ? { ...clause, [key]: filled(clause, key) } : clause;
        if (key && !concerned([...whole.by, ...whole[key]])) continue;
        (content[element] ??= {})[id] = clean(whole, ["standing", "declined_by", "source_prompts"]);
        ids.add(id);
      }
    }
    const meeting = ["starts", "at", "timezone", "minutes", "where"];
    const cadence = {};
    for (const [id, one] of entries(alliance.cadence?.check_ins)) { (cadence.check_ins ??= {})[id] = clean(one, meeting); ids.add(id); }
    for (const [id, one] of entries(alliance.cadence?.channels)) { (cadence.channels ??= {})[id] = clean(one); ids.add(id); }
    if (alliance.cadence?.review) { cadence.review = clean(alliance.cadence.review, meeting); ids.add("review"); }
    if (Object.keys(cadence).length) content.cadence = cadence;
    for (const [id, waiver] of entries(alliance.waivers)) {
      if (ids.has(waiver.clause)) (content.waivers ??= {})[id] = clean(waiver);
    }
    return content;
  };
  return Object.fromEntries(present.map((member) => {
    const agreed = { format: "alliance/1", alliance: alliance.id, members: present, content: contentFor(member) };
    return [member, "sha256:" + createHash("sha256").update(canonical(agreed), "utf8").digest("hex")];
  }));
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(digests)));
