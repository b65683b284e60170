// What the suite is to run, and the judgement of what it wrote.
//
//   report.mjs plan REVISION [SCENARIO] <LIST   LIST is what `conformance list --server` prints;
//                                               prints lines KIND, tab, SCENARIO
//   report.mjs check EXPECTED                   fails if the file is not a list of expected failures
//   report.mjs judge RESULTS EXPECTED RUN...    prints the table; exit code 0 if all is as expected
//
// The suite's own --expected-failures is not used: it looks past the scenarios that a revision does
// not score, and past entries that no longer name a failing check.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const RUNS = [
  '2026-07-28',
  '2025-11-25',
  '2025-11-25-sessions',
  '2026-07-28-lambda-rest',
  '2026-07-28-lambda-http',
  '2026-07-28-lambda-url',
  '2026-07-28-lambda-stream',
  '2025-11-25-lambda-rest',
  '2025-11-25-lambda-http',
  '2025-11-25-lambda-url',
  '2025-11-25-lambda-stream'
];

/** The revision whose wire the suite speaks to an extension's scenario. */
const EXTENSION_REVISION = '2026-07-28';

function required(revision) {
  const suite = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/package.json'));
  const file = path.join(path.dirname(suite), 'requirements', `${revision}.yaml`);
  return parse(readFileSync(file, 'utf8')).server;
}

function plan(revision, only) {
  const scored = required(revision);
  const listed = [...readFileSync(0, 'utf8').matchAll(/^ +- (\S+) \[(.+)\]$/gm)];
  const kinds = new Map(scored.map(scenario => [scenario, 'required']));
  for (const [, scenario, applies] of listed) {
    if (kinds.has(scenario)) {
      continue;
    }
    if (applies === 'extension' && revision === EXTENSION_REVISION) {
      kinds.set(scenario, 'extension');
    } else if (applies.split(',').includes(revision)) {
      kinds.set(scenario, 'unscored');
    }
  }
  if (kinds.size === scored.length && listed.length === 0) {
    throw new Error('The suite listed no scenario.');
  }
  for (const [scenario, kind] of kinds) {
    if (!only || scenario === only) {
      console.log(`${kind}\t${scenario}`);
    }
  }
}

/** The checks of one scenario, or undefined if the suite wrote none. */
function readChecks(folder, scenario) {
  const name = new RegExp(`^server-${scenario}-\\d{4}-\\d\\d-\\d\\dT`);
  const found = existsSync(folder) ? readdirSync(folder).filter(entry => name.test(entry)) : [];
  const file = path.join(folder, found.sort().at(-1) ?? '', 'checks.json');
  return found.length > 0 && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function readExpected(file) {
  const listed = parse(readFileSync(file, 'utf8')) ?? [];
  if (!Array.isArray(listed)) {
    throw new Error(`${file}: not a list`);
  }
  // One entry for each run; an empty list of runs stays, to be refused.
  const entries = listed.flatMap(entry =>
    Array.isArray(entry?.run) && entry.run.length > 0
      ? entry.run.map(run => ({ ...entry, run }))
      : [{ ...entry }]
  );
  const known = ['run', 'scenario', 'check', 'times', 'reason'];
  const seen = new Set();
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    const complete = ['run', 'scenario', 'check', 'reason'].every(
      key => typeof entry[key] === 'string' && entry[key].trim() !== ''
    );
    if (!complete || Object.keys(entry).some(key => !known.includes(key))) {
      throw new Error(`${file}: an entry has run, scenario, check, reason and maybe times: ${text}`);
    }
    entry.times ??= 1;
    if (!Number.isInteger(entry.times) || entry.times < 1) {
      throw new Error(`${file}: times counts failing checks: ${text}`);
    }
    if (!RUNS.includes(entry.run)) {
      throw new Error(`${file}: there is no such run: ${text}`);
    }
    const key = [entry.run, entry.scenario, entry.check].join(' ');
    if (seen.has(key)) {
      throw new Error(`${file}: twice: ${text}`);
    }
    seen.add(key);
  }
  return entries;
}

const isBad = check => check.status === 'FAILURE' || check.status === 'WARNING';

/** Tells the bad checks of a scenario that are expected from what is wrong. */
function judgeScenario(checks, entries) {
  const wrong = [];
  let expected = 0;
  if (checks === undefined || checks.length === 0) {
    wrong.push('the suite wrote no checks for it');
  }
  const bad = new Map();
  for (const check of (checks ?? []).filter(isBad)) {
    bad.set(check.id, [...(bad.get(check.id) ?? []), check]);
  }
  for (const { check, times } of entries) {
    const count = bad.get(check)?.length ?? 0;
    if (count === times) {
      expected += count;
      bad.delete(check);
    } else if (count === 0) {
      wrong.push(`${check}: listed as an expected failure, and does not fail`);
    } else {
      wrong.push(`${check}: listed as failing ${times}x, and fails ${count}x`);
    }
  }
  for (const check of [...bad.values()].flat()) {
    const why = (check.errorMessage ?? check.details?.message ?? check.description ?? '').split('\n')[0];
    wrong.push(`${check.id}: ${check.status}: ${why.slice(0, 300)}`);
  }
  return { wrong, expected };
}

function judge(results, expectedFile, runs) {
  const expectedEntries = readExpected(expectedFile);
  const sum = { passed: 0, expected: 0, wrong: 0, SKIPPED: 0, INFO: 0 };
  const heads = ['passed', 'failed', 'warned', 'skipped', 'info', 'expected'];
  const row = (name, cells) => `  ${name.padEnd(50)}${cells.map(c => String(c).padStart(9)).join('')}`;

  for (const run of runs) {
    const folder = path.join(results, run);
    const planned = readFileSync(path.join(folder, 'plan'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('\t'));
    if (planned.length === 0) {
      console.log(`\n${run}: the scenario does not belong to it`);
      continue;
    }
    const url = readFileSync(path.join(folder, 'url'), 'utf8').trim();
    const wholeRun = existsSync(path.join(folder, 'required'));
    console.log(`\n${run} at ${url}\n${row('scenario', heads)}`);

    for (const [kind, scenario] of planned) {
      const source = kind === 'required' && wholeRun ? 'required' : 'single';
      const checks = readChecks(path.join(folder, source), scenario);
      const entries = expectedEntries.filter(e => e.run === run && e.scenario === scenario);
      const { wrong, expected } = judgeScenario(checks, entries);
      const count = status => (checks ?? []).filter(check => check.status === status).length;
      const name = kind === 'required' ? scenario : `${scenario} (not scored)`;
      const cells = ['SUCCESS', 'FAILURE', 'WARNING', 'SKIPPED', 'INFO'].map(count);
      console.log(row(name, [...cells, expected]));
      wrong.forEach(line => console.log(`    ! ${line}`));
      if (kind === 'required') {
        const skipped = (checks ?? []).filter(check => check.status === 'SKIPPED');
        skipped.forEach(check => console.log(`    - skipped: ${check.id}`));
      }
      sum.passed += count('SUCCESS');
      sum.SKIPPED += count('SKIPPED');
      sum.INFO += count('INFO');
      sum.expected += expected;
      sum.wrong += wrong.length;
    }
    // With one scenario only, the other entries have nothing to be compared with.
    if (wholeRun) {
      for (const entry of expectedEntries.filter(e => e.run === run)) {
        if (!planned.some(([, scenario]) => scenario === entry.scenario)) {
          console.log(`    ! ${entry.scenario}: listed with expected failures, and not in this run`);
          sum.wrong++;
        }
      }
    }
  }
  if (sum.passed + sum.expected + sum.wrong === 0) {
    console.log('\nNothing was checked.');
    sum.wrong++;
  }
  console.log(
    `\n${sum.expected} failed as expected, ${sum.SKIPPED} skipped, ${sum.INFO} for information`
  );
  console.log(`${sum.passed} passed, ${sum.wrong} failed`);
  process.exitCode = sum.wrong === 0 ? 0 : 1;
}

const [command, ...rest] = process.argv.slice(2);
try {
  if (command === 'plan') {
    plan(...rest);
  } else if (command === 'check') {
    readExpected(rest[0]);
  } else if (command === 'judge') {
    const [results, expectedFile, ...runs] = rest;
    judge(results, expectedFile, runs);
  } else {
    throw new Error('plan, check or judge?');
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
