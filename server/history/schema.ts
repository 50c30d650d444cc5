/** Counts changes after which files of before cannot be read: such a file is set aside. */
export const FILE_VERSION = 3;

/** Topics whose events are kept one by one, each in the table of its name. */
export const EVENT_TABLES = ["beats", "conditions", "rhythms", "alarms", "commands"] as const;
export type EventTable = (typeof EVENT_TABLES)[number];
export const isEventTable = (topic: string): topic is EventTable => EVENT_TABLES.includes(topic as EventTable);

/** A row of a trend is of so much event time, ms. */
export const TREND_MS = 10_000;

/** By bed and event time; `key` tells those of one moment apart, so that what comes twice is kept once. `data`: pack.ts. */
const eventTable = (name: EventTable): string => `
CREATE TABLE ${name} (
  bed TEXT NOT NULL, time_ms REAL NOT NULL, key TEXT NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (bed, time_ms, key)
) WITHOUT ROWID;`;

/** Times are event time, Unix ms, unless they are called otherwise. */
export const SCHEMA = `
-- Where reading of a topic goes on, for buses whose offsets outlive the process.
CREATE TABLE positions (
  log TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL,
  PRIMARY KEY (log, topic, partition)
) WITHOUT ROWID;

-- Recordings, and how far each is known.
CREATE TABLE epochs (
  bed TEXT NOT NULL, epoch TEXT NOT NULL, begin_ms REAL NOT NULL, end_ms REAL NOT NULL, end_sample INTEGER NOT NULL,
  PRIMARY KEY (bed, epoch)
) WITHOUT ROWID;

-- Some seconds of a bed's frames each (frame-blocks.ts).
CREATE TABLE frames (
  id INTEGER PRIMARY KEY,
  bed TEXT NOT NULL, epoch TEXT NOT NULL, begin_sample INTEGER NOT NULL, end_sample INTEGER NOT NULL,
  samples INTEGER NOT NULL, begin_ms REAL NOT NULL, end_ms REAL NOT NULL, data BLOB NOT NULL
);
CREATE UNIQUE INDEX frames_place ON frames (bed, begin_ms, epoch, begin_sample);
${EVENT_TABLES.map(eventTable).join("")}

-- Who lies in which bed, as last told: of whoever has left nothing stays.
CREATE TABLE admissions (bed TEXT PRIMARY KEY, version INTEGER NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;

-- Conditions from begin to end.
CREATE TABLE spans (
  id TEXT PRIMARY KEY, bed TEXT NOT NULL, epoch TEXT NOT NULL, kind TEXT NOT NULL,
  begin_ms REAL NOT NULL, end_ms REAL, sample INTEGER NOT NULL, data BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX spans_place ON spans (bed, begin_ms);
CREATE INDEX spans_open ON spans (bed, epoch) WHERE end_ms IS NULL;

-- Alarms from their first step to the last: first_ms is when one was raised first, raised_ms when it was last raised or rose.
CREATE TABLE episodes (
  id TEXT PRIMARY KEY, bed TEXT NOT NULL, kind TEXT NOT NULL, priority TEXT NOT NULL, state TEXT NOT NULL,
  first_ms REAL NOT NULL, raised_ms REAL NOT NULL, changed_ms REAL NOT NULL, clock_ms REAL NOT NULL, acknowledged TEXT, data BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX episodes_time ON episodes (raised_ms, id);
CREATE INDEX episodes_bed ON episodes (bed, first_ms);

-- What was said in review, of an alarm or a beat (subject: its id). Times are the wall's.
CREATE TABLE remarks (
  id TEXT PRIMARY KEY, subject TEXT NOT NULL, bed TEXT NOT NULL, action TEXT NOT NULL, at_ms REAL NOT NULL,
  beat_ms REAL, said_by TEXT NOT NULL, text TEXT
) WITHOUT ROWID;
CREATE INDEX remarks_subject ON remarks (subject, at_ms);
CREATE INDEX remarks_beat ON remarks (bed, beat_ms);

-- Sums over 10 s of a bed.
CREATE TABLE trends (
  bed TEXT NOT NULL, time_ms INTEGER NOT NULL, signal_ms REAL NOT NULL DEFAULT 0,
  n INTEGER NOT NULL DEFAULT 0, s INTEGER NOT NULL DEFAULT 0, v INTEGER NOT NULL DEFAULT 0,
  f INTEGER NOT NULL DEFAULT 0, q INTEGER NOT NULL DEFAULT 0,
  rr_count INTEGER NOT NULL DEFAULT 0, rr_ms REAL NOT NULL DEFAULT 0, rr_min_ms REAL, rr_max_ms REAL,
  quality REAL NOT NULL DEFAULT 0,
  PRIMARY KEY (bed, time_ms)
) WITHOUT ROWID;
`;
