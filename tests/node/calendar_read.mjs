// What ical.js makes of calendars: stdin is a list of texts; stdout for each a list of its events:
// {uid, summary, status, isDate, begins: [instant, or day, or local time without a zone], minutes: [to its end], alarms: [seconds]}.
// Zones are those of the file alone: nothing of ical.js's own, nor of the machine.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

// More than ten years of days; what goes on for longer is a fault of the file.
const MOST = 50_000;

function said(time) {
  if (time.isDate || time.zone === ICAL.Timezone.localTimezone) return time.toString();
  return time.convertToZone(ICAL.Timezone.utcTimezone).toString();
}

function read(component) {
  const event = new ICAL.Event(component);
  const [begins, minutes] = [[], []];
  const all = event.iterator();
  for (let next = all.next(); next; next = all.next()) {
    if (begins.length === MOST) throw new Error(`${event.uid} does not end`);
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    begins.push(said(startDate));
    minutes.push(endDate.subtractDateTz(startDate).toSeconds() / 60);
  }
  const alarms = component.getAllSubcomponents("valarm");
  return {
    uid: event.uid,
    summary: event.summary,
    status: component.getFirstPropertyValue("status"),
    isDate: event.startDate.isDate,
    begins,
    minutes,
    alarms: alarms.map((one) => one.getFirstPropertyValue("trigger").toSeconds()),
  };
}

function events(text) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map(read);
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(events)));
