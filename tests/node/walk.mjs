// What SurveyJS shows, after each move of many walks: stdin is a list of {survey, people, moves}, stdout for each walk a
// list of {person: [the names that are visible, in order]}, first as it starts and then after each move. Each person fills
// in a survey of their own; a move without `who` is made in all of them, and one without `value` takes the answer away.
import { readFileSync } from "node:fs";
import { Model, settings } from "survey-core";

// The comparisons of a stranger, told to compare as strictly as they can: 'Yes' is not 'yes', nor ' yes'.
settings.comparator.caseSensitive = true;
settings.comparator.trimStrings = false;
// Where a hidden answer hides the next question, it goes on; a flow may chain hundreds of them.
settings.maxConditionRunCountOnValueChanged = 10_000;
// An expression that it cannot read is only warned of, and would then hide nothing.
console.warn = console.error = (text) => { throw new Error(text); };

const visible = (model) => model.getAllQuestions(false).filter((one) => one.isVisible && one.isParentVisible).map((one) => one.name);

function walked({ survey, people, moves }) {
  const models = Object.fromEntries(people.map((one) => [one, new Model(survey)]));
  const seen = () => Object.fromEntries(people.map((one) => [one, visible(models[one])]));
  const found = [seen()];
  for (const { who, name, value } of moves) {
    for (const model of who === undefined ? Object.values(models) : [models[who]]) {
      if (value === undefined) model.clearValue(name);
      else model.setValue(name, value);
    }
    found.push(seen());
  }
  return found;
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(walked)));
