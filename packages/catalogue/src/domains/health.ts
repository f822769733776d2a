/** Health checks and the changes of their states. */
import { domain } from '../model/domain.ts';

/** Health checks and the changes of their states. */
export const HEALTH = domain({
  name: 'health',
  help: 'Health checks and the changes of their states.',
  attributes: {
    'health.check': { kind: 'name', help: 'Name of a health check.' },
    'health.kind': {
      kind: 'set',
      help: 'Which probe a check belongs to.',
      values: {
        liveness: 'Whether to restart the process.',
        readiness: 'Whether to send it traffic.',
        startup: 'Whether it has started.',
      },
    },
    'health.status': {
      kind: 'set',
      help: 'State of a check.',
      values: { healthy: 'Works.', degraded: 'Works with limits.', unhealthy: 'Does not work.' },
    },
    'health.reason': { kind: 'text', help: 'The reason that a check returned.' },
  },
  events: {
    'health.degraded': {
      help: 'A health check became degraded.',
      severity: 'WARN',
      identity: [],
      required: { check: 'health.check' },
      optional: { kind: 'health.kind', reason: 'health.reason' },
    },
    'health.failed': {
      help: 'A health check became unhealthy.',
      severity: 'WARN',
      identity: [],
      required: { check: 'health.check' },
      optional: { kind: 'health.kind', reason: 'health.reason' },
    },
    'health.recovered': {
      help: 'A health check became healthy again.',
      severity: 'INFO',
      identity: [],
      required: { check: 'health.check' },
      optional: { kind: 'health.kind', reason: 'health.reason' },
    },
  },
  instruments: {
    'health.check.state': {
      kind: 'gauge',
      unit: '{check}',
      help: '1 for the state that a check is in, 0 for the others.',
      attributes: ['health.check', 'health.kind', 'health.status'],
    },
    'health.check.duration': {
      kind: 'histogram',
      unit: 's',
      help: 'How long a health check took.',
      attributes: ['health.check'],
      buckets: 'call',
    },
    'health.changes': {
      kind: 'counter',
      unit: '{change}',
      help: 'Changes of state of health checks.',
      attributes: ['health.check', 'health.status'],
      on: {
        'health.degraded': { 'health.status': 'degraded' },
        'health.failed': { 'health.status': 'unhealthy' },
        'health.recovered': { 'health.status': 'healthy' },
      },
    },
  },
});
