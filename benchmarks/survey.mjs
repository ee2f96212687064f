// A survey that is filled in line by line: `start` makes another one, anything else is a question, which is answered anew.
// What comes back is a number: of the questions that there are.
import { createInterface } from "node:readline";
import { Model } from "../tests/node/node_modules/survey-core/fesm/survey-core.mjs";

const survey = JSON.parse(process.argv[2]);
const model = new Model(survey);
let count = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "start") new Model(survey);
  else model.setValue(line, 3 + (++count % 2));
  console.log(survey.elements.length);
}
