// Compiles JSON Schemas with Ajv in strict mode and judges instances by them.
//
// Standard input:  {"schemas": [{"path": "…", "instances": [instance, …]}, …], "refs": ["path", …]}
// Standard output: [{"path": "…", "error": "why it does not compile" | null,
//                    "verdicts": [{"valid": true | false, "errors": [{"pointer", "keyword", "message"}, …]}, …]}, …]
//
// The dialect is read from each schema's own "$schema": 2020-12 or draft-07. "refs" are schemas that the others refer to
// by "$id"; nothing is ever fetched. Formats stay annotations, as they are in Python here.

import { readFileSync } from "node:fs";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";

const options = { strict: true, allErrors: true, validateFormats: false };
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const dialect = (schema) => (String(schema.$schema).includes("draft-07") ? Ajv.default ?? Ajv : Ajv2020.default ?? Ajv2020);

function judge(validate, instance) {
  const valid = validate(instance);
  const errors = (validate.errors ?? []).map((e) => ({ pointer: e.instancePath, keyword: e.keyword, message: e.message }));
  return { valid, errors };
}

function compile({ path, instances = [] }, refs) {
  try {
    const schema = read(path);
    const Kind = dialect(schema);
    const ajv = new Kind(options);
    for (const other of refs.filter((r) => dialect(r) === Kind && r.$id !== schema.$id)) ajv.addSchema(other);
    const validate = ajv.compile(schema);
    return { path, error: null, verdicts: instances.map((instance) => judge(validate, instance)) };
  } catch (error) {
    return { path, error: error.message, verdicts: [] };
  }
}

const { schemas, refs = [] } = JSON.parse(readFileSync(0, "utf8"));
const known = refs.map(read);
process.stdout.write(JSON.stringify(schemas.map((one) => compile(one, known))));
