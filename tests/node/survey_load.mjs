// What survey-core makes of surveys: stdin is a list of {survey, answers: [data, …], locales: […]}; stdout for each
// {errors, questions: [[name, type], …], again: the survey as it is written again, fits: [data after validation | null, …],
//  titles: {locale: [title of the survey, of its questions]}}.
import { readFileSync } from "node:fs";
import { Model } from "survey-core";

// What it cannot read it only warns of.
console.warn = console.error = (text) => { throw new Error(text); };

// As the designer of surveys has it, so that nothing is written that only holds while somebody fills it in.
function written(survey) {
  const model = new Model();
  model.setDesignMode(true);
  model.fromJSON(survey);
  return model.toJSON();
}

function filled(survey, data) {
  const model = new Model(survey);
  model.data = data;
  return model.validate() ? model.data : null;
}

function titles(survey, locale) {
  const model = new Model(survey);
  model.locale = locale;
  return [model.title, ...model.getAllQuestions().map((one) => one.locTitle.renderedHtml)];
}

function loaded({ survey, answers = [], locales = [] }) {
  const model = new Model(survey);
  return {
    errors: (model.jsonErrors ?? []).map((one) => one.message),
    questions: model.getAllQuestions().map((one) => [one.name, one.getType()]),
    again: written(survey),
    fits: answers.map((data) => filled(survey, data)),
    titles: Object.fromEntries(locales.map((one) => [one, titles(survey, one)])),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(loaded)));
