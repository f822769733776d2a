/** A package with an older `@opentelemetry/api` that sets a log, and nothing else. */
import { DiagConsoleLogger, DiagLogLevel, diag } from 'api-1-9';

diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.ERROR);
