/** Background jobs and their runs. */
import { domain } from '../model/domain.ts';

/** Background jobs and their runs. */
export const JOBS = domain({
  name: 'jobs',
  help: 'Background jobs and their runs.',
  attributes: {
    'job.name': { kind: 'name', help: 'Name of a background job.' },
    'job.run.id': { kind: 'id', help: 'One run of a job.' },
    'job.outcome': {
      kind: 'set',
      help: 'How a run ended.',
      values: { succeeded: 'The run succeeded.', failed: 'The run failed.' },
    },
  },
  events: {
    'job.succeeded': {
      help: 'A run of a job succeeded.',
      severity: 'INFO',
      identity: ['run'],
      required: { job: 'job.name' },
      optional: { run: 'job.run.id', durationSeconds: 'moneytrail.event.duration' },
    },
    'job.failed': {
      help: 'A run of a job failed.',
      severity: 'WARN',
      identity: ['run'],
      required: { job: 'job.name' },
      optional: { run: 'job.run.id', durationSeconds: 'moneytrail.event.duration' },
    },
  },
  instruments: {
    'job.runs': {
      kind: 'counter',
      unit: '{run}',
      help: 'Runs of background jobs by outcome.',
      attributes: ['job.name', 'job.outcome'],
      on: {
        'job.succeeded': { 'job.outcome': 'succeeded' },
        'job.failed': { 'job.outcome': 'failed' },
      },
    },
    'job.duration': {
      kind: 'histogram',
      unit: 's',
      help: 'How long a run took.',
      attributes: ['job.name'],
      adds: { attribute: 'moneytrail.event.duration' },
      buckets: 'call',
      on: { 'job.succeeded': {}, 'job.failed': {} },
    },
    'job.last_success.timestamp': {
      kind: 'gauge',
      unit: 's',
      help: 'Unix time of the last successful run.',
      attributes: ['job.name'],
      adds: 'time',
      on: { 'job.succeeded': {} },
    },
  },
});
