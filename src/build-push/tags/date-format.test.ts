import { describe, expect, it } from "@jest/globals";
import { formatDate } from "./date-format.ts";

const date = new Date("2020-01-10T00:30:05.042Z");

describe("formatDate()", () => {
  it.each([
    ["YYYYMMDD", "20200110"],
    ["YY.M.D", "20.1.10"],
    ["YYYYMMDD-HHmmss", "20200110-003005"],
    ["h:mm A / hh a / k kk", "12:30 AM / 12 am / 24 24"],
    ["SSS SS S", "042 04 0"],
    ["X x", "1578616205 1578616205042"],
    ["MMMM MMM dddd ddd dd", "January Jan Friday Fri Fr"],
    ["Do DDD DDDD Q d e E", "10th 10 010 1 5 5 5"],
    ["GGGG-[W]WW gggg-ww W w", "2020-W02 2020-02 2 2"],
    ["Z ZZ", "+00:00 +0000"],
    ["[day] D", "day 10"],
  ])("%s", (format, expected) => {
    expect(formatDate(date, format, "UTC")).toBe(expected);
  });

  it.each([
    ["Asia/Tokyo", "20200110-093005 +09:00"],
    ["America/New_York", "20200109-193005 -05:00"],
    ["Asia/Kolkata", "20200110-060005 +05:30"],
  ])("in %s", (zone, expected) => {
    expect(formatDate(date, "YYYYMMDD-HHmmss Z", zone)).toBe(expected);
  });

  it.each([
    ["2021-01-03", "2020-W53 2021-02"],
    ["2020-12-31", "2020-W53 2021-01"],
    ["2018-12-31", "2019-W01 2019-01"],
    ["2022-01-01", "2021-W52 2022-01"],
    ["2012-01-01", "2011-W52 2012-01"],
  ])("counts the weeks around %s", (day, expected) => {
    expect(formatDate(new Date(day), "GGGG-[W]WW gggg-ww", "UTC")).toBe(expected);
  });

  it.each([
    [1, "1st"],
    [2, "2nd"],
    [3, "3rd"],
    [11, "11th"],
    [12, "12th"],
    [13, "13th"],
    [21, "21st"],
  ])("writes day %i as %s", (day, expected) => {
    expect(formatDate(new Date(Date.UTC(2020, 0, day)), "Do", "UTC")).toBe(expected);
  });

  it("refuses a zone that does not exist, and tokens that are not known here", () => {
    expect(() => formatDate(date, "YYYY", "Mars/Base")).toThrow("Mars/Base");
    expect(() => formatDate(date, "LLL", "UTC")).toThrow('has "L", which is not known here');
  });
});
